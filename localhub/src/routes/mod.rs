//! The routes of the two origins, one file per group.

mod accounts;
mod actions;
mod auth_check;
mod bounce;
mod cdn;
mod chat;
mod credentials;
mod gates;
mod info;
mod listing;
mod lookup;
mod manage;
mod members;
mod oauth;
mod pages;
mod refs;
mod resolve;
mod reviews;
mod settings;
mod tree;
mod userinfo;
mod whoami;

use axum::Router;

pub(crate) use self::actions::ACTIONS;
pub(crate) use self::bounce::{BOUNCE, REDIRECT};

use crate::state::Hub;

pub(crate) fn hub() -> Router<Hub> {
    Router::new()
        .merge(whoami::routes())
        .merge(userinfo::routes())
        .merge(oauth::routes())
        .merge(actions::routes())
        .merge(listing::routes())
        .merge(info::routes())
        .merge(auth_check::routes())
        .merge(tree::routes())
        .merge(refs::routes())
        .merge(manage::routes())
        .merge(settings::routes())
        .merge(gates::routes())
        .merge(reviews::routes())
        .merge(accounts::routes())
        .merge(members::routes())
        .merge(resolve::routes())
        .merge(chat::routes())
        .merge(credentials::routes())
        .merge(bounce::routes())
        .merge(pages::routes())
}

pub(crate) fn cdn() -> Router<Hub> {
    Router::new().merge(cdn::routes()).merge(bounce::routes())
}
