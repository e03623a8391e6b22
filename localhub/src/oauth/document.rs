//! Apps whose id is the address of a document about them (CIMD; auth.md 3.9).

use serde_json::Value;

use super::{Client, scopes};
use crate::state::Hub;

const PATH: &str = "/.well-known/oauth-cimd";

/// Makes an app known whose id is an address; its document is fetched each time, so that a change
/// is seen. The rest of the ids are known or not by themselves.
pub(crate) async fn learn(hub: &Hub, id: Option<&str>) -> Result<(), String> {
    let Some(url) = id.filter(|it| is_url(it)) else {
        return Ok(());
    };
    may_be_fetched(url)?;
    let kept = hub.lock().oauth.documents.get(url).cloned();
    let document = match kept {
        Some(document) => document,
        None => {
            let body = (hub.config().fetch)(url.to_owned()).await;
            let body = body.map_err(|words| format!("The document of the app could not be fetched: {words}"))?;
            serde_json::from_slice(&body).map_err(|_| "The document of the app is not JSON".to_owned())?
        }
    };
    let client = client(url, &document)?;
    hub.lock().oauth.register(client);
    Ok(())
}

fn is_url(id: &str) -> bool {
    id.starts_with("https://") || id.starts_with("http://")
}

/// Over http only from this machine. Whether the Hub takes another path is unconfirmed.
fn may_be_fetched(url: &str) -> Result<(), String> {
    let (secure, rest) = match url.strip_prefix("https://") {
        Some(rest) => (true, rest),
        None => (false, url.strip_prefix("http://").unwrap_or_default()),
    };
    let Some(authority) = rest
        .strip_suffix(PATH)
        .filter(|it| !it.is_empty() && !it.contains(['/', '?', '#', '@']))
    else {
        return Err(format!("An app's document is at https://<site>{PATH}"));
    };
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|it| it.is_ascii_digit()) => host,
        _ => authority,
    };
    if !secure && !["localhost", "127.0.0.1", "[::1]"].contains(&host) {
        return Err("An app's document is served over https".to_owned());
    }
    Ok(())
}

fn client(url: &str, document: &Value) -> Result<Client, String> {
    let wrong = |words: &str| Err(format!("The document of the app is wrong: {words}"));
    if document["client_id"] != url {
        return wrong("client_id is not its address");
    }
    // One without it would mean a secret (RFC 7591, 2), which a public document cannot have.
    if document["token_endpoint_auth_method"] != "none" || document.get("client_secret").is_some() {
        return wrong("token_endpoint_auth_method is not none");
    }
    let uris = document["redirect_uris"].as_array().into_iter().flatten();
    let Some(redirect_uris) = uris
        .map(|it| it.as_str().map(str::to_owned))
        .collect::<Option<Vec<_>>>()
    else {
        return wrong("redirect_uris are not texts");
    };
    if redirect_uris.is_empty() {
        return wrong("it has no redirect_uris");
    }
    let scopes = match document["scope"].as_str().map(scopes::parse) {
        None => scopes::all(),
        Some(Ok(list)) => list,
        Some(Err(_)) => return wrong("unknown scope"),
    };
    Ok(Client {
        id: url.to_owned(),
        secret: None,
        name: document["client_name"].as_str().unwrap_or(url).to_owned(),
        redirect_uris,
        scopes,
        org: None,
        token_exchange: false,
    })
}

#[cfg(test)]
mod tests {
    use super::may_be_fetched;

    #[test]
    fn a_document_is_at_one_place_of_a_site() {
        for (url, expected) in [
            ("https://app.example/.well-known/oauth-cimd", true),
            ("https://app.example:8443/.well-known/oauth-cimd", true),
            ("http://127.0.0.1:9/.well-known/oauth-cimd", true),
            ("http://[::1]:9/.well-known/oauth-cimd", true),
            ("http://app.example/.well-known/oauth-cimd", false),
            ("http://127.0.0.1.app.example/.well-known/oauth-cimd", false),
            ("http://127.0.0.1@app.example/.well-known/oauth-cimd", false),
            ("https:///.well-known/oauth-cimd", false),
            ("https://app.example/x/.well-known/oauth-cimd", false),
            ("https://app.example/.well-known/oauth-cimd?x", false),
            ("https://app.example/.well-known/oauth-cimd#x", false),
            ("https://app.example/", false),
        ] {
            assert_eq!(may_be_fetched(url).is_ok(), expected, "{url}");
        }
    }
}
