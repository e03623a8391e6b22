//! Create, delete and move repositories (repos.md 3).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{delete, post};
use axum::{Extension, Router};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::access;
use crate::answer;
use crate::call::Call;
use crate::encode;
use crate::error::{Answer, ApiError};
use crate::kind::Kind;
use crate::repo::{File, Repo};
use crate::repos::Found;
use crate::seed;
use crate::state::Hub;

pub(crate) fn routes() -> Router<Hub> {
    Router::new()
        .route("/api/repos/create", post(create))
        .route("/api/repos/delete", delete(remove))
        .route("/api/repos/move", post(rename))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Create {
    name: Option<String>,
    organization: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    private: Option<bool>,
    visibility: Option<String>,
    sdk: Option<String>,
    license: Option<String>,
    region: Option<String>,
    resource_group_id: Option<String>,
    #[serde(default)]
    files: Vec<NewFile>,
}

#[derive(Deserialize)]
struct NewFile {
    path: String,
    content: String,
    encoding: Option<String>,
}

async fn create(State(hub): State<Hub>, Extension(call): Extension<Call>, body: Bytes) -> Answer {
    let now_ms = hub.now_ms();
    let mut state = hub.lock();
    let principal = access::signed_in(&state, &call.caller)?;
    let ask: Create = parse(&body)?;
    let kind = kind(ask.kind.as_deref())?;
    let name = valid_name(ask.name.as_deref())?;
    let sdk = valid_sdk(kind, ask.sdk.as_deref())?;
    let private = valid_privacy(kind, &ask)?;
    let namespace = ask.organization.as_deref().unwrap_or_else(|| principal.name());
    access::unrestricted(principal, namespace)?;
    if !access::may_create(principal, kind, namespace) {
        return Err(ApiError::no_create(kind));
    }
    // Which Spaces cost what is not in the reference; words unconfirmed.
    if principal.key == "testspent" && sdk.as_deref() == Some("docker") {
        let words = "A payment method is required to create this Space";
        return Err(ApiError::new(StatusCode::PAYMENT_REQUIRED, words));
    }
    let id = format!("{namespace}/{name}");
    let mut repo = Repo::new(kind, &id, now_ms);
    let url = format!("{}{}", call.base, repo.web_path());
    if let Found::Repo(_) = state.repos.find(kind, &id) {
        // Recorded for a Space of 2025.
        let words = format!("You already created this {} repo", kind.singular());
        return Err(ApiError::conflict(words, url));
    }
    let fresh = format!("{id} {now_ms} {}", hub.random());
    repo.oid = encode::object_id(&fresh);
    repo.sha = encode::commit_id(&fresh);
    repo.private = private;
    repo.sdk = sdk;
    repo.creator = Some(principal.name().to_owned());
    repo.app = principal.app.clone();
    repo.resource_group = ask.resource_group_id;
    repo.region = ask.region.unwrap_or(repo.region);
    repo.tags = vec![format!("region:{}", repo.region)];
    if let Some(license) = ask.license {
        repo.tags.insert(0, format!("license:{license}"));
        repo.card = json!({ "license": license });
    }
    repo.files = Arc::new(first_files(ask.files)?);
    let answer = json!({ "url": url, "name": id, "id": repo.oid });
    state.repos.put(repo);
    Ok(answer::json(&answer))
}

fn valid_name(name: Option<&str>) -> Result<&str, ApiError> {
    let Some(name) = name else {
        return Err(ApiError::invalid(
            "* Invalid input: expected string, received undefined\n  * at name",
        ));
    };
    // repos.md 1.2; the words of the real Hub are unconfirmed.
    let plain = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    let ends = word(name.chars().next()) && word(name.chars().last());
    let odd = name.contains("--") || name.contains("..") || name.ends_with(".git");
    if !plain || !ends || odd || name.len() > 96 {
        return Err(ApiError::invalid("* Invalid repo name\n  * at name"));
    }
    Ok(name)
}

fn valid_sdk(kind: Kind, sdk: Option<&str>) -> Result<Option<String>, ApiError> {
    const SDKS: [&str; 3] = ["gradio", "docker", "static"];
    match sdk {
        _ if kind != Kind::Space => Ok(None),
        Some(sdk) if SDKS.contains(&sdk) => Ok(Some(sdk.to_owned())),
        _ => Err(ApiError::invalid_option("sdk", &SDKS)),
    }
}

fn valid_privacy(kind: Kind, ask: &Create) -> Result<bool, ApiError> {
    match ask.visibility.as_deref() {
        None => Ok(ask.private.unwrap_or(false)),
        Some("public") => Ok(false),
        Some("private") => Ok(true),
        // For Spaces: the page can be opened, the files cannot be read.
        Some("protected") if kind == Kind::Space => Ok(true),
        Some(_) => Err(ApiError::invalid_option(
            "visibility",
            &["public", "private", "protected"],
        )),
    }
}

/// A new repository has one file and one commit; what was sent along comes on top.
fn first_files(sent: Vec<NewFile>) -> Result<Vec<File>, ApiError> {
    let mut files = vec![File::small(".gitattributes", seed::GITATTRIBUTES)];
    for file in sent {
        let bytes = match file.encoding.as_deref() {
            Some("base64") => STANDARD.decode(file.content).ok(),
            None | Some("utf-8") => Some(file.content.into_bytes()),
            Some(_) => None,
        };
        let bytes = bytes.ok_or_else(|| ApiError::invalid_option("files.encoding", &["base64", "utf-8"]))?;
        files.push(File::small(&file.path, bytes));
    }
    Ok(files)
}

#[derive(Deserialize)]
struct Delete {
    name: String,
    organization: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

async fn remove(State(hub): State<Hub>, Extension(call): Extension<Call>, body: Bytes) -> Answer {
    let mut state = hub.lock();
    let principal = access::signed_in(&state, &call.caller)?;
    let ask: Delete = parse(&body)?;
    let kind = kind(ask.kind.as_deref())?;
    let namespace = ask.organization.as_deref().unwrap_or_else(|| principal.name());
    let id = format!("{namespace}/{}", ask.name);
    let repo = match state.repos.find(kind, &id) {
        Found::Repo(repo) if access::may_see(&repo, &call.caller) => repo,
        _ => return Err(ApiError::repo_not_found()),
    };
    access::unrestricted(principal, namespace)?;
    if !access::may_write(&repo, principal) {
        return Err(ApiError::no_write());
    }
    state.repos.remove(kind, &id);
    // Recorded: plain `OK`.
    Ok(answer::text("OK"))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Move {
    from_repo: String,
    to_repo: String,
    #[serde(rename = "type")]
    kind: Option<String>,
}

async fn rename(State(hub): State<Hub>, Extension(call): Extension<Call>, body: Bytes) -> Answer {
    let mut state = hub.lock();
    let principal = access::signed_in(&state, &call.caller)?;
    let ask: Move = parse(&body)?;
    let kind = kind(ask.kind.as_deref())?;
    let Some((namespace, name)) = ask.to_repo.split_once('/') else {
        return Err(ApiError::invalid("* Invalid repo name\n  * at toRepo"));
    };
    valid_name(Some(name))?;
    let repo = match state.repos.find(kind, &ask.from_repo) {
        Found::Repo(repo) if access::may_see(&repo, &call.caller) => repo,
        _ => return Err(ApiError::repo_not_found()),
    };
    access::unrestricted(principal, repo.namespace())?;
    if !access::may_write(&repo, principal) {
        return Err(ApiError::no_write());
    }
    access::unrestricted(principal, namespace)?;
    if !access::may_create(principal, kind, namespace) {
        return Err(ApiError::no_create(kind));
    }
    let moved = Repo {
        id: ask.to_repo.clone(),
        ..Repo::clone(&repo)
    };
    if let Found::Repo(_) = state.repos.find(kind, &ask.to_repo) {
        let url = format!("{}{}", call.base, moved.web_path());
        return Err(ApiError::conflict("This repository already exists", url));
    }
    state.repos.remove(kind, &ask.from_repo);
    state.repos.put(moved);
    state.repos.lead(kind, &ask.from_repo, &ask.to_repo);
    // The answer's body is unconfirmed; clients look at the status only.
    Ok(answer::text("OK"))
}

fn kind(word: Option<&str>) -> Result<Kind, ApiError> {
    let words = Kind::ALL.map(Kind::singular);
    Kind::from_singular(word.unwrap_or("model")).ok_or_else(|| ApiError::invalid_option("type", &words))
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    let value: Value = serde_json::from_slice(body).map_err(|_| ApiError::invalid("Invalid JSON"))?;
    serde_json::from_value(value).map_err(|error| ApiError::invalid(format!("* {error}")))
}
