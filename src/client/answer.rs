//! From an answer to an error: what the Hub means by its statuses, codes and sentences.

use super::{
    Call, Hub, Outgoing,
    call::Choice,
    remedy::{gate_page, remedy},
    send::Answer,
};
use crate::{
    endpoint::Takes,
    error::{Code, Error, Result},
    json::Value,
    redact::scrub_of,
    text::{cat, has, row},
    token::{Token, TokenKind},
    transport,
};

/// What the Hub says about a failure.
pub(super) struct Said {
    status: u16,
    /// `X-Error-Code`.
    code: String,
    pub(super) sentence: String,
    /// JSON with an error in it, or the Hub's own header: not a portal's page.
    by_the_hub: bool,
    wait: Option<f64>,
    pub(super) means: Code,
    pub(super) detail: Option<String>,
    /// The page where it is mended.
    pub(super) fix: Option<String>,
}

impl Hub {
    /// The Hub says the same of a bad token and of a repo that is hidden; only whoami tells them apart, and this asks it.
    #[inline(never)]
    pub(super) fn doubt(&self, said: &mut Said, answer: &Answer, call: &Call) -> Option<(Box<Outgoing>, Call)> {
        let closed = said.means == Code::Forbidden;
        if said.means == Code::GatedRepo {
            said.fix = gate_page(&self.endpoint(), &answer.url.href);
        }
        // Another origin never saw the token and cannot judge it.
        let token = answer
            .token
            .clone()
            .filter(|_| (closed || said.means == Code::Unauthorized) && said.by_the_hub && !answer.left)?;
        if answer.url.path.ends_with(crate::auth::WHOAMI) {
            if !closed {
                said.means = Code::InvalidToken;
            }
            return None;
        }
        if let Some(me) = self.recall(&token).filter(|_| closed) {
            said.restricted(&self.endpoint(), answer, &me);
            return None;
        }
        let mut out = Outgoing::new(
            "GET",
            self.at_endpoint(&cat(&[&self.endpoint(), crate::auth::WHOAMI])).ok()?,
        );
        out.takes = Takes::All;
        Some((
            out,
            Call {
                token: Choice::Given(token),
                ..call.clone()
            },
        ))
    }
}

impl Hub {
    /// Who a token was is over with it.
    #[inline(never)]
    pub(super) fn refused(&self, said: &Said, answer: &Answer) {
        if let (Code::InvalidToken, Some(token)) = (said.means, &answer.token) {
            self.unlearn(token);
        }
    }
}

impl Said {
    /// What whoami had to say.
    #[inline(never)]
    pub(super) fn doubted(&mut self, hub: &Hub, answer: &Answer, whoami: Result<Box<Answer>>) -> Result<()> {
        match whoami {
            Ok(it) if it.left => {}
            Ok(it) if self.means == Code::Forbidden => {
                if let Ok(me) = hub.identity(&it) {
                    self.restricted(&hub.endpoint(), answer, &me);
                }
            }
            Ok(it) if it.response.status() == 401 && Self::of(&it, 0.0).by_the_hub => self.means = Code::InvalidToken,
            Ok(it) if it.response.is_success() && is_repo_path(&answer.url.path) => self.means = Code::RepoNotFound,
            Err(it) if matches!(it.code(), Code::Aborted | Code::Timeout) => return Err(it),
            // It could not be asked: the cause stays open.
            _ => {}
        }
        Ok(())
    }

    /// Whether the failure is an answer to what was asked: is it there?
    pub(super) fn is_taken(&self, answer: &Answer) -> bool {
        match (self.means, answer.takes) {
            (Code::RepoNotFound, Takes::Missing | Takes::Known) | (Code::GatedRepo, Takes::Known) => true,
            // Nobody's token is in doubt: to somebody without one, what is hidden is not there.
            (Code::Unauthorized, Takes::Known) => self.by_the_hub && answer.token.is_none(),
            _ => false,
        }
    }

    #[inline(never)]
    pub(super) fn of(answer: &Answer, now_ms: f64) -> Self {
        let header = |name| answer.header(name).unwrap_or_default();
        let mut said = Self {
            status: answer.response.status(),
            code: header("x-error-code"),
            sentence: header("x-error-message"),
            by_the_hub: false,
            wait: answer.told_wait(now_ms),
            means: Code::InvalidResponse,
            detail: None,
            fix: None,
        };
        said.body(&transport::plain(answer.response.body()), answer.token.as_ref());
        if said.means == Code::RangeMismatch {
            // `bytes */5000` tells the size.
            let size = scrub_of(&header("content-range"), answer.token.as_ref());
            said.sentence = cat(&[&said.sentence, ", ", &size]);
        }
        said
    }

    #[inline(never)]
    fn body(&mut self, text: &str, token: Option<&Token>) {
        let body = Value::parse(text).filter(Value::is_object);
        let words = body.as_ref().and_then(sentence);
        self.by_the_hub = words.is_some() || !self.sentence.is_empty();
        if self.sentence.is_empty() {
            let plain = if body.is_some() || text.trim().starts_with('<') {
                ""
            } else {
                text
            };
            self.sentence = words.unwrap_or_else(|| plain.to_owned());
        }
        self.sentence = scrub_of(&self.sentence, token);
        if self.sentence.is_empty() {
            "no reason given".clone_into(&mut self.sentence);
        }
        let (means, detail) = meaning(self.status, &self.code, &self.sentence);
        self.means = means;
        self.detail = match means {
            Code::Conflict => body.and_then(|it| it.text("url")).map(|it| scrub_of(&it, token)),
            _ => detail.map(str::to_owned),
        };
    }

    #[inline(never)]
    pub(super) fn error(self, answer: &Answer) -> Error {
        let status = Value::from(f64::from(self.status)).number_text().unwrap_or_default();
        let context = answer.context();
        let told = cat(&[&context.request, ": ", &self.sentence, " (", &status, ")"]);
        let mut error = Error::new(self.means, told)
            .with_http(context)
            .with_retry_after(self.wait)
            .with_fix(self.fix);
        if let Some(it) = remedy(self.means, self.detail.as_deref()) {
            error = error.with_hint(it);
        }
        if self.means == Code::Conflict && self.detail.is_none() {
            error = error.with_hint("another change is under way; try again in a moment");
        }
        if let Some(it) = self.detail {
            error = error.with_detail(it);
        }
        // A user token has 37 characters; the most common reason for a refusal is a paste that lost some.
        let cut = |it: &Token| it.kind() == TokenKind::User && it.expose().len() < 37;
        if self.means == Code::InvalidToken && answer.token.as_ref().is_some_and(cut) {
            error = error.with_hint("the token is shorter than the Hub's 37 characters: copy all of it");
        }
        error
    }
}

#[inline(never)]
fn meaning(status: u16, code: &str, sentence: &str) -> (Code, Option<&'static str>) {
    let says = |words: &str| has(sentence, words);
    let code = match code {
        "GatedRepo" => return (Code::GatedRepo, Some(gate_state(sentence, status))),
        "RepoNotFound" => Code::RepoNotFound,
        "RevisionNotFound" => Code::RevisionNotFound,
        "EntryNotFound" => Code::EntryNotFound,
        _ => match status {
            401 => Code::Unauthorized,
            402 => Code::PaymentRequired,
            403 if says("organization token policy") => return (Code::OrgRestricted, Some("token-policy")),
            403 if says("revoked by the organization") => return (Code::OrgRestricted, Some("token-revoked")),
            403 if [
                "required permissions",
                "sufficient permissions",
                "have the rights",
                "gated repositories in your",
            ]
            .iter()
            .any(|it| says(it)) =>
            {
                Code::InsufficientScope
            }
            403 => Code::Forbidden,
            404 | 410 => Code::NotFound,
            408 => Code::Timeout,
            409 => Code::Conflict,
            416 => Code::RangeMismatch,
            429 => Code::RateLimited,
            500.. => Code::ServerError,
            400.. => Code::InvalidRequest,
            // A redirect without a target, a 304 that nobody asked for.
            _ => Code::InvalidResponse,
        },
    };
    (code, None)
}

/// How far an access request has come, by the Hub's sentence.
fn gate_state(sentence: &str, status: u16) -> &'static str {
    let states = [
        ("awaiting a review", "pending"),
        ("has been rejected", "rejected"),
        ("has been reset", "reset"),
        ("not in the authorized list", "not_asked"),
    ];
    match states.iter().find(|it| has(sentence, it.0)) {
        Some(it) => it.1,
        None if status == 401 => "signed_out",
        None => "unknown",
    }
}

/// Where a 401 may hide a repo.
fn is_repo_path(path: &str) -> bool {
    [
        "/api/models/",
        "/api/datasets/",
        "/api/spaces/",
        "/api/kernels/",
        "/resolve/",
        "/raw/",
    ]
    .iter()
    .any(|it| has(path, it))
}

/// The sentence in an error's body, in any of the shapes that the Hub and its router use.
fn sentence(body: &Value) -> Option<String> {
    let one = |it: &Value| it.as_text().or_else(|| it.text("message"));
    let error = body.get("error").or_else(|| body.get("errors"));
    let mut words = match &error {
        Some(it) => one(it).or_else(|| {
            let all: Vec<_> = it.items()?.iter().filter_map(one).collect();
            Some(row(&all, "; "))
        }),
        None => body.text("message"),
    }?;
    if let Some(more) = body.text("error_description") {
        words = cat(&[&words, ": ", more.as_str()]);
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_is_found_in_every_shape() {
        let rows = [
            (r#"{"error":"s"}"#, Some("s")),
            (r#"{"error":["a","b"]}"#, Some("a; b")),
            (r#"{"error":{"message":"m","type":"t"}}"#, Some("m")),
            (r#"{"errors":[{"message":"m"}]}"#, Some("m")),
            (r#"{"message":"s"}"#, Some("s")),
            (
                r#"{"error":"invalid_grant","error_description":"d"}"#,
                Some("invalid_grant: d"),
            ),
            (r#"{"url":"x"}"#, None),
            (r#"{"error":5}"#, None),
        ];
        for (body, words) in rows {
            assert_eq!(sentence(&Value::parse(body).unwrap()).as_deref(), words, "{body}");
        }
    }

    #[test]
    fn statuses_codes_and_sentences_have_their_meaning() {
        let rows = [
            (
                401,
                "GatedRepo",
                "Access to model a/b is restricted.",
                "gated_repo",
                "signed_out",
            ),
            (
                403,
                "GatedRepo",
                "Your request to access model a/b is awaiting a review from the repo authors.",
                "gated_repo",
                "pending",
            ),
            (
                403,
                "GatedRepo",
                "you are not in the authorized list. Visit",
                "gated_repo",
                "not_asked",
            ),
            (404, "RepoNotFound", "Repository not found", "repo_not_found", ""),
            (404, "RevisionNotFound", "Invalid rev id: x", "revision_not_found", ""),
            (404, "EntryNotFound", "Entry not found", "entry_not_found", ""),
            (404, "", "", "not_found", ""),
            (
                403,
                "",
                "You have read access but not the required permissions for this operation",
                "insufficient_scope",
                "",
            ),
            (
                403,
                "",
                "You don't have the rights to create a model under this namespace",
                "insufficient_scope",
                "",
            ),
            (
                403,
                "",
                "Due to the organization token policy, your token needs",
                "org_restricted",
                "token-policy",
            ),
            (403, "", "no", "forbidden", ""),
            (402, "", "", "payment_required", ""),
            (422, "", "", "invalid_request", ""),
            (429, "", "", "rate_limited", ""),
            (503, "", "", "server_error", ""),
            (304, "", "", "invalid_response", ""),
        ];
        for (status, header, sentence, code, detail) in rows {
            let (is, found) = meaning(status, header, sentence);
            assert_eq!(
                (is.as_str(), found.unwrap_or_default()),
                (code, detail),
                "{status} {sentence}"
            );
        }
    }
}
