//! The OAuth and OpenID routes (auth.md 3), but for userinfo.

mod authorize;
mod consent;
mod device;
mod jwks;
mod metadata;
mod register;
mod token;

use axum::Router;

use crate::state::Hub;

pub(crate) fn routes() -> Router<Hub> {
    Router::new()
        .merge(metadata::routes())
        .merge(authorize::routes())
        .merge(token::routes())
        .merge(device::routes())
        .merge(jwks::routes())
        .merge(register::routes())
}
