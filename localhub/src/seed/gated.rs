//! The gated repositories, each in a state of its own.

use serde_json::json;

use super::repos::{EPOCH_MS, HOUR_MS, ordinary};
use crate::kind::Kind;
use crate::repo::{Gated, Repo};
use crate::repos::Repos;
use crate::requests::{Access, Request};

/// One of each state, as ada finds it (auth.md 4.5).
pub(super) fn put(repos: &mut Repos) {
    for (name, access) in [
        ("gated-not-asked", None),
        ("gated-pending", Some(Access::Pending)),
        ("gated-rejected", Some(Access::Rejected)),
        ("gated-reset", Some(Access::Reset)),
        ("gated-accepted", Some(Access::Accepted)),
    ] {
        let mut repo = ordinary(Kind::Model, &format!("grace/{name}"));
        repo.gated = Gated::Manual;
        repo.requests = access.map(request).into_iter().collect();
        repos.put(repo);
    }
    repos.put(Repo {
        gated: Gated::Auto,
        ..ordinary(Kind::Model, "grace/gated-auto")
    });
    for (name, access) in [("gated-data", None), ("gated-data-pending", Some(Access::Pending))] {
        let mut repo = ordinary(Kind::Dataset, &format!("grace/{name}"));
        repo.gated = Gated::Manual;
        repo.requests = access.map(request).into_iter().collect();
        repos.put(repo);
    }
    let mut form = ordinary(Kind::Model, "grace/gated-form");
    form.gated = Gated::Manual;
    form.card["extra_gated_fields"] = json!({ "Company": "text", "I agree": "checkbox" });
    repos.put(form);
}

/// Ada's, on the second day; decided on the third.
fn request(access: Access) -> (String, Request) {
    let mut it = Request::new(Access::Pending, EPOCH_MS + 24 * HOUR_MS);
    it.review(access, EPOCH_MS + 48 * HOUR_MS);
    ("ada".to_owned(), it)
}
