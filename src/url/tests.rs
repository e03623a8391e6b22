use super::*;

fn gate(endpoint: &str, origins: &[&str]) -> Gate {
    let origins: Vec<_> = origins.iter().map(|&it| it.to_owned()).collect();
    Gate::new(Endpoint::parse(endpoint).unwrap(), &origins).unwrap()
}

#[track_caller]
fn admits(gate: &Gate, url: &str) -> bool {
    gate.admits(&Url::parse(url, None).unwrap())
}

#[test]
fn an_endpoint_is_scheme_host_and_perhaps_a_path() {
    let rows = [
        ("https://huggingface.co", "https://huggingface.co"),
        ("https://huggingface.co/", "https://huggingface.co"),
        ("https://HF.co:443", "https://hf.co"),
        ("https://proxy.example/hf/", "https://proxy.example/hf"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://127.0.0.1:1", "http://127.0.0.1:1"),
        ("http://127.1/", "http://127.0.0.1"),
        ("http://[::1]:9", "http://[::1]:9"),
    ];
    for (given, href) in rows {
        assert_eq!(Endpoint::parse(given).unwrap().href(), href);
    }
}

#[test]
fn an_odd_endpoint_is_refused_before_anything_is_sent() {
    for it in [
        "",
        "huggingface.co",
        "//huggingface.co",
        "data:text/plain,x",
        "javascript:alert(1)",
        "ftp://h.example",
        "https://",
        "https:///x",
        "https://u:p@h.example",
        "https://u@h.example",
        "https://h.example\\x",
        "https://h.example?x",
        "https://h.example#x",
        "https://h.example/\r\nx",
        " https://h.example",
        "https:h.example",
        "https://h.example/..",
        "https://h.example/a/%2e%2e",
        "https://h.example//x",
        "https://h.example/a`b",
        "https://h.example\0",
        "https://h.example ",
        "https://h.example/ä",
        "https://[",
        "https://h.example:99999",
    ] {
        assert_eq!(Endpoint::parse(it).unwrap_err().code(), Code::InvalidEndpoint, "{it:?}");
    }
    for it in [
        "http://huggingface.co",
        "http://localhost.example",
        "http://127.example.org",
        "http://10.0.0.1",
        "http://0.0.0.0",
        "http://[::2]",
    ] {
        assert_eq!(
            Endpoint::parse(it).unwrap_err().code(),
            Code::InsecureEndpoint,
            "{it:?}"
        );
    }
}

#[test]
fn a_password_in_an_endpoint_is_not_repeated() {
    let error = Endpoint::parse("https://user:hunter2@h.example").unwrap_err();
    assert_eq!(error.message(), "`h.example` is not the address of a Hub");
    assert!(!format!("{error}{error:?}").contains("hunter2"));
}

#[test]
fn the_token_goes_to_the_exact_origin_only() {
    let hub = gate("https://huggingface.co", &["https://me-space.hf.space"]);
    for it in [
        "https://huggingface.co/api/x",
        "https://huggingface.co:443/",
        "https://router.huggingface.co/v1",
        "https://me-space.hf.space/run",
    ] {
        assert!(admits(&hub, it), "{it}");
    }
    for it in [
        "http://huggingface.co/",
        "https://huggingface.co:8443/",
        "https://huggingface.co.evil.example/",
        "https://cdn-lfs.huggingface.co/",
        "https://hf.co/",
        "https://evil.example/?https://huggingface.co",
        "https://huggingface.co./",
        "data:text/plain,huggingface.co",
        "blob:https://huggingface.co/1",
    ] {
        // What is no web address is none at all: a blob's origin reads like the page's own.
        assert!(Url::parse(it, None).is_none_or(|url| !hub.admits(&url)), "{it}");
    }
    assert!(
        !admits(&gate("https://hub.example", &[]), "https://router.huggingface.co/v1"),
        "the router belongs to the default endpoint"
    );
}

#[test]
fn a_path_of_the_endpoint_is_part_of_the_table() {
    let hub = gate("https://proxy.example/hf", &[]);
    assert!(admits(&hub, "https://proxy.example/hf/api/models"));
    assert!(admits(&hub, "https://proxy.example/hf"));
    for it in [
        "https://proxy.example/",
        "https://proxy.example/hfx",
        "https://proxy.example/hf/../x",
        "https://proxy.example/hf/%2e%2e/x",
    ] {
        assert!(!admits(&hub, it), "{it}");
    }
}

#[test]
fn an_address_with_a_password_is_no_address() {
    assert!(Url::parse("https://u:p@huggingface.co/", None).is_none());
    assert!(Url::parse("//u@huggingface.co/", Some("https://huggingface.co/")).is_none());
    assert!(Url::parse("https://:p@huggingface.co/", None).is_none());
}

#[test]
fn only_the_web_has_addresses() {
    for it in [
        "data:text/plain,x",
        "blob:https://huggingface.co/1",
        "ftp://h.example/x",
        "file:///x",
    ] {
        assert_eq!(Url::parse(it, Some("https://huggingface.co/")), None, "{it}");
    }
}

#[test]
fn only_hugging_faces_own_endpoint_is_official() {
    for (it, official) in [
        ("https://huggingface.co", true),
        ("https://hf.co", true),
        ("https://huggingface.co/hf", false),
        ("https://hub.example", false),
    ] {
        assert_eq!(Endpoint::parse(it).unwrap().is_official(), official, "{it}");
    }
}

#[test]
fn a_path_cannot_climb() {
    for it in ["/api/x", "/a/b.c/..d", "/a/...", "/a?next=../x", "/a//b"] {
        assert!(check_path(it).is_ok(), "{it}");
    }
    for it in [
        "",
        "api",
        "//evil.example",
        "/..",
        "/a/../b",
        "/a/./b",
        "/a/%2e",
        "/a/%2e%2E/b",
        "/a/.%2e",
        "/a\\..\\b",
        "/a\t/b",
        "/a#b",
        "https://evil.example",
    ] {
        assert_eq!(check_path(it).unwrap_err().code(), Code::InvalidPath, "{it}");
    }
}

#[test]
fn a_part_of_a_path_keeps_its_own_name() {
    let mut out = String::new();
    encode_part("refs/pr/1 ?#%é", &mut out);
    assert_eq!(out, "refs%2Fpr%2F1%20%3F%23%25%C3%A9");
}
