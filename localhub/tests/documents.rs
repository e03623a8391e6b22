//! A running hub fetches the document of an app, over a real socket.

#[allow(dead_code, reason = "shared with other test files")]
mod wire;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use wire::{ask, text};

const QUERY: &str = "redirect_uri=http%3A%2F%2F127.0.0.1%2Fcallback&response_type=code&scope=openid\
                     &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";

/// A site that answers once, with this status and the document that `{url}` stands in.
async fn site(status: &'static str, document: &'static str) -> (String, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let origin = format!("http://{}", listener.local_addr().expect("an address"));
    let url = format!("{origin}/.well-known/oauth-cimd");
    let body = document.replace("{url}", &url);
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut head = vec![0; 4096];
        let length = stream.read(&mut head).await.expect("a request");
        let length_of_body = body.len();
        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: {length_of_body}\r\n\r\n{body}");
        // Who has read enough may be gone.
        let _ = stream.write_all(answer.as_bytes()).await;
        String::from_utf8_lossy(&head[..length]).into_owned()
    });
    (url, served)
}

async fn authorized(hub: &localhub::Running, id: &str) -> String {
    let id: String = form_urlencoded::byte_serialize(id.as_bytes()).collect();
    text(ask(&hub.url, &format!("/oauth/authorize?client_id={id}&{QUERY}")).await).await
}

const GOOD: &str = r#"{"client_id":"{url}","client_name":"A site","token_endpoint_auth_method":"none",
    "redirect_uris":["http://127.0.0.1/callback"]}"#;

#[tokio::test]
async fn it_is_fetched_from_this_machine() {
    let hub = localhub::start().await.expect("a hub");
    let (url, served) = site("200 OK", GOOD).await;
    let page = authorized(&hub, &url).await;
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("A site"), "{page}");
    let asked = served.await.expect("served").to_lowercase();
    assert!(asked.starts_with("get /.well-known/oauth-cimd http/1.1"), "{asked}");
    assert!(!asked.contains("authorization"));
    hub.stop().await;
}

#[tokio::test]
async fn anything_but_a_document_is_told_on_the_page() {
    let hub = localhub::start().await.expect("a hub");
    for status in ["404 Not Found", "302 Found\r\nlocation: /"] {
        let (url, served) = site(status, GOOD).await;
        let page = authorized(&hub, &url).await;
        assert!(page.starts_with("HTTP/1.1 400") && page.contains("status"), "{page}");
        served.await.expect("served");
    }
    // Nobody is there any more.
    let (url, served) = site("200 OK", GOOD).await;
    served.abort();
    let _ = served.await;
    let page = authorized(&hub, &url).await;
    assert!(page.starts_with("HTTP/1.1 400"), "{page}");
    // It goes nowhere else.
    let page = authorized(&hub, "https://app.example/.well-known/oauth-cimd").await;
    assert!(page.contains("from its own machine only"), "{page}");
    hub.stop().await;
}
