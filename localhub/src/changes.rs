//! What a test may change about a principal or a repository while the hub runs.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use crate::encode::iso;
use crate::kind::Kind;
use crate::principal::Standing;
use crate::repo::Gated;
use crate::requests::{Access, Request};
use crate::state::State;

/// `POST /_localhub/tokens/{name}`; what is left out stays. An order that says neither `revoked` nor
/// anything else makes the token good again, and so does one where neither is true.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct TokenChange {
    revoked: Option<bool>,
    expired: Option<bool>,
    /// From now, by the hub's clock; whoami says so.
    expires_in_seconds: Option<u64>,
    /// Laid over the answer of whoami as a merge patch (RFC 7396): null takes a key away.
    whoami: Option<Value>,
}

impl TokenChange {
    /// False when there is no such principal.
    pub(crate) fn apply(self, state: &mut State, name: &str, now_ms: u64) -> bool {
        let Some(found) = state.principals.iter_mut().find(|it| it.key == name) else {
            return false;
        };
        let principal = Arc::make_mut(found);
        match (self.revoked, self.expired) {
            (Some(true), _) => principal.standing = Standing::Revoked,
            (_, Some(true)) => principal.standing = Standing::Expired,
            (None, None) if self.expires_in_seconds.is_some() || self.whoami.is_some() => {}
            _ => principal.standing = Standing::Good,
        }
        if let Some(seconds) = self.expires_in_seconds {
            let at = now_ms + seconds * 1000;
            principal.expires_ms = Some(at);
            principal.whoami["auth"]["expiresAt"] = iso(at).into();
        }
        if let Some(patch) = self.whoami {
            merge(&mut principal.whoami, patch);
        }
        true
    }
}

fn merge(target: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    let Value::Object(target) = target else { return };
    for (key, value) in patch {
        if value.is_null() {
            target.remove(&key);
        } else {
            merge(target.entry(key).or_insert(Value::Null), value);
        }
    }
}

/// `POST /_localhub/repos/{type}s/{ns}/{name}`; what is left out stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RepoChange {
    private: Option<bool>,
    disabled: Option<bool>,
    /// `false`, `"auto"` or `"manual"`.
    gated: Option<Value>,
    /// By account: `"pending"`, `"accepted"`, `"rejected"`, `"reset"`, or null for one who never asked.
    #[serde(default)]
    requests: BTreeMap<String, Option<String>>,
}

impl RepoChange {
    /// What is wrong with it, or where there is no such repository.
    pub(crate) fn apply(self, state: &mut State, kind: Kind, id: &str, now_ms: u64) -> Result<(), String> {
        let repo = state.repos.change(kind, id).ok_or("no such repository")?;
        if let Some(gated) = self.gated {
            repo.gated = Gated::from_wire(&gated).ok_or("gated: false, \"auto\" or \"manual\"")?;
        }
        repo.private = self.private.unwrap_or(repo.private);
        repo.disabled = self.disabled.unwrap_or(repo.disabled);
        for (who, word) in self.requests {
            let Some(word) = word else {
                repo.requests.remove(&who);
                continue;
            };
            let access = Access::from_word(&word).ok_or_else(|| format!("requests: no {word}"))?;
            let request = repo.requests.entry(who);
            request
                .or_insert_with(|| Request::new(Access::Pending, now_ms))
                .review(access, now_ms);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::merge;

    /// The cases of RFC 7396, appendix A, that have objects.
    #[test]
    fn a_patch_is_laid_over() {
        for (before, patch, after) in [
            (json!({"a":"b"}), json!({"a":"c"}), json!({"a":"c"})),
            (json!({"a":"b"}), json!({"b":"c"}), json!({"a":"b","b":"c"})),
            (json!({"a":"b","b":"c"}), json!({"a":null}), json!({"b":"c"})),
            (json!({"a":["b"]}), json!({"a":"c"}), json!({"a":"c"})),
            (
                json!({"a":{"b":"c"}}),
                json!({"a":{"b":"d","c":null}}),
                json!({"a":{"b":"d"}}),
            ),
            (json!([1]), json!({"a":"b","c":null}), json!({"a":"b"})),
            (json!({}), json!({"a":{"bb":{"ccc":null}}}), json!({"a":{"bb":{}}})),
        ] {
            let mut told = before;
            merge(&mut told, patch);
            assert_eq!(told, after);
        }
    }
}
