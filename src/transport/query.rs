//! A query behind an address.

use crate::{text::has, url::encode_part};

/// The address with the pairs added in their order.
pub(crate) fn with_query(mut url: String, pairs: &[(&str, String)]) -> String {
    let mut sign = if has(&url, "?") { '&' } else { '?' };
    for (key, value) in pairs {
        url.push(sign);
        encode(key, &mut url);
        url.push('=');
        encode(value, &mut url);
        sign = '&';
    }
    url
}

/// As forms have it: a space is a plus.
fn encode(text: &str, into: &mut String) {
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            into.push('+');
        }
        encode_part(word, into);
    }
}

#[cfg(test)]
mod tests {
    use super::with_query;

    #[test]
    fn pairs_are_encoded_and_follow_what_is_there() {
        let pairs = [("a b", "1&2=3".to_owned()), ("c", "é+".to_owned())];
        assert_eq!(with_query("/x".to_owned(), &pairs), "/x?a+b=1%262%3D3&c=%C3%A9%2B");
        assert_eq!(with_query("/x?y".to_owned(), &pairs[..0]), "/x?y");
        assert_eq!(with_query("/x?y".to_owned(), &pairs[1..]), "/x?y&c=%C3%A9%2B");
    }
}
