//! One connection: HTTP/1.1 by hyper, and the mishaps that a router cannot do by itself.

use std::convert::Infallible;
use std::future::{pending, poll_fn};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderValue, Method, Request, Response, StatusCode};
use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::time::sleep;
use tower::ServiceExt as _;

use crate::faults::Mishap;
use crate::log::Ticket;

/// A TLS alert, which is what one gets from the wrong port of a real server.
const GARBAGE: &[u8] = b"\x15\x03\x01\x00\x02\x02\x46 this is not HTTP\r\n\r\n";
/// Long enough that what was sent has left before the connection goes.
const FLUSH: Duration = Duration::from_millis(30);

/// What only the owner of the socket can do.
#[derive(Debug)]
enum Raw {
    Reset,
    Garbage,
}

/// Serves one connection until either side closes it.
pub(crate) async fn connection(stream: TcpStream, router: Router, quiet: bool) {
    // Small writes must leave at once, or `drip` comes in lumps.
    let _ = stream.set_nodelay(true);
    let (raw, mut raws) = unbounded_channel();
    let service =
        service_fn(move |request: Request<Incoming>| Box::pin(answer(router.clone(), request, raw.clone(), quiet)));
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    let wish = tokio::select! {
        _ = poll_fn(|context| connection.poll_without_shutdown(context)) => None,
        wish = raws.recv() => wish,
    };
    let stream = connection.into_parts().io.into_inner();
    // The client may be gone already; nobody is left to tell.
    let _ = close(stream, wish).await;
}

async fn close(mut stream: TcpStream, wish: Option<Raw>) -> io::Result<()> {
    match wish {
        // With a linger of zero the close sends RST.
        Some(Raw::Reset) => stream.set_zero_linger(),
        Some(Raw::Garbage) => {
            stream.write_all(GARBAGE).await?;
            stream.shutdown().await
        }
        None => stream.shutdown().await,
    }
}

async fn answer(
    router: Router,
    request: Request<Incoming>,
    raw: UnboundedSender<Raw>,
    quiet: bool,
) -> Result<Response<Watched>, Infallible> {
    let head = request.method() == Method::HEAD;
    let line = (!quiet).then(|| format!("{} {}", request.method(), request.uri().path()));
    let Ok(mut response) = router.oneshot(request.map(Body::new)).await;
    if let Some(line) = line {
        eprintln!("{line} {}", response.status().as_u16());
    }
    let ticket = response.extensions_mut().remove::<Ticket>();
    if let Some(ticket) = &ticket {
        ticket.watch();
    }
    let response = match response.extensions_mut().remove::<Mishap>() {
        None => response,
        Some(Mishap::Delay { ms }) => {
            sleep(Duration::from_millis(ms)).await;
            response
        }
        Some(Mishap::Silence) => pending().await,
        Some(Mishap::Reset) => leave(&raw, Raw::Reset, ticket.as_ref()).await,
        Some(Mishap::Garbage) => leave(&raw, Raw::Garbage, ticket.as_ref()).await,
        Some(Mishap::Stall { bytes }) => spoil(response, bytes, Way::Stall).await,
        Some(Mishap::Cut { bytes }) => spoil(response, bytes, Way::Cut).await,
        Some(Mishap::CutChunked { bytes }) => spoil(response, bytes, Way::CutChunked).await,
        Some(Mishap::Drip { bytes, every_ms }) => spoil(response, bytes, Way::Drip { every_ms }).await,
        Some(Mishap::Endless) => spoil(response, 0, Way::Endless).await,
    };
    let bodiless = matches!(response.status(), StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
    let whole = head || bodiless || response.body().is_end_stream();
    if whole && let Some(ticket) = &ticket {
        ticket.finish();
    }
    let left = announced(&response);
    Ok(response.map(|body| Watched { body, left, ticket }))
}

/// Length of the answer, when it is known before its end.
fn announced(response: &Response<Body>) -> Option<u64> {
    let header = response.headers().get(CONTENT_LENGTH);
    header.and_then(|length| length.to_str().ok()?.parse().ok())
}

/// Hands the socket over; the connection's owner ends this future by dropping it.
async fn leave<T>(raw: &UnboundedSender<Raw>, wish: Raw, ticket: Option<&Ticket>) -> T {
    if let Some(ticket) = ticket {
        ticket.finish();
    }
    let _ = raw.send(wish);
    pending().await
}

#[derive(Clone, Copy)]
enum Way {
    Stall,
    Cut,
    CutChunked,
    Drip { every_ms: u64 },
    Endless,
}

/// Replaces the body by one that comes in the given way. The announced length stays that of the
/// whole, except for a chunked one.
async fn spoil(response: Response<Body>, bytes: usize, way: Way) -> Response<Body> {
    let (mut parts, body) = response.into_parts();
    let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
    let length = HeaderValue::from(body.len());
    match way {
        Way::CutChunked | Way::Endless => parts.headers.remove(CONTENT_LENGTH),
        Way::Stall | Way::Cut | Way::Drip { .. } => parts.headers.insert(CONTENT_LENGTH, length),
    };
    let (sender, receiver) = tokio::sync::mpsc::channel::<Option<Bytes>>(1);
    // Ends by itself when the client goes and the receiver is dropped.
    tokio::spawn(async move {
        match way {
            Way::Drip { every_ms } => {
                for part in body.chunks(bytes) {
                    if sender.send(Some(Bytes::copy_from_slice(part))).await.is_err() {
                        return;
                    }
                    sleep(Duration::from_millis(every_ms)).await;
                }
            }
            Way::Endless => {
                let part = Bytes::from_static(&[b' '; 1 << 14]);
                while sender.send(Some(part.clone())).await.is_ok() {}
            }
            Way::Stall | Way::Cut | Way::CutChunked => {
                let part = body.slice(..bytes.min(body.len()));
                if !part.is_empty() && sender.send(Some(part)).await.is_err() {
                    return;
                }
                if matches!(way, Way::Stall) {
                    sender.closed().await;
                    return;
                }
                sleep(FLUSH).await;
                let _ = sender.send(None).await;
            }
        }
    });
    Response::from_parts(parts, Body::new(Parts(receiver)))
}

/// A body fed by a channel: bytes, then the end, or `None` for the break of the connection.
struct Parts(tokio::sync::mpsc::Receiver<Option<Bytes>>);

impl http_body::Body for Parts {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.0.poll_recv(context).map(|part| match part? {
            Some(bytes) => Some(Ok(Frame::data(bytes))),
            None => Some(Err(io::Error::other("cut on order"))),
        })
    }
}

/// Tells the log whether the client stayed for the whole answer.
struct Watched {
    body: Body,
    /// Bytes still to come of an announced length.
    left: Option<u64>,
    ticket: Option<Ticket>,
}

impl http_body::Body for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        if let (Poll::Ready(Some(Ok(frame))), Some(left)) = (&polled, &mut self.left) {
            *left = left.saturating_sub(frame.data_ref().map_or(0, |data| data.len() as u64));
        }
        // hyper asks no further once the announced length is out. An error is the server's own cut.
        let over = matches!(polled, Poll::Ready(None | Some(Err(_)))) || self.left == Some(0);
        if over && let Some(ticket) = &self.ticket {
            ticket.finish();
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
