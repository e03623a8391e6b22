//! From an answer to an error: what the Hub means by its statuses, codes and sentences.

use super::send::Answer;
use crate::{
    endpoint::Takes,
    error::{Code, Error},
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
    sentence: String,
    /// JSON with an error in it, or the Hub's own header: not a portal's page.
    by_the_hub: bool,
    wait: Option<f64>,
    means: Code,
    detail: Option<String>,
    /// Why, for this token: it goes behind the sentence.
    why: String,
    hint: Option<String>,
    fix: Option<String>,
}

impl Said {
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
            why: String::new(),
            hint: None,
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
        let told = cat(&[&context.request, ": ", &self.sentence, " (", &status, ")", &self.why]);
        let mut error = Error::new(self.means, told)
            .with_http(context)
            .with_retry_after(self.wait)
            .with_fix(self.fix);
        if self.means == Code::Conflict && self.detail.is_none() {
            error = error.with_hint("another change is under way; try again in a moment");
        }
        if let Some(it) = self.detail {
            error = error.with_detail(it);
        }
        if let Some(it) = self.hint {
            error = error.with_hint(it);
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
                UNGATED,
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

/// A token that was not allowed to read gated repos at all.
const UNGATED: &str = "public gated repositories";

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

mod explain;
#[cfg(test)]
mod tests;
