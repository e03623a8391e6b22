//! Repos of any type: create, delete, and whether there is one.

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
        sdk: text as "Open<\"gradio\" | \"docker\" | \"static\">" = "sdk", ".sdk";
        /// `us` or `eu`, where the plan allows it.
        region: text as "Open<\"us\" | \"eu\">" = "region", ".region";
        /// A license's name, such as `mit`.
        license: text = "license", ".license";
        /// The organisation's resource group, 24 hex digits.
        resource_group_id: text = "resourceGroupId", ".resourceGroupId";
    }
}

endpoint! {
    /// Deletes a repo with all its files and history. There is no way back.
    ///
    /// `DELETE /api/repos/delete` · token needed, with write access to the repo
    ///
    /// Gives: `true` when it was deleted; `false` when there was none, which only `missingOk` takes for a success.
    /// Fails: `repo_not_found` (absent, hidden from this token, or of another type), `insufficient_scope`, `invalid_repo`, `no_token`.
    /// A name that the repo had before a move is not followed.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Code, hub::DeleteRepo};
    /// # hubkey::example::with_hub(async |hub| {
    /// assert!(hub.send(DeleteRepo::new("ada/made".parse()?)).await?, "there was one");
    ///
    /// let mut gone = DeleteRepo::new("ada/none".parse()?);
    /// assert_eq!(hub.send(gone.clone()).await.unwrap_err().code(), Code::RepoNotFound);
    /// gone.missing_ok = Some(true);
    /// assert!(!hub.send(gone).await?, "there was none, and that is fine");
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// Source: <https://huggingface.co/docs/hub/api#delete-apireposdelete>
    pub struct DeleteRepo = "deleteRepo", One bool, "DELETE! /api/repos/delete @repo .type",
    path {
        /// `owner/name`; the bare name is one of the token's own user.
        repo: repo,
    },
    options {
        /// Default `model`. A repo of another type with the same name is left alone.
        repo_type: repo_type = "type";
        /// A repo that is not there is a success. One that this token may see and not delete is a failure all the same.
        missing_ok: flag = "missingOk", "-missingOk";
    }
}

endpoint! {
    /// Whether there is a repo of this name and type, as far as this token may see.
    ///
    /// `GET /api/{type}s/{repo}?expand=likes` · token optional, needed to see what is private
    ///
    /// Gives: `true`, also where only the content is gated; `false` when it is absent or hidden, which the Hub does not
    /// tell apart. A name that the repo had before a move counts.
    /// Fails: `invalid_token` (a 401 is asked about at whoami before it becomes a `false`), `unauthorized` (whoami could
    /// not be asked), `forbidden` (there, and taken down by the Hub), `not_found` (a 404 that is not the Hub's),
    /// `invalid_repo`, `rate_limited`, `network`.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::hub::RepoExists;
    /// # hubkey::example::with_hub(async |hub| {
    /// assert!(hub.send(RepoExists::new("ada/tiny".parse()?)).await?);
    /// assert!(!hub.send(RepoExists::new("ada/none".parse()?)).await?);
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// Source: <https://huggingface.co/docs/hub/api#get-apimodelsrepoid-or-apimodelsrepoidrevisionrevision>
    pub struct RepoExists = "repoExists", One bool, "GET /api/{type}s/{repo}?expand=likes -",
    path {
        /// `owner/name`, or the bare name of a canonical repo.
        repo: repo,
    },
    options {
        /// Default `model`.
        repo_type: repo_type = "type";
    }
}

endpoint! {
    /// Asks the Hub whether the files of a repo may be read, or written.
    ///
    /// `GET /api/{type}s/{repo}/auth-check`, with `/write` for writing · token optional, needed for all but reading what is
    /// public
    ///
    /// Gives: `true`; whatever else the Hub says is an error that tells why.
    /// Fails: `gated_repo` (`state` says how far the request has come), `insufficient_scope`, `org_restricted`,
    /// `repo_not_found` (absent, or hidden from this token), `unauthorized`, `invalid_token`, `invalid_response` (a portal's
    /// page), `invalid_repo`.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Code, hub::AuthCheck};
    /// # hubkey::example::with_hub(async |hub| {
    /// let mut check = AuthCheck::new("ada/tiny".parse()?);
    /// check.write = Some(true);
    /// assert!(hub.send(check).await?);
    ///
    /// let hidden = hub.send(AuthCheck::new("ada/none".parse()?)).await.unwrap_err();
    /// assert_eq!(hidden.code(), Code::RepoNotFound);
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// Source: <https://huggingface.co/docs/huggingface_hub/package_reference/hf_api#huggingface_hub.HfApi.auth_check>
    pub struct AuthCheck = "authCheck", One bool, "GET /api/{type}s/{repo}/auth-check[/{?write}] +",
    path {
        /// `owner/name`, or the bare name of a canonical repo.
        repo: repo,
    },
    options {
        /// Default `model`.
        repo_type: repo_type = "type";
        /// Asks about writing in place of reading.
        write: flag = "write";
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
