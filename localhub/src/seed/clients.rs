//! The apps that may ask for a sign-in. The first is the Python client's own, by its public id.

use crate::oauth::ci::Publisher;
use crate::oauth::{Client, scopes};

/// Loopback, so that any port will do (auth.md 3.2); other paths are registered by control route. A server that uses
/// `hubkey/server` is called back at the last one, unless it says otherwise.
const PATHS: [&str; 4] = ["/", "/callback", "/oauth/callback", "/auth/callback"];
const HOSTS: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

pub(crate) fn clients() -> Vec<Client> {
    vec![
        Client {
            redirect_uris: Vec::new(),
            scopes: vec![
                "openid",
                "profile",
                "email",
                "read-repos",
                "write-repos",
                "manage-repos",
            ],
            ..app("26be6b09-91c5-47da-9861-d2d2bb7a7e36", "Hugging Face CLI")
        },
        app("hubkey-test-public", "Test app"),
        Client {
            secret: Some("hubkey-test-client-secret-not-real".to_owned()),
            ..app("hubkey-test-secret", "Test server")
        },
        Client {
            secret: Some("hubkey-test-org-secret-not-real".to_owned()),
            org: Some("acme".to_owned()),
            token_exchange: true,
            ..app("hubkey-test-org", "Acme's own app")
        },
    ]
}

/// What trusts the continuous integration, and which jobs of it.
pub(crate) fn publishers() -> Vec<Publisher> {
    let trusts = |resource: &str, repository: &str| Publisher {
        resource: resource.to_owned(),
        claims: [("repository".to_owned(), repository.into())].into_iter().collect(),
    };
    vec![
        trusts("acme/m1", "acme/m1-ci"),
        trusts("datasets/ada/data-001", "acme/m1-ci"),
        trusts("ada", "acme/m1-ci"),
    ]
}

fn app(id: &str, name: &str) -> Client {
    let uris = HOSTS
        .iter()
        .flat_map(|host| PATHS.map(|path| format!("http://{host}{path}")));
    Client {
        id: id.to_owned(),
        secret: None,
        name: name.to_owned(),
        redirect_uris: uris.collect(),
        scopes: scopes::all(),
        org: None,
        token_exchange: false,
    }
}
