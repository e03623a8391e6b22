//! From an answer to an error: what the Hub means by its statuses, codes and sentences.

use super::{Call, Hub, call::Choice, send::Answer};
use crate::{
    endpoint::Plan,
    error::{Code, Error, Result},
    json::Value,
    redact::scrub,
    transport::retry::told_wait,
};

/// What the Hub says about a failure.
struct Said {
    /// `X-Error-Code`.
    code: String,
    sentence: String,
    /// JSON with an error in it, or the Hub's own header: not a portal's page.
    by_the_hub: bool,
    url: Option<String>,
}

impl Hub {
    /// The answer when its status is one of success, else the error that it means.
    pub(crate) async fn checked(&self, answer: Answer, call: &Call) -> Result<Answer> {
        if answer.response.is_success() { Ok(answer) } else { Err(self.explain(answer, call).await) }
    }

    async fn explain(&self, answer: Answer, call: &Call) -> Error {
        let (context, token, path) = (answer.context(), answer.token.clone(), answer.path.clone());
        let wait = told_wait(answer.header("ratelimit").as_deref(), answer.header("retry-after").as_deref());
        let status = answer.status();
        let said = match self.listen(answer, call).await {
            Ok(said) => said,
            Err(error) => return error.with_http(context),
        };
        let (mut code, mut detail) = meaning(status, &said);
        if code == Code::Unauthorized && said.by_the_hub {
            if let Some(token) = token {
                // The Hub says the same of a bad token and of a repo that is hidden; only whoami tells them apart.
                let bad = path.ends_with(crate::auth::WHOAMI) || self.is_refused(token, call).await;
                code = match bad {
                    true => Code::InvalidToken,
                    false if is_repo_path(&path) => Code::RepoNotFound,
                    false => code,
                };
            }
        }
        if code == Code::Conflict {
            detail = said.url.clone();
        }
        let told = [&context.request, ": ", &said.sentence, " (", &Value::from(f64::from(status)).as_parameter("").unwrap_or_default(), ")"].concat();
        let error = Error::new(code, told).with_http(context).with_retry_after(wait);
        match detail {
            Some(it) => error.with_detail(it),
            None => error,
        }
    }

    async fn listen(&self, answer: Answer, call: &Call) -> Result<Said> {
        let header = |name| answer.header(name).unwrap_or_default();
        let (code, message) = (header("x-error-code"), header("x-error-message"));
        let text = self.limited(call, Box::pin(answer.response.text())).await;
        // An error whose body is cut is still that error.
        let text = match text {
            Err(it) if matches!(it.code(), Code::Aborted | Code::Timeout) => return Err(it),
            it => it.unwrap_or_default(),
        };
        let body = Value::parse(&text).filter(Value::is_object);
        let words = body.as_ref().and_then(sentence);
        let by_the_hub = words.is_some() || !message.is_empty();
        let plain = || (body.is_none() && !text.trim_start().starts_with('<')).then_some(text.clone());
        let sentence = Some(message).filter(|it| !it.is_empty()).or(words).or_else(plain).unwrap_or_default();
        let sentence = scrub(&sentence);
        Ok(Said {
            code,
            sentence: if sentence.is_empty() { "no reason given".to_owned() } else { sentence },
            by_the_hub,
            url: body.and_then(|it| it.text("url")).map(|it| scrub(&it)),
        })
    }

    /// Whether whoami, too, refuses the token.
    async fn is_refused(&self, token: crate::token::Token, call: &Call) -> bool {
        let call = Call { token: Choice::Given(token), ..call.clone() };
        let asked = Plan::new("GET! /api/whoami-v2", &Value::object()).and_then(|it| self.outgoing(it));
        let Ok(asked) = asked else { return false };
        // Boxed: an answer's explanation asks for another answer.
        let answer: crate::platform::Fut<'_, Result<Answer>> = Box::pin(self.exchange(asked, &call));
        answer.await.is_ok_and(|it| it.status() == 401)
    }
}

fn meaning(status: u16, said: &Said) -> (Code, Option<String>) {
    let says = |words: &str| said.sentence.contains(words);
    let code = match said.code.as_str() {
        "GatedRepo" => return (Code::GatedRepo, Some(gate_state(&said.sentence, status).to_owned())),
        "RepoNotFound" => Code::RepoNotFound,
        "RevisionNotFound" => Code::RevisionNotFound,
        "EntryNotFound" => Code::EntryNotFound,
        _ => match status {
            401 => Code::Unauthorized,
            402 => Code::PaymentRequired,
            403 if says("organization token policy") => return (Code::OrgRestricted, Some("token-policy".to_owned())),
            403 if says("revoked by the organization") => return (Code::OrgRestricted, Some("token-revoked".to_owned())),
            403 if ["required permissions", "sufficient permissions", "have the rights", "gated repositories in your"].iter().any(|it| says(it)) => {
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
    let states = [("awaiting a review", "pending"), ("has been rejected", "rejected"), ("has been reset", "reset"), ("not in the authorized list", "not_asked")];
    match states.iter().find(|it| sentence.contains(it.0)) {
        Some(it) => it.1,
        None if status == 401 => "signed_out",
        None => "unknown",
    }
}

/// Where a 401 may hide a repo.
fn is_repo_path(path: &str) -> bool {
    ["/api/models/", "/api/datasets/", "/api/spaces/", "/resolve/", "/raw/"].iter().any(|it| path.contains(it))
}

/// The sentence in an error's body, in any of the shapes that the Hub and its router use.
fn sentence(body: &Value) -> Option<String> {
    let one = |it: &Value| it.as_text().or_else(|| it.text("message"));
    let error = body.get("error").or_else(|| body.get("errors"));
    let mut words = match &error {
        Some(it) => one(it).or_else(|| {
            let all: Vec<_> = it.items()?.iter().filter_map(one).collect();
            Some(all.join("; "))
        }),
        None => body.text("message"),
    }?;
    if let Some(more) = body.text("error_description") {
        words = [&words, ": ", more.as_str()].concat();
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
            (r#"{"error":"invalid_grant","error_description":"d"}"#, Some("invalid_grant: d")),
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
            (401, "GatedRepo", "Access to model a/b is restricted.", "gated_repo", "signed_out"),
            (403, "GatedRepo", "Your request to access model a/b is awaiting a review from the repo authors.", "gated_repo", "pending"),
            (403, "GatedRepo", "you are not in the authorized list. Visit", "gated_repo", "not_asked"),
            (404, "RepoNotFound", "Repository not found", "repo_not_found", ""),
            (404, "RevisionNotFound", "Invalid rev id: x", "revision_not_found", ""),
            (404, "EntryNotFound", "Entry not found", "entry_not_found", ""),
            (404, "", "", "not_found", ""),
            (403, "", "You have read access but not the required permissions for this operation", "insufficient_scope", ""),
            (403, "", "You don't have the rights to create a model under this namespace", "insufficient_scope", ""),
            (403, "", "Due to the organization token policy, your token needs", "org_restricted", "token-policy"),
            (403, "", "no", "forbidden", ""),
            (402, "", "", "payment_required", ""),
            (422, "", "", "invalid_request", ""),
            (429, "", "", "rate_limited", ""),
            (503, "", "", "server_error", ""),
            (304, "", "", "invalid_response", ""),
        ];
        for (status, header, sentence, code, detail) in rows {
            let said = Said { code: header.to_owned(), sentence: sentence.to_owned(), by_the_hub: true, url: None };
            let (is, found) = meaning(status, &said);
            assert_eq!((is.as_str(), found.unwrap_or_default().as_str()), (code, detail), "{status} {sentence}");
        }
    }
}
