//! The Hub's whoami made regular. Nearly every field is optional there and every enum is open.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    error::{Code, Error, Result},
    json::Value,
    token::{Token, TokenKind},
};

/// Who a token belongs to, and what it may do. Words of the Hub stay text: it adds to them without notice.
///
/// ```ignore-wasm32
/// # hubkey::example::with_hub(async |hub| {
/// let me = hub.whoami().await?;
/// assert_eq!(me.fullname.as_deref().unwrap_or(&me.name), "Ada Lovelace");
/// assert!(me.avatar_url.is_some_and(|it| it.starts_with("https://")));
/// assert!(me.raw.contains_key("auth"), "what has no field here is in the Hub's own answer");
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Identity {
    /// `user`, `org`, `app`.
    #[serde(rename = "type")]
    pub kind: String,
    /// 24 hex digits, stable across renames.
    pub id: String,
    /// The user's, organisation's or app's name.
    pub name: String,
    /// Absent for apps.
    pub fullname: Option<String>,
    /// Absent when the token may not see it.
    pub email: Option<String>,
    /// Absent with the address.
    pub email_verified: Option<bool>,
    /// Always absolute.
    pub avatar_url: Option<String>,
    /// A paying account.
    pub is_pro: Option<bool>,
    /// Organisations that this token can see.
    pub orgs: Vec<OrgMembership>,
    /// About the token itself.
    pub token: TokenInfo,
    /// Apps only.
    pub app: Option<App>,
    /// The Hub's own answer, untouched.
    pub raw: BTreeMap<String, serde_json::Value>,
}

/// An organisation, as seen by the token.
///
/// ```ignore-wasm32
/// # hubkey::example::with_hub(async |hub| {
/// let me = hub.whoami().await?;
/// let open = |it: &&hubkey::auth::OrgMembership| it.restrictions.is_empty();
/// assert_eq!(me.orgs.iter().filter(open).count(), 1);
/// let closed = &me.orgs[1];
/// assert_eq!((closed.role.as_deref(), closed.restrictions[0].as_str()), (Some("admin"), "sso"));
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrgMembership {
    /// 24 hex digits.
    pub id: String,
    /// The name in addresses.
    pub name: String,
    /// The name for people.
    pub fullname: Option<String>,
    /// Always absolute.
    pub avatar_url: Option<String>,
    /// Of the organisation.
    pub email: Option<String>,
    /// `team`, `enterprise`, `plus`, `academia`.
    pub plan: Option<String>,
    /// `admin`, `write`, `contributor`, `read`, `no_access`.
    pub role: Option<String>,
    /// What keeps this token out at the moment: `mfa`, `token-policy`, `token-revoked`, `sso`, `ip`.
    pub restrictions: Vec<String>,
    /// Groups that the person is in.
    pub resource_groups: Vec<ResourceGroup>,
}

/// A resource group of an organisation.
///
/// ```ignore-wasm32
/// # hubkey::example::with_hub(async |hub| {
/// let me = hub.whoami().await?;
/// let group = &me.orgs[0].resource_groups[0];
/// assert_eq!((group.name.as_deref(), group.role.as_deref()), (Some("research"), Some("read")));
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize)]
pub struct ResourceGroup {
    /// 24 hex digits.
    pub id: String,
    /// The name for people.
    pub name: Option<String>,
    /// May be a role of the organisation's own making.
    pub role: Option<String>,
}

/// About a token.
///
/// ```ignore-wasm32
/// # use hubkey::TokenKind;
/// # hubkey::example::with_hub(async |hub| {
/// let token = hub.whoami().await?.token;
/// assert_eq!(token.kind, TokenKind::User);
/// assert_eq!(token.display_name.as_deref(), Some("laptop"));
/// assert!(token.expires_at.is_none(), "good until it is revoked");
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenInfo {
    /// Told by its prefix.
    pub kind: TokenKind,
    /// `read`, `write`, `fineGrained`, `god`; absent for OAuth tokens.
    pub role: Option<String>,
    /// The name that its owner gave it.
    pub display_name: Option<String>,
    /// ISO 8601.
    pub created_at: Option<String>,
    /// ISO 8601; absent: it does not expire by itself.
    pub expires_at: Option<String>,
    /// OAuth tokens, by their own account; absent where that says nothing.
    pub oauth_scopes: Option<Vec<String>>,
    /// Fine-grained tokens; absent there too when the Hub did not say, which is not the same as none.
    pub scopes: Option<Scopes>,
}

/// What a fine-grained token may do.
///
/// ```ignore-wasm32
/// # hubkey::example::with_hub(async |hub| {
/// let scopes = hub.whoami().await?.token.scopes.expect("the token is fine-grained");
/// assert_eq!(scopes.can_read_gated_repos, Some(true));
/// assert!(scopes.global.iter().any(|it| it == "discussion.write"));
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Scopes {
    /// Absent: the Hub did not say.
    pub can_read_gated_repos: Option<bool>,
    /// Permissions everywhere.
    pub global: Vec<String>,
    /// Permissions on one thing.
    pub scoped: Vec<Scope>,
}

/// Permissions on one thing.
///
/// ```ignore-wasm32
/// # hubkey::example::with_hub(async |hub| {
/// let scopes = hub.whoami().await?.token.scopes.expect("the token is fine-grained");
/// let on_ada = scopes.scoped.iter().find(|it| it.entity.name.as_deref() == Some("ada"));
/// assert!(on_ada.is_some_and(|it| it.permissions.iter().any(|it| it == "repo.write")));
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize)]
pub struct Scope {
    /// The thing.
    pub entity: Entity,
    /// Dotted paths that end in `.read` or `.write`.
    pub permissions: Vec<String>,
    /// Narrows it to things whose names fit; absent: to none of that kind.
    pub patterns: Option<Vec<Pattern>>,
}

/// Names that a permission is narrowed to.
///
/// ```ignore-wasm32
/// # hubkey::example::with_hub(async |hub| {
/// let scopes = hub.whoami().await?.token.scopes.expect("the token is fine-grained");
/// let narrowed = scopes.scoped.iter().find_map(|it| it.patterns.as_ref()).expect("one is narrowed");
/// assert_eq!(narrowed[0].wildcard_patterns, ["gpt2-*"]);
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pattern {
    /// `inference-endpoint`, the only one seen.
    pub resource_type: Option<String>,
    /// Such as `gpt2-*`.
    pub wildcard_patterns: Vec<String>,
}

/// A thing that permissions are on.
///
/// ```ignore-wasm32
/// # hubkey::example::with_hub(async |hub| {
/// let scopes = hub.whoami().await?.token.scopes.expect("the token is fine-grained");
/// let things: Vec<_> = scopes.scoped.iter().filter_map(|it| it.entity.kind.as_deref()).collect();
/// assert_eq!(things, ["user", "org"]);
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize)]
pub struct Entity {
    /// 24 hex digits.
    pub id: Option<String>,
    /// `user`, `org`, `model`, … absent in old answers about apps.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Absent for resource groups.
    pub name: Option<String>,
}

/// What an app was given.
///
/// ```ignore-wasm32
/// # hubkey::example::with_hub(async |hub| {
/// let me = hub.login("hf_app_exampleOfNoRealApp").await?.identity;
/// let app = me.app.expect("the token is an app's");
/// assert_eq!(app.role.as_deref(), Some("read"));
/// assert_eq!(app.entities[0].name.as_deref(), Some("acme"));
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize)]
pub struct App {
    /// `read`, …
    pub role: Option<String>,
    /// What it may touch.
    pub entities: Vec<Entity>,
}

// The regular form as a description that the engine follows at one go: field by field it took a hundred crossings between
// module and engine. How it is written: `Value::shape`.

/// `{_id, type, name?}`; apps of old have the bare name.
macro_rules! entity {
    () => {
        r#"["s","id","_id"],["s","type"],["s","name"]"#
    };
}

const IDENTITY: &str = concat!(
    r#"[["S","type"],["i","id"],["S","name"],["s","fullname"],["s","email"],["b","emailVerified"],["b","isPro"],["u","avatarUrl"],"#,
    r#"["l","orgs","orgs",[["i","id"],["S","name"],["s","fullname"],["s","email"],["s","plan"],["s","role","roleInOrg"],["u","avatarUrl"],"#,
    r#"["w","restrictions","securityRestrictions"],["l","resourceGroups","resourceGroups",[["S","id"],["s","name"],["s","role"]]]]],"#,
    // The Hub puts `expiresAt` beside the token; the token itself is looked at in case that changes.
    r#"["r","raw",""],["o","token","",[["k","kind",""],["s","role","auth.accessToken.role"],["s","displayName","auth.accessToken.displayName"],"#,
    r#"["s","createdAt","auth.accessToken.createdAt"],["s","expiresAt","auth.accessToken.expiresAt"],["s","expiresAt","auth.expiresAt"],"#,
    r#"["o","scopes","auth.accessToken.fineGrained",[["b","canReadGatedRepos"],["w","global"],["l","scoped","scoped",[["O","entity","entity",["#,
    entity!(),
    // `{resourceType, wildcardPatterns}`, as first-party code has it; the Hub's own document does not name it.
    r#"]],["w","permissions"],["p","patterns","patterns",[["s","resourceType"],["w","wildcardPatterns"]]]]]]]]],"#,
    r#"["o","app","scope",[["s","role"],["n","entities","entities",["#,
    entity!(),
    r#"]]]]]"#,
);

/// Builds the regular form; also the check that the answer is the Hub's at all.
pub(crate) fn normalise(raw: &Value, token: &Token, origin: &str) -> Result<Value> {
    // The kind by prefix and not by `auth.type`, whose words are not settled.
    let mut me = raw
        .shape(IDENTITY, origin, token.kind().as_str())
        .ok_or_else(|| Error::new(Code::InvalidResponse, "the answer to whoami does not say who it is"))?;
    let scopes = (token.kind() == TokenKind::Oauth)
        .then(|| claims::scopes(token))
        .flatten();
    if let (Some(scopes), Some(mut about)) = (scopes, me.get("token")) {
        about.set("oauthScopes", scopes);
        me.set("token", about);
    }
    Ok(me)
}

mod claims;
#[cfg(test)]
pub(super) use claims::encoded;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod declared;
#[cfg(test)]
mod tests;
