//! The cases, for whatever runs them: native, Node, a browser. Each gets a Hub that is signed out.

use hubkey::{
    Call, Code, Hub, RepoType, Token, Validation,
    hub::{
        CreateRepo, DatasetInfo, DeleteRepo, DownloadFile, ListDatasets, ListModels, ListSpaces, ModelInfo, OrgMembers,
        OrgOverview, RepoExists, SpaceInfo, UserOverview,
    },
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
    datasets_and_spaces_are_listed_and_read(fresh()).await;
    a_repo_is_there_until_it_is_deleted(fresh(), runner).await;
    what_may_not_be_deleted_stays(fresh()).await;
    accounts_say_who_they_are(fresh()).await;
    validation_has_three_outcomes(fresh()).await;
    a_file_comes_whole_or_in_part(fresh()).await;
    a_file_that_is_not_there_is_told_apart(fresh()).await;
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

async fn datasets_and_spaces_are_listed_and_read(hub: Hub) {
    let mut wanted = ListDatasets::new();
    wanted.language = vec!["en".to_owned()];
    wanted.author = Some("globex".to_owned());
    let found = hub.pages(wanted).next().await.unwrap().unwrap();
    assert!(!found.is_empty());
    for it in &found {
        assert!(
            it.tags.as_ref().unwrap().iter().any(|tag| tag == "language:en"),
            "{it:?}"
        );
    }
    let info = hub.send(DatasetInfo::new(found[0].id.parse().unwrap())).await.unwrap();
    assert_eq!((&info.id, info.likes), (&found[0].id, found[0].likes));

    let mut wanted = ListSpaces::new();
    wanted.models = vec!["ada/tiny".to_owned()];
    let found = hub.pages(wanted).next().await.unwrap().unwrap();
    assert!(!found.is_empty());
    let mut at = SpaceInfo::new(found[0].id.parse().unwrap());
    at.expand = vec!["models".to_owned(), "sdk".to_owned()];
    let info = hub.send(at).await.unwrap();
    assert_eq!(info.sdk.as_deref(), Some("static"));
    assert_eq!(info.more["models"][0], "ada/tiny");
}

async fn a_repo_is_there_until_it_is_deleted(hub: Hub, runner: &str) {
    hub.login(WRITE).await.unwrap();
    let name = format!("ada/brief-{runner}");
    let mut made = CreateRepo::new(name.parse().unwrap());
    made.repo_type = Some(RepoType::Dataset);
    hub.send(made).await.unwrap();
    let mut there = RepoExists::new(name.parse().unwrap());
    assert!(!hub.send(there.clone()).await.unwrap(), "it is no model");
    there.repo_type = Some(RepoType::Dataset);
    assert!(hub.send(there.clone()).await.unwrap());
    let mut gone = DeleteRepo::new(name.parse().unwrap());
    gone.repo_type = Some(RepoType::Dataset);
    assert!(hub.send(gone.clone()).await.unwrap());
    assert!(!hub.send(there).await.unwrap());
    assert_eq!(hub.send(gone.clone()).await.unwrap_err().code(), Code::RepoNotFound);
    gone.missing_ok = Some(true);
    assert!(!hub.send(gone).await.unwrap());
}

async fn what_may_not_be_deleted_stays(hub: Hub) {
    let mut gone = DeleteRepo::new("acme/m1".parse().unwrap());
    gone.missing_ok = Some(true);
    assert_eq!(hub.send(gone.clone()).await.unwrap_err().code(), Code::NoToken);
    for (token, code) in [
        ("hf_testread00000000000000000000000000", Code::InsufficientScope),
        (RESTRICTED, Code::OrgRestricted),
        (REVOKED, Code::InvalidToken),
    ] {
        let call = Call::with_token(Token::parse(token, false).unwrap());
        assert_eq!(hub.send_with(gone.clone(), &call).await.unwrap_err().code(), code);
    }
    let there = |name: &str| RepoExists::new(name.parse().unwrap());
    assert!(hub.send(there("acme/m1")).await.unwrap());
    assert!(
        !hub.send(there("ada/private-notes")).await.unwrap(),
        "to somebody without a token"
    );
    let revoked = Call::with_token(Token::parse(REVOKED, false).unwrap());
    let told = hub.send_with(there("ada/private-notes"), &revoked).await;
    assert_eq!(told.unwrap_err().code(), Code::InvalidToken);
}

async fn accounts_say_who_they_are(hub: Hub) {
    let ada = hub.send(UserOverview::new("ada".to_owned())).await.unwrap();
    assert_eq!((ada.user.as_str(), ada.is_pro), ("ada", Some(false)));
    let acme = hub.send(OrgOverview::new("acme".to_owned())).await.unwrap();
    assert_eq!((acme.name.as_str(), acme.num_users), ("acme", Some(25)));
    let error = hub.send(UserOverview::new("nobody".to_owned())).await.unwrap_err();
    assert_eq!((error.code(), error.status()), (Code::NotFound, Some(404)));
    let mut wanted = OrgMembers::new("acme".to_owned());
    wanted.limit = Some(13);
    wanted.page_size = Some(1);
    let mut pages = hub.pages(wanted);
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await.unwrap() {
        sizes.push(page.len());
    }
    assert_eq!(sizes, [10, 3], "no page of less than ten is asked for");
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

async fn a_file_comes_whole_or_in_part(hub: Hub) {
    let mut wanted = DownloadFile::new("ada/tiny".parse().unwrap(), "model.safetensors".to_owned());
    let file = hub.download(wanted.clone()).await.unwrap();
    assert_eq!((file.bytes.len(), file.size), (5000, Some(5000)));
    assert_eq!(file.content_type.as_deref(), Some("application/octet-stream"));
    assert!(file.etag.is_some_and(|it| it.len() == 64));
    // Bytes that are no text survive.
    assert_eq!(file.bytes[..8], 192_u64.to_le_bytes());
    assert_eq!(file.bytes[4996..], (1199.0_f32 / 8.0).to_le_bytes());

    wanted.range = Some(4996..u64::MAX);
    let part = hub.download(wanted.clone()).await.unwrap();
    assert_eq!((part.bytes.as_slice(), part.size), (&file.bytes[4996..], Some(5000)));
    wanted.range = Some(5000..5001);
    assert_eq!(hub.download(wanted).await.unwrap_err().code(), Code::RangeMismatch);

    for (path, size) in [("empty.txt", 0), ("dir/ünï çode/日本.txt", 32), ("100%.txt", 14)] {
        let file = hub
            .download(DownloadFile::new("ada/odd-files".parse().unwrap(), path.to_owned()))
            .await;
        assert_eq!(file.unwrap().bytes.len(), size, "{path}");
    }
}

async fn a_file_that_is_not_there_is_told_apart(hub: Hub) {
    let file = |repo: &str, path: &str| DownloadFile::new(repo.parse().unwrap(), path.to_owned());
    for (wanted, code) in [
        (file("ada/tiny", "none.txt"), Code::EntryNotFound),
        (file("ada/tiny", "../x"), Code::InvalidPath),
        (file("grace/gated-pending", "config.json"), Code::GatedRepo),
    ] {
        assert_eq!(hub.download(wanted).await.unwrap_err().code(), code);
    }
}
