//! The one place that knows "may cross threads natively, need not in wasm".

use std::{future::Future, pin::Pin};

#[cfg(not(target_arch = "wasm32"))]
mod kinds {
    pub use std::sync::Arc as Shared;

    use super::{Future, Pin};

    /// A boxed future, as the traits of this crate return it.
    ///
    /// ```ignore-wasm32
    /// # hubkey::example::block_on(async {
    /// use hubkey::Fut;
    ///
    /// fn answer(after: Fut<'_, u8>) -> Fut<'_, u8> {
    ///     Box::pin(async { after.await + 1 })
    /// }
    /// assert_eq!(answer(Box::pin(async { 41 })).await, 42);
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    pub type Fut<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
    /// `Send + Sync` natively, nothing in wasm.
    ///
    /// ```ignore-wasm32
    /// use hubkey::Portable;
    ///
    /// fn on_a_thread(it: impl Portable + 'static) -> std::thread::JoinHandle<()> {
    ///     std::thread::spawn(move || drop(it))
    /// }
    /// assert!(on_a_thread(hubkey::example::hub()?).join().is_ok());
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    pub trait Portable: Send + Sync {}
    impl<T: Send + Sync + ?Sized> Portable for T {}
}

#[cfg(target_arch = "wasm32")]
mod kinds {
    pub use std::rc::Rc as Shared;

    use super::{Future, Pin};

    /// A boxed future, as the traits of this crate return it.
    pub type Fut<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;
    /// `Send + Sync` natively, nothing in wasm.
    pub trait Portable {}
    impl<T: ?Sized> Portable for T {}
}

pub use kinds::{Fut, Portable, Shared};

/// The first of two futures to end. The other is dropped, which is how a timeout ends a request.
pub(crate) async fn first<T>(mut a: Fut<'_, T>, mut b: Fut<'_, T>) -> T {
    std::future::poll_fn(move |cx| match a.as_mut().poll(cx) {
        std::task::Poll::Pending => b.as_mut().poll(cx),
        ready => ready,
    })
    .await
}
