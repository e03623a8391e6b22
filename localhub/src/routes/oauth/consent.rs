//! The page on which somebody allows an app what it asks for, or does not.

use std::fmt::Write as _;

use axum::http::StatusCode;
use axum::response::Response;

use crate::accounts::Accounts;
use crate::answer;
use crate::oauth::scopes;
use crate::query::Query;

pub(super) struct Question<'a> {
    /// What the app calls itself.
    pub(super) app: &'a str,
    pub(super) account: &'a str,
    pub(super) scopes: &'a [&'static str],
    /// Organisations, by name, that the app cannot do without.
    pub(super) needed: &'a [String],
    /// Where the decision is sent.
    pub(super) action: &'a str,
}

impl Question<'_> {
    pub(super) fn page(&self, accounts: &Accounts) -> Response {
        let app = escape(self.app);
        let mut orgs = String::new();
        for org in accounts.orgs_of(self.account) {
            // A needed one is granted whatever the form says.
            let needed = if self.needed.contains(&org.name) {
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
             <form method=\"post\" action=\"{action}\">\n\
             <fieldset><legend>Also in these organizations</legend>\n{orgs}</fieldset>\n\
             <p><button name=\"decision\" value=\"allow\">Allow</button> \
             <button name=\"decision\" value=\"deny\">Deny</button></p>\n</form>\n",
            account = escape(self.account),
            list = wants(self.scopes),
            action = escape(self.action),
        );
        answer::page(StatusCode::OK, &format!("Sign in to {app}"), &body)
    }
}

/// The organisations, by name, that the form grants; `None` where one is not the account's.
pub(super) fn ticked(accounts: &Accounts, account: &str, needed: &[String], form: &Query) -> Option<Vec<String>> {
    let mut orgs = needed.to_vec();
    for id in form.all("org") {
        let name = org_of(accounts, account, id)?;
        if !orgs.contains(&name) {
            orgs.push(name);
        }
    }
    Some(orgs)
}

/// The name of an organisation that somebody is a member of.
pub(super) fn org_of(accounts: &Accounts, account: &str, id: &str) -> Option<String> {
    let mut orgs = accounts.orgs_of(account);
    orgs.find(|it| it.oid() == id).map(|it| it.name.clone())
}

fn wants(list: &[&str]) -> String {
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
