//! `GET /api/{type}s/{id}/refs` (repos.md 3.1), recorded 2026-09-22.

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Extension, Router};
use serde_json::{Value, json};

use super::lookup::{self, Missed};
use crate::answer;
use crate::call::Call;
use crate::error::Answer;
use crate::kind::Kind;
use crate::state::Hub;

pub(crate) fn routes() -> Router<Hub> {
    let mut router = Router::new();
    for kind in Kind::ALL {
        let list = async move |hub: State<Hub>, call: Extension<Call>, path: Path<(String, String)>| {
            refs(&hub, &call, kind, &path)
        };
        router = router.route(&format!("/api/{}/{{ns}}/{{name}}/refs", kind.plural()), get(list));
    }
    router
}

fn refs(hub: &Hub, call: &Call, kind: Kind, path: &(String, String)) -> Answer {
    let repo = match lookup::find(&hub.lock(), call, kind, &format!("{}/{}", path.0, path.1)) {
        Ok(repo) => repo,
        Err(Missed::Error(error)) => return Err(error),
        Err(Missed::Moved(to)) => return Ok(Missed::redirect(&format!("/api/{}/{to}/refs", kind.plural()), call)),
    };
    let one = |name: &str, full: String, commit: &str| json!({ "name": name, "ref": full, "targetCommit": commit });
    let main = one("main", "refs/heads/main".to_owned(), &repo.sha);
    let (mut branches, mut tags, mut pulls): (Vec<Value>, Vec<Value>, Vec<Value>) = (vec![main], vec![], vec![]);
    for (name, commit) in &repo.refs {
        // A seeded name says what it is: `v1.0` is a tag, `refs/pr/1` a pull request.
        let tag = name
            .strip_prefix('v')
            .is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()));
        match name.strip_prefix("refs/pr/") {
            Some(number) => pulls.push(one(number, name.clone(), commit)),
            None if tag => tags.push(one(name, format!("refs/tags/{name}"), commit)),
            None => branches.push(one(name, format!("refs/heads/{name}"), commit)),
        }
    }
    let mut body = json!({ "tags": tags, "branches": branches, "converts": [] });
    if call.query.flag("include_prs") == Some(true) {
        body["pullRequests"] = json!(pulls);
    }
    Ok(answer::json(&body))
}
