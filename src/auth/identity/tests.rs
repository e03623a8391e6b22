use super::*;

const HUB: &str = "https://huggingface.co";

fn read(raw: &str, token: &str) -> Result<Identity> {
    let token = Token::parse(token, false).unwrap();
    normalise(&Value::parse(raw).unwrap(), &token, HUB)?.decode()
}

#[track_caller]
fn identity(raw: &str) -> Identity {
    read(raw, "hf_exampleFakeTokenForTestsOnly000000000").unwrap()
}

#[test]
fn a_person_with_an_organisation() {
    let it = identity(
        r#"{"type":"user","id":"64b0c0ffee0123456789abcd","name":"ada","fullname":"Ada L.","email":"ada@example.org","emailVerified":true,"isPro":false,
        "avatarUrl":"/avatars/0f.svg","periodEnd":null,"orgs":[{"type":"org","id":"64b0c0ffee0123456789abce","name":"acme","fullname":"Acme","email":null,
        "plan":"enterprise","roleInOrg":"contributor","securityRestrictions":["sso","moon-phase"],"resourceGroups":[{"id":"1","name":"research","role":"own-role"}]}],
        "auth":{"type":"access_token","accessToken":{"displayName":"laptop","role":"write","createdAt":"2026-01-05T09:00:00.000Z"}}}"#,
    );
    assert_eq!(
        (it.name.as_str(), it.email.as_deref()),
        ("ada", Some("ada@example.org"))
    );
    assert_eq!(it.avatar_url.as_deref(), Some("https://huggingface.co/avatars/0f.svg"));
    let org = &it.orgs[0];
    assert_eq!((org.role.as_deref(), org.email.as_deref()), (Some("contributor"), None));
    assert_eq!(org.restrictions, ["sso", "moon-phase"]);
    assert_eq!(org.resource_groups[0].role.as_deref(), Some("own-role"));
    assert_eq!(
        (it.token.kind, it.token.role.as_deref()),
        (TokenKind::User, Some("write"))
    );
    assert!(it.token.scopes.is_none());
    assert!(it.raw.contains_key("periodEnd"), "unknown fields stay in raw");
}

#[test]
fn scopes_that_were_not_told_are_unknown_and_not_empty() {
    let bare = identity(r#"{"type":"user","name":"a","auth":{"accessToken":{"role":"fineGrained"}}}"#);
    assert!(bare.token.scopes.is_none());
    let fine = identity(
        r#"{"type":"user","name":"a","auth":{"expiresAt":"2026-03-01T08:00:00.000Z","accessToken":{"role":"fineGrained","fineGrained":{"global":["new.permission"],
        "scoped":[{"entity":{"_id":"1","type":"resource-group"},"permissions":["repo.write",7],"patterns":[{"resourceType":"inference-endpoint","wildcardPatterns":["a-*"]},5]},{"entity":null}]}}}}"#,
    );
    let scopes = fine.token.scopes.unwrap();
    assert_eq!(scopes.can_read_gated_repos, None);
    assert_eq!(scopes.global, ["new.permission"]);
    assert_eq!(scopes.scoped.len(), 1);
    assert_eq!(scopes.scoped[0].permissions, ["repo.write"]);
    let patterns = scopes.scoped[0].patterns.as_ref().unwrap();
    assert_eq!((patterns.len(), patterns[0].wildcard_patterns[0].as_str()), (1, "a-*"));
    assert_eq!(
        (
            scopes.scoped[0].entity.name.as_deref(),
            scopes.scoped[0].entity.id.as_deref()
        ),
        (None, Some("1"))
    );
    assert_eq!(fine.token.expires_at.as_deref(), Some("2026-03-01T08:00:00.000Z"));
}

#[test]
fn an_app_has_names_of_two_shapes() {
    let it = read(
        r#"{"type":"app","id":"1","name":"bot","scope":{"role":"read","entities":["legacy/name",{"type":"bucket","name":"acme/b"},5]},"auth":{"type":"app_token"}}"#,
        "hf_app_exampleFake",
    )
    .unwrap();
    let app = it.app.unwrap();
    assert_eq!(app.entities.len(), 2);
    assert_eq!(
        (app.entities[0].kind.as_deref(), app.entities[0].name.as_deref()),
        (None, Some("legacy/name"))
    );
    assert_eq!(it.token.kind, TokenKind::App);
}

#[test]
fn what_does_not_say_who_it_is_is_no_answer() {
    for raw in [
        "null",
        "[]",
        "42",
        "\"ada\"",
        "{}",
        r#"{"type":"user"}"#,
        r#"{"type":5,"name":"a"}"#,
        r#"{"name":"a"}"#,
        r#"{"__proto__":{"type":"user","name":"a"}}"#,
    ] {
        assert_eq!(
            read(raw, "hf_exampleFake").unwrap_err().code(),
            Code::InvalidResponse,
            "{raw}"
        );
    }
}
