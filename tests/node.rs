//! The cases in Node. Without `HUBKEY_TEST_HUB` at build time they are skipped, visibly.
#![cfg(target_arch = "wasm32")]

mod common;

use hubkey::{Hub, MemoryStore, store::contract};
use wasm_bindgen_test::{console_log, wasm_bindgen_test};

#[wasm_bindgen_test]
async fn the_cases() {
    let Some(url) = option_env!("HUBKEY_TEST_HUB") else {
        console_log!("SKIPPED: HUBKEY_TEST_HUB was not set at build time");
        return;
    };
    common::all(|| Hub::builder().endpoint(url).build().unwrap(), "node").await;
}

#[wasm_bindgen_test]
async fn the_memory_store_keeps_its_promises() {
    contract::check(&MemoryStore::default(), contract::Excused::default())
        .await
        .unwrap();
}
