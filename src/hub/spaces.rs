//! Spaces: list and info.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

endpoint! {
    /// Lists Spaces, page by page while it is read.
    ///
    /// `GET /api/spaces` · token optional; with one, the private Spaces that it may see are among them.
    ///
    /// Gives: what the Hub's list holds of each, in the order of `sort`; `full` and `expand` add to it.
    /// Fails: `invalid_request` (unknown `sort` or `expand`), `cross_origin_link`, `rate_limited`.
    /// A bad token may go unnoticed: the Hub then leaves the private ones out; `validateToken` tells.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::hub::ListSpaces;
    /// # hubkey::example::with_hub(async |hub| {
    /// let mut wanted = ListSpaces::new();
    /// wanted.models = vec!["ada/tiny".to_owned()];
    /// let found = hub.pages(wanted).next().await?.unwrap_or_default();
    /// assert_eq!(found[0].sdk.as_deref(), Some("gradio"));
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// Source: <https://huggingface.co/docs/hub/api#get-apispaces>
    pub struct ListSpaces = "listSpaces", List Space, "GET /api/spaces",
    options {
        /// Part of the name; several must all be there.
        search: texts = "search", "?search";
        /// Of this user or organisation only.
        author: text = "author", "?author";
        /// Tags, such as `gradio`, `mcp-server`, `license:mit`; all must be there.
        filter: texts = "filter", "?filter";
        /// Those that use these datasets, by their names.
        datasets: texts = "datasets", "?datasets";
        /// Those that use these models, by their names.
        models: texts = "models", "?models";
        /// Those that name a model or a dataset which they use.
        linked: flag = "linked", "?linked";
        /// `createdAt`, `likes`, `lastModified`, `likes30d`, `trendingScore`, `mainSize`, `id`; descending.
        sort: text as "SpaceSort" = "sort", "?sort";
        /// Files, card and dates of each.
        full: flag = "full", "?full";
        /// Exactly these properties of each, in place of `full`; `id` comes always.
        expand: texts as "SpaceProperty" = "expand", "?expand";
        /// At most so many Spaces in all. Default: all there are.
        limit: number = "limit";
        /// So many in one request, at most 1,000. Default: the Hub's.
        page_size: number = "pageSize";
    }
}

endpoint! {
    /// Reads one Space: its metadata, what it runs on, and the names of its files.
    ///
    /// `GET /api/spaces/{repo}` · token optional, needed when the Space is private.
    ///
    /// Gives: the Hub's own JSON; `runtime` says whether it runs.
    /// Fails: `repo_not_found` (absent, or hidden from this token), `unauthorized` (the same without a token), `revision_not_found`, `invalid_repo`.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::hub::SpaceInfo;
    /// # hubkey::example::with_hub(async |hub| {
    /// let demo = hub.send(SpaceInfo::new("ada/demo".parse()?)).await?;
    /// assert_eq!(demo.more["runtime"]["stage"], "RUNNING");
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// Source: <https://huggingface.co/docs/hub/api#get-apispacesrepoid-or-apispacesrepoidrevisionrevision>
    pub struct SpaceInfo = "spaceInfo", One Space, "GET /api/spaces/{repo}[/revision/{revision}]",
    path {
        /// `owner/name`.
        repo: repo,
    },
    options {
        /// Branch, tag, commit or `refs/pr/N`. Default: the main branch.
        revision: text = "revision";
        /// Exactly these properties, in place of `blobs`; `id` comes always.
        expand: texts as "SpaceProperty" = "expand", "?expand";
        /// Size and hash of each file.
        blobs: flag = "blobs", "?blobs";
    }
}

/// A Space as the Hub describes it. Only `id` is always there; what has no field of its own here is in `more`.
///
/// ```
/// # use hubkey::hub::Space;
/// # use hubkey::Value;
/// let it: Space = Value::parse(r#"{"id":"ada/demo","sdk":"gradio","runtime":{"stage":"RUNNING"}}"#).unwrap().decode()?;
/// assert_eq!((it.id.as_str(), it.sdk.as_deref()), ("ada/demo", Some("gradio")));
/// assert!(it.more.contains_key("runtime"), "what has no field stays");
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Space {
    /// `owner/name`.
    pub id: String,
    /// User or organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Commit, 40 hex digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha: Option<String>,
    /// Whether others are kept from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private: Option<bool>,
    /// ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
    /// In all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likes: Option<u64>,
    /// Tags, with prefixes such as `license:`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// `gradio`, `docker`, `static`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sdk: Option<String>,
    /// Everything else, as the Hub gave it; `runtime` among it.
    #[serde(flatten)]
    pub more: BTreeMap<String, serde_json::Value>,
}
