//! Fine-grained tokens: what each says of its permissions, and what it leaves out (auth.md 2.1).

use serde_json::{Value, json};

use super::principals::user;
use super::whoami::{GROUP, Person, access_token};
use crate::accounts::account_id;
use crate::principal::Principal;

pub(super) fn principals() -> Vec<Principal> {
    let token = |key, about, name, fine| {
        let auth = access_token(name, "fineGrained", fine);
        user(key, about, Person::ada("write").with("user", auth))
    };
    vec![
        token(
            "testfine",
            "ada, fine-grained: own repositories and acme/m1",
            "ci",
            Some(whole()),
        ),
        token("testfinebare", "ada, fine-grained, permissions not told", "bare", None),
        token(
            "testfineungated",
            "ada, fine-grained, reads her own, no gated repositories",
            "ungated",
            Some(gated(Some(false))),
        ),
        token(
            "testfineunsaid",
            "ada, fine-grained, reads her own, gated repositories not told",
            "unsaid",
            Some(gated(None)),
        ),
        token(
            "testfineorg",
            "ada, fine-grained, all of acme and nothing of her own",
            "org",
            Some(org()),
        ),
        token(
            "testfineold",
            "ada, fine-grained, inference among the global permissions",
            "old-style",
            Some(old()),
        ),
    ]
}

fn whole() -> Value {
    json!({
        "canReadGatedRepos": true,
        "global": ["discussion.write", "post.write"],
        "scoped": [
            {
                "entity": { "_id": account_id("ada"), "type": "user", "name": "ada" },
                // The last one is nobody's: the list of permissions is open.
                "permissions": ["repo.content.read", "repo.write", "inference.serverless.write", "repo.timetravel.write"],
                "patterns": [{ "resourceType": "inference-endpoint", "wildcardPatterns": ["gpt2-*"] }],
            },
            {
                "entity": { "_id": "64b0c0ffee0123456789abd0", "type": "model", "name": "acme/m1" },
                "permissions": ["repo.content.read", "repo.write"],
            },
            {
                "entity": { "_id": GROUP, "type": "resource-group" },
                "permissions": ["repo.content.read"],
            },
        ],
    })
}

fn gated(ticked: Option<bool>) -> Value {
    let mut it = json!({
        "global": [],
        "scoped": [{
            "entity": { "_id": account_id("ada"), "type": "user", "name": "ada" },
            "permissions": ["repo.content.read"],
        }],
    });
    if let Some(ticked) = ticked {
        it["canReadGatedRepos"] = json!(ticked);
    }
    it
}

pub(super) fn org() -> Value {
    json!({
        "canReadGatedRepos": false,
        "global": [],
        "scoped": [{
            "entity": { "_id": account_id("acme"), "type": "org", "name": "acme" },
            "permissions": ["repo.write", "org.read", "job.write"],
        }],
    })
}

/// Where older tokens have it (auth.md 2.1).
fn old() -> Value {
    json!({ "canReadGatedRepos": false, "global": ["inference.serverless.write"], "scoped": [] })
}
