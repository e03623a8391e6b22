//! What a caller may do: the account's right and the token's right, both needed.

use axum::http::StatusCode;
use serde_json::Value;

use crate::error::ApiError;
use crate::kind::Kind;
use crate::principal::{Caller, Principal};
use crate::repo::{Gated, Repo};
use crate::requests::Access;
use crate::state::State;
use crate::target::Target;

const READ: &str = "repo.content.read";
const WRITE: &str = "repo.write";

/// Whether the repository exists for this caller at all.
pub(crate) fn may_see(repo: &Repo, caller: &Caller) -> bool {
    !repo.private || caller.known().is_some_and(|p| allowed(p, READ, &Target::of(repo)))
}

pub(crate) fn may_write(repo: &Repo, principal: &Principal) -> bool {
    allowed(principal, WRITE, &Target::of(repo))
}

/// Whether somebody may see (`repo.access.read`) or decide (`repo.access.write`) who gets in.
pub(crate) fn may_review(repo: &Repo, principal: &Principal, permission: &str) -> bool {
    allowed(principal, permission, &Target::of(repo))
}

pub(crate) fn may_create(principal: &Principal, kind: Kind, namespace: &str) -> bool {
    // A new repository belongs to whoever makes it, so a contributor may create one.
    let target = Target {
        kind,
        namespace,
        id: None,
        creator: Some(principal.name()),
        app: principal.app.as_deref(),
        group: None,
    };
    allowed(principal, WRITE, &target)
}

/// An organisation's data are shut while SSO, MFA, IP or token policy is not met. Status and words
/// for these are unconfirmed (auth.md 9, point 8), but for a token that waits for approval and one
/// that was revoked; 403 is what the reference expects.
pub(crate) fn unrestricted(principal: &Principal, namespace: &str) -> Result<(), ApiError> {
    let reasons = principal.restrictions(namespace);
    let words = match reasons.as_slice() {
        [] => return Ok(()),
        ["token-revoked"] => "Your token has been revoked by the organization administrator, you can no longer access \
             organization resources. Please contact them for more information."
            .to_owned(),
        ["token-policy"] if principal.role() == Some("fineGrained") => {
            "Due to the organization token policy, your token needs to be approved by the organization \
             before you can access this resource."
                .to_owned()
        }
        ["token-policy"] => format!(
            "Due to the organization token policy, only fine-grained tokens can access the resources of \
             organization {namespace}."
        ),
        _ => {
            let reasons = reasons.join(", ");
            format!("Your access to the resources of organization {namespace} is restricted: {reasons}")
        }
    };
    Err(ApiError::forbidden(words))
}

/// Whether this caller may read the content of a gated repository (auth.md 4.5). Comes before
/// revision and file, so a missing file of a gated repository is reported as gated.
pub(crate) fn gate(repo: &Repo, caller: &Caller, base: &str) -> Result<(), ApiError> {
    if repo.gated == Gated::No {
        return Ok(());
    }
    let kind = repo.kind.singular();
    let id = &repo.id;
    let page = format!("{base}{}", repo.web_path());
    let locked = format!("Access to {kind} {id} is restricted");
    // A garbage token is answered like none (recorded 2026-07-30).
    let Some(principal) = caller.known() else {
        let words = format!("{locked}. You must have access to it and be authenticated to access it. Please log in.");
        return Err(ApiError::gated(StatusCode::UNAUTHORIZED, words));
    };
    let target = Target::of(repo);
    if account_may(principal, READ, &target) || named(principal, READ, &target) == Some(true) {
        return Ok(());
    }
    // Words unconfirmed; the scope is the documented one (auth.md 3.8).
    if !principal.scopes.is_empty() && !principal.scopes.contains(&"gated-repos") {
        let words = "This authentication method was not granted access to public gated repositories.";
        return Err(ApiError::forbidden(words));
    }
    // A missing `canReadGatedRepos` says nothing (auth.md 2.1); here it counts as not ticked.
    let ticked = &principal.whoami["auth"]["accessToken"]["fineGrained"]["canReadGatedRepos"];
    if principal.role() == Some("fineGrained") && *ticked != true {
        return Err(ApiError::forbidden(
            "Please enable access to public gated repositories in your fine-grained token settings to view this \
             repository.",
        ));
    }
    let words = match repo.requests.get(principal.name()).map(|it| it.access) {
        Some(Access::Accepted) => return Ok(()),
        Some(Access::Pending) => {
            format!("Your request to access {kind} {id} is awaiting a review from the repo authors.")
        }
        Some(Access::Rejected) => {
            format!("Your request to access {kind} {id} has been rejected by the repo's authors.")
        }
        Some(Access::Reset) => format!(
            "Your access to {kind} {id} has been reset by the repo's authors. Visit {page} to submit \
             a new request."
        ),
        None => format!("{locked} and you are not in the authorized list. Visit {page} to ask for access."),
    };
    Err(ApiError::gated(StatusCode::FORBIDDEN, words))
}

/// The caller, or the 401 for having none.
pub(crate) fn signed_in<'a>(state: &State, caller: &'a Caller) -> Result<&'a Principal, ApiError> {
    caller.known().ok_or_else(|| ApiError::unauthorized(state, caller))
}

fn allowed(principal: &Principal, want: &str, target: &Target<'_>) -> bool {
    named(principal, want, target)
        .unwrap_or_else(|| account_may(principal, want, target) && token_may(principal, want, target))
}

/// What a credential that stands for named repositories may do there; `None` for one that stands for
/// an account.
fn named(principal: &Principal, want: &str, target: &Target<'_>) -> Option<bool> {
    // A trusted publisher's token stands for one repository (auth.md 3.10).
    if let Some(resource) = principal.whoami["auth"]["resource"]["sub"].as_str() {
        return Some(target.path().as_deref() == Some(resource));
    }
    if principal.whoami["type"] != "app" {
        return None;
    }
    let scope = &principal.whoami["scope"];
    let listed = scope["entities"].as_array().into_iter().flatten().any(|it| {
        let plain = it.is_string() && it.as_str() == target.id;
        plain || it["type"] == target.kind.singular() && it["name"].as_str() == target.id && target.id.is_some()
    });
    // What an app may do where is undocumented; its role says as much.
    let role = scope["role"].as_str();
    Some(listed && (role == Some("write") || role == Some("read") && want == READ))
}

/// The account's right: its own namespace, or its role in the organisation.
fn account_may(principal: &Principal, want: &str, target: &Target<'_>) -> bool {
    if principal.name() == target.namespace {
        return true;
    }
    let Some(org) = principal.org(target.namespace) else {
        return false;
    };
    if !principal.restrictions(target.namespace).is_empty() {
        return false;
    }
    match org["roleInOrg"].as_str().unwrap_or_default() {
        "admin" | "write" => true,
        "contributor" if want == WRITE => target.creator == Some(principal.name()),
        "contributor" | "read" => want == READ,
        _ => false,
    }
}

/// The token's right within the account's.
fn token_may(principal: &Principal, want: &str, target: &Target<'_>) -> bool {
    match principal.role() {
        Some("write" | "god") => true,
        Some("read") => want.ends_with(".read"),
        Some("fineGrained") => fine_grained_may(principal, want, target),
        // A role nobody has heard of opens nothing.
        Some(_) => false,
        None => scopes_may(principal, want, target),
    }
}

/// Looked up under the repository, its owner and its resource group (auth.md 2.4).
fn fine_grained_may(principal: &Principal, want: &str, target: &Target<'_>) -> bool {
    let scoped = &principal.whoami["auth"]["accessToken"]["fineGrained"]["scoped"];
    scoped.as_array().into_iter().flatten().any(|entry| {
        let entity = &entry["entity"];
        let name = entity["name"].as_str();
        let fits = match entity["type"].as_str().unwrap_or_default() {
            "user" | "org" => name == Some(target.namespace),
            "resource-group" => entity["_id"].as_str().is_some_and(|id| target.group == Some(id)),
            kind => kind == target.kind.singular() && name.is_some() && name == target.id,
        };
        let permissions = entry["permissions"].as_array();
        fits && permissions
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .any(|permission| covers(permission, want))
    })
}

/// An OAuth token reaches the personal repositories that its scopes name, and those of organisations
/// that were ticked on the page of consent (auth.md 3.8).
fn scopes_may(principal: &Principal, want: &str, target: &Target<'_>) -> bool {
    let has = |names: &[&str]| principal.scopes.iter().any(|scope| names.contains(scope));
    let own = principal.personal && principal.name() == target.namespace;
    let reached = own || principal.granted.iter().any(|it| it == target.namespace);
    // What an app made it may use (auth.md 3.8).
    let made = target.id.is_some() && target.app.is_some() && target.app == principal.app.as_deref();
    reached
        && match (want, target.id) {
            _ if made && has(&["contribute-repos"]) => true,
            (READ, _) => has(&["read-repos", "write-repos", "manage-repos"]),
            (_, Some(_)) => has(&["write-repos", "manage-repos"]),
            (_, None) => has(&["contribute-repos", "manage-repos"]),
        }
}

/// A `.write` grants the matching `.read`, a shorter path covers deeper ones (auth.md 2.4).
pub(crate) fn covers(permission: &str, want: &str) -> bool {
    let (Some((path, verb)), Some((wanted_path, wanted_verb))) = (permission.rsplit_once('.'), want.rsplit_once('.'))
    else {
        return false;
    };
    let deeper = wanted_path
        .strip_prefix(path)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    deeper && (verb == wanted_verb || verb == "write" && wanted_verb == "read")
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn write_covers_read_and_short_covers_deep() {
        assert!(covers("repo.content.read", "repo.content.read"));
        assert!(covers("repo.write", "repo.content.read"));
        assert!(!covers("repo.content.read", "repo.write"));
        assert!(!covers("repo.content.write", "repo.write"));
        assert!(!covers("rep.write", "repo.write"));
        assert!(!covers("future", "repo.write"));
    }
}
