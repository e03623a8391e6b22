use super::{StoreKind, TokenStore, read_only};
use crate::{
    error::Result,
    platform::{Fut, Portable},
};

/// A secret that somebody else keeps: a vault's, a notebook's. Asked anew for each call, and only read.
///
/// ```ignore-wasm32
/// # use hubkey::{Fut, GetterStore, Hub, Result, example::answers};
/// # hubkey::example::block_on(async {
/// fn vault() -> Fut<'static, Result<Option<String>>> {
///     Box::pin(async { Ok(Some("hf_thisIsAnExampleNoRealTokenAtAll0000".to_owned())) })
/// }
///
/// let hub = Hub::builder().store(GetterStore::new(vault)).transport(answers).build()?;
/// assert_eq!(hub.whoami().await?.name, "ada");
/// # Ok::<(), hubkey::Error>(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
pub struct GetterStore<F>(F);

impl<F: Fn() -> Fut<'static, Result<Option<String>>> + Portable> GetterStore<F> {
    /// Asks this function for the bare secret; none, or blank, is signed out.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Code, GetterStore, Hub, example::answers};
    /// # hubkey::example::block_on(async {
    /// let empty = GetterStore::new(|| Box::pin(async { Ok(None) }));
    /// let hub = Hub::builder().store(empty).transport(answers).build()?;
    /// assert_eq!(hub.whoami().await.unwrap_err().code(), Code::NoToken);
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    pub fn new(get: F) -> Self {
        Self(get)
    }
}

impl<F: Fn() -> Fut<'static, Result<Option<String>>> + Portable> TokenStore for GetterStore<F> {
    fn load<'a>(&'a self, _: &'a str) -> Fut<'a, Result<Option<String>>> {
        (self.0)()
    }

    fn save<'a>(&'a self, _: &'a str, _: &'a str) -> Fut<'a, Result<()>> {
        Box::pin(async { Err(read_only()) })
    }

    fn clear<'a>(&'a self, _: &'a str) -> Fut<'a, Result<()>> {
        Box::pin(async { Err(read_only()) })
    }

    fn kind(&self) -> StoreKind {
        StoreKind::Getter
    }
}

impl<F> std::fmt::Debug for GetterStore<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("GetterStore")
    }
}
