//! `GET /api/organizations/{o}/members` (auth.md 8.4).

use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::LINK;
use axum::routing::get;
use axum::{Extension, Router};
use serde_json::{Value, json};

use super::accounts::no_account;
use crate::accounts::{Account, AccountKind, Member};
use crate::answer;
use crate::call::Call;
use crate::encode;
use crate::error::{Answer, ApiError};
use crate::query::Query;
use crate::seed::GROUP;
use crate::state::Hub;

const PAGE: usize = 500;

pub(crate) fn routes() -> Router<Hub> {
    Router::new().route("/api/organizations/{name}/members", get(members))
}

async fn members(State(hub): State<Hub>, Extension(call): Extension<Call>, Path(name): Path<String>) -> Answer {
    let limit = call.query.limit(PAGE, 10_000)?;
    let email = email(&call.query)?;
    let after = match call.query.first("cursor") {
        None => None,
        Some(text) => Some(cursor(text).ok_or_else(|| ApiError::invalid("Invalid cursor"))?),
    };
    let state = hub.lock();
    let org = state.accounts.org(&name).ok_or_else(no_account)?;
    let eyes = Eyes::of(&call, &name);
    let search = call.query.first("search").unwrap_or_default().to_lowercase();
    let mut found: Vec<(&Member, &Account)> = Vec::new();
    for member in org.members().unwrap_or_default() {
        let Some(account) = state.accounts.user(&member.user) else {
            continue;
        };
        let named = account.name.contains(&search) || account.fullname.to_lowercase().contains(&search);
        // Who may not see addresses cannot find anybody by one.
        let addressed = email.is_none_or(|it| eyes == Eyes::Admin && account.email() == Some(it));
        if named && addressed && after.as_ref().is_none_or(|after| account.name > *after) {
            found.push((member, account));
        }
    }
    found.sort_by(|a, b| a.1.name.cmp(&b.1.name));
    let more = found.len() > limit;
    found.truncate(limit);
    let items: Vec<Value> = found.iter().map(|it| item(it.0, it.1, eyes, &call)).collect();
    let mut response = answer::json(&Value::Array(items));
    if let (true, Some(last)) = (more, found.last()) {
        let query = call.query.with("cursor", &encode::base64url(last.1.name.as_bytes()));
        let path = format!("/api/organizations/{}/members", encode::component(&name));
        if let Ok(link) = HeaderValue::try_from(format!("<{}{path}?{query}>; rel=\"next\"", call.base)) {
            response.headers_mut().insert(LINK, link);
        }
    }
    Ok(response)
}

/// What a caller sees of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Eyes {
    Stranger,
    Member,
    Admin,
}

impl Eyes {
    /// Whom the organisation shuts out is a stranger.
    fn of(call: &Call, org: &str) -> Eyes {
        let Some(principal) = call.caller.known().filter(|it| it.restrictions(org).is_empty()) else {
            return Eyes::Stranger;
        };
        match principal.org(org).map(|it| &it["roleInOrg"]) {
            None => Eyes::Stranger,
            Some(role) if *role == "admin" => Eyes::Admin,
            Some(_) => Eyes::Member,
        }
    }
}

/// The keys are a closed list.
fn item(member: &Member, account: &Account, eyes: Eyes, call: &Call) -> Value {
    let mut it = json!({
        "_id": account.oid(),
        "avatarUrl": account.avatar_url(),
        "fullname": account.fullname,
        "isPro": account.is_pro(),
        "user": account.name,
        "type": "user",
    });
    if call.caller.known().is_some() {
        it["isFollowing"] = json!(false);
    }
    if eyes != Eyes::Stranger {
        it["role"] = json!(member.role);
        let group = json!({ "id": GROUP, "name": "research", "numUsers": 1, "role": "read" });
        let groups = Some(group).filter(|_| member.user == "ada");
        it["resourceGroups"] = json!(groups.into_iter().collect::<Vec<_>>());
    }
    if let (Eyes::Admin, AccountKind::User { second_factor, .. }) = (eyes, &account.kind) {
        it["twoFaEnabled"] = json!(second_factor);
        it["verifiedEmail"] = json!(account.email());
        it["isExternalCollaborator"] = json!(member.external);
    }
    it
}

fn email(query: &Query) -> Result<Option<&str>, ApiError> {
    let Some(email) = query.first("email") else {
        return Ok(None);
    };
    let fine = email
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.starts_with('.'));
    if fine {
        Ok(Some(email))
    } else {
        Err(ApiError::invalid("* Invalid email address\n  * at email"))
    }
}

fn cursor(text: &str) -> Option<String> {
    String::from_utf8(encode::from_base64url(text)?).ok()
}
