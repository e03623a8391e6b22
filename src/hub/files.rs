//! Files of repos.

endpoint! {
    /// Downloads a file, or a part of it.
    ///
    /// `GET /{prefix}{repo}/resolve/{revision}/{path}` · token optional, needed for what is private or gated; it stays at
    /// the Hub when the bytes come from elsewhere
    ///
    /// Gives: in JavaScript as soon as its headers are there, the bytes as a stream, which goes on by itself after a cut:
    /// three tries without a byte end it, and never are bytes of two versions mixed. In Rust all bytes at once.
    /// Fails: `entry_not_found`, `revision_not_found`, `repo_not_found`, `gated_repo`, `invalid_path`, `truncated` (fewer
    /// bytes than the Hub said), `range_mismatch` (the range lies outside, or the file changed meanwhile),
    /// `invalid_response` (more bytes than the Hub said), `timeout`, `network`.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Code, hub::DownloadFile};
    /// # hubkey::example::with_hub(async |hub| {
    /// let mut wanted = DownloadFile::new("ada/tiny".parse()?, "config.json".to_owned());
    /// let file = hub.download(wanted.clone()).await?;
    /// assert_eq!(file.bytes, br#"{"hidden_size":40}"#);
    ///
    /// wanted.range = Some(2..13);
    /// assert_eq!(hub.download(wanted).await?.bytes, b"hidden_size");
    ///
    /// let absent = DownloadFile::new("ada/tiny".parse()?, "none.json".to_owned());
    /// assert_eq!(hub.download(absent).await.unwrap_err().code(), Code::EntryNotFound);
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// Source: <https://huggingface.co/docs/hub/models-downloading>
    pub struct DownloadFile = "downloadFile", File DownloadedFile, "GET /{prefix}{repo}/resolve/{revision=main}/{*path} <",
    path {
        /// `owner/name`, or the bare name of a canonical repo.
        repo: repo,
        /// Of the file in the repo, by its own name: `onnx/model.onnx`. Nothing is encoded in it.
        path: text,
    },
    options {
        /// Default `model`.
        repo_type: repo_type = "type";
        /// A branch, a tag, a commit or `refs/pr/1`. Default `main`.
        revision: text = "revision";
        /// From which byte, and before which, as `slice` counts: `[0, 8]` are the first eight. Without an end: to the file's. Default: all.
        range: range = "range";
    }
}

/// A file, or a part of it.
///
/// ```ignore-wasm32
/// # use hubkey::hub::DownloadFile;
/// # hubkey::example::with_hub(async |hub| {
/// let mut wanted = DownloadFile::new("ada/tiny".parse()?, "config.json".to_owned());
/// wanted.range = Some(0..1);
/// let file = hub.download(wanted).await?;
/// assert_eq!((file.bytes.len(), file.size), (1, Some(18)));
/// assert_eq!(file.etag.as_deref(), Some("b7e2a4"));
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct DownloadedFile {
    /// What was asked for.
    pub bytes: Vec<u8>,
    /// Of the whole file, also where a part was asked for. `None`: the server did not say.
    pub size: Option<u64>,
    /// Without quotes: the SHA-256 of a large file, git's blob id of a small one. `None`: the server did not say.
    pub etag: Option<String>,
    /// The commit that the revision stands for. `None`: the server did not say.
    pub commit: Option<String>,
    /// `text/plain; charset=utf-8`. `None`: the server did not say.
    pub content_type: Option<String>,
}
