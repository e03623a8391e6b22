//! The npm package's `index.d.ts` as far as tests compare it with Rust: which keys an interface has, and which may be absent.

use std::collections::BTreeMap;

use crate::hub::{CreatedRepo, Model};

/// Key by key: whether it may be absent, and its type as it is written.
pub(crate) type Keys = BTreeMap<String, (bool, String)>;

/// The keys of an interface.
#[track_caller]
pub(crate) fn interface(name: &str) -> Keys {
    // Read when it runs: the file is no part of the published crate.
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/pkg-template/");
    let files = [
        "index",
        "types/identity",
        "types/repos",
        "types/accounts",
        "types/permissions",
    ]
    .map(|it| std::fs::read_to_string(format!("{folder}{it}.d.ts")).unwrap());
    let text = without_comments(&files.concat());
    let start = text.find(&format!("interface {name} ")).expect(name);
    members(&text[start..])
}

/// The keys of the first `{ … }` in a text, such as an inline type.
#[track_caller]
pub(crate) fn members(text: &str) -> Keys {
    let open = text.find('{').expect(text) + 1;
    let (mut depth, mut from) = (0, open);
    let mut found = Keys::new();
    for (at, it) in text[open..].char_indices() {
        match it {
            '}' | '>' | ')' | ']' if depth > 0 => depth -= 1,
            '{' | '<' | '(' | '[' => depth += 1,
            ';' | '}' if depth == 0 => {
                if let Some((key, kind)) = text[from..open + at].split_once(':') {
                    let key = key.trim();
                    let name = key.trim_end_matches('?');
                    found.insert(name.to_owned(), (name != key, kind.trim().to_owned()));
                }
                from = open + at + 1;
                if it == '}' {
                    return found;
                }
            }
            _ => {}
        }
    }
    panic!("no end: {text}");
}

fn without_comments(text: &str) -> String {
    let mut parts = text.split("/*");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out += part.split_once("*/").map_or("", |(_, rest)| rest);
    }
    out
}

#[test]
fn keys_are_read_with_what_is_inside_them() {
    let text = "interface A { /* none: */ a?: { b: string; c?: Record<string, number> }[]; d: 'x' | 'y' }; e: 1";
    let keys = members(&without_comments(text));
    assert_eq!(keys.keys().collect::<Vec<_>>(), ["a", "d"]);
    assert!(keys["a"].0 && !keys["d"].0);
    assert_eq!(members(&keys["a"].1).len(), 2);
}

/// The Hub's own answers pass through untouched: Rust has fields for a part of what TypeScript names, the rest is in `more`.
#[test]
fn what_rust_names_of_a_hubs_answer_is_named_in_typescript() {
    let model = Model {
        id: String::new(),
        author: Some(String::new()),
        sha: Some(String::new()),
        private: Some(true),
        created_at: Some(String::new()),
        last_modified: Some(String::new()),
        downloads: Some(0),
        likes: Some(0),
        tags: Some(vec![]),
        pipeline_tag: Some(String::new()),
        library_name: Some(String::new()),
        more: BTreeMap::new(),
    };
    let repo = CreatedRepo {
        url: String::new(),
        name: Some(String::new()),
        id: Some(String::new()),
        more: BTreeMap::new(),
    };
    for (name, it) in [
        ("Model", serde_json::to_value(model).unwrap()),
        ("CreatedRepo", serde_json::to_value(repo).unwrap()),
    ] {
        let keys = interface(name);
        for key in it.as_object().unwrap().keys() {
            assert!(keys.contains_key(key), "{name}.{key} is not in index.d.ts");
        }
    }
}
