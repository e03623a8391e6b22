//! A body as it is unpacked, up to a limit.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::error::{Error, Result};

#[wasm_bindgen]
extern "C" {
    // By shape: of another realm, or of a stand-in for fetch, it may be anything.
    type Body;
    #[wasm_bindgen(method, js_name = getReader, catch)]
    fn get_reader(this: &Body) -> std::result::Result<Reader, JsValue>;

    type Reader;
    #[wasm_bindgen(method, catch)]
    fn read(this: &Reader) -> std::result::Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn cancel(this: &Reader) -> std::result::Result<Promise, JsValue>;

    type Chunk;
    #[wasm_bindgen(method, getter)]
    fn done(this: &Chunk) -> bool;
    #[wasm_bindgen(method, getter)]
    fn value(this: &Chunk) -> JsValue;
}

/// All of it; `None` when there is more than `most`, whose rest is let go.
pub(super) async fn read(response: &Response, most: usize) -> Result<Option<Vec<u8>>> {
    let reader = response.body().map(|it| it.unchecked_into::<Body>().get_reader());
    let Some(Ok(reader)) = reader else {
        let text = JsFuture::from(response.text().map_err(Error::truncated)?).await;
        let text = text.map_err(Error::truncated)?.as_string().unwrap_or_default();
        return Ok((text.len() <= most).then(|| text.into_bytes()));
    };
    let mut out = Vec::new();
    loop {
        let next = JsFuture::from(reader.read().map_err(Error::truncated)?).await;
        let chunk: Chunk = next.map_err(Error::truncated)?.unchecked_into();
        if chunk.done() {
            return Ok(Some(out));
        }
        out.extend(Uint8Array::new(&chunk.value()).to_vec());
        if out.len() > most {
            if let Ok(cancelled) = reader.cancel() {
                let _ = JsFuture::from(cancelled).await;
            }
            return Ok(None);
        }
    }
}
