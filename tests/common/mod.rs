//! The cases, for whatever runs them: native, Node, a browser. Each gets a Hub that is signed out.

use hubkey::{
    Call, Code, Hub, Token, Validation,
    hub::{CreateRepo, ListModels, ModelInfo},
};

pub(crate) const WRITE: &str = "hf_testwrite0000000000000000000000000";
pub(crate) const FINE: &str = "hf_testfine00000000000000000000000000";
pub(crate) const RESTRICTED: &str = "hf_testrestricted00000000000000000000";
pub(crate) const REVOKED: &str = "hf_testrevoked00000000000000000000000";

pub(crate) async fn all(fresh: impl Fn() -> Hub, runner: &str) {
    a_pasted_token_says_who_it_is(fresh()).await;
    a_restricted_organisation_says_what_it_asks_for(fresh()).await;
    scopes_are_read(fresh()).await;
    a_bad_token_is_an_error_and_not_stored(fresh()).await;
    nobody_asks_without_a_token_where_one_is_needed(fresh()).await;
    a_list_ends_where_it_should(fresh()).await;
    info_is_passed_through(fresh()).await;
    a_repo_is_made_once(fresh(), runner).await;
    errors_are_told_apart(fresh()).await;
    validation_has_three_outcomes(fresh()).await;
}

async fn a_pasted_token_says_who_it_is(hub: Hub) {
    let me = hub.login(&format!("  {WRITE}\r\n")).await.unwrap();
    assert_eq!(me.identity.name, "ada");
    assert_eq!(me.identity.token.role.as_deref(), Some("write"));
    assert!(!me.kept.persisted, "the default store is memory");
    assert_eq!(hub.whoami().await.unwrap().id, me.identity.id);
    assert_eq!(hub.get_token().await.unwrap().unwrap().expose(), WRITE);
    hub.logout().await.unwrap();
    assert!(hub.get_token().await.unwrap().is_none());
}

async fn a_restricted_organisation_says_what_it_asks_for(hub: Hub) {
    let me = hub.login(RESTRICTED).await.unwrap();
    let acme = me.identity.orgs.iter().find(|it| it.name == "acme").unwrap();
    assert_eq!(acme.restrictions, ["sso", "ip"]);
}

async fn scopes_are_read(hub: Hub) {
    let me = hub.login(FINE).await.unwrap();
    assert_eq!(me.identity.token.role.as_deref(), Some("fineGrained"));
    let scopes = me.identity.token.scopes.unwrap();
    let model = scopes
        .scoped
        .iter()
        .find(|it| it.entity.kind.as_deref() == Some("model"))
        .unwrap();
    assert_eq!(model.entity.name.as_deref(), Some("acme/m1"));
    assert!(model.permissions.iter().any(|it| it == "repo.write"));
}

async fn a_bad_token_is_an_error_and_not_stored(hub: Hub) {
    let error = hub.login(REVOKED).await.unwrap_err();
    assert_eq!((error.code(), error.status()), (Code::InvalidToken, Some(401)));
    assert!(error.request_id().is_some_and(|it| it.starts_with("Root=1-")));
    assert!(!format!("{error} {error:?} {}", error.hint()).contains("hf_test"));
    assert!(hub.get_token().await.unwrap().is_none());
}

async fn nobody_asks_without_a_token_where_one_is_needed(hub: Hub) {
    assert_eq!(hub.whoami().await.unwrap_err().code(), Code::NoToken);
    let made = hub.send(CreateRepo::new("ada/x".parse().unwrap())).await;
    assert_eq!(made.unwrap_err().code(), Code::NoToken);
    assert_eq!(
        hub.login("Bearer hf_x").await.unwrap_err().code(),
        Code::InvalidTokenFormat
    );
}

async fn a_list_ends_where_it_should(hub: Hub) {
    let mut wanted = ListModels::new();
    wanted.author = Some("ada".to_owned());
    wanted.limit = Some(25);
    wanted.page_size = Some(10);
    let mut pages = hub.pages(wanted);
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await.unwrap() {
        assert!(page.iter().all(|it| it.id.starts_with("ada/")));
        sizes.push(page.len());
    }
    assert_eq!(sizes, [10, 10, 5]);
    assert!(pages.next().await.unwrap().is_none());
}

async fn info_is_passed_through(hub: Hub) {
    let model = hub.send(ModelInfo::new("ada/tiny".parse().unwrap())).await.unwrap();
    assert_eq!(model.author.as_deref(), Some("ada"));
    assert!(
        model.more.contains_key("siblings"),
        "what has no field of its own is kept"
    );
    let mut at = ModelInfo::new("ada/tiny".parse().unwrap());
    at.revision = Some("refs/pr/1".to_owned());
    hub.send(at).await.unwrap();
    let renamed = hub.send(ModelInfo::new("ada/old-name".parse().unwrap())).await.unwrap();
    assert_ne!(renamed.id, "ada/old-name", "a renamed repo is followed");
}

async fn a_repo_is_made_once(hub: Hub, runner: &str) {
    hub.login(WRITE).await.unwrap();
    let name = format!("ada/made-by-{runner}");
    let mut wanted = CreateRepo::new(name.parse().unwrap());
    wanted.private = Some(true);
    wanted.exist_ok = Some(true);
    let made = hub.send(wanted.clone()).await.unwrap();
    assert!(made.url.ends_with(&name));
    assert!(hub.send(wanted.clone()).await.unwrap().url.ends_with(&name));
    wanted.exist_ok = None;
    let error = hub.send(wanted).await.unwrap_err();
    assert_eq!(error.code(), Code::Conflict);
    assert!(error.detail().is_some_and(|it| it.ends_with(&name)));
}

async fn errors_are_told_apart(hub: Hub) {
    let info = |name: &str| ModelInfo::new(name.parse().unwrap());
    assert_eq!(hub.send(info("ada/nope")).await.unwrap_err().code(), Code::Unauthorized);
    let call = Call::with_token(Token::parse(WRITE, false).unwrap());
    assert_eq!(
        hub.send_with(info("ada/nope"), &call).await.unwrap_err().code(),
        Code::RepoNotFound
    );
    let mut at = info("ada/tiny");
    at.revision = Some("no-such-branch".to_owned());
    assert_eq!(hub.send(at).await.unwrap_err().code(), Code::RevisionNotFound);
    let revoked = Call::with_token(Token::parse(REVOKED, false).unwrap());
    assert_eq!(
        hub.send_with(info("ada/nope"), &revoked).await.unwrap_err().code(),
        Code::InvalidToken
    );
    let read = Call::with_token(Token::parse("hf_testread00000000000000000000000000", false).unwrap());
    let made = hub
        .send_with(CreateRepo::new("ada/not-allowed".parse().unwrap()), &read)
        .await;
    assert_eq!(made.unwrap_err().code(), Code::InsufficientScope);
}

async fn validation_has_three_outcomes(hub: Hub) {
    assert!(matches!(hub.validate_token(WRITE).await.unwrap(), Validation::Valid(_)));
    assert!(matches!(
        hub.validate_token(REVOKED).await.unwrap(),
        Validation::Invalid { .. }
    ));
    assert_eq!(
        hub.validate_token("no token").await.unwrap_err().code(),
        Code::InvalidTokenFormat
    );
}
