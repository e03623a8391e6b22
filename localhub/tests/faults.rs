//! Each fault, seen from a raw socket: it must really do what its name says.

mod wire;

use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};
use wire::{aborted, address, ask, body, connect, last, log, order, send, spoiled, text, whole};

const SOON: Duration = Duration::from_millis(300);
/// The 401 of whoami, which most tests spoil.
const BODY: &str = r#"{"error":"Invalid username or password."}"#;
const PATH: &str = "/api/whoami-v2";

#[tokio::test]
async fn reset_is_a_tcp_reset() {
    let hub = spoiled(r#"{"type":"reset"}"#).await;
    let mut stream = ask(&hub.url, PATH).await;
    let error = stream.read(&mut [0; 16]).await.expect_err("a reset");
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    let entry = last(&hub).await;
    assert_eq!(
        (entry["status"].as_u64(), entry["aborted"].as_bool()),
        (None, Some(false))
    );
}

#[tokio::test]
async fn garbage_is_not_http() {
    let hub = spoiled(r#"{"type":"garbage"}"#).await;
    let bytes = whole(ask(&hub.url, PATH).await).await;
    assert!(!bytes.is_empty() && !bytes.starts_with(b"HTTP"));
}

#[tokio::test]
async fn cut_announces_more_than_it_sends() {
    let hub = spoiled(r#"{"type":"cut","bytes":20}"#).await;
    let text = text(ask(&hub.url, PATH).await).await;
    assert!(text.contains("content-length: 41\r\n"), "{text}");
    assert!(text.ends_with(&format!("\r\n\r\n{}", &BODY[..20])), "{text}");
    assert_eq!(last(&hub).await["aborted"], false);
}

#[tokio::test]
async fn cut_chunked_never_sends_the_last_chunk() {
    let hub = spoiled(r#"{"type":"cut_chunked","bytes":20}"#).await;
    let text = text(ask(&hub.url, PATH).await).await;
    assert!(
        text.contains("transfer-encoding: chunked\r\n") && !text.contains("content-length"),
        "{text}"
    );
    assert!(text.ends_with(&format!("\r\n\r\n14\r\n{}\r\n", &BODY[..20])), "{text}");
}

#[tokio::test]
async fn cut_works_on_the_second_origin_and_a_large_file() {
    let hub = localhub::start().await.expect("a hub");
    let head = text(ask(&hub.url, "/ada/tiny/resolve/main/model.safetensors").await).await;
    let to = head
        .lines()
        .find_map(|line| line.strip_prefix("location: "))
        .expect("a location");
    let path = to.strip_prefix(&hub.cdn_url).expect("the second origin").to_owned();
    order(
        &hub,
        r#"{"match":{"origin":"cdn"},"fault":{"type":"cut","bytes":2000}}"#,
    )
    .await;
    let bytes = whole(ask(&hub.cdn_url, &path).await).await;
    assert_eq!(body(&bytes).len(), 2000);
    assert_eq!(body(&whole(ask(&hub.cdn_url, &path).await).await).len(), 5000);
}

#[tokio::test]
async fn stall_sends_the_head_and_nothing_more() {
    let hub = spoiled(r#"{"type":"stall"}"#).await;
    let mut stream = ask(&hub.url, PATH).await;
    let mut bytes = vec![0; 4096];
    let count = stream.read(&mut bytes).await.expect("a head");
    assert!(bytes[..count].starts_with(b"HTTP/1.1 401") && bytes[..count].ends_with(b"\r\n\r\n"));
    assert!(
        timeout(SOON, stream.read(&mut bytes)).await.is_err(),
        "the body never comes"
    );
    drop(stream);
    assert!(aborted(&hub).await, "the log shows that the client gave up");
}

#[tokio::test]
async fn silence_never_answers() {
    let hub = spoiled(r#"{"type":"silence"}"#).await;
    let mut stream = ask(&hub.url, PATH).await;
    assert!(timeout(SOON, stream.read(&mut [0; 16])).await.is_err());
    drop(stream);
    assert!(aborted(&hub).await);
    assert_eq!(last(&hub).await["status"], Value::Null);
}

#[tokio::test]
async fn delay_waits_before_the_head() {
    let hub = spoiled(r#"{"type":"delay","ms":300}"#).await;
    let begun = Instant::now();
    let text = text(ask(&hub.url, PATH).await).await;
    assert!(begun.elapsed() >= SOON && text.ends_with(BODY));
    assert_eq!(last(&hub).await["aborted"], false);
}

#[tokio::test]
async fn leaving_during_a_delay_is_an_abort() {
    let hub = spoiled(r#"{"type":"delay","ms":5000}"#).await;
    let stream = ask(&hub.url, PATH).await;
    sleep(SOON).await;
    drop(stream);
    assert!(aborted(&hub).await);
}

#[tokio::test]
async fn drip_takes_its_time_and_is_complete() {
    let hub = spoiled(r#"{"type":"drip","bytes":10,"everyMs":50}"#).await;
    let begun = Instant::now();
    let mut stream = ask(&hub.url, PATH).await;
    let (mut bytes, mut reads) = (Vec::new(), 0);
    while stream.read_buf(&mut bytes).await.expect("more") > 0 {
        reads += 1;
    }
    assert!(String::from_utf8_lossy(&bytes).ends_with(BODY));
    assert!(begun.elapsed() >= Duration::from_millis(150), "{:?}", begun.elapsed());
    assert!(reads >= 4, "{reads}");
    assert_eq!(last(&hub).await["aborted"], false);
}

#[tokio::test]
async fn status_sets_status_headers_and_body_so_many_times() {
    let hub = localhub::start().await.expect("a hub");
    let fault = r#"{"match":{"method":"GET","path":"/api/*","query":"x=1"},"times":2,"fault":{"type":"status",
        "status":429,"headers":{"RateLimit":"\"api\";r=0;t=1","x-powered-by":null,"x-two":["a","b"]},"body":"slow"}}"#;
    order(&hub, fault).await;
    assert!(
        text(ask(&hub.url, PATH).await).await.starts_with("HTTP/1.1 401"),
        "the query does not fit"
    );
    for _ in 0..2 {
        let text = text(ask(&hub.url, "/api/whoami-v2?x=1").await).await;
        assert!(
            text.starts_with("HTTP/1.1 429") && text.ends_with("\r\n\r\nslow"),
            "{text}"
        );
        assert!(text.contains("\r\nratelimit: \"api\";r=0;t=1\r\n"), "{text}");
        assert!(
            text.contains("\r\nx-two: a\r\n") && text.contains("\r\nx-two: b\r\n"),
            "{text}"
        );
        assert!(
            !text.contains("x-powered-by") && text.contains("access-control-allow-origin"),
            "{text}"
        );
    }
    assert!(
        text(ask(&hub.url, "/api/whoami-v2?x=1").await)
            .await
            .starts_with("HTTP/1.1 401")
    );
}

#[tokio::test]
async fn body_replaces_the_body_and_zero_times_is_for_ever() {
    let hub = localhub::start().await.expect("a hub");
    order(
        &hub,
        r#"{"match":{"path":"/no/route"},"times":0,"fault":{"type":"body","body":"[1,"}}"#,
    )
    .await;
    for _ in 0..3 {
        let text = text(ask(&hub.url, "/no/route").await).await;
        assert!(
            text.starts_with("HTTP/1.1 200") && text.ends_with("\r\n\r\n[1,"),
            "{text}"
        );
    }
    send(&hub.url, "DELETE", "/_localhub/faults", "").await;
    assert!(text(ask(&hub.url, "/no/route").await).await.starts_with("HTTP/1.1 404"));
}

#[tokio::test]
async fn a_header_may_be_ten_megabytes() {
    let hub = localhub::start().await.expect("a hub");
    let long = "x".repeat(10 << 20);
    order(
        &hub,
        &format!(r#"{{"fault":{{"type":"status","status":200,"headers":{{"x-long":"{long}"}}}}}}"#),
    )
    .await;
    assert!(whole(ask(&hub.url, PATH).await).await.len() > long.len());
}

#[tokio::test]
async fn endless_goes_on_until_the_client_leaves() {
    let hub = spoiled(r#"{"type":"endless","status":500,"headers":{"x-request-id":null}}"#).await;
    let mut stream = ask(&hub.url, PATH).await;
    let mut bytes = vec![0; 1 << 20];
    stream.read_exact(&mut bytes).await.expect("a megabyte");
    let head = String::from_utf8_lossy(&bytes[..2048]).into_owned();
    assert!(
        head.starts_with("HTTP/1.1 500") && head.contains("\r\ntransfer-encoding: chunked\r\n"),
        "{head}"
    );
    assert!(!head.contains("x-request-id"), "{head}");
    drop(stream);
    assert!(aborted(&hub).await);
}

#[tokio::test]
async fn gzip_is_short_on_the_wire() {
    let hub = spoiled(r#"{"type":"gzip","bytes":1000000}"#).await;
    let bytes = whole(ask(&hub.url, PATH).await).await;
    let head = String::from_utf8_lossy(&bytes).into_owned();
    assert!(head.contains("\r\ncontent-encoding: gzip\r\n"), "{head}");
    assert!(body(&bytes).starts_with(&[0x1f, 0x8b]) && body(&bytes).len() < 10_000);
}

#[tokio::test]
async fn what_is_heard_and_said_can_be_changed() {
    let hub = localhub::start().await.expect("a hub");
    let path = "/ada/tiny/raw/main/config.json";
    let get = |range: &str| format!("GET {path} HTTP/1.1\r\nhost: x\r\nrange: {range}\r\nconnection: close\r\n\r\n");
    for (fault, status, says) in [
        (
            r#"{"type":"hears","headers":{"range":null}}"#,
            200,
            "accept-ranges: bytes",
        ),
        (
            r#"{"type":"hears","headers":{"range":"bytes=7-9"}}"#,
            206,
            "content-range: bytes 7-9/",
        ),
        (r#"{"type":"headers","headers":{"etag":"\"x\""}}"#, 206, "etag: \"x\""),
    ] {
        order(&hub, &format!(r#"{{"fault":{fault}}}"#)).await;
        let mut stream = connect(&hub.url).await;
        stream.write_all(get("bytes=5-9").as_bytes()).await.expect("sent");
        let text = text(stream).await;
        assert!(text.starts_with(&format!("HTTP/1.1 {status}")), "{text}");
        assert!(text.contains(&format!("\r\n{says}")), "{text}");
    }
    assert_eq!(
        last(&hub).await["headers"]["range"],
        "bytes=5-9",
        "the log has what was sent"
    );
}

#[tokio::test]
async fn redirect_fills_in_the_origins() {
    let hub = localhub::start().await.expect("a hub");
    for (to, expected) in [
        ("{cdn}/x", format!("{}/x", hub.cdn_url)),
        ("{hub}/x", format!("{}/x", hub.url)),
        ("{self}", format!("{}/loop?a=1", hub.url)),
        ("//evil.test/", "//evil.test/".to_owned()),
    ] {
        order(
            &hub,
            &format!(r#"{{"fault":{{"type":"redirect","status":308,"to":"{to}"}}}}"#),
        )
        .await;
        let text = text(ask(&hub.url, "/loop?a=1").await).await;
        assert!(
            text.starts_with("HTTP/1.1 308") && text.contains(&format!("\r\nlocation: {expected}\r\n")),
            "{text}"
        );
    }
}

#[tokio::test]
async fn echo_repeats_headers_and_body_in_the_error() {
    let hub = spoiled(r#"{"type":"echo"}"#).await;
    let answer = send(&hub.url, "POST", PATH, "secret=1").await;
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("secret=1") && answer.contains("host: 127.0.0.1"));
}

#[tokio::test]
async fn a_lost_answer_is_an_answer_to_something_done() {
    let hub = localhub::start().await.expect("a hub");
    order(
        &hub,
        r#"{"match":{"path":"/api/repos/create"},"fault":{"type":"reset"}}"#,
    )
    .await;
    let token = format!("hf_{:0<34}", "testwrite");
    let body = r#"{"name":"made"}"#;
    let create = format!(
        "POST /api/repos/create HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len(),
    );
    let mut stream = connect(&hub.url).await;
    stream.write_all(create.as_bytes()).await.expect("sent");
    stream.read(&mut [0; 16]).await.expect_err("a reset");
    assert!(
        text(ask(&hub.url, "/api/models/ada/made").await)
            .await
            .starts_with("HTTP/1.1 200")
    );
}

#[tokio::test]
async fn preflights_are_spared_unless_named() {
    let hub = spoiled(r#"{"type":"status","status":503}"#).await;
    let preflight = "OPTIONS /api/whoami-v2 HTTP/1.1\r\nhost: x\r\norigin: http://a.test\r\n\
                     access-control-request-method: GET\r\nconnection: close\r\n\r\n";
    let mut stream = connect(&hub.url).await;
    stream.write_all(preflight.as_bytes()).await.expect("sent");
    assert!(text(stream).await.starts_with("HTTP/1.1 200"));
    assert!(text(ask(&hub.url, PATH).await).await.starts_with("HTTP/1.1 503"));
    order(&hub, r#"{"match":{"method":"OPTIONS"},"fault":{"type":"garbage"}}"#).await;
    let mut stream = connect(&hub.url).await;
    stream.write_all(preflight.as_bytes()).await.expect("sent");
    assert!(!text(stream).await.starts_with("HTTP"));
}

#[tokio::test]
async fn bounce_goes_to_and_fro_and_every_hop_is_logged() {
    let hub = localhub::start().await.expect("a hub");
    let mut url = format!("{}/_localhub/bounce?hops=3&to=%2Fapi%2Fwhoami-v2", hub.url);
    let mut hops = Vec::new();
    while url.contains("/_localhub/") {
        let (origin, path) = if url.starts_with(&hub.url) {
            (&hub.url, &url[hub.url.len()..])
        } else {
            (&hub.cdn_url, &url[hub.cdn_url.len()..])
        };
        hops.push(origin.clone());
        let text = text(ask(origin, path).await).await;
        url = text
            .lines()
            .find_map(|line| line.strip_prefix("location: "))
            .expect("a location")
            .to_owned();
    }
    assert_eq!(hops, [&*hub.url, &*hub.cdn_url, &*hub.url]);
    assert_eq!(url, PATH);
    let log = log(&hub).await;
    let origins: Vec<_> = log.iter().filter_map(|entry| entry["origin"].as_str()).collect();
    assert_eq!(origins, ["hub", "cdn", "hub"]);
}

#[tokio::test]
async fn stop_closes_the_ports_and_the_connections() {
    let hub = spoiled(r#"{"type":"silence"}"#).await;
    let mut stream = ask(&hub.url, PATH).await;
    sleep(Duration::from_millis(50)).await;
    let url = hub.url.clone();
    hub.stop().await;
    let end = timeout(SOON, stream.read(&mut [0; 16])).await.expect("closed at once");
    assert!(!matches!(end, Ok(count) if count > 0));
    assert!(TcpStream::connect(address(&url)).await.is_err());
}
