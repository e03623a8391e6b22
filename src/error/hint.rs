//! What to do about each code, for somebody who is stuck.

use super::Code;

impl Code {
    /// The general advice; an error may carry better.
    pub(crate) fn hint(self) -> &'static str {
        match self {
            Code::NoToken => "sign in first: hub.login({ token }), or a HF_TOKEN secret with Hub.fromEnv(env)",
            Code::InvalidTokenFormat => {
                "copy the token again from https://huggingface.co/settings/tokens; it starts with hf_"
            }
            Code::InvalidToken | Code::SignedOut => {
                "the token is wrong, expired or revoked: make a new one at https://huggingface.co/settings/tokens"
            }
            Code::Unauthorized => {
                "sign in, or check that the address exists: the Hub hides private repos behind this answer"
            }
            Code::InsufficientScope => {
                "use a token with write access, or add the permission at https://huggingface.co/settings/tokens"
            }
            Code::Forbidden => "ask the owner for access; what is disabled was closed by the Hub itself",
            Code::OrgRestricted => {
                "meet the organisation's rule in the browser (single sign-on, second factor, network or token policy)"
            }
            Code::GatedRepo => "ask for access on the repo's page, signed in as the same user",
            Code::RepoNotFound => {
                "check the spelling and the type; a private repo is hidden from tokens that may not read it"
            }
            Code::RevisionNotFound => "check the branch, tag or commit; the default is main",
            Code::EntryNotFound | Code::NotFound => "check the spelling of the path or the name",
            Code::Conflict => "it exists already; existOk: true makes that a success",
            Code::PaymentRequired => {
                "the plan or the credits do not cover this: https://huggingface.co/settings/billing"
            }
            Code::InvalidRequest => "the Hub's sentence says which value it did not take",
            Code::RateLimited => {
                "wait, and send fewer requests; a signed-in account may send more than an address without one"
            }
            Code::ServerError => "the Hub has a problem; try again, and see https://status.huggingface.co",
            Code::Network => {
                "check the connection, DNS, TLS and proxies; in a browser also CORS and ad blockers, of which a page is not told"
            }
            Code::Timeout => "try again, or give more time with timeoutMs",
            Code::Aborted => "the caller's signal ended it",
            Code::Offline => "offline mode is on: unset HF_HUB_OFFLINE, or leave out offline: true",
            Code::Truncated | Code::RangeMismatch => "the answer was cut or shifted on its way; try again",
            Code::InvalidResponse => {
                "this is not the Hub's answer: look for a login portal or a proxy in between, and check the endpoint"
            }
            Code::ResponseTooLarge | Code::EventTooLarge => {
                "the answer is larger than this call can mean; check the endpoint"
            }
            Code::TooManyRedirects => "the address leads in a circle; check the endpoint",
            Code::CrossOriginRedirect => "the token stays at the endpoint; was the repo renamed? use its new name",
            Code::CrossOriginLink => {
                "the answer points to another host, where the token may not go; check the endpoint"
            }
            Code::InvalidEndpoint => "an endpoint is scheme and host, perhaps a path: https://huggingface.co",
            Code::InsecureEndpoint => "use https; http is for localhost, 127.0.0.1 and [::1]",
            Code::InvalidRepo => {
                "a repo is name or owner/name of letters, digits, - _ . with at most 96 characters for the name"
            }
            Code::InvalidPath => "a path is relative to the repo or the endpoint, without .. or backslashes",
            Code::InvalidArgument => "see the documentation of the call for what it takes",
            Code::StorageUnavailable => "the browser blocks this storage or it is full; memoryStore() always works",
            Code::StorageCorrupt => "sign in again",
            Code::StorageReadOnly => "change the secret where it is set; this store is only read",
            Code::SecretInPlainText => "pass secrets as secrets, so that they are encrypted and hidden",
            Code::CommitUnknown => "look at the repo's head before trying again: the commit may have happened",
            Code::InternalPanic => "a bug of ours; the next call works. Please report it",
            _ => "start the sign-in again from the app's own page",
        }
    }

    /// The page below `https://huggingface.co/docs/` that says more.
    pub(super) fn docs(self) -> &'static str {
        match self {
            Code::GatedRepo => "hub/models-gated",
            Code::RateLimited => "hub/rate-limits",
            Code::PaymentRequired => "hub/billing",
            Code::OrgRestricted => "hub/enterprise-hub-tokens-management",
            Code::RepoNotFound | Code::RevisionNotFound | Code::EntryNotFound | Code::Conflict | Code::InvalidRepo => {
                "hub/repositories"
            }
            it if (it as u8) <= Code::Forbidden as u8 => "hub/security-tokens",
            it if (Code::StateMismatch as u8..=Code::AccessDenied as u8).contains(&(it as u8)) => "hub/oauth",
            _ => "hub/api",
        }
    }
}
