//! Every public item of the library has an example that runs. rustdoc's own lint for it wants a nightly compiler and sees
//! one target only; this reads the source, and so sees what is in wasm alone too.

mod scan;

use std::{collections::BTreeMap, error::Error, fs, path::Path};

use scan::Item;

/// What the library's readers never see.
fn is_ours_alone(file: &str) -> bool {
    // The classes of the npm package, whose documentation is index.d.ts; the Hub behind the examples; what is fuzzed.
    file == "js.rs" || file.starts_with("js/") || matches!(file, "example.rs" | "fuzz.rs") || file.ends_with("tests.rs")
}

/// Items without an example. Of two faces of one item, native and wasm, one example will do: the documentation shows one.
fn without(items: &[Item]) -> Vec<String> {
    let mut seen: BTreeMap<_, bool> = BTreeMap::new();
    for it in items {
        *seen.entry((&it.folder, &it.name)).or_default() |= it.has_example;
    }
    let missing = seen.into_iter().filter(|it| !it.1);
    missing
        .map(|((folder, name), _)| format!("src/{folder}: {name}"))
        .collect()
}

fn items() -> Result<Vec<Item>, Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src");
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(&root) {
        let entry = entry?;
        let path = entry.path();
        let file = path.strip_prefix(&root)?.to_string_lossy().replace('\\', "/");
        if file.ends_with(".rs") && !is_ours_alone(&file) {
            found.extend(scan::items(&file, &fs::read_to_string(path)?).map_err(|it| format!("{file}: {it}"))?);
        }
    }
    Ok(found)
}

#[test]
fn every_public_item_has_an_example_that_runs() -> Result<(), Box<dyn Error>> {
    let items = items()?;
    let missing = without(&items);
    assert!(
        missing.is_empty(),
        "{} public items have no example that runs:\n{}",
        missing.len(),
        missing.join("\n")
    );
    // One of each kind: a scan that looks past them would find nothing missing either.
    for name in [
        "Hub::login",
        "Identity",
        "Fut",
        "mask",
        "TokenStore",
        "TokenStore::load",
        "Endpoint::SPEC",
        "Endpoint::Reply",
        "ListModels",
        "Code",
        "retryable",
        "ALL",
        "WebStore::local",
        "FetchTransport::new",
    ] {
        assert!(items.iter().any(|it| it.name == name), "{name} was not found");
    }
    Ok(())
}

#[track_caller]
fn missing(source: &str) -> Vec<String> {
    let items = scan::items("a.rs", source).unwrap_or_else(|it| panic!("{it}"));
    without(&items).iter().map(|it| it.replace("src/: ", "")).collect()
}

#[test]
fn each_kind_of_item_is_missed() {
    let rows = [
        ("pub fn a() {}", "a"),
        ("/// Words alone.\npub struct A;", "A"),
        ("pub enum A {}", "A"),
        ("pub const A: u8 = 1;", "A"),
        ("pub type A = u8;", "A"),
        ("mod a { pub struct A; }", "A"),
        ("/// ```\n/// a();\n/// ```\npub trait A { fn b(); }", "A::b"),
        ("impl A { pub async fn b() {} }", "A::b"),
        ("impl<T> A<T> { pub const B: u8 = 1; }", "A::B"),
        ("macro_rules! a { () => { /// Words.\n pub enum A {} } }", "A"),
        (
            "macro_rules! a { () => { impl A { #[must_use] pub const fn b() {} } } }",
            "b",
        ),
        (
            "endpoint! { /// Words.\n pub struct A = \"a\", One B, \"GET /a\" }",
            "A",
        ),
        (
            "endpoint! { /// ```\n/// b();\n/// ```\n pub struct A = \"a\" }",
            "A::new",
        ),
        ("#[cfg(target_arch = \"wasm32\")] pub fn a() {}", "a"),
    ];
    for (source, name) in rows {
        assert_eq!(missing(source), [name], "{source}");
    }
}

#[test]
fn what_does_not_run_is_no_example() {
    for info in ["text", "no_run", "ignore", "json", "ignore-wasm32,no_run"] {
        let source = format!("/// ```{info}\n/// a();\n/// ```\npub fn a() {{}}");
        assert_eq!(missing(&source), ["a"], "{info}");
    }
    assert_eq!(missing("/// ```\n/// # hidden();\n/// ```\npub fn a() {}"), ["a"]);
    assert_eq!(missing("/// ```\n/// ```\npub fn a() {}"), ["a"]);
}

#[test]
fn what_has_an_example_or_needs_none_is_left_alone() {
    for source in [
        "/// Words.\n///\n/// ```\n/// a();\n/// ```\n#[must_use]\npub fn a() {}",
        "/// ```ignore-wasm32\n/// a();\n/// ```\npub fn a() {}",
        "/// ```compile_fail\n/// a(\"b\");\n/// ```\npub fn a() {}",
        "fn a() {} pub(crate) fn b() {} struct C { d: u8 }",
        "impl A { fn a() {} pub(crate) fn b() {} }",
        "impl A for B { fn c() {} }",
        "trait A { fn b(); }",
        "pub mod a; pub use a::B;",
        "#[cfg(test)] mod tests { pub fn a() {} }",
        "#[doc(hidden)] pub mod a { pub fn b() {} }",
        "/// ```\n/// A { b: 1 };\n/// ```\npub struct A { pub b: u8 }",
        "/// ```\n/// a();\n/// ```\n#[cfg(unix)] pub fn a() {} #[cfg(not(unix))] pub fn a() {}",
        "endpoint! { /// ```\n/// A::new();\n/// ```\n pub struct A = \"a\" }",
        "macro_rules! a { () => { pub(crate) fn b() {} pub $c: u8 } }",
    ] {
        assert!(missing(source).is_empty(), "{source}");
    }
}
