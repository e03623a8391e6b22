//! Why the Hub refused this token, and what to do: what it says of itself, laid beside what was asked for.

use super::{Said, UNGATED};
use crate::{
    auth::{Place, WHOAMI, judge, need, row, token_page, way},
    client::{Answer, Call, Choice, Hub, Outgoing},
    error::{Code, Result},
    json::Value,
    redact::scrub_of,
    text::{cat, has},
    token::TokenKind,
};

/// What to do about a gate, by how far the request has come; whoever has not asked yet finds it in the code's own hint.
const GATES: &str = "pending:wait: the request is with the repo's authors, who have not decided yet\n\
    rejected:the repo's authors refused, and another token of the same account changes nothing: ask them on the page\n\
    reset:the repo's authors took the access back: ask for access again on the page\n\
    signed_out:sign in first, with an account that was let in; who was not asks for access on the page";

impl Hub {
    /// As whom to ask whoami, where that tells failures apart that the Hub words alike, or says why.
    #[inline(never)]
    pub(in crate::client) fn doubt(&self, said: &mut Said, answer: &Answer, call: &Call) -> Option<Call> {
        // Another origin never saw the token and cannot judge it.
        let token = answer.token.clone().filter(|_| said.by_the_hub && !answer.left)?;
        let whoami = answer.url.path.ends_with(WHOAMI);
        let mut call = Call {
            token: Choice::Given(token.clone()),
            ..call.clone()
        };
        match said.means {
            Code::Unauthorized if whoami => {
                said.means = Code::InvalidToken;
                return None;
            }
            _ if whoami || said.is_taken(answer) => return None,
            // The Hub says the same of a bad token, of a repo that is hidden, and at a gate. What was known is in doubt, too.
            Code::Unauthorized | Code::GatedRepo if said.status == 401 => self.unlearn(&token),
            Code::InsufficientScope | Code::Forbidden if !said.is_plain() => {
                // The failure is known already: nobody waits long for its reason.
                (call.max_retries, call.max_wait_ms) = (Some(0), Some(0.0));
                call.timeout_ms = Some(5_000.0);
            }
            // An ordinary answer: it costs no question, and is explained where the answer is there.
            Code::RepoNotFound => {
                self.recall(&token)?;
            }
            _ => return None,
        }
        Some(call)
    }

    /// With what whoami had to say, where it was asked.
    #[inline(never)]
    pub(in crate::client) fn explain(
        &self,
        said: &mut Said,
        out: &Outgoing,
        answer: &Answer,
        whoami: Option<Result<Value>>,
    ) -> Result<()> {
        let me = match whoami {
            Some(Err(it)) => match it.code() {
                Code::Aborted => return Err(it),
                Code::Timeout if said.means == Code::Unauthorized => return Err(it),
                Code::InvalidToken => {
                    (said.means, said.detail) = (Code::InvalidToken, None);
                    return Ok(());
                }
                // It could not be asked: the cause stays open.
                _ => None,
            },
            it => it.and_then(Result::ok),
        };
        if answer.left || !said.by_the_hub {
            return Ok(());
        }
        let endpoint = self.endpoint();
        let token = answer.token.as_ref();
        let path = answer.url.plain();
        let path = path.strip_prefix(&endpoint).unwrap_or(&answer.url.path);
        let needed = need(&out.method, path, out.body.read(), out.payer());
        // A token may stand where a name belongs.
        let needed = needed.filter(|(_, it)| scrub_of(it.name(), token) == it.name());
        // Deleting names a repo as well, and what is refused there is not gone.
        let hides = |it: &(&str, Place)| !it.1.repo.is_empty() && !path.starts_with("/api/repos/");
        if said.means == Code::Unauthorized && me.is_some() && needed.as_ref().is_some_and(hides) {
            said.means = Code::RepoNotFound;
        }
        let gated = said.is_ungated();
        match (&needed, me) {
            (_, _) if gated && token.is_some_and(|it| it.kind() == TokenKind::Oauth) => {
                said.hint = Some("sign in again and ask for gated-repos".to_owned());
            }
            (_, _) if gated => {
                said.hint = Some(
                    "tick public gated repos in the token's settings, or make a token that may read them on the page"
                        .to_owned(),
                );
                said.fix = Some(token_page(&endpoint, vec![("canReadGatedRepos", "true".to_owned())]));
            }
            (Some((_, place)), _) if said.means == Code::GatedRepo => {
                let state = said.detail.as_deref().unwrap_or_default();
                said.hint = row(GATES, '\n', state).map(str::to_owned);
                said.fix = Some(place.page(&endpoint));
            }
            (needed, _) if said.means == Code::OrgRestricted => {
                said.hint = said.detail.as_deref().map(|it| way(it).to_owned());
                let owner = needed
                    .as_ref()
                    .map(|it| it.1.owner.as_str())
                    .filter(|it| !it.is_empty());
                said.fix = owner.map(|it| cat(&[&endpoint, "/", it]));
            }
            (Some((word, place)), Some(me)) if said.means != Code::Unauthorized => {
                let word = if said.means == Code::RepoNotFound {
                    "repo.content.read"
                } else {
                    word
                };
                if let Ok(it) = judge(Some(&me), word, place, &endpoint) {
                    said.weigh(word, &it);
                    said.why = scrub_of(&said.why, token);
                    said.detail = said.detail.take().map(|it| scrub_of(&it, token));
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Who a token was is over with it.
    #[inline(never)]
    pub(in crate::client) fn refused(&self, said: &Said, answer: &Answer) {
        if let (Code::InvalidToken, Some(token)) = (said.means, &answer.token) {
            self.unlearn(token);
        }
    }
}

impl Said {
    /// What whoami has no part in.
    fn is_plain(&self) -> bool {
        self.is_ungated() || has(&self.sentence, "resource is disabled")
    }

    fn is_ungated(&self) -> bool {
        self.means == Code::InsufficientScope && has(&self.sentence, UNGATED)
    }

    /// What the token may do there by whoami, beside the Hub's refusal.
    #[inline(never)]
    fn weigh(&mut self, word: &str, verdict: &Value) {
        let text = |key: &str| verdict.text(key);
        let (reason, hint, fix) = (text("reason").unwrap_or_default(), text("hint"), text("fix"));
        let advice = hint.as_deref().unwrap_or_default();
        let allowed = verdict.get("allowed").and_then(|it| it.as_bool());
        let hint = match (self.means, text("restriction")) {
            (Code::RepoNotFound, _) if allowed == Some(true) => None,
            (Code::RepoNotFound, _) => match &fix {
                // What is gated is not hidden.
                Some(it) if !has(it, "canReadGated") => Some(cat(&[self.means.hint(), "; if it is private, ", advice])),
                _ => return,
            },
            (_, Some(it)) => {
                (self.means, self.detail) = (Code::OrgRestricted, Some(it));
                hint
            }
            // There is nothing to say, or nothing but to ask what was just answered.
            _ if word.is_empty() || advice.starts_with("ask authCheck") => return,
            _ if allowed == Some(true) => Some(Code::Forbidden.hint().to_owned()),
            _ => {
                if allowed == Some(false) {
                    self.means = Code::InsufficientScope;
                }
                hint
            }
        };
        let joined = if allowed == Some(true) { ", though " } else { ": " };
        (self.why, self.hint, self.fix) = (cat(&[joined, &reason]), hint, fix);
    }
}

impl Outgoing {
    /// The organisation that is to pay.
    #[cfg(any(feature = "web", not(target_arch = "wasm32")))]
    fn payer(&self) -> Option<&str> {
        let it = self.headers.iter().find(|it| it.0 == "x-hf-bill-to")?;
        Some(&it.1)
    }

    /// The host has the caller's headers.
    #[cfg(not(any(feature = "web", not(target_arch = "wasm32"))))]
    #[allow(clippy::unused_self)]
    fn payer(&self) -> Option<&str> {
        None
    }
}

impl Place {
    fn name(&self) -> &str {
        if self.repo.is_empty() { &self.owner } else { &self.repo }
    }

    /// Of a repo.
    fn page(&self, endpoint: &str) -> String {
        match self.kind {
            "model" => cat(&[endpoint, "/", &self.repo]),
            kind => cat(&[endpoint, "/", kind, "s/", &self.repo]),
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
