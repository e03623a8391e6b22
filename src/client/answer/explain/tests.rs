use super::*;
use crate::{
    error::Error,
    example::block_on,
    platform::Fut,
    token::Token,
    transport::{Body, Request, Response},
};
use std::sync::{Arc, Mutex};

const HUB: &str = "https://huggingface.co";
const NEW: &str = "https://huggingface.co/settings/tokens/new?tokenType=fineGrained&";

/// A word for whom a token stands for, as whoami has it.
fn whoami(who: &str) -> String {
    let (kind, more) = who.split_once(' ').unwrap_or((who, ""));
    let of = |role: &str, more: &str| format!(r#"{{"accessToken":{{"displayName":"laptop","role":"{role}"{more}}}}}"#);
    let fine = |scopes: &str| of("fineGrained", &format!(r#","fineGrained":{{{scopes},"global":[]}}"#));
    let own = r#""scoped":[{"entity":{"_id":"a1","type":"user","name":"ada"},"permissions":["repo.content.read"]}]"#;
    let (auth, role) = match kind {
        "read" | "write" | "god" => (of(kind, ""), "write"),
        "contributor" => (of("write", ""), kind),
        "fine" => (fine(&format!(r#"{own},"canReadGatedRepos":true"#)), "write"),
        "ungated" => (fine(&format!(r#"{own},"canReadGatedRepos":false"#)), "write"),
        "bare" => (of("fineGrained", ""), "write"),
        _ => ("{}".to_owned(), "write"),
    };
    let shut = if more.is_empty() {
        String::new()
    } else {
        format!("\"{more}\"")
    };
    format!(
        r#"{{"type":"user","id":"a1","name":"ada","auth":{auth},
        "orgs":[{{"id":"o1","name":"acme","roleInOrg":"{role}","securityRestrictions":[{shut}]}}]}}"#
    )
}

fn token(who: &str) -> Token {
    let text = match who {
        "oauth" => "hf_oauth_e30.eyJzY29wZSI6Im9wZW5pZCJ9.notASignature".to_owned(),
        _ => format!(
            "hf_exampleFake{:0<25}",
            who.replace(|it: char| !it.is_alphanumeric(), "")
        ),
    };
    Token::parse(&text, true).unwrap()
}

/// A Hub where everything is refused in the same way, and what it was asked.
fn refusing(who: &str, status: u16, code: &str, sentence: &str) -> (Hub, Arc<Mutex<Vec<String>>>) {
    let asked = Arc::<Mutex<Vec<String>>>::default();
    let (seen, me) = (asked.clone(), whoami(who));
    let refusal = (code.to_owned(), sentence.to_owned());
    let transport = move |request: Request| -> Fut<'static, Result<Response>> {
        let path = request.url.split_once(".co").unwrap().1.to_owned();
        seen.lock().unwrap().push(format!("{} {path}", request.method));
        let answer = if path == WHOAMI && !me.contains("himself") {
            Response::new(200, vec![], me.clone().into_bytes())
        } else {
            let (code, sentence) = refusal.clone();
            let mut headers = vec![("x-error-message".to_owned(), sentence)];
            if !code.is_empty() {
                headers.push(("x-error-code".to_owned(), code));
            }
            Response::new(status, headers, vec![])
        };
        Box::pin(async move { Ok(answer) })
    };
    (Hub::builder().transport(transport).build().unwrap(), asked)
}

/// The error of a request of somebody whose whoami is known; `nobody` has no token, `?` a whoami that fails.
fn told(request: &str, who: &str, status: u16, code: &str, sentence: &str) -> Error {
    let (hub, _) = refusing(who, status, code, sentence);
    let mut words = request.splitn(3, ' ');
    let (method, path) = (words.next().unwrap(), words.next().unwrap());
    let url = match path.strip_prefix("router:") {
        Some(it) => format!("https://router.huggingface.co{it}"),
        None => format!("{HUB}{path}"),
    };
    let mut out = Outgoing::new(method, crate::url::Url::parse(&url, None).unwrap());
    match words.next() {
        Some(it) if it.starts_with('{') => out.body = Body::Bytes(it.as_bytes().to_vec()),
        Some(it) => out.headers.push(("x-hf-bill-to".to_owned(), it.to_owned())),
        None => {}
    }
    let raw = out.url.clone();
    let headers = [("x-error-code", code), ("x-error-message", sentence)];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let answer = Answer {
        response: Response::new(status, headers.into(), vec![]),
        method: method.to_owned(),
        token: (who != "nobody").then(|| token(who)),
        left: false,
        url: raw,
        takes: out.takes,
        told: vec![],
    };
    block_on(async {
        let mut said = Said::of(&answer, 0.0);
        // As if it were remembered, where it is not asked for.
        let asks = hub.doubt(&mut said, &answer, &Call::default()).is_some() || said.means == Code::RepoNotFound;
        let me = match who {
            _ if !asks => None,
            "?" => Some(Err(Error::new(Code::Network, "no way"))),
            _ => Some(hub.known(&Call::with_token(token(who))).await),
        };
        hub.explain(&mut said, &out, &answer, me)?;
        Ok::<_, Error>(said.error(&answer))
    })
    .unwrap()
}

const WRITE: &str = "You have read access but not the required permissions for this operation";
const TICK: &str =
    "Please enable access to public gated repositories in your fine-grained token settings to view this repository.";
const POLICY: &str = "Due to the organization token policy, your token needs to be approved by the organization before \
    you can access this resource.";
/// The Hub's sentences by the words that stand for them in the rows.
const SENTENCES: &[(&str, &str)] = &[
    ("lost", "Repository not found"),
    ("none", "Invalid username or password."),
    ("write", WRITE),
    (
        "create",
        "You don't have the rights to create a model under this namespace",
    ),
    ("tick", TICK),
    ("policy", POLICY),
    (
        "gone",
        "Your token has been revoked by the organization administrator, you can no longer access organization \
        resources. Please contact them for more information.",
    ),
    (
        "router",
        "This authentication method does not have sufficient permissions to call Inference Providers on behalf of user ada",
    ),
    (
        "ask",
        "Access to model grace/g is restricted and you are not in the authorized list. Visit x to ask for access.",
    ),
    (
        "wait",
        "Your request to access model grace/g is awaiting a review from the repo authors.",
    ),
    (
        "refused",
        "Your request to access model grace/g has been rejected by the repo's authors.",
    ),
    (
        "reset",
        "Your access to model grace/g has been reset by the repo's authors. Visit x to submit a new request.",
    ),
    (
        "log in",
        "Access to model grace/g is restricted. You must have access to it and be authenticated to access it. Please log in.",
    ),
    ("disabled", "Access to this resource is disabled."),
];

/// A row: request, who, status, `X-Error-Code`, sentence; then code, detail, how the message goes on, what the hint has, `fix`.
#[track_caller]
fn rows(table: &str) {
    for row in table.trim().lines() {
        let cells: Vec<_> = row.trim().split('|').map(str::trim).collect();
        let &[request, who, status, header, words, code, detail, why, hint, fix] = cells.as_slice() else {
            panic!("ten cells: {row}");
        };
        let sentence = SENTENCES.iter().find(|it| it.0 == words).map_or(words, |it| it.1);
        let error = told(request, who, status.parse().unwrap(), header, sentence);
        let about = format!("{row}\n{error}\n{}\n{:?}", error.hint(), error.fix());
        assert_eq!(error.code().as_str(), code, "{about}");
        assert_eq!(error.detail().unwrap_or_default(), detail, "{about}");
        let said = format!(
            "{sentence} ({status}){}{why}",
            if why.is_empty() || why.starts_with(',') {
                ""
            } else {
                ": "
            }
        );
        assert!(
            error.message().ends_with(&said),
            "the Hub's own words, and ours: {about}"
        );
        assert!(!hint.is_empty() && error.hint().contains(hint), "{about}");
        assert_eq!(
            error.fix().unwrap_or_default(),
            fix.replace("NEW&", NEW).replace("HUB", HUB),
            "{about}"
        );
        if who != "nobody" {
            assert!(!format!("{about}{error:?}").contains(token(who).expose()), "{about}");
        }
    }
}

#[test]
fn a_token_where_a_name_belongs_is_in_none_of_it() {
    let secret = token("read");
    for request in [
        format!("POST /api/models/{0}/{0}/commit/main", secret.expose()),
        format!("POST /api/jobs/{}", secret.expose()),
        format!(
            r#"POST /api/repos/create {{"name":"x","organization":"{}"}}"#,
            secret.expose()
        ),
    ] {
        for (code, sentence) in [("", WRITE), ("GatedRepo", "Please log in."), ("", POLICY)] {
            let error = told(&request, "read", 403, code, sentence);
            let all = format!(
                "{error} {error:?} {} {:?} {:?}",
                error.hint(),
                error.fix(),
                error.detail()
            );
            assert!(!all.contains(secret.expose()), "{all}");
        }
    }
}

/// What was asked for one refusal, and its code.
fn asked(who: &str, path: &str, status: u16, code: &str, sentence: &str) -> (Vec<String>, &'static str) {
    let (hub, asked) = refusing(who, status, code, sentence);
    let call = Call::with_token(token(who));
    let url = crate::url::Url::parse(&format!("{HUB}{path}"), None).unwrap();
    let error = block_on(async { Ok::<_, Error>(hub.exchange(Outgoing::new("POST", url), &call).await.unwrap_err()) });
    let asked = asked.lock().unwrap().clone();
    (asked, error.unwrap().code().as_str())
}

#[test]
fn whoami_is_asked_where_it_can_tell_and_nowhere_else() {
    let path = "/api/models/ada/m1/commit/main";
    let (once, twice) = (
        vec![format!("POST {path}")],
        vec![format!("POST {path}"), format!("GET {WHOAMI}")],
    );
    for (at, (status, code, sentence, asks)) in [
        (403, "", WRITE, true),
        (403, "", "No", true),
        (401, "", "Invalid username or password.", true),
        (401, "GatedRepo", "Please log in.", true),
        (403, "", TICK, false),
        (403, "", POLICY, false),
        (403, "", "Access to this resource is disabled.", false),
        (403, "GatedRepo", "Your request is awaiting a review", false),
        (404, "RepoNotFound", "Repository not found", false),
        (404, "EntryNotFound", "Entry not found", false),
        (402, "", "Pay", false),
        (409, "", "It exists", false),
        (503, "", "Later", false),
    ]
    .into_iter()
    .enumerate()
    {
        // Somebody new each time, of whom nothing is known.
        let (seen, _) = asked(&format!("write w{at}"), path, status, code, sentence);
        assert_eq!(&seen, if asks { &twice } else { &once }, "{status} {code} {sentence}");
    }
    let (seen, code) = asked("write himself", WHOAMI, 403, "", WRITE);
    assert_eq!(
        (seen.len(), code),
        (1, "insufficient_scope"),
        "never about whoami itself"
    );
}

mod rows;
