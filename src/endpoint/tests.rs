use super::*;

#[track_caller]
fn plan(spec: Spec, options: &str) -> Result<Plan> {
    Plan::new(spec, &Value::parse(options).unwrap())
}

#[test]
fn a_path_takes_its_options_and_leaves_out_what_is_not_given() {
    let spec = "GET /api/models/{repo}[/revision/{revision}]";
    assert_eq!(plan(spec, r#"{"repo":"a/b"}"#).unwrap().path, "/api/models/a/b");
    assert_eq!(
        plan(spec, r#"{"repo":"a/b","revision":"refs/pr/1"}"#).unwrap().path,
        "/api/models/a/b/revision/refs%2Fpr%2F1"
    );
    for it in [
        r#"{"repo":"a/b","revision":".."}"#,
        r#"{"repo":"a/b","revision":""}"#,
        r#"{"repo":"a/b","revision":{}}"#,
    ] {
        assert!(plan(spec, it).is_err(), "{it}");
    }
}

#[test]
fn a_flag_gives_its_own_name_or_nothing() {
    let spec = "GET /api/{type}s/{repo}/auth-check[/{?write}] +";
    for (write, end) in [("true", "/write"), ("false", ""), ("null", "")] {
        let it = plan(spec, &format!(r#"{{"repo":"a/b","type":"dataset","write":{write}}}"#)).unwrap();
        assert_eq!(it.path, format!("/api/datasets/a/b/auth-check{end}"));
    }
    assert_eq!(
        plan(spec, r#"{"repo":"a/b"}"#).unwrap().path,
        "/api/models/a/b/auth-check"
    );
    for odd in [r#""yes""#, "1", "{}", "[]"] {
        let error = plan(spec, &format!(r#"{{"repo":"a/b","write":{odd}}}"#)).unwrap_err();
        assert_eq!(error.code(), Code::InvalidArgument, "{odd}");
    }
}

#[test]
fn lists_repeat_the_key_and_null_is_not_given() {
    let it = plan(
        "GET /x ?filter=filter ?pipelineTag=pipeline_tag ?full=full ?limit=limit",
        r#"{"filter":["a","b"],"pipelineTag":null,"full":true,"limit":5}"#,
    )
    .unwrap();
    let query: Vec<_> = it.query.iter().map(|(k, v)| format!("{k}={v}")).collect();
    assert_eq!(query.join("&"), "filter=a&filter=b&full=true&limit=5");
    assert_eq!(
        plan("GET /x ?limit=limit", r#"{"limit":{}}"#).unwrap_err().code(),
        Code::InvalidArgument
    );
}

#[test]
fn a_word_is_put_before_values_that_lack_it() {
    let it = plan(
        "GET /x ?filter ?language=filter:language: ?trained=filter:dataset:",
        r#"{"filter":"mit","language":["en","language:fr"],"trained":"squad"}"#,
    )
    .unwrap();
    let query: Vec<_> = it.query.iter().map(|(k, v)| format!("{k}={v}")).collect();
    assert_eq!(
        query.join("&"),
        "filter=mit&filter=language:en&filter=language:fr&filter=dataset:squad"
    );
}

#[test]
fn what_a_missing_repo_means_is_said_by_the_line() {
    for (spec, options, takes) in [
        ("GET /x -", "{}", Takes::Known),
        ("GET /x -missingOk", "{}", Takes::Done),
        ("GET /x -missingOk", r#"{"missingOk":false}"#, Takes::Done),
        ("GET /x -missingOk", r#"{"missingOk":true}"#, Takes::Missing),
        ("GET /x ~existOk", r#"{"existOk":false}"#, Takes::Success),
        ("GET /x", "{}", Takes::Success),
        ("GET /x +", "{}", Takes::Okay),
    ] {
        assert_eq!(plan(spec, options).unwrap().takes, takes, "{spec} {options}");
    }
    assert_eq!(plan("GET /x #", "{}").unwrap().least.to_string(), "10");
}

#[test]
fn a_repo_in_a_body_is_a_name_and_its_organization() {
    let spec = "POST! /api/repos/create @repo .type=type .private=private ~existOk";
    let it = plan(spec, r#"{"repo":"acme/m2","private":true,"existOk":true}"#).unwrap();
    assert!(it.needs_token && it.takes == Takes::Existing);
    assert_eq!(it.method, "POST");
    assert_eq!(
        it.body.unwrap().to_json(),
        r#"{"name":"m2","organization":"acme","private":true}"#
    );
    assert_eq!(
        plan(spec, r#"{"repo":"m2"}"#).unwrap().body.unwrap().to_json(),
        r#"{"name":"m2"}"#
    );
    assert_eq!(plan(spec, "{}").unwrap_err().code(), Code::InvalidRepo);
    assert_eq!(
        plan(spec, r#"{"repo":"a/b","type":"modle"}"#).unwrap_err().code(),
        Code::InvalidArgument
    );
}

#[test]
fn a_file_is_asked_for_by_its_own_name_below_its_repo() {
    let spec = "GET /{prefix}{repo}/resolve/{revision=main}/{*path} <";
    let path = |options: &str| plan(spec, options).map(|it| it.path);
    assert_eq!(
        path(r#"{"repo":"a/b","path":"c.json"}"#).unwrap(),
        "/a/b/resolve/main/c.json"
    );
    assert_eq!(
        path(r#"{"repo":"b","type":"dataset","path":"d/ü ?#%41.txt","revision":"refs/pr/1"}"#).unwrap(),
        "/datasets/b/resolve/refs%2Fpr%2F1/d/%C3%BC%20%3F%23%2541.txt"
    );
    assert_eq!(
        path(r#"{"repo":"a/b","path":"...","revision":null,"type":null}"#).unwrap(),
        "/a/b/resolve/main/..."
    );
    assert_eq!(plan(spec, r#"{"repo":"a/b","path":"c"}"#).unwrap().takes, Takes::Bytes);
    for it in [
        "", "/", "/a", "a/", "a//b", ".", "..", "../c", "a/../b", "a/..", "%2e%2e/c", "a/.%2E/c", "%2e", "a\\\\b",
        "..\\\\c", "\\tc", "\\t../c", "c\\n", "\\u0000", "\\u007f",
    ] {
        let error = path(&format!(r#"{{"repo":"a/b","path":"{it}"}}"#)).unwrap_err();
        assert_eq!(error.code(), Code::InvalidPath, "{it:?}");
    }
    for it in [
        r#"{"repo":"a/b"}"#,
        r#"{"repo":"a/b","path":"c","revision":""}"#,
        r#"{"repo":"a/b","path":"c","revision":".."}"#,
    ] {
        assert_eq!(path(it).unwrap_err().code(), Code::InvalidPath, "{it}");
    }
    assert_eq!(
        path(r#"{"repo":"a/b","path":"c","type":"modle"}"#).unwrap_err().code(),
        Code::InvalidArgument
    );
}
