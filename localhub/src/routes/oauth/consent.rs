//! The page on which somebody allows an app what it asks for, or does not.

use std::fmt::Write as _;

use axum::http::StatusCode;
use axum::response::Response;

use super::authorize::Ask;
use crate::answer;
use crate::oauth::scopes;
use crate::state::State;

pub(super) fn page(state: &State, ask: &Ask, query: &str) -> Response {
    let app = escape(&ask.client.name);
    let mut orgs = String::new();
    for org in state.accounts.orgs_of(&ask.account) {
        // Which the app cannot do without goes with the form by itself.
        let needed = if ask.orgs.contains(&org.name) {
            " checked disabled"
        } else {
            ""
        };
        // Writing to a String does not fail.
        let _ = writeln!(
            orgs,
            "<p><label><input type=\"checkbox\" name=\"org\" value=\"{}\"{needed}> {}</label></p>",
            org.oid(),
            escape(&org.fullname),
        );
    }
    let body = format!(
        "<p>You are signed in as <b>{account}</b>. <b>{app}</b> wants to:</p>\n{list}\
         <form method=\"post\" action=\"/oauth/authorize?{query}\">\n\
         <fieldset><legend>Also in these organizations</legend>\n{orgs}</fieldset>\n\
         <p><button name=\"decision\" value=\"allow\">Allow</button> \
         <button name=\"decision\" value=\"deny\">Deny</button></p>\n</form>\n",
        account = escape(&ask.account),
        list = wants(&ask.scopes),
        query = escape(query),
    );
    answer::page(StatusCode::OK, &format!("Sign in to {app}"), &body)
}

pub(super) fn wants(list: &[&str]) -> String {
    let items = list.iter().fold(String::new(), |mut items, scope| {
        let _ = writeln!(items, "<li><code>{scope}</code>: {}</li>", scopes::meaning(scope));
        items
    });
    format!("<ul>\n{items}</ul>\n")
}

/// Text as markup, also inside quotes.
pub(super) fn escape(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
        out
    })
}
