//! What a request needs of its token, by method, path and body. For failures that are to be explained: what is not known here
//! is not explained, so a wrong row is worse than none.

use super::{Place, table::row};
use crate::{
    id::{RepoId, RepoType},
    json::Value,
    text::{cat, has},
};

/// What writing needs, by what the path is about; nothing where no permission is known for it.
const ROWS: &str = "repos:repo.write buckets:repo.write collections:collection.write jobs:job.write \
    scheduled-jobs:job.write inference-endpoints:inference.endpoints.write posts:post.write \
    webhooks:user.webhooks.write notifications:user.notifications.write members:org.write \
    service-accounts:org.serviceAccounts.write resource-groups:resourceGroup.write v1:inference.serverless.write \
    discussions:discussion.write paths-info:repo.content.read like: ask-access: user-access-request:";

/// The permission, empty where only its place is known, and the place. `payer`: the organisation that is to pay.
#[inline(never)]
pub(crate) fn need(
    method: &str,
    path: &str,
    body: Option<Value>,
    payer: Option<&str>,
) -> Option<(&'static str, Place)> {
    let parts: Vec<_> = path.split('/').filter(|it| !it.is_empty()).collect();
    let at = |place: usize| parts.get(place).copied().unwrap_or_default();
    let reads = matches!(method, "GET" | "HEAD");
    let api = usize::from(at(0) == "api");
    let mut kinds = RepoType::WORDS.iter().copied();
    let kind = kinds.find(|it| at(api).strip_suffix('s') == Some(it));
    if kind.is_some() || matches!(at(2), "resolve" | "raw") {
        let first = api + usize::from(kind.is_some());
        // The Hub's own have no owner: `gpt2/tree/main`.
        let alone = has(
            " tree revision paths-info auth-check discussions commits refs  ",
            &cat(&[" ", at(first + 1), " "]),
        );
        let mut repo = at(first).to_owned();
        if !alone {
            repo = cat(&[&repo, "/", at(first + 1)]);
        }
        let about = at(first + 2 - usize::from(alone));
        let word = match about {
            "auth-check" if path.ends_with("/write") => "repo.write",
            "xet-write-token" => "repo.write",
            "user-access-request" | "user-access-report" if reads => "repo.access.read",
            _ if reads => "repo.content.read",
            it => row(ROWS, ' ', it).unwrap_or("repo.write"),
        };
        return Some((word, Place::repo(&RepoId::parse(&repo).ok()?, kind.unwrap_or("model"))));
    }
    let (about, owner) = (at(api), at(api + 1));
    if api == 0 && about != "v1" {
        return None;
    }
    let body = body.unwrap_or_else(Value::null);
    let text = |keys: &str| keys.split(' ').find_map(|it| body.text(it));
    let organisation = text("organization namespace");
    let (about, owner) = match about {
        "organizations" => (at(api + 2), Some(owner.to_owned())),
        "settings" => (owner, None),
        "repos" => match (organisation, text("fromRepo name")) {
            // What is to be created is nobody's yet.
            (Some(it), Some(name)) if owner != "create" => (about, Some(cat(&[&it, "/", &name]))),
            (None, it) if owner == "move" => (about, it),
            (it, _) => (about, it),
        },
        "v1" => (about, payer.map(str::to_owned)),
        "posts" | "notifications" => (about, None),
        _ => (
            about,
            Some(owner.to_owned()).filter(|it| !it.is_empty()).or(organisation),
        ),
    };
    let place = match owner {
        Some(it) if !has(&it, "/") => Place {
            owner: RepoId::parse(&it).ok()?.as_str().to_owned(),
            ..Place::default()
        },
        Some(it) => {
            let mut kinds = RepoType::WORDS.iter().copied();
            let kind = kinds.find(|it| body.is("type", it)).unwrap_or("model");
            Place::repo(&RepoId::parse(&it).ok()?, kind)
        }
        None => Place::default(),
    };
    match row(ROWS, ' ', about).filter(|_| !reads) {
        Some(it) => Some((it, place)),
        // Of an organisation it is known at least whether it lets the token in.
        None => (!place.owner.is_empty()).then_some(("", place)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn of(method: &str, path: &str) -> Option<(&'static str, String, String)> {
        need(method, path, None, Some("payer")).map(|(word, it)| (word, it.owner, it.repo))
    }

    #[test]
    fn what_a_path_needs_and_where() {
        let rows = [
            ("GET", "/api/models/a/b", "repo.content.read", "a", "a/b"),
            ("GET", "/api/models/a/b/tree/main", "repo.content.read", "a", "a/b"),
            ("GET", "/api/models/a/b/auth-check", "repo.content.read", "a", "a/b"),
            ("GET", "/api/models/a/b/auth-check/write", "repo.write", "a", "a/b"),
            (
                "GET",
                "/api/datasets/a/b/xet-read-token/main",
                "repo.content.read",
                "a",
                "a/b",
            ),
            (
                "GET",
                "/api/datasets/a/b/xet-write-token/main",
                "repo.write",
                "a",
                "a/b",
            ),
            (
                "GET",
                "/api/models/a/b/user-access-request/pending",
                "repo.access.read",
                "a",
                "a/b",
            ),
            (
                "GET",
                "/api/models/a/b/user-access-report",
                "repo.access.read",
                "a",
                "a/b",
            ),
            ("POST", "/api/models/a/b/user-access-request/handle", "", "a", "a/b"),
            ("POST", "/api/models/a/b/discussions", "discussion.write", "a", "a/b"),
            ("POST", "/api/models/a/b/commit/main", "repo.write", "a", "a/b"),
            ("PUT", "/api/spaces/a/b/settings", "repo.write", "a", "a/b"),
            ("GET", "/a/b/resolve/main/x", "repo.content.read", "a", "a/b"),
            ("GET", "/datasets/a/b/raw/main/x", "repo.content.read", "a", "a/b"),
            ("POST", "/api/models/gpt2/discussions", "discussion.write", "", "gpt2"),
            ("GET", "/api/models/gpt2/tree/main", "repo.content.read", "", "gpt2"),
            ("POST", "/api/posts/other", "post.write", "", ""),
            (
                "POST",
                "/api/notifications/mark-as-read",
                "user.notifications.write",
                "",
                "",
            ),
            ("POST", "/api/collections/a", "collection.write", "a", ""),
            (
                "POST",
                "/v1/chat/completions",
                "inference.serverless.write",
                "payer",
                "",
            ),
            (
                "PUT",
                "/api/organizations/acme/members/ada/role",
                "org.write",
                "acme",
                "",
            ),
            ("GET", "/api/organizations/acme/members", "", "acme", ""),
        ];
        for (method, path, word, owner, repo) in rows {
            let should = (word, owner.to_owned(), repo.to_owned());
            assert_eq!(of(method, path), Some(should), "{method} {path}");
        }
        for (method, path) in [("GET", "/api/notifications"), ("GET", "/a/b"), ("POST", "/login")] {
            assert_eq!(of(method, path), None, "{method} {path}");
        }
    }
}
