//! What a person may do, and what they let an app do.

use super::*;

#[test]
fn the_role_in_the_organisation_is_a_limit() {
    let groups = |role: &str| format!(r#","resourceGroups":[{{"id":"g1","role":"{role}"}}]"#);
    for (part, more, expected) in [
        ("admin", String::new(), "yes yes yes yes"),
        ("write", String::new(), "yes yes yes no"),
        ("contributor", String::new(), "? ? yes no"),
        ("read", String::new(), "no no yes no"),
        ("no_access", String::new(), "no no no no"),
        ("steward", String::new(), "? ? ? ?"),
        // Whether the repo is in a group, and in which, is not told.
        ("admin", groups("read"), "yes yes yes yes"),
        ("write", groups("read"), "? yes ? no"),
        ("contributor", groups("write"), "? ? ? no"),
        ("read", groups("read"), "no no ? no"),
        ("read", groups("no_access"), "no no ? no"),
        ("read", groups("write"), "? ? ? no"),
        ("read", groups("label-reviewer"), "? ? ? no"),
        ("no_access", groups("write"), "? ? ? no"),
        ("no_access", groups("read"), "? ? ? no"),
    ] {
        let me = role("write", &org(part, &more));
        let is: Vec<_> = [
            ("repo.write", "acme/m1"),
            ("repo.write", "acme"),
            ("repo.content.read", "acme/m1"),
            ("org.write", "acme"),
        ]
        .iter()
        .map(|(word, place)| match asked(&me, word, place).allowed {
            Some(true) => "yes",
            Some(false) => "no",
            None => "?",
        })
        .collect();
        assert_eq!(is.join(" "), expected, "{part} {more}");
    }
    let it = asked(&role("write", &org("read", "")), "repo.write", "acme/m1");
    assert_eq!(
        it.reason,
        "ada has the role read there, which does not give repo.write on acme/m1"
    );
    assert_eq!(it.fix, None, "no token mends that");
    let it = asked(&role("write", &org("contributor", "")), "repo.write", "acme/m1");
    assert!(it.reason.starts_with("with the role contributor ada has"), "{it:?}");
    let me = role("write", &org("contributor", ""));
    rows(
        &me,
        &[
            ("discussion.write", "acme/m1", "yes"),
            ("job.write", "acme", "?"),
            ("org.read", "acme", "?"),
            ("collection.write", "acme", "?"),
            ("resourceGroup.write", "acme", "?"),
            ("post.write", "acme", "yes"),
        ],
    );
    // What the token names its person must be able to do as well.
    let scopes = r#"{"scoped":[{"entity":{"_id":"o1","type":"org","name":"acme"},"permissions":["repo.write"]}]}"#;
    rows(&fine(scopes, &org("read", "")), &[("repo.write", "acme/m1", "no")]);
    rows(&fine(scopes, &org("write", "")), &[("repo.write", "acme/m1", "yes")]);
}

#[test]
fn a_restriction_shuts_out_whatever_else() {
    for (word, way) in [
        ("sso", "single sign-on"),
        ("mfa", "two-factor"),
        ("ip", "network"),
        ("token-policy", "approved"),
        ("token-revoked", "revoked"),
        ("moon-phase", "in the browser"),
    ] {
        let me = role(
            "write",
            &org("admin", &format!(r#","securityRestrictions":["{word}"]"#)),
        );
        let it = asked(&me, "repo.write", "acme/m1");
        assert_eq!((it.allowed, it.restriction.as_deref()), (Some(false), Some(word)));
        assert!(
            it.reason.contains(word) && it.hint.as_deref().unwrap().contains(way),
            "{it:?}"
        );
        assert_eq!(it.fix.as_deref(), Some("https://huggingface.co/acme"));
        let error = required("repo.write", &judged(&me, "repo.write", "acme/m1")).unwrap_err();
        assert_eq!((error.code(), error.detail()), (Code::OrgRestricted, Some(word)));
        assert_eq!(asked(&me, "repo.write", "ada/m1").allowed, Some(true));
    }
}

#[test]
fn scopes_stand_for_permissions() {
    let rows_of = |scopes: &str, all: &[(&str, &str, &str)]| rows(&oauth(scopes, &org("write", "")), all);
    rows_of(
        r#"["openid","read-repos","inference-api"]"#,
        &[
            ("repo.content.read", "ada/m1", "yes"),
            ("repo.content.read", "acme/m1", "yes"),
            ("repo.write", "ada/m1", "no"),
            ("repo.write", "acme/m1", "no"),
            ("inference.serverless.write", "", "yes"),
            ("job.write", "", "no"),
            ("repo.write", "closed/m1", "no"),
            // No scope is known for it.
            ("org.read", "acme", "?"),
            ("user.billing.read", "", "?"),
        ],
    );
    rows_of(
        r#""openid write-repos""#,
        &[
            ("repo.content.read", "ada/m1", "yes"),
            ("repo.content.write", "ada/m1", "yes"),
            // Files yes, but creating and deleting is more.
            ("repo.write", "ada/m1", "?"),
        ],
    );
    rows_of(
        r#"["manage-repos"]"#,
        &[("repo.write", "ada/m1", "yes"), ("repo.write", "acme/m1", "yes")],
    );
    rows_of(
        r#"["contribute-repos"]"#,
        &[("repo.write", "ada", "?"), ("repo.content.read", "ada/m1", "?")],
    );
    // Organisations are listed then that nobody ticked.
    rows_of(
        r#"["manage-repos","read-memberships"]"#,
        &[("repo.write", "ada/m1", "yes"), ("repo.write", "acme/m1", "?")],
    );
    rows_of("5", &[("repo.write", "ada/m1", "?")]);
    let it = asked(&oauth(r#"["openid"]"#, ""), "repo.write", "ada/m1");
    assert_eq!(
        it.reason,
        "the token lacks the scope manage-repos, which gives repo.write"
    );
    assert_eq!(
        (it.hint.as_deref(), it.fix),
        (Some("sign in again and ask for manage-repos"), None)
    );
    let it = asked(&oauth("[]", ""), "repo.content.read", "ada");
    assert!(it.reason.contains("read-repos"), "the least that does it: {it:?}");
}

#[test]
fn an_app_does_what_it_was_given() {
    let app = |role: &str| {
        let raw = format!(
            r#"{{"type":"app","name":"bot","scope":{{"role":"{role}","entities":["legacy/name",{{"type":"org","name":"acme"}}]}}}}"#
        );
        normal(&raw, "hf_app_exampleOfNoRealApp")
    };
    rows(
        &app("read"),
        &[
            ("repo.content.read", "legacy/name", "yes"),
            ("repo.content.read", "acme/m1", "yes"),
            ("repo.content.read", "ada/m1", "?"),
            ("repo.write", "acme/m1", "no"),
            ("repo.timetravel.write", "acme/m1", "?"),
        ],
    );
    rows(
        &app("write"),
        &[("repo.write", "acme/m1", "yes"), ("repo.write", "ada/m1", "?")],
    );
    rows(&app("curator"), &[("repo.write", "acme/m1", "?")]);
}
