//! A Hub of constants behind the examples of this documentation: they run, and nothing leaves the process.

use std::{
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
};

use crate::{
    client::Hub,
    error::Result,
    platform::Fut,
    text::cat,
    transport::{Request, Response},
};

/// The one token that these answers call good, beside any that starts with `hf_app_`.
pub const TOKEN: &str = "hf_thisIsAnExampleNoRealTokenAtAll0000";

const ADA: &str = r#"{"type":"user","id":"65a000000000000000000001","name":"ada","fullname":"Ada Lovelace",
"email":"ada@example.org","emailVerified":true,"isPro":false,"avatarUrl":"/avatars/ada.svg",
"orgs":[{"id":"65a000000000000000000002","name":"acme","roleInOrg":"write","plan":"team","securityRestrictions":[],
"resourceGroups":[{"id":"65a000000000000000000003","name":"research","role":"read"}]},
{"id":"65a000000000000000000004","name":"closed","roleInOrg":"admin","securityRestrictions":["sso"]}],
"auth":{"type":"access_token","accessToken":{"displayName":"laptop","role":"fineGrained","createdAt":"2026-01-02T03:04:05.000Z",
"fineGrained":{"canReadGatedRepos":true,"global":["discussion.write"],"scoped":[
{"entity":{"_id":"65a000000000000000000001","type":"user","name":"ada"},"permissions":["repo.content.read","repo.write"]},
{"entity":{"_id":"65a000000000000000000002","type":"org","name":"acme"},"permissions":["inference.endpoints.infer.write"],
"patterns":[{"resourceType":"inference-endpoint","wildcardPatterns":["gpt2-*"]}]}]}}}}"#;
const APP: &str = r#"{"type":"app","name":"notebook","scope":{"role":"read","entities":["acme"]}}"#;
const TINY: &str = r#"{"id":"ada/tiny","author":"ada","pipeline_tag":"text-generation","likes":7,
"tags":["license:mit"],"siblings":[{"rfilename":"config.json"}]}"#;
const PAGE: &str = r#"[{"id":"ada/tiny","likes":7},{"id":"ada/mini","likes":5}]"#;
const LAST: &str = r#"[{"id":"ada/nano","likes":1}]"#;
const WORDS: &str = r#"{"id":"ada/words","tags":["language:en"],"likes":3}"#;
const DEMO: &str = r#"{"id":"ada/demo","sdk":"gradio","runtime":{"stage":"RUNNING"}}"#;
const MADE: &str = r#"{"url":"https://huggingface.co/ada/made","name":"ada/made","id":"65a000000000000000000005"}"#;
const TAKEN: &str = r#"{"error":"You already created this model repo","url":"https://huggingface.co/ada/tiny"}"#;
const CONFIG: &str = r#"{"hidden_size":40}"#;
const PAPERS: &str = r#"[{"title":"On keys"},{"title":"On locks"}]"#;

/// A client that is signed in as ada and gets [`answers`].
///
/// # Errors
/// None: the token has the shape of one.
pub fn hub() -> Result<Hub> {
    Hub::builder().transport(answers).token(TOKEN).build()
}

/// Runs an example with that client.
///
/// # Errors
/// The example's own.
pub fn with_hub(shown: impl AsyncFnOnce(Hub) -> Result<()>) -> Result<()> {
    block_on(shown(hub()?))
}

/// The transport: a constant for each request.
#[must_use]
pub fn answers(request: Request) -> Fut<'static, Result<Response>> {
    Box::pin(async move { Ok(answer(&request)) })
}

fn answer(request: &Request) -> Response {
    let bearer = request.authorization().and_then(|it| it.strip_prefix("Bearer "));
    let app = bearer.is_some_and(|it| it.starts_with("hf_app_"));
    if bearer.is_some_and(|it| it != TOKEN) && !app {
        return refused(401, "", "Invalid user token.");
    }
    let path = request
        .url
        .strip_prefix("https://huggingface.co")
        .unwrap_or(&request.url);
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    match (request.method.as_str(), path) {
        (_, "/api/whoami-v2") if app => given(APP),
        (_, "/api/whoami-v2") if bearer.is_some() => given(ADA),
        (_, "/api/whoami-v2") => refused(401, "", "Invalid username or password."),
        ("GET", "/api/models") if query.contains("cursor=") => given(LAST),
        ("GET", "/api/models") => with_header(
            200,
            ("link", r#"<https://huggingface.co/api/models?cursor=x>; rel="next""#),
            PAGE,
        ),
        ("GET", "/api/models/ada/tiny/auth-check" | "/api/models/ada/tiny/auth-check/write") => given("OK"),
        ("POST", "/api/credentials/revoke") => with_header(202, ("content-type", "text/plain"), ""),
        ("GET", "/api/models/ada/tiny" | "/api/models/ada/tiny/revision/main") => given(TINY),
        ("GET", it) if it.starts_with("/api/models/ada/tiny/") => refused(404, "RevisionNotFound", "Invalid rev id"),
        ("GET", "/api/datasets") => given(&cat(&["[", WORDS, "]"])),
        ("GET", "/api/datasets/ada/words") => given(WORDS),
        ("GET", "/api/spaces") => given(&cat(&["[", DEMO, "]"])),
        ("GET", "/api/spaces/ada/demo") => given(DEMO),
        ("GET", "/api/users/ada/overview") => given(r#"{"user":"ada","fullname":"Ada Lovelace","isPro":false}"#),
        ("GET", "/api/organizations/acme/overview") => given(r#"{"name":"acme","fullname":"Acme","numUsers":2}"#),
        ("GET", "/api/organizations/acme/members") => given(r#"[{"user":"ada","role":"write"},{"user":"grace"}]"#),
        ("GET", "/ada/tiny/resolve/main/config.json") => file(request),
        ("GET", it) if it.starts_with("/ada/tiny/resolve/") => refused(404, "EntryNotFound", "Entry not found"),
        ("DELETE", "/api/repos/delete") if !names(request, "none") => given(""),
        ("POST", "/api/repos/create") if names(request, "tiny") => {
            with_header(409, ("content-type", "application/json"), TAKEN)
        }
        ("POST", "/api/repos/create") => given(MADE),
        ("GET", "/api/daily_papers") => given(PAPERS),
        ("GET", "/api/busy") => with_header(429, ("retry-after", "5"), r#"{"error":"Too many requests"}"#),
        _ => refused(404, "RepoNotFound", "Repository not found"),
    }
}

/// All of it, or the part that the header names.
fn file(request: &Request) -> Response {
    let tag = ("etag".to_owned(), r#""b7e2a4""#.to_owned());
    let range = request.headers.iter().find(|it| it.0 == "range");
    let ends = range.and_then(|it| it.1.strip_prefix("bytes=")?.split_once('-'));
    let number = |it: &str| it.parse::<usize>().ok();
    let Some((first, last)) = ends.and_then(|it| Some((number(it.0)?, number(it.1)?))) else {
        return Response::new(200, vec![tag], CONFIG.into());
    };
    let part = CONFIG.as_bytes().get(first..=last).unwrap_or_default().to_vec();
    let said = cat(&["bytes ", &first.to_string(), "-", &last.to_string(), "/18"]);
    Response::new(206, vec![tag, ("content-range".to_owned(), said)], part)
}

/// Whether the body speaks of a repo of this name.
fn names(request: &Request, name: &str) -> bool {
    let crate::transport::Body::Bytes(body) = &request.body else {
        return false;
    };
    String::from_utf8_lossy(body).contains(&cat(&["\"name\":\"", name, "\""]))
}

fn given(body: &str) -> Response {
    with_header(200, ("content-type", "application/json"), body)
}

fn refused(status: u16, code: &str, sentence: &str) -> Response {
    let headers = [
        ("x-error-code", code),
        ("x-error-message", sentence),
        ("x-request-id", "Root=1-example"),
    ];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Response::new(status, headers.into(), Vec::new())
}

fn with_header(status: u16, (name, value): (&str, &str), body: &str) -> Response {
    Response::new(status, vec![(name.to_owned(), value.to_owned())], body.into())
}

/// Waits for a future, as a program's runtime does.
pub fn block_on<T>(it: impl Future<Output = T>) -> T {
    struct Sleeper(Thread);

    impl Wake for Sleeper {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let waker = Waker::from(Arc::new(Sleeper(thread::current())));
    let mut it = pin!(it);
    loop {
        match it.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(it) => return it,
            Poll::Pending => thread::park(),
        }
    }
}
