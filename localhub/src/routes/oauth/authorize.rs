//! `GET /oauth/authorize` and the form on its page (auth.md 3.2).

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};

use super::consent::{Question, escape, org_of, ticked};
use crate::answer;
use crate::call::Call;
use crate::oauth::{self, AutoApprove, Client, Code, Consent, Form};
use crate::query::Query;
use crate::state::{self, Hub};

pub(crate) fn routes() -> Router<Hub> {
    Router::new().route("/oauth/authorize", get(ask).post(decide))
}

/// A request that may be put before somebody.
pub(super) struct Ask {
    pub(super) client: Client,
    pub(super) account: String,
    pub(super) scopes: Vec<&'static str>,
    /// Organisations, by name, that the app cannot do without.
    pub(super) orgs: Vec<String>,
    back: Back,
    challenge: Option<String>,
    nonce: Option<String>,
}

/// Where the browser goes next.
struct Back {
    redirect_uri: String,
    state: Option<String>,
    iss: Option<String>,
}

impl Back {
    fn with(&self, pairs: &[(&str, &str)]) -> Response {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(pairs);
        for (name, value) in [("state", &self.state), ("iss", &self.iss)] {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        let uri = &self.redirect_uri;
        let joint = if uri.contains('?') { '&' } else { '?' };
        answer::redirect(StatusCode::SEE_OTHER, &format!("{uri}{joint}{}", query.finish()))
    }

    fn error(&self, error: &str, description: &str) -> Response {
        self.with(&[("error", error), ("error_description", description)])
    }

    /// As recorded 2026-09.
    fn denied(&self) -> Response {
        self.error("access_denied", "The user denied the request")
    }
}

async fn ask(State(hub): State<Hub>, Extension(call): Extension<Call>) -> Response {
    if let Err(words) = oauth::learn(&hub, call.query.first("client_id")).await {
        return wrong(&words);
    }
    let mut state = hub.lock();
    let ask = match read(&state, &call) {
        Ok(ask) => ask,
        Err(response) => return *response,
    };
    let settings = &state.oauth.settings;
    match settings.auto_approve {
        AutoApprove::Flag(true) => {
            let mut orgs = ask.orgs.clone();
            orgs.extend(settings.orgs.iter().filter(|it| !ask.orgs.contains(it)).cloned());
            allow(&hub, &mut state, ask, orgs)
        }
        AutoApprove::Word(_) => ask.back.denied(),
        AutoApprove::Flag(false) => {
            let known = state.oauth.remembered.iter().find(|it| covers(it, &ask));
            match known.map(|it| it.orgs.clone()) {
                Some(orgs) => allow(&hub, &mut state, ask, orgs),
                None => Question {
                    app: &ask.client.name,
                    account: &ask.account,
                    scopes: &ask.scopes,
                    needed: &ask.orgs,
                    // The decision comes back with the query that it was asked with.
                    action: &call.relative("/oauth/authorize"),
                }
                .page(&state.accounts),
            }
        }
    }
}

async fn decide(State(hub): State<Hub>, Extension(call): Extension<Call>, body: Bytes) -> Response {
    let mut state = hub.lock();
    let ask = match read(&state, &call) {
        Ok(ask) => ask,
        Err(response) => return *response,
    };
    let form = Query::parse(&String::from_utf8_lossy(&body));
    match form.first("decision") {
        Some("allow") => {
            let orgs = ticked(&state.accounts, &ask.account, &ask.orgs, &form);
            match orgs {
                Some(orgs) => allow(&hub, &mut state, ask, orgs),
                None => wrong("Not an organization of yours"),
            }
        }
        Some("deny") => ask.back.denied(),
        _ => wrong("Neither allowed nor denied"),
    }
}

fn allow(hub: &Hub, state: &mut state::State, ask: Ask, orgs: Vec<String>) -> Response {
    let oauth = &mut state.oauth;
    let mut consent = Consent {
        client: ask.client.id,
        account: ask.account,
        scopes: ask.scopes,
        orgs,
        personal: true,
    };
    oauth.remember(&consent);
    consent.scopes = oauth.settings.granted(&consent.scopes);
    oauth.counts.codes += 1;
    let code = format!("FakeCode{:016x}", hub.random());
    let response = ask.back.with(&[("code", &code)]);
    oauth.codes.push(Code {
        code,
        consent,
        redirect_uri: ask.back.redirect_uri,
        challenge: ask.challenge,
        nonce: ask.nonce,
        expires_ms: hub.in_seconds(oauth.settings.code_seconds),
        spent: None,
    });
    response
}

fn covers(known: &Consent, ask: &Ask) -> bool {
    let same = |these: &[&str], those: &[&str]| these.len() == those.len() && these.iter().all(|it| those.contains(it));
    known.client == ask.client.id
        && known.account == ask.account
        && same(&known.scopes, &ask.scopes)
        && ask.orgs.iter().all(|it| known.orgs.contains(it))
}

/// Until client and redirect_uri are known to belong together, nobody is sent anywhere (RFC 6749, 4.1.2.1).
fn read(state: &state::State, call: &Call) -> Result<Ask, Box<Response>> {
    let page = |words: &str| Box::new(wrong(words));
    for name in ["client_id", "redirect_uri"] {
        if call.query.all(name).len() > 1 {
            return Err(page(&format!("The parameter {name} came twice")));
        }
    }
    let one = |name: &str| call.query.first(name).filter(|it| !it.is_empty());
    let id = one("client_id").ok_or_else(|| page("Missing parameter: client_id"))?;
    let client = state.oauth.client(id).ok_or_else(|| page("Unknown client_id"))?;
    let uri = one("redirect_uri").ok_or_else(|| page("Missing parameter: redirect_uri"))?;
    if !client.may_return_to(uri) {
        return Err(page("The app is not registered for this redirect_uri"));
    }
    let back = Back {
        redirect_uri: uri.to_owned(),
        state: one("state").map(str::to_owned),
        iss: state.oauth.settings.iss.then(|| call.base.clone()),
    };
    match told(state, call, client) {
        Ok((scopes, orgs)) => Ok(Ask {
            client: client.clone(),
            account: state.oauth.settings.account.clone(),
            scopes,
            orgs,
            back,
            challenge: one("code_challenge").map(str::to_owned),
            nonce: one("nonce").map(str::to_owned),
        }),
        Err((error, description)) => Err(Box::new(back.error(error, &description))),
    }
}

type Told = (Vec<&'static str>, Vec<String>);

fn told(state: &state::State, call: &Call, client: &Client) -> Result<Told, (&'static str, String)> {
    let invalid = |words: &str| ("invalid_request", words.to_owned());
    let pairs = call.raw_query.as_deref().unwrap_or_default();
    let pairs = form_urlencoded::parse(pairs.as_bytes()).into_owned();
    // Of the parameters, only orgIds may name several.
    let form = Form::once(pairs.filter(|(name, _)| name != "orgIds").collect());
    let form = form.map_err(|error| (error.error, error.description))?;
    match form.get("response_type") {
        Some("code") => {}
        Some(_) => {
            let words = "Only response_type=code is supported";
            return Err(("unsupported_response_type", words.to_owned()));
        }
        None => return Err(invalid("Missing parameter: response_type")),
    }
    match (form.get("code_challenge"), form.get("code_challenge_method")) {
        (Some(challenge), Some("S256")) if is_digest(challenge) => {}
        (Some(_), Some("S256")) => return Err(invalid("code_challenge is not 43 characters of base64url")),
        (Some(_), _) => return Err(invalid("code_challenge_method must be S256")),
        (None, Some(_)) => return Err(invalid("Missing parameter: code_challenge")),
        (None, None) if client.is_public() => return Err(invalid("Apps without a secret need a code_challenge")),
        (None, None) => {}
    }
    let scopes = client
        .scopes(form.get("scope"))
        .map_err(|words| ("invalid_scope", words))?;
    // How several are written is unconfirmed (auth.md 9, point 4): repeated, or with commas.
    let ids = call.query.all("orgIds").into_iter().flat_map(|it| it.split(','));
    let orgs = ids
        .filter(|it| !it.is_empty())
        .map(|id| org_of(&state.accounts, &state.oauth.settings.account, id));
    let orgs = orgs
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| invalid("orgIds: not an organization of the user"))?;
    Ok((scopes, orgs))
}

/// A SHA-256 in base64url.
fn is_digest(challenge: &str) -> bool {
    challenge.len() == 43
        && challenge
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || it == b'-' || it == b'_')
}

fn wrong(words: &str) -> Response {
    answer::html(StatusCode::BAD_REQUEST, "400", &escape(words))
}
