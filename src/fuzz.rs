//! What holds whatever the input is. `cargo xtask fuzz` looks for input that breaks it; a test plays the seeds again, and each
//! of them a little changed. Behind a feature, because it shows to one crate of ours what is nobody else's.

use std::borrow::Cow;

use crate::{
    endpoint::Plan,
    json::Value,
    page::next_link,
    store::{Found, Record},
    text::cat,
    token::Token,
    transport::{
        self, hop,
        retry::{Failed, LONGEST_PAUSE_MS, SPREAD_MS, Verdict, decide, told_wait},
    },
    url::{Endpoint, Gate, Url, check_path, encode_part},
};

const HUB: &str = "https://hub.example";
const PROXY: &str = "https://proxy.example/hf";
/// Stands for a secret; no message of ours holds this word.
const CANARY: &str = "Zq9fakeCanary";

fn text(data: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(data)
}

/// What is taken may stand in a header and is shown by nothing; what is refused is not repeated.
pub fn token(data: &[u8]) {
    let text = text(data);
    for official in [true, false] {
        if let Ok(token) = Token::parse(&text, official) {
            let value = token.expose();
            assert!(!value.is_empty() && value.len() <= 16 * 1024 && value.bytes().all(|it| it.is_ascii_graphic()));
            assert!(text.contains(value), "made up");
            assert!(!official || token.kind().is_bearer());
            assert!(Token::parse(value, official).is_ok_and(|it| it == token));
            assert!(Token::from_secret(value, official).is_ok_and(|it| it.as_ref() == Some(&token)));
            let kind = cat(&["Token(", token.kind().as_str(), ", hf_****) hf_**** ****"]);
            assert_eq!(format!("{token:?} {token} {:?}", token.bearer()), kind);
            let masked = token.masked();
            assert!(masked == "****" || (masked.len() == 11 && value.len() >= 16));
        }
        if let Ok(None) = Token::from_secret(&text, official) {
            assert!(text.trim().is_empty());
        }
        let refused = Token::parse(&cat(&[&text, CANARY, "\u{1}"]), official);
        assert!(refused.is_err_and(|it| !format!("{it} {it:?} {}", it.hint()).contains(CANARY)));
    }
}

/// Three lines: an endpoint, another origin, an address. What is let through is at a place of the table, and encrypted or on
/// this machine.
pub fn url(data: &[u8]) {
    let text = text(data);
    let mut lines = text.splitn(3, '\n');
    let mut line = || lines.next().unwrap_or_default();
    let (endpoint, other, address) = (line(), line(), line());

    let secret = cat(&["https://u:", CANARY, "@", endpoint]);
    assert_eq!(Url::parse(&secret, None), None);
    assert!(Endpoint::parse(&secret).is_err_and(|it| !format!("{it} {it:?} {}", it.hint()).contains(CANARY)));

    for from in [HUB, PROXY, "http://127.0.0.1:1"] {
        redirect(from, address);
    }
    let Ok(endpoint) = Endpoint::parse(endpoint) else {
        return;
    };
    let href = endpoint.href();
    assert!(Endpoint::parse(&href).is_ok_and(|it| it == endpoint), "{href}");
    let mut table = vec![endpoint.origin.clone(), "https://router.huggingface.co".to_owned()];
    let others: Vec<_> = Endpoint::parse(other).into_iter().map(|it| it.origin).collect();
    table.extend(others.iter().cloned());
    let Ok(gate) = Gate::new(endpoint, &others) else {
        return;
    };
    for base in [None, Some(href.as_str())] {
        let Some(url) = Url::parse(address, base) else {
            continue;
        };
        well_formed(&url);
        let home = gate.home(url.clone());
        assert!(
            home == url || (gate.at_endpoint(&home) && !gate.at_endpoint(&url)),
            "{}",
            url.href
        );
        if gate.at_endpoint(&url) {
            assert!(gate.admits(&url) && url.href.starts_with(&href), "{} {href}", url.href);
        }
        if gate.admits(&url) {
            assert!(table.contains(&url.origin), "{}", url.href);
            assert!(Endpoint::parse(&url.origin).is_ok(), "{}", url.origin);
        }
    }
}

fn well_formed(url: &Url) {
    assert_eq!(Url::parse(&url.href, None).as_ref(), Some(url));
    let rest = url.href.strip_prefix(&url.origin);
    assert!(
        url.path.starts_with('/') && rest.is_some_and(|it| it.starts_with(&url.path)),
        "{url:?}"
    );
    assert!(!url.plain().contains(['?', '#']));
}

fn redirect(from: &str, to: &str) {
    let gate = Endpoint::parse(from).and_then(|it| Gate::new(it, &[]));
    let (Ok(gate), Some(from)) = (gate, Url::parse(&cat(&[from, "/api/x"]), None)) else {
        return;
    };
    for (method, read) in [("GET", true), ("POST", false), ("DELETE", false)] {
        for status in [301, 302, 303, 307, 308] {
            let Ok(Some(hop)) = hop(status, Some(to), &from, method, 0, &gate) else {
                continue;
            };
            well_formed(&hop.url);
            assert!(hop.url.is_https() || !from.is_https(), "{}", hop.url.href);
            assert_eq!(hop.leaves, hop.url.origin != from.origin);
            assert!(read || !hop.leaves, "a write left for {}", hop.url.href);
        }
    }
}

/// A path that is taken stays below the endpoint and keeps its parts; an option stays one part of it.
pub fn path(data: &[u8]) {
    let text = text(data);
    for base in [HUB, PROXY] {
        let Ok(gate) = Endpoint::parse(base).and_then(|it| Gate::new(it, &[])) else {
            continue;
        };
        let at = |path: &str| {
            Url::parse(&cat(&[base, path]), None)
                .filter(|it| gate.at_endpoint(it))
                .map(|it| it.path)
        };
        let prefix = &gate.endpoint.prefix;
        if check_path(&text).is_ok() {
            let bare = text.split('?').next().unwrap_or_default();
            let slashes = |it: &str| it.matches('/').count();
            assert!(
                at(&text).is_some_and(|it| slashes(&it) == slashes(bare) + slashes(prefix)),
                "{text}"
            );
        }
        for (key, spec) in [
            ("revision", "GET /api/models/{repo}[/revision/{revision}] ?search"),
            ("repo", "GET /api/models/{repo} ?search"),
            ("username", "GET /api/users/{username}/overview ?search"),
        ] {
            let mut options = Value::object();
            options.set("repo", "ada/tiny");
            options.set(key, &*text);
            options.set("search", &*text);
            let Ok(plan) = Plan::new(spec, &options) else {
                continue;
            };
            let path = transport::with_query(plan.path.clone(), &plan.query);
            assert_eq!(at(&path), Some(cat(&[prefix, &plan.path])), "{text}");
        }
    }
    let mut part = String::new();
    encode_part(&text, &mut part);
    assert!(
        part.bytes()
            .all(|it| it.is_ascii_alphanumeric() || b"-_.~%".contains(&it))
    );
    assert_eq!(decoded(&part), text.as_bytes());
}

fn decoded(part: &str) -> Vec<u8> {
    let mut pieces = part.split('%');
    let mut out = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let (hex, rest) = piece.split_at_checked(2).unwrap_or_default();
        out.extend(u8::from_str_radix(hex, 16));
        out.extend(rest.as_bytes());
    }
    out
}

/// A next page is a piece of the header, and is found again beside another link.
pub fn link(data: &[u8]) {
    let text = text(data);
    if let Some(target) = next_link(&text) {
        assert!(text.contains(target) && !target.contains('>') && target == target.trim());
        let alone = cat(&["<", target, ">; rel=\"next\""]);
        assert_eq!(next_link(&alone), Some(target));
        assert_eq!(next_link(&cat(&["<x>; rel=\"prev\", ", &alone])), Some(target));
    }
}

/// A wait is some time that passes.
pub fn ratelimit(data: &[u8]) {
    let text = text(data);
    sensible(told_wait(&text, "", "", 0.0));
    // What cannot be read leaves the other header its say, and the next bucket too.
    assert!(told_wait(&text, "7", "", 0.0).is_some());
    let more = cat(&[&text, ", \"next\";r=0;t=7"]);
    assert!(told_wait(&more, "", "", 0.0).is_some_and(|it| it >= 7000.0));
}

/// Two lines: `Retry-After` and `Date`. A wait is some time that passes.
pub fn retry_after(data: &[u8]) {
    let text = text(data);
    let (after, date) = text.split_once('\n').unwrap_or((&text, ""));
    sensible(told_wait("", after, date, 0.0));
    sensible(told_wait("", after, date, 1e13));
    assert_eq!(told_wait("\"api\";r=0;t=3", &text, "", 0.0), Some(3000.0));
}

fn sensible(wait: Option<f64>) {
    // A date says the year 9999 at most.
    assert!(wait.is_none_or(|it| (0.0..1e15).contains(&it)), "{wait:?}");
    // Nobody waits longer than they would.
    for (failed, done) in [
        (Failed::Status(429), 0),
        (Failed::Status(503), 31),
        (Failed::Late, u32::MAX),
    ] {
        if let Verdict::Again { ms, cost } = decide(failed, done, wait, LONGEST_PAUSE_MS, 1.0) {
            assert!(
                (0.0..=LONGEST_PAUSE_MS + SPREAD_MS).contains(&ms) && cost >= 0.0,
                "{ms}"
            );
        }
    }
}

/// What is found under a key is good for this endpoint alone and is written as it was read; any name survives.
pub fn record(data: &[u8]) {
    let text = text(data);
    for official in [true, false] {
        if let Found::Record(it) = Record::find(&text, HUB, official) {
            again(&it, official);
        }
        let Ok(token) = Token::parse(&cat(&["hf_", CANARY]), official) else {
            continue;
        };
        let made = Record::of(HUB, &text, token);
        assert!(text.contains(CANARY) || !format!("{made:?}").contains(CANARY));
        assert!(made.used().is_some());
        again(&made, official);
    }
}

fn again(it: &Record, official: bool) {
    let json = it.to_json();
    assert!(matches!(Record::find(&json, PROXY, official), Found::Foreign));
    let Found::Record(read) = Record::find(&json, HUB, official) else {
        return assert!(json.len() > 1 << 20, "lost: {json}");
    };
    let used = |it: &Record| it.used().map(|it| (it.name.clone(), it.token.clone()));
    assert_eq!(used(&read), used(it));
    assert_eq!((&read.active, &read.endpoint), (&it.active, &it.endpoint));
    let profiles = |it: &Record| {
        it.profiles
            .iter()
            .map(|it| (it.name.clone(), it.token.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(profiles(&read), profiles(it));
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    /// Each seed, each seed cut short, and each a hundred times with some bytes changed: the same in every run.
    #[track_caller]
    fn replay(name: &str, target: fn(&[u8])) {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(name);
        let seeds: Vec<_> = fs::read_dir(dir)
            .unwrap()
            .map(|it| fs::read(it.unwrap().path()).unwrap())
            .collect();
        assert!(seeds.len() >= 8, "{} seeds for {name}", seeds.len());
        let mut random = 0x2545_F491_4F6C_DD1D_u64;
        let mut below = |limit: usize| {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            usize::try_from(random % limit.max(1) as u64).unwrap()
        };
        for seed in &seeds {
            target(seed);
            for end in 0..seed.len() {
                target(&seed[..end]);
            }
            for _ in 0..100 {
                let mut changed = seed.clone();
                for _ in 0..=below(4) {
                    let other = &seeds[below(seeds.len())];
                    let (at, from) = (below(changed.len()), below(other.len()));
                    match below(3) {
                        0 if !changed.is_empty() => changed[at] ^= 1 << below(8),
                        1 => drop(
                            changed.splice(at..at, other[from..(from + below(12)).min(other.len())].iter().copied()),
                        ),
                        _ => drop(changed.drain(at..(at + below(6)).min(changed.len()))),
                    }
                }
                target(&changed);
            }
        }
    }

    #[test]
    fn any_token_may_be_a_header_or_is_refused_unseen() {
        replay("token", super::token);
    }

    #[test]
    fn any_address_that_is_let_through_is_in_the_table() {
        replay("url", super::url);
    }

    #[test]
    fn any_path_that_is_taken_stays_below_the_endpoint() {
        replay("path", super::path);
    }

    #[test]
    fn any_next_page_is_a_piece_of_its_header() {
        replay("link", super::link);
    }

    #[test]
    fn any_rate_limit_is_a_wait_or_none() {
        replay("ratelimit", super::ratelimit);
    }

    #[test]
    fn any_retry_after_is_a_wait_or_none() {
        replay("retry_after", super::retry_after);
    }

    #[test]
    fn any_record_is_written_as_it_was_read() {
        replay("record", super::record);
    }
}
