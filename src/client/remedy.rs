//! What to do about a refusal: in which organisation, on which page.

use super::{answer::Said, send::Answer};
use crate::{auth::way, error::Code, json::Value, text::cat};

impl Said {
    /// What an organisation asks for is told in words that are nowhere written down; whoami lists it.
    #[inline(never)]
    pub(super) fn restricted(&mut self, endpoint: &str, answer: &Answer, me: &Value) {
        for org in me.list("orgs") {
            let Some((name, it)) = org
                .text("name")
                .zip(org.list("restrictions").first().and_then(Value::as_text))
            else {
                continue;
            };
            // What is made or deleted stands in the body; then the Hub's sentence may name it.
            if answer
                .url
                .path
                .split('/')
                .chain(self.sentence.split(' '))
                .any(|part| part == name)
            {
                self.means = Code::OrgRestricted;
                self.detail = Some(it);
                self.fix = Some(cat(&[endpoint, "/", &name]));
            }
        }
    }
}

/// A sentence for what is known more exactly than by the code.
#[inline(never)]
pub(super) fn remedy(means: Code, detail: Option<&str>) -> Option<&'static str> {
    Some(match (means, detail?) {
        (Code::OrgRestricted, it) => way(it),
        (Code::GatedRepo, "pending") => "the owners have yet to answer the request: wait, or ask them",
        (Code::GatedRepo, "rejected") => "the owners refused the request: ask them, or do without this repo",
        (Code::GatedRepo, "signed_out") => "sign in first, then ask for access on the repo's page",
        _ => return None,
    })
}

/// The page of the repo that an address leads into.
#[inline(never)]
pub(super) fn gate_page(endpoint: &str, href: &str) -> Option<String> {
    let path = href.strip_prefix(endpoint)?;
    let path = path
        .strip_prefix("/api/models")
        .or_else(|| path.strip_prefix("/api"))
        .unwrap_or(path);
    let typed = ["/datasets/", "/spaces/", "/kernels/"]
        .iter()
        .any(|it| path.starts_with(it));
    let page: Vec<_> = path.split('/').take(if typed { 4 } else { 3 }).collect();
    Some(cat(&[endpoint, &page.join("/")]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_a_gate_is_the_repos_own() {
        for (path, page) in [
            ("/a/b/resolve/main/c.json", "/a/b"),
            ("/api/models/a/b/auth-check", "/a/b"),
            ("/api/models/a/b", "/a/b"),
            ("/datasets/a/b/raw/main/c", "/datasets/a/b"),
            ("/api/datasets/a/b/auth-check/write", "/datasets/a/b"),
            ("/spaces/a/b/resolve/main/c", "/spaces/a/b"),
        ] {
            let found = gate_page("https://hub.example/base", &cat(&["https://hub.example/base", path]));
            assert_eq!(found, Some(cat(&["https://hub.example/base", page])), "{path}");
        }
        assert_eq!(
            gate_page("https://hub.example", "https://cdn.example/a/b/resolve/main/c"),
            None
        );
    }

    #[test]
    fn each_state_and_each_restriction_has_its_way_out() {
        let all = [
            (Code::GatedRepo, "pending"),
            (Code::GatedRepo, "rejected"),
            (Code::GatedRepo, "signed_out"),
            (Code::OrgRestricted, "sso"),
            (Code::OrgRestricted, "mfa"),
            (Code::OrgRestricted, "ip"),
            (Code::OrgRestricted, "token-policy"),
            (Code::OrgRestricted, "token-revoked"),
        ];
        let mut said: Vec<_> = all.iter().filter_map(|it| remedy(it.0, Some(it.1))).collect();
        said.sort_unstable();
        said.dedup();
        assert_eq!(said.len(), all.len());
        assert!(!said.contains(&Code::OrgRestricted.hint()));
        assert_eq!(remedy(Code::GatedRepo, Some("not_asked")), None, "the code's own");
        assert_eq!(remedy(Code::Conflict, Some("https://hub.example/a")), None);
    }
}
