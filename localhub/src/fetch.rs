//! Fetches documents of apps, from this machine only: nothing here has a reason to go further.

use std::time::Duration;

use axum::body::Bytes;
use axum::http::header::{ACCEPT, HOST};
use axum::http::{Request, StatusCode, Uri};
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Many times the size of a document.
const MOST_BYTES: usize = 1 << 16;
const PATIENCE: Duration = Duration::from_secs(5);

/// What the address answers with 200; otherwise why there is nothing. Redirects are not followed.
pub(crate) async fn fetch(url: String) -> Result<Bytes, String> {
    let uri: Uri = url.parse().map_err(|_| "not an address".to_owned())?;
    let (Some("http"), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err("this hub fetches over http from its own machine only".to_owned());
    };
    if !["localhost", "127.0.0.1", "[::1]"].contains(&authority.host()) {
        return Err("this hub fetches from its own machine only".to_owned());
    }
    let address = format!("{}:{}", authority.host(), authority.port_u16().unwrap_or(80));
    let path = uri.path_and_query().map_or("/", |it| it.as_str());
    let request = Request::get(path)
        .header(HOST, authority.as_str())
        .header(ACCEPT, "application/json")
        .body(Empty::<Bytes>::new())
        .map_err(|error| error.to_string())?;
    let fetched = timeout(PATIENCE, exchange(&address, request)).await;
    fetched.map_err(|_| "no answer in time".to_owned())?
}

async fn exchange(address: &str, request: Request<Empty<Bytes>>) -> Result<Bytes, String> {
    let stream = TcpStream::connect(address).await.map_err(|error| error.to_string())?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| error.to_string())?;
    let asked = async {
        let response = sender.send_request(request).await.map_err(|error| error.to_string())?;
        if response.status() != StatusCode::OK {
            return Err(format!("status {}", response.status().as_u16()));
        }
        let body = Limited::new(response.into_body(), MOST_BYTES).collect().await;
        body.map(|it| it.to_bytes()).map_err(|error| error.to_string())
    };
    // The connection ends with the answer that was asked for.
    tokio::select! {
        told = asked => told,
        Err(error) = connection => Err(error.to_string()),
    }
}
