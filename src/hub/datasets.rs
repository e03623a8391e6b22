//! Datasets: list and info.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

endpoint! {
    /// Lists datasets, page by page while it is read.
    ///
    /// `GET /api/datasets` · token optional; with one, the private datasets that it may see are among them.
    ///
    /// Gives: what the Hub's list holds of each, in the order of `sort`; `full` and `expand` add to it.
    /// Fails: `invalid_request` (unknown `sort` or `expand`), `cross_origin_link`, `rate_limited`.
    /// A bad token may go unnoticed: the Hub then leaves the private ones out; `validateToken` tells.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::hub::ListDatasets;
    /// # hubkey::example::with_hub(async |hub| {
    /// let mut wanted = ListDatasets::new();
    /// wanted.author = Some("ada".to_owned());
    /// wanted.language = vec!["en".to_owned()];
    /// let found = hub.pages(wanted).next().await?.unwrap_or_default();
    /// assert_eq!(found[0].id, "ada/words");
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// Source: <https://huggingface.co/docs/hub/api#get-apidatasets>
    pub struct ListDatasets = "listDatasets", List Dataset, "GET /api/datasets",
    options {
        /// Part of the name; several must all be there.
        search: texts = "search", "?search";
        /// Of this user or organisation only.
        author: text = "author", "?author";
        /// Tags, such as `language:en`, `license:mit`, `modality:text`; all must be there, those of the options below too.
        filter: texts = "filter", "?filter";
        /// `official`, or the name of a benchmark: the tag `benchmark:…`.
        benchmark: text as "Open<\"official\">" = "benchmark", "?benchmark=filter:benchmark:";
        /// Languages by their codes, such as `en`: the tag `language:…`.
        language: texts = "language", "?language=filter:language:";
        /// Who wrote it, such as `crowdsourced`: the tag `language_creators:…`.
        language_creators: texts = "languageCreators", "?languageCreators=filter:language_creators:";
        /// Such as `monolingual`: the tag `multilinguality:…`.
        multilinguality: texts = "multilinguality", "?multilinguality=filter:multilinguality:";
        /// Rows, such as `100K<n<1M`: the tag `size_categories:…`.
        size_categories: texts = "sizeCategories", "?sizeCategories=filter:size_categories:";
        /// Such as `question-answering`: the tag `task_categories:…`.
        task_categories: texts = "taskCategories", "?taskCategories=filter:task_categories:";
        /// Such as `extractive-qa`: the tag `task_ids:…`.
        task_ids: texts = "taskIds", "?taskIds=filter:task_ids:";
        /// Gated ones only, or none of them.
        gated: flag = "gated", "?gated";
        /// `createdAt`, `downloads`, `likes`, `lastModified`, `likes30d`, `trendingScore`, `mainSize`, `id`, `datasetsServerInfo.numRows`; descending.
        sort: text as "DatasetSort" = "sort", "?sort";
        /// Files, card and citation of each.
        full: flag = "full", "?full";
        /// Exactly these properties of each, in place of `full`; `id` comes always.
        expand: texts as "DatasetProperty" = "expand", "?expand";
        /// At most so many datasets in all. Default: all there are.
        limit: number = "limit";
        /// So many in one request, at most 1,000. Default: the Hub's.
        page_size: number = "pageSize";
    }
}

endpoint! {
    /// Reads one dataset: its metadata and the names of its files.
    ///
    /// `GET /api/datasets/{repo}` · token optional, needed when the dataset is private. Succeeds on gated datasets whose files this token may not read.
    ///
    /// Gives: the Hub's own JSON.
    /// Fails: `repo_not_found` (absent, or hidden from this token), `unauthorized` (the same without a token), `revision_not_found`, `invalid_repo`.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::hub::DatasetInfo;
    /// # hubkey::example::with_hub(async |hub| {
    /// let words = hub.send(DatasetInfo::new("ada/words".parse()?)).await?;
    /// assert_eq!(words.tags.as_deref(), Some(&["language:en".to_owned()][..]));
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// Source: <https://huggingface.co/docs/hub/api#get-apidatasetsrepoid-or-apidatasetsrepoidrevisionrevision>
    pub struct DatasetInfo = "datasetInfo", One Dataset, "GET /api/datasets/{repo}[/revision/{revision}]",
    path {
        /// `owner/name`, or the bare name of a canonical dataset.
        repo: repo,
    },
    options {
        /// Branch, tag, commit or `refs/pr/N`. Default: the main branch.
        revision: text = "revision";
        /// Exactly these properties, in place of `blobs`; `id` comes always.
        expand: texts as "DatasetProperty" = "expand", "?expand";
        /// Size and hash of each file.
        blobs: flag = "blobs", "?blobs";
    }
}

/// A dataset as the Hub describes it. Only `id` is always there; what has no field of its own here is in `more`.
///
/// ```
/// # use hubkey::hub::Dataset;
/// # use hubkey::Value;
/// let it: Dataset = Value::parse(r#"{"id":"ada/words","likes":3,"gated":false}"#).unwrap().decode()?;
/// assert_eq!((it.id.as_str(), it.likes), ("ada/words", Some(3)));
/// assert!(it.more.contains_key("gated"), "what has no field stays");
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Dataset {
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
    /// Of the last 30 days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub downloads: Option<u64>,
    /// In all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likes: Option<u64>,
    /// Tags, with prefixes such as `language:`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// What the card says first, in plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Everything else, as the Hub gave it.
    #[serde(flatten)]
    pub more: BTreeMap<String, serde_json::Value>,
}
