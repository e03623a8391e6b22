//! Panics on purpose, for tests of what follows a panic. Only in builds with the feature `panic-hook`, of which none is
//! published.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    unconditional_recursion
)]

use std::hint::black_box;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

use super::{
    ops::Told,
    task::{End, settled},
};

/// `panic:overflow` as a token: in a synchronous call.
pub(super) fn token(token: &str) {
    if let Some(way) = token.strip_prefix("panic:") {
        panic_by(way);
    }
}

/// `/panic/first/overflow` as the path of a request: in its first step. With `after`: when the answer has come.
pub(super) fn request(place: &str, told: &Told) {
    if let Some(way) = way(place, told) {
        panic_by(&way);
    }
}

/// `callback`: in a closure that JavaScript calls once a promise settles. `within`: in one that it calls at once.
pub(super) async fn callback(told: &Told) -> End {
    if let Some(way) = way("within", told) {
        let closure = Closure::once_into_js(move || panic_by(&way));
        return Function::from(closure).call0(&JsValue::UNDEFINED);
    }
    let Some(way) = way("callback", told) else {
        return Ok(JsValue::UNDEFINED);
    };
    let closure = Closure::once(move |_: JsValue| panic_by(&way));
    let resolved: Promise = Promise::resolve(&JsValue::UNDEFINED);
    settled(resolved.then(&closure).into()).await
}

fn way(place: &str, told: &Told) -> Option<String> {
    let path = told.more.as_text()?;
    let (_, rest) = path.split_once("/panic/")?;
    let (at, way) = rest.split_once('/')?;
    (at == place).then(|| way.to_owned())
}

#[inline(never)]
fn panic_by(way: &str) {
    match way {
        "panic" => panic!("on purpose"),
        "unwrap" => black_box(None::<u32>).map(drop).unwrap(),
        "index" => drop(black_box([1_u8, 2].to_vec())[black_box(7)]),
        "overflow" => drop(deeper(0)),
        "large" => drop(much_deeper(0)),
        _ => {}
    }
}

/// Until the engine's own stack is used up.
#[inline(never)]
fn deeper(depth: u32) -> u32 {
    if depth == black_box(u32::MAX) {
        return depth;
    }
    deeper(depth + 1) ^ black_box(depth)
}

/// Until the module's own stack is.
#[inline(never)]
fn much_deeper(depth: u32) -> u32 {
    let mut frame = [0_u8; 16_384];
    black_box(&mut frame)[0] = 1;
    if depth == black_box(u32::MAX) {
        return depth;
    }
    much_deeper(depth + 1) ^ u32::from(black_box(&frame)[0])
}
