//! The Hub's whoami made regular. Nearly every field is optional there and every enum is open.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    error::{Code, Error, Result},
    json::Value,
    token::{Token, TokenKind},
};

/// Who a token belongs to, and what it may do. Words of the Hub stay text: it adds to them without notice.
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
    /// Fine-grained tokens; absent there too when the Hub did not say, which is not the same as none.
    pub scopes: Option<Scopes>,
}

/// What a fine-grained token may do.
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
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pattern {
    /// `inference-endpoint`, the only one seen.
    pub resource_type: Option<String>,
    /// Such as `gpt2-*`.
    pub wildcard_patterns: Vec<String>,
}

/// A thing that permissions are on.
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
#[derive(Clone, Debug, Deserialize)]
pub struct App {
    /// `read`, …
    pub role: Option<String>,
    /// What it may touch.
    pub entities: Vec<Entity>,
}

/// Builds the regular form; also the check that the answer is the Hub's at all.
pub(crate) fn normalise(raw: &Value, token: &Token, origin: &str) -> Result<Value> {
    let (true, Some(kind), Some(name)) = (raw.is_object(), raw.text("type"), raw.text("name")) else {
        return Err(Error::new(
            Code::InvalidResponse,
            "the answer to whoami does not say who it is",
        ));
    };
    let mut out = Value::object();
    out.set("type", kind.as_str());
    out.set("id", raw.text("id").unwrap_or_default());
    out.set("name", name);
    out.carry(raw, "string", "fullname email");
    out.carry(raw, "boolean", "emailVerified isPro");
    set_avatar(raw, &mut out, origin);
    out.set("orgs", each(raw, "orgs", &|it| org(it, origin)));
    out.set("token", token_info(raw, token));
    if let Some(scope) = raw.get("scope").filter(Value::is_object) {
        let mut app = Value::object();
        app.carry(&scope, "string", "role");
        app.set("entities", each(&scope, "entities", &entity));
        out.set("app", app);
    }
    out.set("raw", raw.clone());
    Ok(out)
}

fn org(raw: &Value, origin: &str) -> Option<Value> {
    let mut out = named(raw)?;
    out.carry(raw, "string", "fullname email plan roleInOrg=role");
    set_avatar(raw, &mut out, origin);
    out.set("restrictions", words(raw, "securityRestrictions"));
    let group = |it: &Value| {
        let mut out = Value::object();
        out.set("id", it.text("id")?);
        out.carry(it, "string", "name role");
        Some(out)
    };
    out.set("resourceGroups", each(raw, "resourceGroups", &group));
    Some(out)
}

fn token_info(raw: &Value, token: &Token) -> Value {
    let auth = raw.get("auth").unwrap_or_else(Value::object);
    let about = auth.get("accessToken").unwrap_or_else(Value::object);
    let mut out = Value::object();
    // By prefix and not by `auth.type`, whose words are not settled.
    out.set("kind", token.kind().as_str());
    // The Hub puts `expiresAt` beside the token; the token itself is looked at in case that changes.
    out.carry(&about, "string", "role displayName createdAt expiresAt");
    out.carry(&auth, "string", "expiresAt");
    if let Some(fine) = about.get("fineGrained").filter(Value::is_object) {
        let mut scopes = Value::object();
        scopes.carry(&fine, "boolean", "canReadGatedRepos");
        scopes.set("global", words(&fine, "global"));
        let scope = |it: &Value| {
            let mut out = Value::object();
            out.set("entity", entity(&it.get("entity")?)?);
            out.set("permissions", words(it, "permissions"));
            if it.get("patterns").is_some_and(|it| !it.is_null()) {
                out.set("patterns", each(it, "patterns", &pattern));
            }
            Some(out)
        };
        scopes.set("scoped", each(&fine, "scoped", &scope));
        out.set("scopes", scopes);
    }
    out
}

/// `{resourceType, wildcardPatterns}`, as first-party code has it; the Hub's own document does not name it.
fn pattern(raw: &Value) -> Option<Value> {
    let mut out = Value::object();
    out.carry(raw, "string", "resourceType");
    out.set("wildcardPatterns", words(raw, "wildcardPatterns"));
    raw.is_object().then_some(out)
}

/// `{_id, type, name?}`; apps of old have the bare name.
fn entity(raw: &Value) -> Option<Value> {
    let mut out = Value::object();
    if let Some(name) = raw.as_text() {
        out.set("name", name);
        return Some(out);
    }
    out.carry(raw, "string", "_id=id type name");
    raw.is_object().then_some(out)
}

fn named(raw: &Value) -> Option<Value> {
    let mut out = Value::object();
    out.set("id", raw.text("id").unwrap_or_default());
    out.set("name", raw.text("name")?);
    Some(out)
}

fn set_avatar(raw: &Value, out: &mut Value, origin: &str) {
    if let Some(it) = raw
        .text("avatarUrl")
        .and_then(|it| crate::url::Url::parse(&it, Some(origin)))
    {
        out.set("avatarUrl", it.href);
    }
}

fn each(raw: &Value, key: &str, make: &dyn Fn(&Value) -> Option<Value>) -> Value {
    Value::array(raw.list(key).iter().filter_map(make).collect())
}

fn words(raw: &Value, key: &str) -> Value {
    each(raw, key, &|it| it.as_text().map(Value::from))
}

#[cfg(test)]
mod tests;
