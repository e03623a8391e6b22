//! The closed list of codes. A new one is a decision, written down in the changelog.

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $word:literal $(, $retry:ident)?;)*) => {
        /// A stable word for what went wrong.
        ///
        /// ```
        /// # use hubkey::{Code, Error};
        /// fn sign_in_again(error: &Error) -> bool {
        ///     matches!(error.code(), Code::NoToken | Code::InvalidToken | Code::SignedOut)
        /// }
        /// assert!(sign_in_again(&Error::new(Code::InvalidToken, "the Hub refused the token")));
        /// assert!(!sign_in_again(&Error::new(Code::Offline, "offline mode is on")));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        #[allow(missing_docs)]
        pub enum Code { $($(#[$doc])* $name,)* }

        // One string and not a table of strings: a table costs eight bytes an entry in the module.
        const WORDS: &str = concat!($($word, " ",)*);

        impl Code {
            /// Every code, in the order of the documentation.
            ///
            /// ```
            /// # use hubkey::Code;
            /// assert_eq!(Code::ALL.first(), Some(&Code::NoToken));
            /// assert!(Code::ALL.iter().all(|it| !it.as_str().is_empty()));
            /// ```
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// Whether the same call may succeed later without anything being changed.
            ///
            /// ```
            /// # use hubkey::Code;
            /// assert!(Code::Timeout.retryable() && !Code::InvalidToken.retryable());
            /// ```
            #[must_use]
            pub fn retryable(self) -> bool {
                match self { $($(Code::$name => codes!(@ $retry),)?)* _ => false }
            }
        }
    };
    (@ retryable) => { true };
}

codes! {
    NoToken = "no_token";
    InvalidTokenFormat = "invalid_token_format";
    InvalidToken = "invalid_token";
    SignedOut = "signed_out";
    Unauthorized = "unauthorized";
    InsufficientScope = "insufficient_scope";
    Forbidden = "forbidden";
    OrgRestricted = "org_restricted";
    GatedRepo = "gated_repo";
    RepoNotFound = "repo_not_found";
    RevisionNotFound = "revision_not_found";
    EntryNotFound = "entry_not_found";
    NotFound = "not_found";
    Conflict = "conflict";
    PaymentRequired = "payment_required";
    InvalidRequest = "invalid_request";
    RateLimited = "rate_limited", retryable;
    ServerError = "server_error", retryable;
    Network = "network", retryable;
    Timeout = "timeout", retryable;
    Aborted = "aborted";
    Offline = "offline";
    Truncated = "truncated", retryable;
    RangeMismatch = "range_mismatch", retryable;
    InvalidResponse = "invalid_response";
    ResponseTooLarge = "response_too_large";
    EventTooLarge = "event_too_large";
    TooManyRedirects = "too_many_redirects";
    CrossOriginRedirect = "cross_origin_redirect";
    CrossOriginLink = "cross_origin_link";
    InvalidEndpoint = "invalid_endpoint";
    InsecureEndpoint = "insecure_endpoint";
    InvalidRepo = "invalid_repo";
    InvalidPath = "invalid_path";
    InvalidArgument = "invalid_argument";
    StorageUnavailable = "storage_unavailable";
    StorageCorrupt = "storage_corrupt";
    StorageReadOnly = "storage_read_only";
    StateMismatch = "state_mismatch";
    StateExpired = "state_expired";
    IssuerMismatch = "issuer_mismatch";
    InvalidMetadata = "invalid_metadata";
    InvalidCallback = "invalid_callback";
    InvalidTokenResponse = "invalid_token_response";
    AccessDenied = "access_denied";
    CommitUnknown = "commit_unknown";
    SecretInPlainText = "secret_in_plain_text";
    InternalPanic = "internal_panic", retryable;
}

impl Code {
    /// The word as it stands on `error.code`.
    ///
    /// ```
    /// # use hubkey::Code;
    /// assert_eq!(Code::RateLimited.as_str(), "rate_limited");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        crate::text::nth(WORDS, self as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_own_word() {
        let words: std::collections::HashSet<_> = Code::ALL.iter().map(|it| it.as_str()).collect();
        assert_eq!(words.len(), Code::ALL.len());
        assert!(!words.contains(""));
        assert_eq!(Code::InternalPanic.as_str(), "internal_panic");
    }

    #[test]
    fn what_may_succeed_later_is_marked() {
        let list: Vec<_> = Code::ALL
            .iter()
            .filter(|it| it.retryable())
            .map(|it| it.as_str())
            .collect();
        let expected = "rate_limited server_error network timeout truncated range_mismatch internal_panic";
        assert_eq!(list.join(" "), expected);
    }
}
