use super::*;
use crate::{
    example::{answers, block_on, hub},
    id::{RepoId, RepoType},
};

fn model(id: &str) -> Target {
    id.parse::<RepoId>().unwrap().into()
}

fn anonymous() -> Hub {
    Hub::builder().transport(answers).build().unwrap()
}

#[test]
fn a_client_asks_who_its_token_is() {
    block_on(async {
        let hub = hub().unwrap();
        for (word, target, expected) in [
            ("repo.write", model("ada/tiny"), Some(true)),
            ("repo.write", model("grace/own"), Some(false)),
            ("repo.content.read", model("grace/own"), None),
            ("job.write", Target::Account, Some(false)),
            ("job.write", Target::Owner("acme".to_owned()), Some(false)),
        ] {
            let it = hub.can(word, &target).await.unwrap();
            assert_eq!(it.allowed, expected, "{word} on {target:?}: {it:?}");
            match hub.require(word, &target).await {
                Ok(same) => assert!(same == it && expected != Some(false), "{word} on {target:?}"),
                Err(error) => {
                    assert_eq!((error.code(), expected), (Code::InsufficientScope, Some(false)));
                    assert!(error.to_string().contains(&it.reason), "{error}");
                    assert_eq!(
                        (error.hint(), error.fix()),
                        (it.hint.as_deref().unwrap(), it.fix.as_deref())
                    );
                }
            }
        }
        let error = hub.can("repo", &Target::Account).await.unwrap_err();
        assert_eq!(error.code(), Code::InvalidArgument);
    });
}

#[test]
fn nobody_is_an_answer_and_a_failure_is_none() {
    block_on(async {
        let hub = anonymous();
        let it = hub.can("repo.write", &model("ada/tiny")).await.unwrap();
        assert_eq!((it.allowed, it.reason.as_str()), (Some(false), "nobody is signed in"));
        let it = hub.can("repo.content.read", &model("ada/tiny")).await.unwrap();
        assert_eq!(it.allowed, None, "it may be public");
        let error = hub.require("repo.write", &model("ada/tiny")).await.unwrap_err();
        assert_eq!(error.code(), Code::NoToken);
    });
    let place = Place::default();
    for code in [Code::InvalidToken, Code::Network, Code::Unauthorized] {
        let failed = Err(Error::new(code, "whoami failed"));
        let error = anonymous().allowed(failed, "repo.write", &place).unwrap_err();
        assert_eq!(error.code(), code, "nobody knows what such a token may do");
    }
}

#[test]
fn the_page_for_a_new_token_is_the_endpoints() {
    let wanted = NewToken {
        permissions: vec!["repo.write".to_owned()],
        ..NewToken::default()
    };
    let page = "settings/tokens/new?tokenType=fineGrained&ownUserPermissions=repo.write";
    for endpoint in ["https://huggingface.co", "https://hub.example.org"] {
        let hub = Hub::builder().transport(answers).endpoint(endpoint).build().unwrap();
        assert_eq!(hub.new_token_url(&wanted).unwrap(), format!("{endpoint}/{page}"));
    }
}

#[test]
fn a_target_is_a_place() {
    let rows = [
        (Target::default(), "", "", ""),
        (Target::Owner("acme".to_owned()), "acme", "", ""),
        (model("ada/tiny"), "ada", "ada/tiny", "model"),
        (model("gpt2"), "", "gpt2", "model"),
        (
            Target::Repo("ada/words".parse().unwrap(), RepoType::Dataset),
            "ada",
            "ada/words",
            "dataset",
        ),
    ];
    for (target, owner, repo, kind) in rows {
        let it = Place::from(&target);
        assert_eq!(
            (it.owner.as_str(), it.repo.as_str(), it.kind),
            (owner, repo, kind),
            "{target:?}"
        );
    }
}
