//! Repos of any type: create.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

endpoint! {
    /// Creates a repo.
    ///
    /// `POST /api/repos/create` · token needed, with write access to the namespace
    ///
    /// Gives: `{ url, name, id }`; with `existOk` and an existing repo its `url` alone is sure.
    /// Fails: `conflict` (exists; `url` says where), `insufficient_scope`, `invalid_repo`, `invalid_request`, `no_token`.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Code, hub::CreateRepo};
    /// # hubkey::example::with_hub(async |hub| {
    /// let mut wanted = CreateRepo::new("ada/tiny".parse()?);
    /// wanted.private = Some(true);
    /// assert_eq!(hub.send(wanted.clone()).await.unwrap_err().code(), Code::Conflict);
    ///
    /// wanted.exist_ok = Some(true);
    /// assert_eq!(hub.send(wanted).await?.url, "https://huggingface.co/ada/tiny");
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// Source: <https://huggingface.co/docs/hub/api#post-apireposcreate>
    pub struct CreateRepo = "createRepo", One CreatedRepo, "POST! /api/repos/create @repo .type",
    path {
        /// `owner/name`; the bare name goes to the token's own user.
        repo: repo,
    },
    options {
        /// Default `model`.
        repo_type: repo_type = "type";
        /// Hidden from others. Default: the organisation's setting, else public.
        private: flag = "private", ".private";
        /// An existing repo is a success.
        exist_ok: flag = "existOk", "~existOk";
        /// Spaces only: `gradio`, `docker`, `static`.
        sdk: text = "sdk", ".sdk";
        /// `us` or `eu`, where the plan allows it.
        region: text = "region", ".region";
        /// A license's name, such as `mit`.
        license: text = "license", ".license";
        /// The organisation's resource group, 24 hex digits.
        resource_group_id: text = "resourceGroupId", ".resourceGroupId";
    }
}

/// A repo that was made, or was there.
///
/// ```ignore-wasm32
/// # use hubkey::hub::CreateRepo;
/// # hubkey::example::with_hub(async |hub| {
/// let made = hub.send(CreateRepo::new("made".parse()?)).await?;
/// assert_eq!(made.name.as_deref(), Some("ada/made"));
/// assert_eq!(made.url, "https://huggingface.co/ada/made");
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CreatedRepo {
    /// Its page.
    pub url: String,
    /// `owner/name`; absent when it existed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// 24 hex digits; absent when it existed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Everything else, as the Hub gave it.
    #[serde(flatten)]
    pub more: BTreeMap<String, serde_json::Value>,
}
