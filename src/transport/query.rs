//! A query behind an address, encoded by the platform.

use crate::text::cat;

/// The address with the pairs added in their order.
#[cfg(target_arch = "wasm32")]
pub(crate) fn with_query(url: String, pairs: &[(&str, String)]) -> String {
    if pairs.is_empty() {
        return url;
    }
    // The raw one is kept beside it: gloo's own way to text is a formatter.
    let Ok(raw) = web_sys::UrlSearchParams::new() else {
        return url;
    };
    let query = gloo_net::http::QueryParams::from_raw(raw.clone());
    for (key, value) in pairs {
        query.append(key, value);
    }
    let text = String::from(raw.to_string());
    join(url, &text)
}

/// The address with the pairs added in their order.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn with_query(url: String, pairs: &[(&str, String)]) -> String {
    if pairs.is_empty() {
        return url;
    }
    join(
        url,
        &url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish(),
    )
}

fn join(url: String, query: &str) -> String {
    let sign = if url.contains('?') { "&" } else { "?" };
    cat(&[&url, sign, query])
}
