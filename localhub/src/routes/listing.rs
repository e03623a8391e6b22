//! `GET /api/models`, `/api/datasets`, `/api/spaces` (repos.md 2.1).

use std::cmp::Ordering;
use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::LINK;
use axum::routing::get;
use axum::{Extension, Router};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::access;
use crate::answer;
use crate::call::Call;
use crate::encode;
use crate::error::{Answer, ApiError};
use crate::facts;
use crate::fields;
use crate::kind::Kind;
use crate::properties;
use crate::query::Query;
use crate::repo::{Gated, Repo};
use crate::seed;
use crate::state::Hub;

/// Size of a page, also the most one may ask for. For models the cap is unconfirmed (repos.md 9); a
/// larger `limit` is quietly lowered.
const PAGE: usize = 1000;

pub(crate) fn routes() -> Router<Hub> {
    let mut router = Router::new();
    for kind in Kind::ALL {
        let handler = async move |hub: State<Hub>, Extension(call): Extension<Call>| list(&hub, &call, kind);
        router = router.route(&format!("/api/{}", kind.plural()), get(handler));
    }
    router
}

fn list(hub: &Hub, call: &Call, kind: Kind) -> Answer {
    let order = Order::parse(&call.query, kind)?;
    let expandable = fields::expandable(kind);
    if call.query.all("expand").iter().any(|name| !expandable.contains(name)) {
        return Err(ApiError::invalid_option("expand", expandable));
    }
    if let Some(name) = facts::unreadable(&call.query, kind) {
        return Err(ApiError::invalid(format!("* Invalid input\n  * at {name}")));
    }
    let limit = match call.query.first("limit") {
        None => PAGE,
        Some(text) => match text.parse::<usize>() {
            Ok(limit) if limit > 0 => limit.min(PAGE),
            _ => {
                return Err(ApiError::invalid("* Invalid input: expected number\n  * at limit"));
            }
        },
    };
    let cursor = match call.query.first("cursor") {
        None => None,
        Some(text) => Some(Cursor::decode(text).ok_or_else(|| ApiError::invalid("Invalid cursor"))?),
    };

    let state = hub.lock();
    let author = call.query.first("author");
    let many = kind == Kind::Model && author == Some(seed::MANY);
    let mut repos: Vec<Arc<Repo>> = if many {
        seed::many().to_vec()
    } else {
        state.repos.all(kind).cloned().collect()
    };
    drop(state);
    let after = |repo: &Repo| {
        let here = order.key(repo);
        cursor
            .as_ref()
            .is_none_or(|at| order.compare(&at.key, &at.id, &here, &repo.id) == Ordering::Less)
    };
    repos.retain(|repo| {
        author.is_none_or(|author| repo.namespace() == author)
            && after(repo)
            && access::may_see(repo, &call.caller)
            && fits(repo, &call.query)
    });
    let compare = |a: &Arc<Repo>, b: &Arc<Repo>| order.compare(&order.key(a), &a.id, &order.key(b), &b.id);
    // Of ten thousand only one page needs to be in order, and one more to know that there is more.
    if repos.len() > limit + 1 {
        repos.select_nth_unstable_by(limit, compare);
        repos.truncate(limit + 1);
    }
    repos.sort_by(compare);

    let more = repos.len() > limit;
    repos.truncate(limit);
    let body: Vec<Value> = repos.iter().map(|repo| properties::item(repo, &call.query)).collect();
    let mut response = answer::json(&Value::Array(body));
    if let (true, Some(last)) = (more, repos.last()) {
        let cursor = Cursor {
            key: order.key(last),
            id: last.id.clone(),
        }
        .encode();
        let query = call.query.with("cursor", &cursor);
        // Absolute, on the host that was asked (repos.md 0.5).
        let link = format!("<{}/api/{}?{query}>; rel=\"next\"", call.base, kind.plural());
        if let Ok(link) = HeaderValue::try_from(link) {
            response.headers_mut().insert(LINK, link);
        }
    }
    Ok(response)
}

fn fits(repo: &Repo, query: &Query) -> bool {
    let contains = |word: &&str| repo.id.to_lowercase().contains(&word.to_lowercase());
    let search = query.all("search").iter().all(contains);
    // Some clients join several tags by commas.
    let filters = query.all("filter");
    let mut tags = filters
        .iter()
        .flat_map(|tags| tags.split(','))
        .filter(|tag| !tag.is_empty());
    let tagged = tags.all(|tag| {
        repo.tags.iter().any(|own| own == tag)
            || repo.pipeline_tag.as_deref() == Some(tag)
            || repo.library.as_deref() == Some(tag)
    });
    let task = query
        .first("pipeline_tag")
        .is_none_or(|task| repo.pipeline_tag.as_deref() == Some(task));
    let gate = query
        .flag("gated")
        .is_none_or(|gated| gated == (repo.gated != Gated::No));
    search && tagged && task && gate && facts::fits(repo, query)
}

struct Order {
    by: &'static str,
    ascending: bool,
}

/// The value an order compares: a number, or the id.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(untagged)]
enum Key {
    Number(u64),
    Text(String),
}

impl Order {
    /// Without `sort` the Hub's own order is unconfirmed; `trendingScore` is what its pages show.
    fn parse(query: &Query, kind: Kind) -> Result<Order, ApiError> {
        let mut known = vec![
            "createdAt",
            "downloads",
            "likes",
            "lastModified",
            "likes30d",
            "trendingScore",
            "mainSize",
            "id",
        ];
        match kind {
            Kind::Model => known.push("num_parameters"),
            Kind::Dataset => known.push("datasetsServerInfo.numRows"),
            Kind::Space => {}
        }
        let asked = query.first("sort").unwrap_or("trendingScore");
        let by = known.iter().find(|name| **name == asked);
        let by = *by.ok_or_else(|| ApiError::invalid_option("sort", &known))?;
        // Ids go up unless asked otherwise, all else goes down.
        let ascending = match query.first("direction") {
            Some("1") => true,
            Some("-1") => false,
            Some(_) => return Err(ApiError::invalid_option("direction", &["-1", "1"])),
            None => by == "id",
        };
        Ok(Order { by, ascending })
    }

    fn key(&self, repo: &Repo) -> Key {
        Key::Number(match self.by {
            "createdAt" => repo.created_ms,
            "lastModified" => repo.modified_ms,
            "downloads" => repo.downloads,
            "likes" => repo.likes,
            "likes30d" => repo.facts.likes_30d,
            "num_parameters" => repo.facts.parameters,
            "datasetsServerInfo.numRows" => repo.facts.rows,
            "trendingScore" => repo.trending,
            "id" => return Key::Text(repo.id.clone()),
            _ => repo.files.iter().map(|file| file.size()).sum(),
        })
    }

    fn compare(&self, a: &Key, a_id: &str, b: &Key, b_id: &str) -> Ordering {
        let by_key = if self.ascending { a.cmp(b) } else { b.cmp(a) };
        by_key.then_with(|| a_id.cmp(b_id))
    }
}

/// The last item of a page; the next one begins after it, whatever was added or deleted meanwhile.
#[derive(Deserialize, Serialize)]
struct Cursor {
    key: Key,
    id: String,
}

impl Cursor {
    fn encode(&self) -> String {
        encode::base64url(serde_json::to_string(self).unwrap_or_default().as_bytes())
    }

    fn decode(text: &str) -> Option<Cursor> {
        serde_json::from_slice(&encode::from_base64url(text)?).ok()
    }
}
