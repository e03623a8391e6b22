//! The suite that every store passes. Public, so that a store of your own can be held to it too.

use super::TokenStore;
use crate::error::{Code, Error, Result};
use crate::text::cat;

/// What a store is excused from.
///
/// ```ignore-wasm32
/// # use hubkey::{EnvStore, store::contract::{Excused, check}};
/// # hubkey::example::block_on(async {
/// let secret = EnvStore::new(&|_| None, true)?;
/// check(&secret, Excused { read_only: true }).await?;
/// assert!(check(&secret, Excused::default()).await.is_err(), "it takes no record");
/// # Ok::<(), hubkey::Error>(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Excused {
    /// It refuses every write with `storage_read_only`.
    pub read_only: bool,
}

/// Holds a fresh store to the promises of [`TokenStore`].
///
/// ```ignore-wasm32
/// # use hubkey::{MemoryStore, TokenStore, store::contract::{Excused, check}};
/// # hubkey::example::block_on(async {
/// check(&MemoryStore::default(), Excused::default()).await?;
///
/// let used = MemoryStore::default();
/// used.save("https://huggingface.co", "record").await?;
/// let broken = check(&used, Excused::default()).await.unwrap_err();
/// assert_eq!(broken.message(), "broken promise: a fresh store is empty");
/// # Ok::<(), hubkey::Error>(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
///
/// # Errors
/// `storage_unavailable`, with the broken promise as its message.
pub async fn check(store: &dyn TokenStore, excused: Excused) -> Result<()> {
    const HUB: &str = "https://huggingface.co";
    const OTHER: &str = "http://127.0.0.1:7";
    if excused.read_only {
        let before = store.load(HUB).await?;
        for it in [store.save(HUB, "x").await, store.clear(HUB).await] {
            promise(
                it.is_err_and(|it| it.code() == Code::StorageReadOnly),
                "a read-only store refuses writes",
            )?;
        }
        return promise(store.load(HUB).await? == before, "a refused write changes nothing");
    }
    promise(store.load(HUB).await?.is_none(), "a fresh store is empty")?;
    store.clear(HUB).await?;
    for record in [
        "{\"version\":1}",
        "",
        "ümlaut \u{1f511} \u{0} \"quotes\" \\ \r\n",
        &"long ".repeat(20_000),
    ] {
        store.save(HUB, record).await?;
        promise(
            store.load(HUB).await?.as_deref() == Some(record),
            "load gives what the last save was given",
        )?;
    }
    store.save(OTHER, "other").await?;
    store.clear(HUB).await?;
    promise(store.load(HUB).await?.is_none(), "clear forgets the record")?;
    promise(
        store.load(OTHER).await?.as_deref() == Some("other"),
        "clear leaves other keys alone",
    )?;
    store.clear(HUB).await?;
    store.clear(OTHER).await?;
    promise(
        store.load(OTHER).await?.is_none(),
        "clear forgets every key it is given",
    )
}

fn promise(kept: bool, words: &str) -> Result<()> {
    if kept {
        Ok(())
    } else {
        Err(Error::new(Code::StorageUnavailable, cat(&["broken promise: ", words])))
    }
}
