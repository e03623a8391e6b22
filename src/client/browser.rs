//! Whether the platform hides redirects.

/// Nothing does natively.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn hides_redirects() -> bool {
    false
}

#[cfg(target_arch = "wasm32")]
pub(super) use wasm::hides_redirects;

#[cfg(target_arch = "wasm32")]
mod wasm {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(thread_local_v2, js_namespace = ["globalThis", "navigator"], js_name = userAgent)]
        static USER_AGENT: Option<String>;
    }

    /// Browsers, by their name: asking costs a request. A wrong no is mended by the opaque answer, at the price of a
    /// second request; a wrong yes is what must not be, so simulated documents in Node count as Node.
    pub(in crate::client) fn hides_redirects() -> bool {
        let agent = USER_AGENT.with(|it| it.clone()).unwrap_or_default();
        let simulated = crate::text::has(&agent, "jsdom") || crate::text::has(&agent, "HappyDOM");
        agent.starts_with("Mozilla/") && !simulated
    }
}
