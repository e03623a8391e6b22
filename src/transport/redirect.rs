//! What to do with a redirect, where the platform lets us see one. Pure, so that it is tested as a table.

use crate::{
    error::{Code, Error, Result},
    text::cat,
    url::{Gate, Url},
};

/// Hops that are followed; one more is `too_many_redirects`.
const MOST: u32 = 5;

/// The next request of a chain.
#[derive(Debug, PartialEq)]
pub(crate) struct Hop {
    pub(crate) url: Url,
    /// 303, and 301 or 302 of a POST: go on reading, without the body (Fetch standard, HTTP-redirect fetch, step 12).
    pub(crate) becomes_get: bool,
    /// The target is another origin than the one before: token and body stay behind, for the rest of the chain.
    pub(crate) leaves: bool,
}

/// Decides on one redirect; `None` when the status is none.
pub(crate) fn hop(
    status: u16,
    location: Option<&str>,
    from: &Url,
    method: &str,
    hops: u32,
    gate: &Gate,
) -> Result<Option<Hop>> {
    let (true, Some(location)) = (matches!(status, 301 | 302 | 303 | 307 | 308), location) else {
        return Ok(None);
    };
    if hops >= MOST {
        return Err(Error::new(Code::TooManyRedirects, "the Hub redirects again and again"));
    }
    let refused = |why: &str, to: &str| {
        let told = cat(&[why, " from ", &from.plain(), " to ", &crate::redact::plain_url(to)]);
        Err(Error::new(Code::CrossOriginRedirect, told))
    };
    let Some(mut url) = Url::parse(location, Some(&from.href)) else {
        return refused("refused a redirect that is no address of a server", "");
    };
    if gate.at_endpoint(from) {
        let home = gate.home(url.clone());
        // A mirror that sends on to the Hub itself means the Hub.
        if home.href != from.href {
            url = home;
        }
    }
    if from.is_https() && !url.is_https() {
        return refused("refused an unencrypted redirect", &url.href);
    }
    let read = matches!(method, "GET" | "HEAD");
    let becomes_get = !read && (status == 303 || (matches!(status, 301 | 302) && method == "POST"));
    let leaves = url.origin != from.origin;
    if leaves && !read {
        return refused("refused to repeat a write at another origin: redirected", &url.href);
    }
    Ok(Some(Hop {
        url,
        becomes_get,
        leaves,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::url::Endpoint;

    fn try_hop(status: u16, from: &str, to: &str, method: &str, hops: u32) -> Result<Option<Hop>> {
        hop_at("https://hub.example", status, from, to, method, hops)
    }

    fn hop_at(endpoint: &str, status: u16, from: &str, to: &str, method: &str, hops: u32) -> Result<Option<Hop>> {
        let gate = Gate::new(Endpoint::parse(endpoint).unwrap(), &[]).unwrap();
        hop(status, Some(to), &Url::parse(from, None).unwrap(), method, hops, &gate)
    }

    #[track_caller]
    fn follow(status: u16, from: &str, to: &str, method: &str) -> Hop {
        try_hop(status, from, to, method, 0).unwrap().unwrap()
    }

    const HUB: &str = "https://hub.example/api/a";

    #[test]
    fn a_relative_target_stays() {
        let it = follow(307, HUB, "/api/b?x=1", "GET");
        assert_eq!(
            (it.url.href.as_str(), it.leaves, it.becomes_get),
            ("https://hub.example/api/b?x=1", false, false)
        );
        assert!(!follow(307, HUB, "/b", "PUT").becomes_get);
        assert!(follow(303, HUB, "/b", "PUT").becomes_get);
        assert!(follow(302, HUB, "/b", "POST").becomes_get);
        assert!(!follow(308, HUB, "/b", "POST").becomes_get);
        assert!(!follow(302, HUB, "/b", "PUT").becomes_get);
        assert!(!follow(303, HUB, "/b", "HEAD").becomes_get);
    }

    #[test]
    fn another_scheme_host_or_port_is_another_origin() {
        for to in [
            "//cdn.example/x",
            "https://hub.example:8443/",
            "https://HUB.example.evil.example/",
        ] {
            assert!(follow(302, HUB, to, "GET").leaves, "{to}");
        }
        assert!(!follow(302, HUB, "https://HUB.example:443/", "GET").leaves);
        assert!(follow(302, "http://127.0.0.1:1/", "http://localhost:1/", "GET").leaves);
    }

    #[test]
    fn what_is_refused() {
        let rows = [
            (302, HUB, "http://hub.example/", "GET", 0, Code::CrossOriginRedirect),
            (307, HUB, "https://cdn.example/", "POST", 0, Code::CrossOriginRedirect),
            (303, HUB, "https://cdn.example/", "POST", 0, Code::CrossOriginRedirect),
            (308, HUB, "https://cdn.example/", "PUT", 0, Code::CrossOriginRedirect),
            (
                302,
                HUB,
                "https://u:p@hub.example/",
                "GET",
                0,
                Code::CrossOriginRedirect,
            ),
            (302, HUB, "data:text/plain,x", "GET", 0, Code::CrossOriginRedirect),
            (302, HUB, "/again", "GET", 5, Code::TooManyRedirects),
        ];
        for (status, from, to, method, hops, code) in rows {
            assert_eq!(
                try_hop(status, from, to, method, hops).unwrap_err().code(),
                code,
                "{to}"
            );
        }
        assert_eq!(try_hop(304, HUB, "/x", "GET", 0).unwrap(), None);
        let gate = Gate::new(Endpoint::parse(crate::url::DEFAULT).unwrap(), &[]).unwrap();
        let hub = Url::parse(HUB, None).unwrap();
        assert_eq!(hop(302, None, &hub, "GET", 0, &gate).unwrap(), None);
    }

    #[test]
    fn a_hub_behind_a_proxy_means_itself() {
        const PROXY: &str = "https://app.example/hub";
        const FROM: &str = "https://app.example/hub/api/models/old";
        let rows = [
            (
                "/api/models/new?x=/api/",
                "https://app.example/hub/api/models/new?x=/api/",
                false,
            ),
            (
                "https://app.example/a/b/resolve/main/c",
                "https://app.example/hub/a/b/resolve/main/c",
                false,
            ),
            (
                "https://huggingface.co/api/models/new",
                "https://app.example/hub/api/models/new",
                false,
            ),
            ("/hub/api/models/new", "https://app.example/hub/api/models/new", false),
            ("/login", "https://app.example/login", false),
            ("https://huggingface.co/login", "https://huggingface.co/login", true),
            ("https://cdn.example/api/x", "https://cdn.example/api/x", true),
            // Otherwise this would go round in a circle.
            (
                "https://huggingface.co/api/models/old",
                "https://huggingface.co/api/models/old",
                true,
            ),
        ];
        for (to, url, leaves) in rows {
            let it = hop_at(PROXY, 307, FROM, to, "GET", 0).unwrap().unwrap();
            assert_eq!((it.url.href.as_str(), it.leaves), (url, leaves), "{to}");
        }
        let elsewhere = hop_at(
            PROXY,
            307,
            "https://cdn.example/x",
            "https://huggingface.co/api/y",
            "GET",
            1,
        );
        assert_eq!(elsewhere.unwrap().unwrap().url.href, "https://huggingface.co/api/y");
        assert!(hop_at(PROXY, 307, FROM, "https://huggingface.co/api/models/new", "POST", 0).is_ok());
        assert!(hop_at(PROXY, 307, FROM, "https://huggingface.co/api/models/old", "POST", 0).is_err());
    }

    #[test]
    fn a_refusal_keeps_the_query_to_itself() {
        let error = try_hop(307, HUB, "https://cdn.example/x?signature=abc", "POST", 0).unwrap_err();
        assert_eq!(
            error.message(),
            "refused to repeat a write at another origin: redirected from https://hub.example/api/a to https://cdn.example/x"
        );
    }
}
