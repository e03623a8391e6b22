//! Models: list and info.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

endpoint! {
    /// Lists models, page by page while it is read.
    ///
    /// `GET /api/models` · token optional; with one, the private models that it may see are among them.
    ///
    /// Gives: what the Hub's list holds of each, in the order of `sort`; `full`, `cardData`, `config` and `expand` add to it.
    /// Fails: `invalid_request` (unknown `sort` or `expand`), `cross_origin_link`, `rate_limited`.
    /// A bad token may go unnoticed: the Hub then leaves the private ones out; `validateToken` tells.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::hub::ListModels;
    /// # hubkey::example::with_hub(async |hub| {
    /// let mut wanted = ListModels::new();
    /// wanted.author = Some("ada".to_owned());
    /// wanted.filter = vec!["text-generation".to_owned()];
    /// wanted.limit = Some(3);
    /// let mut pages = hub.pages(wanted);
    /// let mut ids = Vec::new();
    /// while let Some(page) = pages.next().await? {
    ///     ids.extend(page.into_iter().map(|it| it.id));
    /// }
    /// assert_eq!(ids, ["ada/tiny", "ada/mini", "ada/nano"]);
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// Source: <https://huggingface.co/docs/hub/api#get-apimodels>
    pub struct ListModels = "listModels", List Model, "GET /api/models",
    options {
        /// Part of the name; several must all be there.
        search: texts = "search", "?search";
        /// Of this user or organisation only.
        author: text = "author", "?author";
        /// Tags, such as `text-generation`, `safetensors`, `license:mit`, `dataset:squad`; all must be there.
        filter: texts = "filter", "?filter";
        /// Trained on these datasets, such as `squad`: the tag `dataset:squad` in other words; all must be there.
        trained_dataset: texts = "trainedDataset", "?trainedDataset=filter:dataset:";
        /// Its task, such as `text-generation`.
        pipeline_tag: text = "pipelineTag", "?pipelineTag=pipeline_tag";
        /// Gated ones only, or none of them.
        gated: flag = "gated", "?gated";
        /// Those that an app can run, such as `ollama`.
        apps: texts = "apps", "?apps";
        /// `warm`: those that are being served now.
        inference: text as "Open<\"warm\">" = "inference", "?inference";
        /// Those that these providers serve; `all` for any.
        inference_provider: texts = "inferenceProvider", "?inferenceProvider=inference_provider";
        /// Size, as `min:6B,max:128B`.
        num_parameters: text = "numParameters", "?numParameters=num_parameters";
        /// `createdAt`, `downloads`, `likes`, `lastModified`, `likes30d`, `trendingScore`, `mainSize`, `id`, `num_parameters`; descending.
        sort: text as "ModelSort" = "sort", "?sort";
        /// Files, tags and dates of each.
        full: flag = "full", "?full";
        /// The card's metadata of each.
        card_data: flag = "cardData", "?cardData";
        /// The config of each.
        config: flag = "config", "?config";
        /// Exactly these properties of each, in place of `full`, `cardData` and `config`; `id` comes always.
        expand: texts as "ModelProperty" = "expand", "?expand";
        /// At most so many models in all. Default: all there are.
        limit: number = "limit";
        /// So many in one request, at most 1,000. Default: the Hub's.
        page_size: number = "pageSize";
    }
}

endpoint! {
    /// Reads one model: its metadata and the names of its files.
    ///
    /// `GET /api/models/{repo}` · token optional, needed when the model is private. Succeeds on gated models whose files this token may not read.
    ///
    /// Gives: the Hub's own JSON.
    /// Fails: `repo_not_found` (absent, or hidden from this token), `unauthorized` (the same without a token), `revision_not_found`, `invalid_repo`.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Code, hub::ModelInfo};
    /// # hubkey::example::with_hub(async |hub| {
    /// let mut wanted = ModelInfo::new("ada/tiny".parse()?);
    /// wanted.revision = Some("main".to_owned());
    /// assert!(hub.send(wanted.clone()).await?.more.contains_key("siblings"), "the names of its files");
    ///
    /// wanted.revision = Some("no-such-branch".to_owned());
    /// assert_eq!(hub.send(wanted).await.unwrap_err().code(), Code::RevisionNotFound);
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// Source: <https://huggingface.co/docs/hub/api#get-apimodelsrepoid-or-apimodelsrepoidrevisionrevision>
    pub struct ModelInfo = "modelInfo", One Model, "GET /api/models/{repo}[/revision/{revision}]",
    path {
        /// `owner/name`, or the bare name of a canonical model.
        repo: repo,
    },
    options {
        /// Branch, tag, commit or `refs/pr/N`. Default: the main branch.
        revision: text = "revision";
        /// Exactly these properties, in place of `blobs` and `securityStatus`; `id` comes always.
        expand: texts as "ModelProperty" = "expand", "?expand";
        /// Size and hash of each file.
        blobs: flag = "blobs", "?blobs";
        /// What the Hub's scanners found.
        security_status: flag = "securityStatus", "?securityStatus";
    }
}

/// A model as the Hub describes it. Only `id` is always there; what has no field of its own here is in `more`.
///
/// ```ignore-wasm32
/// # use hubkey::hub::ModelInfo;
/// # hubkey::example::with_hub(async |hub| {
/// let model = hub.send(ModelInfo::new("ada/tiny".parse()?)).await?;
/// let license = model.tags.iter().flatten().find_map(|it| it.strip_prefix("license:"));
/// assert_eq!((license, model.likes), (Some("mit"), Some(7)));
/// assert_eq!(model.more["siblings"][0]["rfilename"], "config.json");
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Model {
    /// `owner/name`.
    pub id: String,
    /// User or organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Commit, 40 hex digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha: Option<String>,
    /// Whether others can see it.
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
    /// Tags, with prefixes such as `license:`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// Its task. The Hub writes this key with an underscore.
    #[serde(rename = "pipeline_tag", skip_serializing_if = "Option::is_none")]
    pub pipeline_tag: Option<String>,
    /// The library that loads it. The Hub writes this key with an underscore.
    #[serde(rename = "library_name", skip_serializing_if = "Option::is_none")]
    pub library_name: Option<String>,
    /// Everything else, as the Hub gave it.
    #[serde(flatten)]
    pub more: BTreeMap<String, serde_json::Value>,
}
