//! An app, and where its users may be sent back to.

use super::scopes;

#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub(crate) id: String,
    /// Public clients have none.
    pub(crate) secret: Option<String>,
    pub(crate) name: String,
    pub(crate) redirect_uris: Vec<String>,
    pub(crate) scopes: Vec<&'static str>,
    /// The organisation that the app belongs to.
    pub(crate) org: Option<String>,
    /// Whether it may have tokens of members of its organisation by their e-mail.
    pub(crate) token_exchange: bool,
}

impl Client {
    pub(crate) fn is_public(&self) -> bool {
        self.secret.is_none()
    }

    pub(crate) fn may_return_to(&self, uri: &str) -> bool {
        !uri.contains('#') && self.redirect_uris.iter().any(|it| fits(it, uri))
    }

    /// What was asked for, or all that the app is registered for; otherwise what is wrong with it.
    pub(crate) fn scopes(&self, asked: Option<&str>) -> Result<Vec<&'static str>, String> {
        let Some(asked) = asked else {
            return Ok(self.scopes.clone());
        };
        let list = scopes::parse(asked).map_err(|word| {
            let valid = scopes::all().join(", ");
            format!("Unknown scope: {word}. Valid scopes: {valid}")
        })?;
        match list.iter().find(|it| !self.scopes.contains(it)) {
            Some(word) => Err(format!("The app is not registered for the scope {word}")),
            None => Ok(list),
        }
    }
}

/// The same, or the same but for the port on loopback (RFC 8252, 7.3; auth.md 3.2).
fn fits(registered: &str, uri: &str) -> bool {
    registered == uri || portless(registered).is_some_and(|it| Some(it) == portless(uri))
}

/// An http address on loopback as what stands before its port and what stands behind it.
fn portless(uri: &str) -> Option<(&str, &str)> {
    let rest = uri.strip_prefix("http://")?;
    let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    // A colon inside brackets belongs to the address.
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|it| it.is_ascii_digit()) => host,
        _ => authority,
    };
    let bare = host.rsplit_once('@').map_or(host, |(_, bare)| bare);
    ["localhost", "127.0.0.1", "[::1]"]
        .contains(&bare)
        .then_some((host, path))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn on_loopback_any_port_will_do_and_nothing_else_differs() {
        for (registered, uri, expected) in [
            ("http://127.0.0.1/cb", "http://127.0.0.1:41234/cb", true),
            ("http://127.0.0.1:80/cb", "http://127.0.0.1:41234/cb", true),
            ("http://[::1]/cb", "http://[::1]:9/cb", true),
            ("http://localhost/cb?a=1", "http://localhost:9/cb?a=1", true),
            ("http://localhost/cb", "http://127.0.0.1:9/cb", false),
            ("http://localhost/cb", "https://localhost:9/cb", false),
            ("http://localhost/cb", "http://localhost:9/cb/", false),
            ("http://localhost/cb", "http://localhost:9/cb?x", false),
            ("http://localhost/cb", "http://u@localhost:9/cb", false),
            ("http://localhost/cb", "http://localhost:9x/cb", false),
            ("http://localhost/cb", "http://localhost:9@evil.example/cb", false),
            ("http://localhost/cb", "http://localhost.evil.example:9/cb", false),
            ("http://app.example/cb", "http://app.example:81/cb", false),
            ("https://app.example/cb", "https://app.example:8443/cb", false),
            ("https://app.example/cb", "https://app.example/cb", true),
            ("app.example:/cb", "app.example:/cb", true),
            ("app.example:/cb", "app.example:/cbx", false),
        ] {
            assert_eq!(fits(registered, uri), expected, "{registered} {uri}");
        }
    }
}
