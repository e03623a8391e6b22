//! The secret itself: cleaning, the shape check, the kind, the mask, and one way out.

use std::fmt;

use crate::{
    error::{Code, Error, Result},
    platform::Shared,
    text::cat,
};

/// A token. Shows its kind and never its value; [`Token::expose`] is the one way to read it.
///
/// ```
/// # use hubkey::Token;
/// let token = Token::parse("hf_thisIsAnExampleNoRealTokenAtAll0000", true)?;
/// assert_eq!(format!("{token} {token:?}"), "hf_**** Token(user, hf_****)");
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Token(Shared<Held>);

#[derive(PartialEq, Eq)]
struct Held {
    token: Secret,
    /// What an OAuth sign-in left beside it, as JSON: how to renew it, until when it lasts, whose it is. Empty for others.
    grant: Secret,
}

/// Text that is wiped when dropped and that no formatter shows.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret(String);

impl Secret {
    pub(crate) fn new(it: String) -> Self {
        Self(it)
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        let mut bytes = std::mem::take(&mut self.0).into_bytes();
        bytes.fill(0);
        // Without this the compiler may leave the fill out: nobody reads the bytes again.
        std::hint::black_box(&bytes);
    }
}

/// What a token is, told by its prefix alone.
///
/// ```
/// # use hubkey::TokenKind;
/// let advice = match TokenKind::of("oauth_app_secret_example") {
///     TokenKind::ClientSecret => "keep this on your server",
///     kind if kind.is_bearer() => "sign in with it",
///     _ => "this is no token of today",
/// };
/// assert_eq!(advice, "keep this on your server");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// `hf_` and 34 letters or digits: read, write and fine-grained tokens look the same.
    User,
    /// `hf_oauth_` and a JWT.
    Oauth,
    /// `hf_oauth__refresh_`: good for a refresh only.
    OauthRefresh,
    /// `hf_jwt_`: short-lived, for a repo or for inference.
    Jwt,
    /// `hf_app_`.
    App,
    /// `hf_s3_`, `HFAK`: keys of the S3 gateway.
    S3,
    /// `oauth_app_secret_`: belongs on a server.
    ClientSecret,
    /// `api_org_`: retired.
    Org,
    /// `api_`: retired.
    Legacy,
    /// None of these; a Hub of one's own may use others.
    Unknown,
}

/// The first match wins, so the longer prefix of two stands first.
const PREFIXES: &[(&str, TokenKind, &str)] = &[
    ("hf_oauth__refresh_", TokenKind::OauthRefresh, "oauth_refresh"),
    ("hf_oauth_", TokenKind::Oauth, "oauth"),
    ("hf_jwt_", TokenKind::Jwt, "jwt"),
    ("hf_app_", TokenKind::App, "app"),
    ("hf_s3_", TokenKind::S3, "s3"),
    ("HFAK", TokenKind::S3, "s3"),
    ("hf_", TokenKind::User, "user"),
    ("oauth_app_secret_", TokenKind::ClientSecret, "client_secret"),
    ("api_org_", TokenKind::Org, "org"),
    ("api_", TokenKind::Legacy, "legacy"),
];

/// OAuth tokens run to 600 characters and more; nothing is known beyond a few thousand.
const LONGEST: usize = 16 * 1024;

impl TokenKind {
    /// The kind of any text, by its prefix.
    ///
    /// ```
    /// # use hubkey::TokenKind;
    /// assert_eq!(TokenKind::of("hf_jwt_example"), TokenKind::Jwt);
    /// assert_eq!(TokenKind::of("glpat-example"), TokenKind::Unknown);
    /// ```
    #[must_use]
    pub fn of(value: &str) -> Self {
        PREFIXES
            .iter()
            .find(|it| value.starts_with(it.0))
            .map_or(Self::Unknown, |it| it.1)
    }

    /// The word for it, as `identity.token.kind` has it.
    ///
    /// ```
    /// # use hubkey::TokenKind;
    /// assert_eq!(TokenKind::OauthRefresh.as_str(), "oauth_refresh");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        PREFIXES.iter().find(|it| it.1 == self).map_or("unknown", |it| it.2)
    }

    pub(crate) fn named(word: &str) -> Self {
        PREFIXES.iter().find(|it| it.2 == word).map_or(Self::Unknown, |it| it.1)
    }

    /// Whether the Hub takes it as a bearer token.
    ///
    /// ```
    /// # use hubkey::TokenKind;
    /// assert!(TokenKind::Oauth.is_bearer());
    /// assert!(!TokenKind::OauthRefresh.is_bearer(), "good for a refresh only");
    /// ```
    #[must_use]
    pub fn is_bearer(self) -> bool {
        matches!(self, Self::User | Self::Oauth | Self::Jwt | Self::App)
    }
}

impl Token {
    /// Cleans pasted input and checks its shape; nothing is sent. `official` says that it is meant for huggingface.co,
    /// where only the known kinds are taken.
    ///
    /// ```
    /// # use hubkey::{Token, Code};
    /// let token = Token::parse("  hf_thisIsAnExampleNoRealTokenAtAll0000\n", true)?;
    /// assert_eq!(format!("{token:?}"), "Token(user, hf_****)");
    /// assert_eq!(Token::parse("Bearer hf_x", true).unwrap_err().code(), Code::InvalidTokenFormat);
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_token_format`; the message never quotes the value.
    pub fn parse(pasted: &str, official: bool) -> Result<Self> {
        let value = pasted.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let wrong = |what: &str| Err(Error::new(Code::InvalidTokenFormat, what));
        if value.is_empty() {
            return wrong("the token is empty");
        }
        if value.len() > LONGEST {
            return wrong("the token is longer than any token of the Hub");
        }
        if value.starts_with("Bearer") {
            return wrong("the token has the word Bearer in front; give the token alone");
        }
        // Also keeps a header from being split: nothing below 0x21 and nothing beyond ASCII goes on.
        if !value.bytes().all(|it| it.is_ascii_graphic()) {
            return wrong("the token holds a space, a line break or a character that no token has");
        }
        let kind = TokenKind::of(value);
        if official && !kind.is_bearer() {
            return wrong(match kind {
                TokenKind::OauthRefresh => "this is a refresh token; calls take the access token that came with it",
                TokenKind::S3 => "this is a key of the S3 gateway, not a token of the Hub",
                TokenKind::ClientSecret => "this is an OAuth client secret; it belongs on a server and is not a token",
                TokenKind::Org | TokenKind::Legacy => "tokens that start with api_ are retired",
                _ => "a token of huggingface.co starts with hf_",
            });
        }
        let bare = PREFIXES.iter().any(|it| it.1 == kind && it.0 == value);
        if bare
            || (official
                && !value
                    .bytes()
                    .all(|it| it.is_ascii_alphanumeric() || b"_-.~+/=".contains(&it)))
        {
            return wrong("the token is cut short or holds a character that no token has");
        }
        Ok(Self::whole(value.to_owned(), String::new()))
    }

    fn whole(token: String, grant: String) -> Self {
        Self(Shared::new(Held {
            token: Secret(token),
            grant: Secret(grant),
        }))
    }

    /// The same token of an OAuth sign-in. What is in a grant is for whoever renews it.
    pub(crate) fn with_grant(self, grant: Option<String>) -> Self {
        match grant {
            Some(grant) => Self::whole(self.expose().to_owned(), grant),
            None => self,
        }
    }

    /// Empty where the token came from no OAuth sign-in.
    pub(crate) fn grant(&self) -> &str {
        self.0.grant.expose()
    }

    /// As the Python client reads an environment: line breaks are dropped wherever they stand, and nothing left means no token.
    pub(crate) fn from_secret(value: &str, official: bool) -> Result<Option<Self>> {
        let joined: String = value.chars().filter(|it| !matches!(it, '\r' | '\n')).collect();
        if joined.trim().is_empty() {
            Ok(None)
        } else {
            Self::parse(&joined, official).map(Some)
        }
    }

    /// One that went through [`Token::parse`] before.
    // What no native test compiles, none can miss.
    #[cfg_attr(false, mutants::skip)]
    #[cfg(all(feature = "js", target_arch = "wasm32"))]
    pub(crate) fn again(value: String) -> Self {
        Self::whole(value, String::new())
    }

    /// The value in plain text: the one way out.
    ///
    /// ```
    /// # use hubkey::Token;
    /// let token = Token::parse("hf_thisIsAnExampleNoRealTokenAtAll0000", true)?;
    /// let header = format!("Bearer {}", token.expose()); // from here on it is yours to keep secret
    /// assert_eq!(header.len(), "Bearer ".len() + 38);
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.token.expose()
    }

    /// What it is, told by its prefix.
    ///
    /// ```
    /// # use hubkey::{Token, TokenKind};
    /// assert_eq!(Token::parse("hf_app_example", true)?.kind(), TokenKind::App);
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn kind(&self) -> TokenKind {
        TokenKind::of(self.expose())
    }

    /// First three and last four characters, for display.
    ///
    /// ```
    /// # use hubkey::Token;
    /// assert_eq!(Token::parse("hf_thisIsAnExampleNoRealTokenAtAll0000", true)?.masked(), "hf_****0000");
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn masked(&self) -> String {
        mask(self.expose())
    }

    /// The value of an Authorization header.
    pub(crate) fn bearer(&self) -> Secret {
        Secret(cat(&["Bearer ", self.expose()]))
    }
}

/// First three and last four characters with stars between; short values are stars alone, so that the mask never
/// tells most of a secret.
///
/// ```
/// assert_eq!(hubkey::mask("hf_thisIsAnExampleNoRealTokenAtAll0000"), "hf_****0000");
/// assert_eq!(hubkey::mask("hunter2"), "****", "too short to show any of it");
/// ```
#[must_use]
pub fn mask(value: &str) -> String {
    let value = value.trim();
    let tail = value.len().saturating_sub(4);
    match (value.get(..3), value.get(tail..)) {
        (Some(head), Some(tail)) if value.len() >= 16 => cat(&[head, "****", tail]),
        _ => "****".to_owned(),
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(")?;
        f.write_str(self.kind().as_str())?;
        f.write_str(", hf_****)")
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("hf_****")
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("****")
    }
}

#[cfg(test)]
mod tests;
