//! Users and organisations: what their pages say, and who is a member.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

endpoint! {
    /// What a user's page says.
    ///
    /// `GET /api/users/{username}/overview` · token optional
    ///
    /// Gives: the Hub's own JSON.
    /// Fails: `not_found` (nobody of that name, or it is an organisation's), `rate_limited`.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::hub::UserOverview;
    /// # hubkey::example::with_hub(async |hub| {
    /// let ada = hub.send(UserOverview::new("ada".to_owned())).await?;
    /// assert_eq!(ada.fullname.as_deref(), Some("Ada Lovelace"));
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// Source: <https://huggingface.co/docs/hub/api>
    pub struct UserOverview = "userOverview", One User, "GET /api/users/{username}/overview",
    path {
        /// The name in the page address.
        username: text,
    }
}

endpoint! {
    /// What an organisation's page says.
    ///
    /// `GET /api/organizations/{organization}/overview` · token optional
    ///
    /// Gives: the Hub's own JSON.
    /// Fails: `not_found` (none of that name, or it is a user's), `rate_limited`.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::hub::OrgOverview;
    /// # hubkey::example::with_hub(async |hub| {
    /// let acme = hub.send(OrgOverview::new("acme".to_owned())).await?;
    /// assert_eq!(acme.num_users, Some(2));
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// Source: <https://huggingface.co/docs/hub/api>
    pub struct OrgOverview = "orgOverview", One Organization, "GET /api/organizations/{organization}/overview",
    path {
        /// The name in the page address.
        organization: text,
    }
}

endpoint! {
    /// Lists the members of an organisation, page by page while it is read.
    ///
    /// `GET /api/organizations/{organization}/members` · token optional; a member's shows roles, an admin's also e-mail
    /// addresses and second factors.
    ///
    /// Gives: members in the Hub's order.
    /// Fails: `not_found` (none of that name, or it is a user's), `invalid_request` (`email` is no address), `cross_origin_link`, `rate_limited`.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::hub::OrgMembers;
    /// # hubkey::example::with_hub(async |hub| {
    /// let mut wanted = OrgMembers::new("acme".to_owned());
    /// wanted.limit = Some(10);
    /// let mut pages = hub.pages(wanted);
    /// let names: Vec<_> = pages.next().await?.unwrap_or_default().into_iter().map(|it| it.user).collect();
    /// assert_eq!(names, ["ada", "grace"]);
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// Source: <https://huggingface.co/docs/hub/api>
    pub struct OrgMembers = "orgMembers", List OrgMember, "GET /api/organizations/{organization}/members #",
    path {
        /// The name in the page address.
        organization: text,
    },
    options {
        /// Part of the name.
        search: text = "search", "?search";
        /// The member with this address; an admin's token sees addresses.
        email: text = "email", "?email";
        /// At most so many members in all. Default: all there are.
        limit: number = "limit";
        /// So many in one request, 10 to 1,000. Default: the Hub's 500.
        page_size: number = "pageSize";
    }
}

/// A user as the Hub describes one; what has no field of its own here is in `more`.
///
/// ```
/// # use hubkey::hub::User;
/// # use hubkey::Value;
/// let it: User = Value::parse(r#"{"user":"ada","isPro":true,"numLikes":3}"#).unwrap().decode()?;
/// assert_eq!((it.user.as_str(), it.is_pro), ("ada", Some(true)));
/// assert!(it.more.contains_key("numLikes"), "what has no field stays");
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The name in the page address.
    pub user: String,
    /// The name for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fullname: Option<String>,
    /// May be relative to the endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_url: Option<String>,
    /// Whether the account is PRO.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_pro: Option<bool>,
    /// ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// Everything else, as the Hub gave it.
    #[serde(flatten)]
    pub more: BTreeMap<String, serde_json::Value>,
}

/// An organisation as the Hub describes one; what has no field of its own here is in `more`.
///
/// ```
/// # use hubkey::hub::Organization;
/// # use hubkey::Value;
/// let it: Organization = Value::parse(r#"{"name":"acme","plan":"team","numModels":3}"#).unwrap().decode()?;
/// assert_eq!((it.name.as_str(), it.plan.as_deref()), ("acme", Some("team")));
/// assert!(it.more.contains_key("numModels"), "what has no field stays");
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    /// The name in the page address.
    pub name: String,
    /// The name for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fullname: Option<String>,
    /// May be relative to the endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_url: Option<String>,
    /// What it pays for, such as `enterprise`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// How many members it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub num_users: Option<u64>,
    /// Everything else, as the Hub gave it.
    #[serde(flatten)]
    pub more: BTreeMap<String, serde_json::Value>,
}

/// A member of an organisation as the Hub describes one; what has no field of its own here is in `more`.
///
/// ```
/// # use hubkey::hub::OrgMember;
/// # use hubkey::Value;
/// let it: OrgMember = Value::parse(r#"{"user":"ada","role":"write","type":"user"}"#).unwrap().decode()?;
/// assert_eq!((it.user.as_str(), it.role.as_deref()), ("ada", Some("write")));
/// assert!(it.more.contains_key("type"), "what has no field stays");
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrgMember {
    /// The name in the page address.
    pub user: String,
    /// The name for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fullname: Option<String>,
    /// May be relative to the endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_url: Option<String>,
    /// Whether the account is PRO.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_pro: Option<bool>,
    /// What the person may do in it, such as `write`; absent for tokens that may not see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Everything else, as the Hub gave it.
    #[serde(flatten)]
    pub more: BTreeMap<String, serde_json::Value>,
}
