//! What a fine-grained token names.

use super::*;

#[test]
fn a_fine_grained_token_does_what_it_names() {
    let me = fine(
        r#"{"canReadGatedRepos":true,"global":["discussion.write"],"scoped":[
            {"entity":{"_id":"a1","type":"user","name":"ada"},"permissions":["repo.content.read","inference.serverless.write","repo.timetravel.write"]},
            {"entity":{"_id":"m1","type":"model","name":"ada/m1"},"permissions":["repo.write"]},
            {"entity":{"_id":"o1","type":"org"},"permissions":["job.write","collection.read"]},
            {"entity":{"_id":"d1","type":"dataset","name":"hidden/d1"},"permissions":["repo.write"]}]}"#,
        &org("admin", ""),
    );
    rows(
        &me,
        &[
            ("repo.content.read", "ada/m2", "yes"),
            ("repo.write", "ada/m1", "yes"),
            ("repo.content.read", "ada/m1", "yes"),
            ("repo.access.read", "ada/m1", "yes"),
            ("repo.write", "ada/m2", "no"),
            ("repo.write", "dataset ada/m1", "no"),
            ("repo.write", "ada", "no"),
            // An entry without a name is known by its id.
            ("job.write", "acme", "yes"),
            ("collection.read", "acme", "yes"),
            ("collection.write", "acme", "no"),
            ("repo.write", "acme/m1", "no"),
            // Public repos are open to everybody, and whoami does not say which are.
            ("repo.content.read", "acme/m1", "?"),
            ("repo.content.read", "acme", "no"),
            ("inference.serverless.write", "", "yes"),
            ("inference.serverless.write", "acme", "no"),
            ("discussion.write", "grace/m1", "yes"),
            ("discussion.write", "ada/m2", "?"),
            ("discussion.write", "acme/m1", "?"),
            ("discussion.write", "", "yes"),
            ("post.write", "", "no"),
            // Named by the Hub, though no organisation of that name is seen.
            ("repo.write", "dataset hidden/d1", "?"),
            ("repo.write", "dataset hidden/d2", "no"),
            ("repo.timetravel.write", "ada/m2", "yes"),
            ("repo.timetravel.write", "ada/m1", "yes"),
            ("repo.timetravel.write", "acme/m1", "?"),
            ("user.papers.write", "", "?"),
            ("user.webhooks.read", "", "no"),
        ],
    );
    let it = asked(&me, "repo.write", "ada/m2");
    assert_eq!(it.reason, "the token `ci` lacks repo.write on ada/m2");
    assert_eq!(it.fix.unwrap(), format!("{PAGE}ownUserPermissions=repo.write"));
    let it = asked(&me, "user.papers.write", "");
    assert!(it.reason.contains("does not document"), "{it:?}");
    assert_eq!(it.fix.unwrap(), format!("{PAGE}ownUserPermissions=user.papers.write"));
}

#[test]
fn gated_repos_are_another_tick() {
    let told = |gated: &str| asked(&fine(&format!("{{{gated}}}"), ""), "repo.content.read", "grace/m1");
    let closed = told(r#""canReadGatedRepos":false"#);
    assert_eq!(closed.allowed, None, "a public one that is not gated is open");
    assert_eq!(closed.fix.unwrap(), format!("{PAGE}canReadGatedRepos=true"));
    for gated in [r#""canReadGatedRepos":true"#, ""] {
        let it = told(gated);
        assert_eq!((it.allowed, it.fix), (None, None), "{gated}");
    }
}

#[test]
fn names_narrow_inference_endpoints() {
    let me = fine(
        r#"{"scoped":[{"entity":{"_id":"a1","type":"user","name":"ada"},"permissions":["inference.endpoints.write","job.write"],
            "patterns":[{"resourceType":"inference-endpoint","wildcardPatterns":["gpt2-*"]}]}]}"#,
        "",
    );
    rows(
        &me,
        &[
            ("inference.endpoints.write", "", "?"),
            ("inference.endpoints.infer.write", "", "?"),
            ("job.write", "", "yes"),
        ],
    );
}

#[test]
fn a_resource_group_holds_repos_that_are_not_told() {
    let me = fine(
        r#"{"global":["discussion.write"],"scoped":[
            {"entity":{"_id":"g1","type":"resource-group"},"permissions":["repo.write","discussion.write"]}]}"#,
        &org("admin", ""),
    );
    rows(
        &me,
        &[
            ("repo.write", "acme/m1", "?"),
            ("repo.write", "ada/m1", "no"),
            ("repo.write", "", "no"),
            ("job.write", "acme", "no"),
            // Given everywhere, whatever is in the group.
            ("discussion.write", "grace/m1", "yes"),
        ],
    );
}

#[test]
fn without_an_id_an_entry_without_a_name_may_be_about_it() {
    let me = |id: &str| {
        fine(
            r#"{"scoped":[{"entity":{"_id":"o1","type":"org"},"permissions":["job.write"]}]}"#,
            &format!(r#"{{{id}"name":"acme","roleInOrg":"admin"}}"#),
        )
    };
    for (id, expected) in [
        (r#""id":"o1","#, "yes"),
        (r#""id":"o2","#, "no"),
        (r#""id":"","#, "?"),
        ("", "?"),
    ] {
        rows(&me(id), &[("job.write", "acme", expected)]);
    }
}
