//! A Hugging Face Hub on your own machine: a server for development and tests.
//!
//! [`router`] and [`cdn_router`] are pure: request in, response out, with clock, chance and origins
//! handed in by [`Config`]. With the feature `server` (on by default) [`start`] puts both on free
//! ports of this machine:
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
//! let hub = localhub::start().await?;
//! println!("{} and {}", hub.url, hub.cdn_url);
//! hub.stop().await;
//! # Ok(()) }
//! ```
//!
//! Everything here is written from recorded answers of the Hub and from its documentation, never
//! from a client: a client that reads the wire wrongly must fail against it.

mod access;
mod accounts;
mod answer;
mod call;
mod changes;
mod control;
mod cors;
mod encode;
mod error;
mod facts;
mod faults;
#[cfg(feature = "server")]
mod fetch;
mod fields;
mod gzip;
mod handle;
mod headers;
mod kind;
mod limits;
mod log;
mod oauth;
mod principal;
mod properties;
mod query;
mod ranges;
mod repo;
mod repos;
mod requests;
mod routes;
mod seed;
#[cfg(feature = "server")]
mod serve;
mod state;
mod target;
#[cfg(feature = "server")]
mod transport;

use axum::Router;
use axum::extract::DefaultBodyLimit;

pub use crate::faults::Mishap;
pub use crate::log::Ticket;
#[cfg(feature = "server")]
pub use crate::serve::{Options, Running, serve, start};
pub use crate::state::{Config, Fetched, Hub};

/// The hub itself.
///
/// A response may carry a [`Mishap`] as an extension: the fault that whoever owns the socket is to
/// carry out; and a [`Ticket`] for the log.
pub fn router(hub: Hub) -> Router {
    with_pipeline(hub.clone(), log::Side::Hub, routes::hub().with_state(hub))
}

/// The second origin, which large files redirect to.
pub fn cdn_router(hub: Hub) -> Router {
    with_pipeline(hub.clone(), log::Side::Cdn, routes::cdn().with_state(hub))
}

fn with_pipeline(hub: Hub, side: log::Side, ordinary: Router) -> Router {
    // Tests order large faults and send large files.
    let ordinary = ordinary.layer(DefaultBodyLimit::disable());
    let control = control::routes()
        .with_state(hub.clone())
        .layer(DefaultBodyLimit::disable());
    let routes = handle::Routes {
        side,
        ordinary,
        control,
    };
    Router::new().fallback(move |request| handle::handle(hub.clone(), routes.clone(), request))
}
