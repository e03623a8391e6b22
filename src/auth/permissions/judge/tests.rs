use super::*;
use crate::{
    auth::{Verdict, identity, permissions::required},
    token::Token,
};

const HUB: &str = "https://huggingface.co";
const PAGE: &str = "https://huggingface.co/settings/tokens/new?tokenType=fineGrained&";

/// ada with a part in some organisations, and what her token says of itself.
fn ada(orgs: &str, auth: &str, token: &str) -> Value {
    let raw = format!(r#"{{"type":"user","id":"a1","name":"ada","orgs":[{orgs}],"auth":{auth}}}"#);
    normal(&raw, token)
}

fn normal(raw: &str, token: &str) -> Value {
    let token = Token::parse(token, true).unwrap();
    identity::normalise(&Value::parse(raw).expect(raw), &token, HUB).unwrap()
}

const USER: &str = "hf_exampleFakeTokenForTestsOnly000000000";

fn role(role: &str, orgs: &str) -> Value {
    ada(
        orgs,
        &format!(r#"{{"accessToken":{{"displayName":"laptop","role":"{role}"}}}}"#),
        USER,
    )
}

fn fine(scopes: &str, orgs: &str) -> Value {
    let auth = format!(r#"{{"accessToken":{{"displayName":"ci","role":"fineGrained","fineGrained":{scopes}}}}}"#);
    ada(orgs, &auth, USER)
}

fn org(role: &str, more: &str) -> String {
    format!(r#"{{"id":"o1","name":"acme","roleInOrg":"{role}"{more}}}"#)
}

fn oauth(scopes: &str, orgs: &str) -> Value {
    let claims = identity::encoded(&format!(r#"{{"scope":{scopes}}}"#));
    ada(orgs, "{}", &format!("hf_oauth_e30.{claims}.notASignature"))
}

fn at(place: &str) -> Place {
    let options = match place.split_once(' ') {
        _ if place.is_empty() => "{}".to_owned(),
        Some((kind, id)) => format!(r#"{{"repo":"{id}","type":"{kind}"}}"#),
        None if place.contains('/') || place == "gpt2" => format!(r#"{{"repo":"{place}"}}"#),
        None if place == "ada" => format!(r#"{{"user":"{place}"}}"#),
        None => format!(r#"{{"org":"{place}"}}"#),
    };
    Place::of(&Value::parse(&options).unwrap()).unwrap()
}

#[track_caller]
fn asked(me: &Value, word: &str, place: &str) -> Verdict {
    judge(Some(me), word, &at(place), HUB).unwrap().decode().unwrap()
}

#[track_caller]
fn judged(me: &Value, word: &str, place: &str) -> Value {
    judge(Some(me), word, &at(place), HUB).unwrap()
}

/// Rows of a word, a place and what is expected: `yes`, `no`, `?`.
#[track_caller]
fn rows(me: &Value, rows: &[(&str, &str, &str)]) {
    for (word, place, expected) in rows {
        let it = asked(me, word, place);
        let is = match it.allowed {
            Some(true) => "yes",
            Some(false) => "no",
            None => "?",
        };
        assert_eq!(is, *expected, "{word} on {place:?}: {it:?}");
        assert!(!it.reason.is_empty() && !it.reason.contains(['$', '\n']), "{it:?}");
        assert_eq!(it.hint.is_none(), it.allowed == Some(true), "{it:?}");
    }
}

#[test]
fn a_write_token_does_what_its_person_may() {
    for role_of_token in ["write", "god"] {
        rows(
            &role(role_of_token, &org("admin", "")),
            &[
                ("repo.write", "ada/m1", "yes"),
                ("repo.write", "dataset Ada/d1", "yes"),
                ("repo.write", "", "yes"),
                ("repo.write", "ada", "yes"),
                ("repo.write", "acme/m1", "yes"),
                ("org.write", "acme", "yes"),
                ("inference.serverless.write", "", "yes"),
                ("inference.serverless.write", "acme", "yes"),
                ("user.webhooks.write", "", "yes"),
                ("post.write", "", "yes"),
                ("repo.write", "grace/m1", "no"),
                ("repo.write", "gpt2", "no"),
                ("repo.write", "grace", "no"),
                ("org.write", "closed", "no"),
                ("discussion.write", "grace/m1", "yes"),
                ("discussion.write", "gpt2", "yes"),
                ("repo.content.read", "grace/m1", "?"),
                ("repo.content.read", "gpt2", "?"),
                ("repo.access.read", "grace/m1", "no"),
                // Not in the table, or from a draft alone.
                ("repo.timetravel.write", "ada/m1", "?"),
                ("repo.timetravel.write", "grace/m1", "?"),
                ("user.tokens.write", "", "?"),
            ],
        );
    }
    let it = asked(&role("write", ""), "repo.write", "grace/m1");
    assert_eq!(
        it.reason,
        "grace/m1 is neither ada's nor of an organisation that the token `laptop` sees"
    );
}

#[test]
fn a_read_token_reads() {
    let me = role("read", &org("admin", ""));
    rows(
        &me,
        &[
            ("repo.content.read", "ada/m1", "yes"),
            ("repo.content.read", "acme/m1", "yes"),
            ("user.billing.read", "", "yes"),
            ("repo.write", "ada/m1", "no"),
            ("repo.write", "acme/m1", "no"),
            ("discussion.write", "grace/m1", "no"),
            ("post.write", "", "no"),
            ("job.write", "", "no"),
            ("inference.serverless.write", "", "yes"),
            ("inference.endpoints.infer.write", "", "?"),
            ("inference.endpoints.write", "", "no"),
            ("user.social.likes.write", "", "?"),
            ("repo.timetravel.write", "ada/m1", "?"),
        ],
    );
    let it = asked(&me, "repo.write", "acme/m1");
    assert_eq!(it.reason, "the token `laptop` has the role read and may not write");
    assert_eq!(it.hint.as_deref(), Some("make a token with repo.write on the page"));
    assert_eq!(it.fix.unwrap(), format!("{PAGE}orgs=acme&orgPermissions=repo.write"));
    let it = asked(&me, "discussion.write", "grace/m1");
    assert_eq!(it.fix.unwrap(), format!("{PAGE}globalPermissions=discussion.write"));
}

#[test]
fn what_is_missing_is_unknown_and_not_empty() {
    let me = ada("", r#"{"accessToken":{"role":"fineGrained"}}"#, USER);
    rows(
        &me,
        &[
            ("repo.write", "ada/m1", "?"),
            ("post.write", "", "?"),
            ("repo.write", "grace/m1", "no"),
        ],
    );
    assert!(
        asked(&me, "repo.write", "ada/m1")
            .reason
            .starts_with("the Hub does not say whether the token has")
    );
    for odd in ["curator", "", "Write"] {
        rows(
            &role(odd, ""),
            &[("repo.write", "ada/m1", "?"), ("repo.content.read", "ada/m1", "?")],
        );
    }
    rows(&ada("", "{}", USER), &[("repo.write", "ada/m1", "?")]);
    // It stands for one thing and not for the one who is named.
    let publisher = ada("", "{}", "hf_jwt_e30.e30.e30");
    rows(
        &publisher,
        &[
            ("repo.write", "ada/m1", "?"),
            ("repo.write", "acme/m1", "?"),
            ("repo.content.read", "ada/m1", "?"),
        ],
    );
    let legacy = normal(
        r#"{"type":"org","name":"acme","auth":{"accessToken":{"role":"read"}}}"#,
        USER,
    );
    rows(&legacy, &[("repo.write", "acme/m1", "?")]);
}

#[test]
fn a_reason_names_what_was_asked_about() {
    let me = fine("{}", &org("admin", ""));
    for (word, place, named) in [
        ("repo.write", "ada/m1", "repo.write on ada/m1"),
        ("repo.write", "ada", "repo.write on ada"),
        ("repo.write", "", "repo.write on the own account"),
        ("repo.write", "acme", "repo.write on acme"),
        ("collection.read", "acme", "collection.read on acme"),
        ("post.write", "", "post.write on public things"),
    ] {
        let it = asked(&me, word, place);
        assert_eq!(
            it.reason,
            format!("the token `ci` lacks {named}"),
            "{word} on {place:?}"
        );
        let error = required(word, &judged(&me, word, place)).unwrap_err();
        assert_eq!(error.code(), Code::InsufficientScope, "{word} on {place:?}");
    }
}

#[test]
fn nobody_may_read_what_is_public() {
    let judged = |word, place| judge(None, word, &at(place), HUB).unwrap();
    let it: Verdict = judged("repo.content.read", "gpt2").decode().unwrap();
    assert_eq!((it.allowed, it.fix), (None, None));
    let it = judged("repo.write", "ada/m1");
    assert_eq!(
        it.to_json(),
        r#"{"allowed":false,"reason":"nobody is signed in","hint":"sign in first"}"#
    );
    assert_eq!(required("repo.write", &it).unwrap_err().code(), Code::NoToken);
}

#[test]
fn a_question_without_an_answer_is_refused() {
    let me = role("write", &org("admin", ""));
    for (word, place) in [("org.read", ""), ("org.read", "ada"), ("user.webhooks.read", "acme")] {
        let error = judge(Some(&me), word, &at(place), HUB).unwrap_err();
        assert_eq!(error.code(), Code::InvalidArgument, "{word} {place}");
    }
}

#[test]
fn the_name_of_a_token_may_be_anything() {
    let named = |name: &str| {
        let auth = format!(r#"{{"accessToken":{{"displayName":"{name}","role":"read"}}}}"#);
        asked(&ada("", &auth, USER), "repo.write", "ada/m1").reason
    };
    assert_eq!(named("$t|$o"), "the token `$t|$o` has the role read and may not write");
    let secret = ["hf_", "abcdefghijklmnopqrstuvwxyzABCDEFGH"].concat();
    assert!(
        !named(&secret).contains(&secret),
        "somebody gave it its own value as a name"
    );
}

mod fine;
mod people;
