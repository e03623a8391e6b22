//! A hub on two ports of this machine.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::fetch::fetch;
use crate::state::{Config, Hub};
use crate::transport;

/// Where to listen.
#[derive(Clone, Debug)]
pub struct Options {
    /// Address of both origins; this machine only by default.
    pub host: IpAddr,
    /// 0 takes a free port.
    pub port: u16,
    /// Of the second origin; 0 takes a free port.
    pub cdn_port: u16,
    /// No line per request on stderr.
    pub quiet: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            cdn_port: 0,
            quiet: true,
        }
    }
}

/// A hub that runs until it is stopped or dropped.
#[derive(Debug)]
pub struct Running {
    /// Such as `http://127.0.0.1:41234`, without a trailing slash.
    pub url: String,
    /// The second origin.
    pub cdn_url: String,
    /// Its state; `hub.reset()` is quicker than the control route.
    pub hub: Hub,
    tasks: JoinSet<()>,
}

impl Running {
    /// Closes both ports and every connection.
    pub async fn stop(mut self) {
        self.tasks.shutdown().await;
    }
}

/// A quiet hub on free ports of this machine.
pub async fn start() -> io::Result<Running> {
    serve(Options::default()).await
}

/// A hub where `options` say.
pub async fn serve(options: Options) -> io::Result<Running> {
    let listener = TcpListener::bind((options.host, options.port)).await?;
    let cdn_listener = TcpListener::bind((options.host, options.cdn_port)).await?;
    let (url, cdn_url) = (url(listener.local_addr()?), url(cdn_listener.local_addr()?));
    let hub = Hub::new(Config {
        origin: url.clone(),
        cdn_origin: cdn_url.clone(),
        now_ms: Arc::new(now_ms),
        random: Arc::new(numbers()),
        fetch: Arc::new(|url| Box::pin(fetch(url))),
    });
    let mut tasks = JoinSet::new();
    tasks.spawn(accept(listener, crate::router(hub.clone()), options.quiet));
    tasks.spawn(accept(cdn_listener, crate::cdn_router(hub.clone()), options.quiet));
    Ok(Running {
        url,
        cdn_url,
        hub,
        tasks,
    })
}

async fn accept(listener: TcpListener, router: Router, quiet: bool) {
    // Owned here, so that stopping closes the connections too.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => if let Ok((stream, _)) = accepted {
                connections.spawn(transport::connection(stream, router.clone(), quiet));
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

fn url(address: SocketAddr) -> String {
    format!("http://{address}")
}

fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// SplitMix64 over a counter: request ids differ, and are the same in every run.
fn numbers() -> impl Fn() -> u64 + Send + Sync {
    let counter = AtomicU64::new(0x6C6F_6361_6C68_7562);
    move || {
        let mut z = counter.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}
