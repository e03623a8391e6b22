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
pub(crate) fn fingerprint(text: &str) -> u64 {
    use std::{
        hash::{DefaultHasher, Hasher},
        sync::OnceLock,
    };
    static KEY: OnceLock<[u64; 2]> = OnceLock::new();
    let key = KEY.get_or_init(|| [0; 2].map(|_: u64| crate::transport::clock::chance().to_bits()));
    let mut hasher = DefaultHasher::new();
    for it in key {
        hasher.write_u64(*it);
    }
    hasher.write(text.as_bytes());
    hasher.finish()
}
