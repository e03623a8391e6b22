//! What a repository holds: `tree`, `treesize`, `paths-info` (repos.md 4.1, 4.2), recorded 2026-09-22.
//! Public for gated repositories too.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::LINK;
use axum::routing::{get, post};
use axum::{Extension, Router};
use serde_json::{Value, json};

use super::lookup::{self, Missed};
use crate::answer;
use crate::call::Call;
use crate::encode::{self, iso};
use crate::error::{Answer, ApiError};
use crate::kind::Kind;
use crate::repo::{File, Repo};
use crate::state::Hub;

/// Of a plain page and of one with `expand`.
const PAGE: usize = 1000;
const EXPANDED_PAGE: usize = 100;

type Deep = (String, String, String, String);

pub(crate) fn routes() -> Router<Hub> {
    let mut router = Router::new();
    for kind in Kind::ALL {
        let base = format!("/api/{}/{{ns}}/{{name}}", kind.plural());
        for (verb, run) in [("tree", tree as Look), ("treesize", size)] {
            let root = async move |hub: State<Hub>,
                                   call: Extension<Call>,
                                   Path((ns, name, rev)): Path<(String, String, String)>| {
                look(&hub, &call, kind, verb, run, &(ns, name, rev, String::new()))
            };
            let deep = async move |hub: State<Hub>, call: Extension<Call>, Path(at): Path<Deep>| {
                look(&hub, &call, kind, verb, run, &at)
            };
            router = router
                .route(&format!("{base}/{verb}/{{rev}}"), get(root))
                .route(&format!("{base}/{verb}/{{rev}}/{{*path}}"), get(deep));
        }
        let infos = async move |hub: State<Hub>,
                                call: Extension<Call>,
                                Path((ns, name, rev)): Path<(String, String, String)>,
                                body: Bytes| {
            let at = (ns, name, rev, String::new());
            let asked = Asked::parse(&call, &body);
            look(
                &hub,
                &call,
                kind,
                "paths-info",
                |_, it| asked.and_then(|asked| asked.answer(it)),
                &at,
            )
        };
        router = router.route(&format!("{base}/paths-info/{{rev}}"), post(infos));
    }
    router
}

/// A place in a repository at a revision.
struct Place {
    repo: Arc<Repo>,
    kind: Kind,
    revision: String,
    commit: String,
    /// Without slashes at its ends; empty at the root.
    path: String,
}

type Look = fn(&Call, &Place) -> Answer;

fn look(
    hub: &Hub,
    call: &Call,
    kind: Kind,
    verb: &str,
    run: impl FnOnce(&Call, &Place) -> Answer,
    (ns, name, revision, path): &Deep,
) -> Answer {
    let path = path.trim_matches('/').to_owned();
    let repo = match lookup::find(&hub.lock(), call, kind, &format!("{ns}/{name}")) {
        Ok(repo) => repo,
        Err(Missed::Error(error)) => return Err(error),
        Err(Missed::Moved(to)) => {
            let revision = encode::component(revision);
            let to = format!("/api/{}/{to}/{verb}/{revision}/{}", kind.plural(), encode::path(&path));
            return Ok(Missed::redirect(to.trim_end_matches('/'), call));
        }
    };
    let Some(commit) = repo.commit(revision).map(str::to_owned) else {
        return Err(ApiError::revision_not_found(revision));
    };
    let revision = revision.clone();
    run(
        call,
        &Place {
            repo,
            kind,
            revision,
            commit,
            path,
        },
    )
}

/// Directories first; the order within `recursive` is unconfirmed.
fn tree(call: &Call, at: &Place) -> Answer {
    let expand = call.query.flag("expand") == Some(true);
    let recursive = call.query.flag("recursive") == Some(true);
    let most = if expand { EXPANDED_PAGE } else { PAGE };
    let limit = call
        .query
        .number("limit")
        .map_or(most, |it| (it as usize).clamp(1, most));
    let mut files: Vec<&File> = at.repo.files.iter().filter(|it| at.holds(&it.path)).collect();
    let mut folders: BTreeSet<&str> = files.iter().flat_map(|it| at.folders(&it.path)).collect();
    if files.is_empty() && !at.path.is_empty() {
        return Err(at.nothing());
    }
    if !recursive {
        let inside = |path: &str| !at.rest(path).contains('/');
        files.retain(|it| inside(&it.path));
        folders.retain(|it| inside(it));
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut all: Vec<Value> = folders.iter().map(|it| at.folder(it, expand)).collect();
    all.extend(files.iter().map(|it| at.file(it, expand)));
    let from = match call.query.first("cursor") {
        None => 0,
        Some(cursor) => encode::from_base64url(cursor)
            .and_then(|it| String::from_utf8(it).ok()?.parse().ok())
            .filter(|from| *from <= all.len())
            .ok_or_else(|| ApiError::invalid("Invalid cursor"))?,
    };
    let more = all.len() > from + limit;
    let page: Vec<Value> = all.into_iter().skip(from).take(limit).collect();
    let mut response = answer::json(&Value::Array(page));
    if more {
        let cursor = encode::base64url((from + limit).to_string().as_bytes());
        let query = call.query.with("cursor", &cursor);
        let (base, kind, id) = (&call.base, at.kind.plural(), &at.repo.id);
        let (revision, path) = (encode::component(&at.revision), encode::path(&at.path));
        let next = format!("{base}/api/{kind}/{id}/tree/{revision}/{path}");
        if let Ok(link) = HeaderValue::try_from(format!("<{}?{query}>; rel=\"next\"", next.trim_end_matches('/'))) {
            response.headers_mut().insert(LINK, link);
        }
    }
    Ok(response)
}

fn size(_: &Call, at: &Place) -> Answer {
    let files = at.repo.files.iter();
    let held: Vec<u64> = files
        .filter(|it| it.path == at.path || at.holds(&it.path))
        .map(File::size)
        .collect();
    if held.is_empty() && !at.path.is_empty() {
        return Err(at.nothing());
    }
    let path = if at.path.is_empty() { "/" } else { &at.path };
    Ok(answer::json(&json!({ "path": path, "size": held.iter().sum::<u64>() })))
}

/// The body of `paths-info`: JSON, or a form as the Python client sends it.
struct Asked {
    paths: Vec<String>,
    expand: bool,
}

impl Asked {
    fn parse(call: &Call, body: &[u8]) -> Result<Asked, ApiError> {
        let json = call
            .header("content-type")
            .is_none_or(|it| it.starts_with("application/json"));
        if !json {
            let pairs: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
            let expand = pairs
                .iter()
                .any(|it| it.0 == "expand" && it.1.eq_ignore_ascii_case("true"));
            let paths = pairs.into_iter().filter(|it| it.0 == "paths").map(|it| it.1).collect();
            return Ok(Asked { paths, expand });
        }
        let body: Value = serde_json::from_slice(body).map_err(|_| ApiError::invalid("Invalid JSON"))?;
        let text = |it: &Value| it.as_str().map(str::to_owned);
        let paths = match &body["paths"] {
            Value::Array(list) => list.iter().map(text).collect(),
            one => text(one).map(|it| vec![it]),
        };
        let paths = paths.ok_or_else(|| ApiError::invalid("* Invalid input: expected array\n  * at paths"))?;
        Ok(Asked {
            paths,
            expand: body["expand"] == true,
        })
    }

    /// What is not there is left out.
    fn answer(self, at: &Place) -> Answer {
        let info = |path: &String| {
            let path = path.trim_matches('/');
            let held = at.repo.files.iter().any(|it| it.path.starts_with(&format!("{path}/")));
            match at.repo.file(path) {
                Some(file) => Some(at.file(file, self.expand)),
                None => held.then(|| at.folder(path, self.expand)),
            }
        };
        Ok(answer::json(&Value::Array(
            self.paths.iter().filter_map(info).collect(),
        )))
    }
}

impl Place {
    /// What of a path lies below this one.
    fn rest<'a>(&self, path: &'a str) -> &'a str {
        path.strip_prefix(self.path.as_str())
            .map_or(path, |it| it.trim_start_matches('/'))
    }

    fn holds(&self, path: &str) -> bool {
        self.path.is_empty()
            || path
                .strip_prefix(self.path.as_str())
                .is_some_and(|it| it.starts_with('/'))
    }

    /// The directories on the way from here to a file.
    fn folders<'a>(&self, path: &'a str) -> impl Iterator<Item = &'a str> {
        let own = self.path.len();
        let slashes = path.match_indices('/').map(|(at, _)| at);
        slashes.filter(move |at| *at > own).map(|at| &path[..at])
    }

    fn nothing(&self) -> ApiError {
        ApiError::path_not_found(&self.path, &self.revision)
    }

    fn folder(&self, path: &str, expand: bool) -> Value {
        let oid = encode::commit_id(&format!("tree {} {path}", self.commit));
        let mut it = json!({ "type": "directory", "oid": oid, "size": 0, "path": path });
        if expand {
            it["lastCommit"] = self.last_commit();
        }
        it
    }

    fn file(&self, file: &File, expand: bool) -> Value {
        let mut it = json!({ "type": "file", "oid": file.blob, "size": file.size() });
        // The key is `oid` here and `sha256` in infos.
        if let Some(sha256) = &file.lfs {
            it["lfs"] = json!({ "oid": sha256, "size": file.size(), "pointerSize": file.pointer_size() });
        }
        it["path"] = json!(file.path);
        if expand {
            it["lastCommit"] = self.last_commit();
            it["securityFileStatus"] = json!({
                "status": "safe",
                "protectAiScan": { "status": "safe", "message": "This file has no security findings." },
                "avScan": { "status": "safe", "message": "No security issues detected" },
                "pickleImportScan": { "status": "unscanned", "pickleImports": [], "version": "0.0.0" },
                "virusTotalScan": { "status": "unscanned" },
                "jFrogScan": { "status": "unscanned", "message": "Not a machine-learning model" },
            });
        }
        it
    }

    fn last_commit(&self) -> Value {
        json!({ "id": self.commit, "title": "Seed", "date": iso(self.repo.modified_ms) })
    }
}
