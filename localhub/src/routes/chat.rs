//! `POST /v1/chat/completions`: just enough of the router to try a client of another library on it.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Extension, Router};
use serde_json::{Value, json};

use crate::access;
use crate::answer;
use crate::call::Call;
use crate::error::{Answer, ApiError};
use crate::principal::Principal;
use crate::state::Hub;

pub(crate) fn routes() -> Router<Hub> {
    Router::new().route("/v1/chat/completions", post(chat))
}

async fn chat(State(hub): State<Hub>, Extension(call): Extension<Call>, body: Bytes) -> Answer {
    let now_s = hub.now_ms() / 1000;
    let state = hub.lock();
    let principal = access::signed_in(&state, &call.caller)?;
    if !may_infer(principal) {
        let name = principal.name();
        // Words and `error.type` as in auth.md 4.5.
        let error = json!({ "error": {
            "message": format!("This authentication method does not have sufficient permissions to call Inference Providers on behalf of user {name}"),
            "type": "permission_error",
        } });
        return Ok(answer::json_with(StatusCode::FORBIDDEN, &error));
    }
    if principal.key == "testspent" {
        let words = "You have depleted your monthly included credits. Purchase pre-paid credits to continue using \
                     Inference Providers.";
        return Err(ApiError::new(StatusCode::PAYMENT_REQUIRED, words));
    }
    let Ok(asked) = serde_json::from_slice::<Value>(&body) else {
        return Err(ApiError::invalid("Invalid JSON"));
    };
    let (Some(model), Some(messages)) = (asked["model"].as_str(), asked["messages"].as_array()) else {
        return Err(ApiError::invalid("* Invalid input: expected string\n  * at model"));
    };
    if asked["stream"] == true {
        return Err(ApiError::invalid("localhub does not stream"));
    }
    let last = messages
        .last()
        .and_then(|message| message["content"].as_str())
        .unwrap_or_default();
    let words = |text: &str| text.split_whitespace().count();
    let content = format!("You said: {last}");
    let (prompt, completion) = (words(last), words(&content));
    Ok(answer::json(&json!({
        "object": "chat.completion",
        "id": "chatcmpl-localhub",
        "created": now_s,
        "model": model,
        "system_fingerprint": "localhub",
        "choices": [{
            "index": 0,
            "message": { "role": "assistant", "content": content },
            "logprobs": null,
            "finish_reason": "stop",
        }],
        "usage": {
            "prompt_tokens": prompt,
            "completion_tokens": completion,
            "total_tokens": prompt + completion,
        },
    })))
}

/// The permission sits under `global` or under the user's own entry (auth.md 2.1).
fn may_infer(principal: &Principal) -> bool {
    const WANT: &str = "inference.serverless.write";
    match principal.role() {
        Some("fineGrained") => {
            let fine = &principal.whoami["auth"]["accessToken"]["fineGrained"];
            let scoped = fine["scoped"].as_array().into_iter().flatten();
            let lists = scoped.map(|entry| &entry["permissions"]).chain([&fine["global"]]);
            lists
                .filter_map(Value::as_array)
                .flatten()
                .filter_map(Value::as_str)
                .any(|permission| access::covers(permission, WANT))
        }
        Some(role) => ["read", "write", "god"].contains(&role),
        None => principal.scopes.contains(&"inference-api"),
    }
}
