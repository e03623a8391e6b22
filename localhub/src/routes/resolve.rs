//! `GET|HEAD /{prefix}{id}/resolve/{rev}/{path}` (repos.md 4.3), the cache it redirects to, and
//! `/raw/`.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{ACCEPT_RANGES, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, LOCATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};

use super::lookup::{self, Missed};
use crate::access;
use crate::answer;
use crate::call::Call;
use crate::encode;
use crate::error::{Answer, ApiError, REPO_COMMIT};
use crate::headers;
use crate::kind::Kind;
use crate::ranges::{self, OCTETS};
use crate::repo::{File, Gated, Repo};
use crate::state::Hub;

const LINKED_SIZE: HeaderName = HeaderName::from_static("x-linked-size");
const LINKED_ETAG: HeaderName = HeaderName::from_static("x-linked-etag");
const WARNING: HeaderName = HeaderName::from_static("x-hf-warning");

/// Recorded 2026-09-22.
const UNAUTHENTICATED: HeaderValue = HeaderValue::from_static(
    "unauthenticated; Warning: You are sending unauthenticated requests to the HF Hub. Please set a \
     HF_TOKEN to enable higher rate limits and faster downloads.",
);
const SANDBOX: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox");
/// Signed addresses hold for about an hour.
const SIGNED_S: u64 = 3600;

pub(crate) fn routes() -> Router<Hub> {
    let mut router = Router::new();
    for (kind, verb) in Kind::ALL
        .into_iter()
        .flat_map(|kind| [(kind, Verb::Resolve), (kind, Verb::Raw)])
    {
        let long =
            async move |hub: State<Hub>,
                        call: Extension<Call>,
                        uri: Uri,
                        Path((ns, name, revision, path)): Path<(String, String, String, String)>| {
                let wanted = Wanted {
                    kind,
                    verb,
                    id: format!("{ns}/{name}"),
                    revision,
                    path,
                };
                find(&hub, &call, uri.path(), &wanted).unwrap_or_else(ApiError::into_text)
            };
        let short = async move |hub: State<Hub>,
                                call: Extension<Call>,
                                uri: Uri,
                                Path((id, revision, path)): Path<(String, String, String)>| {
            let wanted = Wanted {
                kind,
                verb,
                id,
                revision,
                path,
            };
            find(&hub, &call, uri.path(), &wanted).unwrap_or_else(ApiError::into_text)
        };
        let (prefix, verb) = (kind.prefix(), verb.word());
        router = router
            .route(&format!("/{prefix}{{ns}}/{{name}}/{verb}/{{rev}}/{{*path}}"), get(long))
            .route(&format!("/{prefix}{{ns}}/{verb}/{{rev}}/{{*path}}"), get(short));
    }
    router.route("/api/resolve-cache/{kind}/{ns}/{name}/{commit}/{*path}", get(cached))
}

#[derive(Clone, Copy, PartialEq)]
enum Verb {
    Resolve,
    /// What git has: the content, or the pointer to a large one.
    Raw,
}

impl Verb {
    fn word(self) -> &'static str {
        match self {
            Verb::Resolve => "resolve",
            Verb::Raw => "raw",
        }
    }
}

struct Wanted {
    kind: Kind,
    verb: Verb,
    id: String,
    revision: String,
    path: String,
}

fn find(hub: &Hub, call: &Call, own_path: &str, wanted: &Wanted) -> Answer {
    let state = hub.lock();
    let repo = match lookup::find(&state, call, wanted.kind, &wanted.id) {
        Ok(repo) => repo,
        Err(Missed::Error(error)) => return Err(error),
        Err(Missed::Moved(to)) => {
            let (rev, path) = (encode::component(&wanted.revision), encode::path(&wanted.path));
            let (prefix, verb) = (wanted.kind.prefix(), wanted.verb.word());
            return Ok(Missed::redirect(&format!("/{prefix}{to}/{verb}/{rev}/{path}"), call));
        }
    };
    drop(state);
    // README.md can be read without asking (auth.md 4.5).
    if wanted.path != "README.md" {
        access::gate(&repo, &call.caller, &call.base)?;
    }
    let Some(commit) = repo.commit(&wanted.revision) else {
        return Err(ApiError::revision_not_found(&wanted.revision));
    };
    let Some(file) = repo.file(&wanted.path) else {
        return Err(ApiError::entry_not_found(commit));
    };
    let mut response = match &file.lfs {
        _ if wanted.verb == Verb::Raw => {
            let git = file
                .pointer()
                .map_or_else(|| file.clone(), |pointer| File::small(&file.path, pointer));
            content(call, &git)
        }
        Some(sha256) => to_cdn(hub, call, &repo, file, sha256),
        None if repo.private || repo.gated != Gated::No => content(call, file),
        None => to_cache(&repo, commit, file, own_path),
    };
    let headers = response.headers_mut();
    ranges::insert(headers, REPO_COMMIT, commit.to_owned());
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    let tag = file.lfs.as_ref().unwrap_or(&file.blob);
    ranges::insert(headers, LINKED_ETAG, format!("\"{tag}\""));
    if response.status().is_redirection() {
        unless_known(call, &mut response);
    }
    let headers = response.headers_mut();
    if call.caller.known().is_none() {
        headers.insert(WARNING, UNAUTHENTICATED);
    }
    Ok(response)
}

/// 304 in place of the redirect for a client that has the content (repos.md 4.3).
fn unless_known(call: &Call, response: &mut Response) {
    let mut tags = HeaderMap::new();
    tags.extend(response.headers().get(LINKED_ETAG).map(|tag| (ETAG, tag.clone())));
    if headers::known(&call.headers, &tags) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
        response.headers_mut().remove(LOCATION);
        response.headers_mut().remove(CONTENT_TYPE);
        response.headers_mut().extend(tags);
    }
}

/// A small public file: 307 to a relative address that names the commit and the ETag (recorded).
fn to_cache(repo: &Repo, commit: &str, file: &File, own_path: &str) -> Response {
    let (kind, id) = (repo.kind.plural(), &repo.id);
    let path = encode::path(&file.path);
    let own = encode::component(own_path);
    let etag = encode::component(&format!("\"{}\"", file.blob));
    let to = format!("/api/resolve-cache/{kind}/{id}/{commit}/{path}?{own}=&etag={etag}");
    let mut response = answer::redirect(StatusCode::TEMPORARY_REDIRECT, &to);
    ranges::disposition(response.headers_mut(), &file.path);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, SANDBOX);
    response
}

/// A large file: 302 to a signed address of the second origin. It is LFS and not Xet: there is no
/// content-addressed store here yet, so no `X-Xet-Hash` and no `Link`.
fn to_cdn(hub: &Hub, call: &Call, repo: &Repo, file: &File, sha256: &str) -> Response {
    let expires = hub.now_ms() / 1000 + SIGNED_S;
    let user = call.caller.known().map_or("public", |principal| principal.name());
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    let shown = encode::component(&format!("inline; filename*=UTF-8''{name}; filename=\"{name}\";"));
    let to = format!(
        "{}/xet-bridge-us/{}/{sha256}?response-content-disposition={shown}&user_id={user}\
         &Expires={expires}&Policy=bm90LWEtcG9saWN5&Signature=not-a-signature&Key-Pair-Id=NOTAKEY",
        hub.config().cdn_origin,
        repo.oid,
    );
    let mut response = answer::redirect(StatusCode::FOUND, &to);
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    ranges::insert(headers, LINKED_SIZE, file.size().to_string());
    response
}

fn content(call: &Call, file: &File) -> Response {
    let text = std::str::from_utf8(&file.bytes).is_ok();
    let content_type = if text { answer::TEXT } else { OCTETS };
    let mut response = ranges::serve(call, &file.bytes, &format!("\"{}\"", file.blob), content_type);
    ranges::disposition(response.headers_mut(), &file.path);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, SANDBOX);
    response
}

type CachedPath = (String, String, String, String, String);

async fn cached(
    State(hub): State<Hub>,
    Extension(call): Extension<Call>,
    Path((kind, ns, name, commit, path)): Path<CachedPath>,
) -> Response {
    let unknown = || ApiError::repo_not_found().into_text();
    let Some(kind) = Kind::from_plural(&kind) else {
        return unknown();
    };
    let found = lookup::find(&hub.lock(), &call, kind, &format!("{ns}/{name}"));
    let repo = match found {
        Ok(repo) => repo,
        Err(Missed::Error(error)) => return error.into_text(),
        Err(Missed::Moved(_)) => return unknown(),
    };
    if path != "README.md"
        && let Err(error) = access::gate(&repo, &call.caller, &call.base)
    {
        return error.into_text();
    }
    let Some(file) = repo.file(&path).filter(|file| file.lfs.is_none()) else {
        return ApiError::entry_not_found(&commit).into_text();
    };
    let mut response = content(&call, file).into_response();
    ranges::insert(response.headers_mut(), REPO_COMMIT, commit);
    response
}
