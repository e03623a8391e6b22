//! Asynchronous calls without an executor inside the module. wasm-bindgen-futures would bring a queue, wakers and a
//! closure for each promise: 3 kB brotli. Here the facade awaits what the host promised and says how it ended.

use std::{
    cell::Cell,
    future::poll_fn,
    task::{Context, Poll, Waker},
};

use wasm_bindgen::prelude::*;

use crate::platform::Fut;

/// What a call gives in the end.
pub(super) type End = Result<JsValue, JsValue>;

thread_local! {
    /// On the way out what is to be awaited, on the way in how it ended. No JavaScript runs between the filling and
    /// the emptying, so one place is enough for all calls.
    static PASSED: Cell<End> = const { Cell::new(Ok(JsValue::UNDEFINED)) };
}

/// The calls under way, each at its number.
#[derive(Default)]
pub(super) struct Tasks(Cell<Vec<Option<Fut<'static, End>>>>);

impl Tasks {
    pub(super) fn add(&self, work: Fut<'static, End>) -> usize {
        let mut all = self.0.take();
        let free = all.iter().position(Option::is_none);
        let at = free.unwrap_or(all.len());
        match free.and_then(|it| all.get_mut(it)) {
            Some(place) => *place = Some(work),
            None => all.push(Some(work)),
        }
        self.0.set(all);
        at
    }

    /// Goes on until there is a promise to wait for, or the end.
    pub(super) fn step(&self, at: usize, came: End) -> End {
        // Out of its place: while it runs, JavaScript may start other calls.
        let Some(mut work) = self.swap(at, None) else {
            return Ok(JsValue::UNDEFINED);
        };
        PASSED.set(came);
        match work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(end) => end,
            Poll::Pending => {
                self.swap(at, Some(work));
                take()
            }
        }
    }

    fn swap(&self, at: usize, work: Option<Fut<'static, End>>) -> Option<Fut<'static, End>> {
        let mut all = self.0.take();
        let before = all.get_mut(at).and_then(|it| std::mem::replace(it, work));
        self.0.set(all);
        before
    }
}

/// Waits for a promise of the host's.
pub(super) async fn settled(promise: JsValue) -> End {
    let mut promise = Some(promise);
    poll_fn(|_| match promise.take() {
        Some(it) => {
            PASSED.set(Ok(it));
            Poll::Pending
        }
        None => Poll::Ready(take()),
    })
    .await
}

fn take() -> End {
    PASSED.replace(Ok(JsValue::UNDEFINED))
}
