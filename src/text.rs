//! Small tools for text that the module can hold once, where the standard library's are generic and come in copies.

/// The pieces in a row. `[…].concat()` and `format!` say the same at several times the size.
#[inline(never)]
pub(crate) fn cat(pieces: &[&str]) -> String {
    let mut out = String::with_capacity(pieces.iter().map(|it| it.len()).sum());
    for it in pieces {
        out.push_str(it);
    }
    out
}

/// Texts with something between them.
#[inline(never)]
pub(crate) fn row(texts: &[String], between: &str) -> String {
    let mut out = String::new();
    for (at, it) in texts.iter().enumerate() {
        if at > 0 {
            out.push_str(between);
        }
        out.push_str(it);
    }
    out
}

/// Without these signs at its ends. The standard library's come in a copy for each kind of pattern.
#[inline(never)]
pub(crate) fn trimmed<'a>(text: &'a str, ends: &str) -> &'a str {
    let inner = |it: u8| !ends.as_bytes().contains(&it);
    let (Some(from), Some(last)) = (text.bytes().position(inner), text.bytes().rposition(inner)) else {
        return "";
    };
    text.get(from..=last).unwrap_or_default()
}

/// Whether the words are somewhere in the text. The standard library's search is quick on long texts and 2 kB of code.
#[inline(never)]
pub(crate) fn has(text: &str, words: &str) -> bool {
    text.as_bytes()
        .windows(words.len().max(1))
        .any(|it| it == words.as_bytes())
}

/// The word at a place in a row of words, each with a space behind it.
#[inline(never)]
pub(crate) fn nth(words: &str, place: usize) -> &str {
    let (mut start, mut place) = (0, place);
    for (at, byte) in words.bytes().enumerate() {
        if byte == b' ' {
            if place == 0 {
                return words.get(start..at).unwrap_or_default();
            }
            place -= 1;
            start = at + 1;
        }
    }
    ""
}

/// A number that stands for a text, by which it is found again and from which nobody reads it: SipHash with a key of this
/// process alone.
#[inline(never)]
pub(crate) fn fingerprint(text: &str) -> u64 {
    static KEY: std::sync::OnceLock<[u64; 2]> = std::sync::OnceLock::new();
    let key = KEY.get_or_init(|| [0; 2].map(|_: u64| crate::transport::clock::chance().to_bits()));
    sip(*key, text.as_bytes())
}

/// SipHash-1-3. The standard library's takes its text in pieces, and is four times as large for it.
fn sip([a, b]: [u64; 2], bytes: &[u8]) -> u64 {
    let mut state = [
        a ^ 0x736f_6d65_7073_6575,
        b ^ 0x646f_7261_6e64_6f6d,
        a ^ 0x6c79_6765_6e65_7261,
        b ^ 0x7465_6462_7974_6573,
    ];
    let mut word = 0;
    for (at, byte) in bytes.iter().enumerate() {
        word |= u64::from(*byte) << (at % 8 * 8);
        if at % 8 == 7 {
            state = taken(state, word);
            word = 0;
        }
    }
    let [a, b, c, d] = taken(state, word | (bytes.len() as u64) << 56);
    let [a, b, c, d] = (0..3).fold([a, b, c ^ 0xff, d], |it, _| round(it));
    a ^ b ^ c ^ d
}

#[inline(never)]
fn taken([a, b, c, d]: [u64; 4], word: u64) -> [u64; 4] {
    let [a, b, c, d] = round([a, b, c, d ^ word]);
    [a ^ word, b, c, d]
}

#[inline(never)]
fn round([a, b, c, d]: [u64; 4]) -> [u64; 4] {
    let (a, c) = (a.wrapping_add(b), c.wrapping_add(d));
    let (b, d) = (b.rotate_left(13) ^ a, d.rotate_left(16) ^ c);
    let (a, c) = (a.rotate_left(32).wrapping_add(d), c.wrapping_add(b));
    [a, b.rotate_left(17) ^ c, c.rotate_left(32), d.rotate_left(21) ^ a]
}

#[cfg(test)]
mod tests {
    use std::hash::{DefaultHasher, Hasher};

    use super::{sip, trimmed};

    #[test]
    fn only_its_ends_are_trimmed() {
        for (text, ends, trimmed_text) in [
            ("\"a\"b\"\"", "\"", "a\"b"),
            (", \té \"ü\t", " \t,", "é \"ü"),
            ("\"\"", "\"", ""),
            ("", "\"", ""),
            ("x", "", "x"),
        ] {
            assert_eq!(trimmed(text, ends), trimmed_text);
        }
    }

    #[test]
    fn it_is_the_hash_of_the_standard_library() {
        let bytes: Vec<u8> = (0..=255).collect();
        for end in 0..=bytes.len() {
            let mut other = DefaultHasher::new();
            other.write(&bytes[..end]);
            assert_eq!(sip([0, 0], &bytes[..end]), other.finish(), "{end} bytes");
        }
        // And its key counts.
        assert_ne!(sip([1, 0], &bytes), sip([0, 1], &bytes));
    }
}
