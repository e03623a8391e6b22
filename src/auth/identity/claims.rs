//! What a JWT says of itself. A hint and no proof: the Hub alone verifies it.

use crate::{json::Value, token::Token};

/// The scopes that an OAuth token was given; none where it does not say.
#[cfg(target_arch = "wasm32")]
pub(super) fn scopes(token: &Token) -> Option<Value> {
    mod engine {
        use wasm_bindgen::prelude::*;

        #[wasm_bindgen(module = "/src/json/value.js")]
        extern "C" {
            pub(super) fn scopes(jwt: &str) -> JsValue;
        }
    }
    let it = engine::scopes(token.expose());
    (!it.is_undefined()).then(|| it.into())
}

/// The same as in `value.js`.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn scopes(token: &Token) -> Option<Value> {
    let scope = payload(token.expose())?.get("scope")?;
    let words = match scope.as_text() {
        Some(it) => it.split(' ').map(Value::from).collect(),
        None => scope.items()?,
    };
    let is_word = |it: &Value| it.as_text().is_some_and(|it| !it.is_empty());
    Some(Value::array(words.into_iter().filter(is_word).collect()))
}

#[cfg(not(target_arch = "wasm32"))]
fn payload(jwt: &str) -> Option<Value> {
    let digit = |it: u8| match it {
        b'A'..=b'Z' => Some(it - b'A'),
        b'a'..=b'z' => Some(it - b'a' + 26),
        b'0'..=b'9' => Some(it - b'0' + 52),
        b'-' => Some(62),
        b'_' => Some(63),
        _ => None,
    };
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for it in jwt.split('.').nth(1)?.bytes() {
        bits = (bits << 6) | u32::from(digit(it)?);
        count += 6;
        if count >= 8 {
            count -= 8;
            #[allow(clippy::cast_possible_truncation)]
            bytes.push((bits >> count) as u8);
        }
    }
    Value::parse(std::str::from_utf8(&bytes).ok()?)
}

#[cfg(test)]
pub(in crate::auth) fn encoded(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::new();
    for three in text.as_bytes().chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, it| (bits << 8) | u32::from(*it)) << (8 * (3 - three.len()));
        for at in 0..=three.len() {
            out.push(char::from(DIGITS[(bits >> (18 - 6 * at)) as usize & 63]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(claims: &str) -> Option<String> {
        let token = Token::parse(&format!("hf_oauth_e30.{}.x", encoded(claims)), true).unwrap();
        scopes(&token).map(|it| it.to_json())
    }

    #[test]
    fn scopes_are_a_list_or_a_row_of_words() {
        let both = r#"["openid","read-repos"]"#;
        assert_eq!(read(r#"{"scope":["openid","read-repos"],"exp":1}"#).unwrap(), both);
        assert_eq!(read(r#"{"scope":" openid  read-repos "}"#).unwrap(), both);
        assert_eq!(read(r#"{"scope":["openid",5,"read-repos",null]}"#).unwrap(), both);
        assert_eq!(read(r#"{"scope":[]}"#).unwrap(), "[]");
    }

    #[test]
    fn what_does_not_say_its_scopes_says_nothing() {
        for odd in [
            "{}",
            "[]",
            "5",
            "not JSON",
            r#"{"scope":5}"#,
            r#"{"scope":{"a":1}}"#,
            r#"{"scope":null}"#,
        ] {
            assert_eq!(read(odd), None, "{odd}");
        }
        for odd in [
            "hf_oauth_e30",
            "hf_oauth_e30.",
            "hf_oauth_e30.!!.x",
            "hf_oauth_e30._w.x",
        ] {
            let token = Token::parse(odd, false).unwrap();
            assert_eq!(scopes(&token), None, "{odd}");
        }
    }
}
