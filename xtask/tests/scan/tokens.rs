//! Public items in the body of a macro, which is no Rust yet: found by their words.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

const KINDS: &[&str] = &["fn", "struct", "enum", "union", "trait", "type", "const", "static"];

/// Names, each with its documentation.
pub(crate) fn items(tokens: TokenStream) -> Vec<(String, String)> {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let mut found = Vec::new();
    let mut docs = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if let (true, Some(attribute)) = (is_punct(token, '#'), tokens.get(at + 1).and_then(bracketed)) {
            docs.extend(doc_line(attribute));
            at += 2;
            continue;
        }
        if is_word(token, "pub") {
            found.extend(named(tokens.get(at + 1..).unwrap_or_default()).map(|it| (it, docs.join("\n"))));
        }
        docs.clear();
        if let TokenTree::Group(group) = token {
            found.extend(items(group.stream()));
        }
        at += 1;
    }
    found
}

/// The name behind `pub`: after its kind, and words such as `async` before that.
fn named(rest: &[TokenTree]) -> Option<String> {
    let mut words = rest.iter().map_while(|it| match it {
        TokenTree::Ident(it) => Some(it.to_string()),
        _ => None,
    });
    let mut kind = false;
    words.find(|it| {
        let is_kind = KINDS.contains(&it.as_str());
        let here = kind && !is_kind;
        kind |= is_kind;
        here
    })
}

fn bracketed(token: &TokenTree) -> Option<TokenStream> {
    match token {
        TokenTree::Group(it) if it.delimiter() == Delimiter::Bracket => Some(it.stream()),
        _ => None,
    }
}

/// `doc = "…"`, as the compiler reads `///`.
fn doc_line(attribute: TokenStream) -> Option<String> {
    let mut tokens = attribute.into_iter();
    is_word(&tokens.next()?, "doc").then_some(())?;
    is_punct(&tokens.next()?, '=').then_some(())?;
    let text: syn::LitStr = syn::parse2(tokens.next()?.into()).ok()?;
    Some(text.value())
}

fn is_punct(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(it) if it.as_char() == sign)
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(it) if it == word)
}
