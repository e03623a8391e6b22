//! The cases in a browser, and the stores that only a browser has.
#![cfg(target_arch = "wasm32")]

mod common;

use hubkey::{
    Code, Hub, MemoryStore, TokenStore,
    store::{WebStore, contract},
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn the_cases() {
    let Some(url) = option_env!("HUBKEY_TEST_HUB") else {
        console_log!("SKIPPED: HUBKEY_TEST_HUB was not set at build time");
        return;
    };
    common::all(|| Hub::builder().endpoint(url).build().unwrap(), "browser").await;
}

#[wasm_bindgen_test]
async fn every_store_keeps_its_promises() {
    let stores: [&dyn TokenStore; 4] = [
        &MemoryStore::default(),
        &WebStore::local(),
        &WebStore::session(),
        &WebStore::custom(own_store()).unwrap(),
    ];
    for store in stores {
        contract::check(store, contract::Excused::default()).await.unwrap();
    }
}

#[wasm_bindgen(inline_js = "
export const own_store = () => {
  const all = new Map();
  return {
    load: async (key) => all.get(key),
    save: async (record, key) => void all.set(key, record),
    clear: (key) => void all.delete(key),
  };
};
export const hostile_store = () => ({
  getItem() { throw 'a string'; },
  setItem() { throw new DOMException('full', 'QuotaExceededError'); },
  removeItem() { return Promise.reject(null); },
});
")]
extern "C" {
    fn own_store() -> JsValue;
    fn hostile_store() -> JsValue;
}

#[wasm_bindgen_test]
async fn blocked_storage_is_an_error() {
    let store = WebStore::custom(hostile_store()).unwrap();
    assert_eq!(store.load("k").await.unwrap_err().code(), Code::StorageUnavailable);
    let full = store.save("k", "x").await.unwrap_err();
    assert!(full.message().contains("QuotaExceededError"), "{full}");
    assert_eq!(store.clear("k").await.unwrap_err().code(), Code::StorageUnavailable);
    assert_eq!(
        WebStore::custom(JsValue::NULL).unwrap_err().code(),
        Code::InvalidArgument
    );
}
