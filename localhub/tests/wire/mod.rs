//! A running hub and plain sockets, so that no client library smooths a fault over.

use std::time::Duration;

use localhub::Running;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::sleep;

/// A hub with one fault, for everything.
pub(crate) async fn spoiled(fault: &str) -> Running {
    let hub = localhub::start().await.expect("a hub");
    order(&hub, &format!(r#"{{"fault":{fault}}}"#)).await;
    hub
}

pub(crate) async fn order(hub: &Running, order: &str) {
    let text = send(&hub.url, "POST", "/_localhub/faults", order).await;
    assert!(text.starts_with("HTTP/1.1 200"), "{text}");
}

/// Whether the last request comes to be marked as aborted, given a moment.
pub(crate) async fn aborted(hub: &Running) -> bool {
    for _ in 0..50 {
        if last(hub).await["aborted"] == true {
            return true;
        }
        sleep(Duration::from_millis(20)).await;
    }
    false
}

pub(crate) async fn last(hub: &Running) -> Value {
    log(hub).await.pop().expect("a logged request")
}

pub(crate) async fn log(hub: &Running) -> Vec<Value> {
    let text = send(&hub.url, "GET", "/_localhub/requests", "").await;
    let (_, body) = text.split_once("\r\n\r\n").expect("head and body");
    serde_json::from_str(body).expect("a list")
}

pub(crate) fn address(url: &str) -> &str {
    url.strip_prefix("http://").expect("an http address")
}

pub(crate) async fn connect(url: &str) -> TcpStream {
    TcpStream::connect(address(url)).await.expect("a connection")
}

/// Sends a GET and leaves the answer to the caller.
pub(crate) async fn ask(url: &str, path: &str) -> TcpStream {
    let mut stream = connect(url).await;
    let head = format!(
        "GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n",
        address(url)
    );
    stream.write_all(head.as_bytes()).await.expect("sent");
    stream
}

pub(crate) async fn send(url: &str, method: &str, path: &str, body: &str) -> String {
    let mut stream = connect(url).await;
    let (host, length) = (address(url), body.len());
    let head =
        format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n");
    stream.write_all(head.as_bytes()).await.expect("sent");
    stream.write_all(body.as_bytes()).await.expect("sent");
    text(stream).await
}

pub(crate) async fn whole(mut stream: TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.expect("an end");
    bytes
}

pub(crate) async fn text(stream: TcpStream) -> String {
    String::from_utf8_lossy(&whole(stream).await).into_owned()
}

pub(crate) fn body(bytes: &[u8]) -> &[u8] {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    &bytes[end + 4..]
}
