//! Addresses, read by the same parser that the transport will use: the platform's in wasm, the `url` crate natively.
//! Two parsers that differ by one character are how tokens leave through a check that passed.

use crate::error::{Code, Error, Result};
use crate::text::{cat, has};

// A name and password in an address would be sent as Authorization by some runtimes, so such a one is none. The parser
// leaves no space anywhere. And only the web's schemes: a `blob:` address has the origin of the page that made it.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(inline_js = "export const parse_url = (text, base) => {
  try {
    const { protocol, origin, pathname, href, username, password } = new URL(text, base);
    return username || password || !/^https?:$/.test(protocol) ? undefined : [origin, pathname, href].join(' ');
  } catch { return undefined; }
};")]
extern "C" {
    fn parse_url(text: &str, base: Option<&str>) -> Option<String>;
}

/// An absolute address, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Url {
    pub(crate) href: String,
    /// Scheme, host and port, the port only when it is not the scheme's own.
    pub(crate) origin: String,
    pub(crate) path: String,
}

impl Url {
    // What no native test compiles, none can miss.
    #[cfg_attr(false, mutants::skip)]
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn parse(text: &str, base: Option<&str>) -> Option<Self> {
        let parts = parse_url(text, base)?;
        let (origin, rest) = parts.split_once(' ')?;
        let (path, href) = rest.split_once(' ')?;
        Some(Self {
            origin: origin.to_owned(),
            path: path.to_owned(),
            href: href.to_owned(),
        })
    }

    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn parse(text: &str, base: Option<&str>) -> Option<Self> {
        let it = match base {
            Some(base) => url::Url::parse(base).ok()?.join(text),
            None => url::Url::parse(text),
        }
        .ok()?;
        let is_web = matches!(it.scheme(), "http" | "https");
        (is_web && it.username().is_empty() && it.password().is_none()).then(|| Self {
            href: it.to_string(),
            origin: it.origin().ascii_serialization(),
            path: it.path().to_owned(),
        })
    }

    pub(crate) fn is_https(&self) -> bool {
        self.origin.starts_with("https://")
    }

    /// Origin and path, for messages.
    pub(crate) fn plain(&self) -> String {
        crate::redact::plain_url(&self.href)
    }
}

/// Where the Hub is: an origin, perhaps with a path below which it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Endpoint {
    pub(crate) origin: String,
    /// `""`, or `/path` without a slash at the end.
    pub(crate) prefix: String,
}

/// The endpoint when none is given.
pub(crate) const DEFAULT: &str = "https://huggingface.co";
const ROUTER: &str = "https://router.huggingface.co";

impl Endpoint {
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let wrong = || {
            // What stands before an @ may be a password.
            let met = text
                .bytes()
                .rposition(|it| it == b'@')
                .map_or(text, |at| text.get(at + 1..).unwrap_or_default());
            let met = crate::redact::scrub(&crate::redact::plain_url(met));
            Error::new(
                Code::InvalidEndpoint,
                cat(&["`", &met, "` is not the address of a Hub"]),
            )
        };
        // Refused before parsing: parsers mend these silently, and each mends them in its own way.
        let odd = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '\\' | '?' | '#' | '@' | '%' | '*');
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
            .ok_or_else(wrong)?;
        if rest.is_empty()
            || rest.starts_with('/')
            || text.contains(odd)
            || has(rest, "//")
            || rest.split('/').any(|it| it == "." || it == "..")
        {
            return Err(wrong());
        }
        // An endpoint is told as it was given, so what the parser had to encode is none.
        let url = Url::parse(text, None)
            .filter(|it| !has(&it.path, "%"))
            .ok_or_else(wrong)?;
        if !url.is_https() && !is_loopback(&url.origin) {
            let told = cat(&[
                "`",
                &url.origin,
                "` is not encrypted: a token would be readable on the way",
            ]);
            return Err(Error::new(Code::InsecureEndpoint, told));
        }
        let mut prefix = url.path;
        while prefix.ends_with('/') {
            prefix.pop();
        }
        Ok(Self {
            prefix,
            origin: url.origin,
        })
    }

    /// Whether it is Hugging Face's own, which takes its own kinds of token only.
    pub(crate) fn is_official(&self) -> bool {
        self.prefix.is_empty() && (self.origin == DEFAULT || self.origin == "https://hf.co")
    }

    pub(crate) fn href(&self) -> String {
        cat(&[&self.origin, self.prefix.as_str()])
    }
}

fn is_loopback(origin: &str) -> bool {
    let host = origin.strip_prefix("http://").unwrap_or_default();
    let name = if host.starts_with('[') {
        host.split_inclusive(']').next()
    } else {
        host.split(':').next()
    };
    let name = name.unwrap_or_default();
    // The parser has made every spelling of 127.x.y.z (octal, hex, short) into four numbers.
    let numbers = name
        .strip_prefix("127.")
        .is_some_and(|it| it.bytes().all(|c| c.is_ascii_digit() || c == b'.'));
    name == "localhost" || name == "[::1]" || numbers
}

/// The closed table of places that may get the token. One for each client, made once.
#[derive(Clone, Debug)]
pub(crate) struct Gate {
    pub(crate) endpoint: Endpoint,
    others: Vec<String>,
}

impl Gate {
    pub(crate) fn new(endpoint: Endpoint, origins: &[String]) -> Result<Self> {
        let mut others = Vec::new();
        for it in origins {
            let it = Endpoint::parse(it)?;
            if !it.prefix.is_empty() {
                let told = cat(&["`", &it.href(), "` has a path; origins are scheme and host alone"]);
                return Err(Error::new(Code::InvalidEndpoint, told));
            }
            others.push(it.origin);
        }
        if endpoint.origin == DEFAULT {
            others.push(ROUTER.to_owned());
        }
        Ok(Self { endpoint, others })
    }

    /// Whether the token may go to this address.
    pub(crate) fn admits(&self, url: &Url) -> bool {
        self.at_endpoint(url) || self.others.contains(&url.origin)
    }

    /// Whether the address is the endpoint's own.
    pub(crate) fn at_endpoint(&self, url: &Url) -> bool {
        url.origin == self.endpoint.origin
            && url
                .path
                .strip_prefix(&self.endpoint.prefix)
                .is_some_and(|it| it.is_empty() || it.starts_with('/'))
    }

    /// The same below the endpoint, where a Hub behind a proxy speaks of itself as of huggingface.co, or knows the proxy's
    /// host and not its path. What is no address of the Hub's is left as it is.
    #[inline(never)]
    pub(crate) fn home(&self, url: Url) -> Url {
        let known = url.origin == self.endpoint.origin || url.origin == DEFAULT;
        let meant = url.path.starts_with("/api/") || has(&url.path, "/resolve/");
        if self.at_endpoint(&url) || !known || !meant {
            return url;
        }
        let rest = url.href.get(url.origin.len()..).unwrap_or_default();
        Url::parse(&cat(&[&self.endpoint.href(), rest]), None).unwrap_or(url)
    }
}

/// A path below the endpoint that cannot leave it: begins with one slash, and no part is `.` or `..`, however it is spelled.
pub(crate) fn check_path(path: &str) -> Result<()> {
    let bare = path.split('?').next().unwrap_or_default();
    let odd = |c: char| c.is_control() || matches!(c, '\\' | '#');
    if bare.starts_with('/') && !bare.starts_with("//") && !path.contains(odd) && !bare.split('/').any(is_dotted) {
        return Ok(());
    }
    Err(Error::new(
        Code::InvalidPath,
        cat(&["`", &crate::redact::scrub(bare), "` is not a path below the endpoint"]),
    ))
}

/// `.` or `..`, however it is spelled.
pub(crate) fn is_dotted(part: &str) -> bool {
    let mut rest = part;
    let mut dots = 0;
    while let Some(after) = rest
        .strip_prefix('.')
        .or_else(|| rest.strip_prefix("%2e"))
        .or_else(|| rest.strip_prefix("%2E"))
    {
        rest = after;
        dots += 1;
    }
    rest.is_empty() && (dots == 1 || dots == 2)
}

/// One part of a path or a query, everything encoded that could end it.
pub(crate) fn encode_part(part: &str, into: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            into.push(byte as char);
        } else {
            into.push('%');
            for digit in [byte >> 4, byte & 15] {
                into.push(HEX.get(usize::from(digit)).copied().unwrap_or(b'0') as char);
            }
        }
    }
}

#[cfg(test)]
mod tests;
