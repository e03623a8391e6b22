//! Takes secrets out of text that others wrote, before it becomes part of an error.

use crate::token::Token;

/// What stands in a secret's place.
const HIDDEN: &str = "****";

/// Words that begin a secret; the rest of the word goes.
const STARTS: &[&str] = &["hf_", "HFAK", "api_org_", "oauth_app_secret_", "xet_", "eyJ"];

/// Words before a secret: what comes after them goes, whatever it looks like.
const NAMES: &[&str] = &[
    "bearer",
    "basic",
    "code",
    "access_token",
    "refresh_token",
    "client_secret",
    "code_verifier",
    "id_token",
    "device_code",
];

/// Longest text kept from a server.
const LONGEST: usize = 600;

/// The text without tokens, JWTs, bearer values, quoted codes and secrets of OAuth, on one line, cut to a length that
/// a person reads.
pub(crate) fn scrub(text: &str) -> String {
    let mut out = String::new();
    let mut follows_name = false;
    let mut rest = text;
    while !rest.is_empty() && out.len() < LONGEST {
        let end = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        if !word.is_empty() {
            out.push_str(if is_secret(word) || follows_name { HIDDEN } else { word });
            follows_name = NAMES.iter().any(|it| word.eq_ignore_ascii_case(it));
        }
        let gap = after.find(is_word).unwrap_or(after.len());
        let (gap, next) = after.split_at_checked(gap).unwrap_or((after, ""));
        // A name speaks of what is right behind it: `code=x`, `"code":"x"`, `Bearer x`; not of the next sentence.
        follows_name &= gap
            .chars()
            .all(|c| matches!(c, ' ' | '=' | ':' | '"' | '\'' | '\\' | '%'))
            && (gap.trim() != "" || is_scheme(word));
        out.extend(
            gap.chars()
                .map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c }),
        );
        rest = next;
    }
    let mut cut = out.len().min(LONGEST);
    while !out.is_char_boundary(cut) {
        cut -= 1;
    }
    out.truncate(cut);
    out.trim().to_owned()
}

/// The same, and without the token in use: a Hub of one's own may take tokens of any shape.
pub(crate) fn scrub_of(text: &str, token: Option<&Token>) -> String {
    scrub(&scrub_path(text, token))
}

/// The text without this very token, and otherwise as it is: for addresses, of which the rest is to stay readable.
pub(crate) fn scrub_path(text: &str, token: Option<&Token>) -> String {
    // One of a few letters stands in any sentence.
    const SHORTEST: usize = 8;
    let Some(secret) = token.map(Token::expose).filter(|it| it.len() >= SHORTEST) else {
        return text.to_owned();
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest
        .as_bytes()
        .windows(secret.len())
        .position(|it| it == secret.as_bytes())
    {
        out.push_str(rest.get(..at).unwrap_or_default());
        out.push_str(HIDDEN);
        rest = rest.get(at + secret.len()..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '~' | '+' | '/')
}

fn is_scheme(word: &str) -> bool {
    word.eq_ignore_ascii_case("bearer") || word.eq_ignore_ascii_case("basic")
}

/// A known start anywhere in the word counts: `/hf_…` in a path, `token-hf_…` in a sentence.
fn is_secret(word: &str) -> bool {
    (0..word.len()).any(|at| {
        let rest = word.get(at..).unwrap_or_default();
        let glued = at > 0 && word.as_bytes().get(at - 1).is_some_and(u8::is_ascii_alphanumeric);
        // `hf_hub` and `xet_files` are names of things; a secret is longer.
        !glued
            && STARTS
                .iter()
                .any(|it| rest.starts_with(it) && rest.len() >= it.len() + 8)
    })
}

/// Scheme, host and path of an address, without what may hold a code or a signature.
pub(crate) fn plain_url(url: &str) -> String {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let plain = url.get(..end).unwrap_or_default();
    // A path can hold a token too, when somebody put it there.
    let mut out = String::new();
    for (at, part) in plain.split('/').enumerate() {
        if at > 0 {
            out.push('/');
        }
        out.push_str(if is_secret(part) { HIDDEN } else { part });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::cat;

    #[test]
    fn tokens_go_wherever_they_stand() {
        let rows = [
            ("bad token hf_exampleFakeToken0000 given", "bad token **** given"),
            ("authorization: Bearer abcdefgh", "authorization: Bearer ****"),
            (
                r#"{"authorization":"Bearer short"}"#,
                r#"{"authorization":"Bearer ****"}"#,
            ),
            (
                "grant_type=authorization_code&code=xyz&state=1",
                "grant_type=authorization_code&code=****&state=1",
            ),
            (r#"{"refresh_token":"abc"}"#, r#"{"refresh_token":"****"}"#),
            ("jwt eyJhbGciOi.eyJzdWIi.c2ln end", "jwt **** end"),
            (
                "see https://h.example/x/hf_exampleFakeToken0000?a=1",
                "see https:****?a=1",
            ),
        ];
        for (text, scrubbed) in rows {
            assert_eq!(scrub(text), scrubbed);
        }
    }

    #[test]
    fn a_known_token_goes_whatever_its_shape() {
        let token = Token::parse("pa$$word!#of-mine", false).unwrap();
        let text = "authorization: Bearer pa$$word!#of-mine; again pa$$word!#of-mine.";
        assert_eq!(scrub_of(text, Some(&token)), "authorization: Bearer ****; again ****.");
        assert_eq!(scrub_of("a word", Some(&Token::parse("a", false).unwrap())), "a word");
    }

    #[test]
    fn sentences_of_the_hub_stay_as_they_are() {
        for it in [
            "Invalid credentials in Authorization header",
            "You don't have the rights to create a model under this namespace",
            "the code of this repo uses hf_hub and xet_files",
            "it has no file called mhf_description.json",
            "✖ Invalid option: expected one of \"accepted\"|\"rejected\"",
        ] {
            assert_eq!(scrub(it), it);
        }
    }

    #[test]
    fn the_text_is_one_line_and_ends_somewhere() {
        assert_eq!(scrub("a\r\nb\u{0}c"), "a  b c");
        assert_eq!(scrub(&"é ".repeat(5000)).len(), LONGEST - 1);
        // The last byte that there is room for is the first half of a letter.
        assert_eq!(scrub(&cat(&["a", &"é".repeat(5000)])).len(), LONGEST - 1);
    }

    #[test]
    fn an_address_keeps_its_path_alone() {
        assert_eq!(plain_url("https://h.example/cb?code=1#x"), "https://h.example/cb");
        assert_eq!(
            plain_url("https://h.example/a/hf_exampleFakeToken0000/b"),
            "https://h.example/a/****/b"
        );
    }
}
