//! Bodies of whoami-v2, in the recorded order of keys (auth.md 2.1).

use serde_json::{Map, Value, json};

use crate::accounts::{Account, account_id};

/// Who somebody is, before the credential.
pub(crate) struct Person<'a> {
    pub(crate) name: &'a str,
    pub(crate) fullname: &'a str,
    pub(crate) email: Option<&'a str>,
    pub(crate) pro: bool,
    pub(crate) orgs: Vec<Value>,
}

impl Person<'_> {
    pub(crate) fn ada(role_in_acme: &str) -> Person<'static> {
        Person {
            name: "ada",
            fullname: "Ada L.",
            email: Some("ada@example.org"),
            pro: false,
            orgs: vec![acme(role_in_acme, &[]), research_lab()],
        }
    }

    pub(crate) fn grace() -> Person<'static> {
        let (name, fullname) = ("grace", "Grace H.");
        Person {
            name,
            fullname,
            email: Some("grace@example.org"),
            pro: true,
            orgs: Vec::new(),
        }
    }

    pub(crate) fn with(self, kind: &str, auth: Value) -> Value {
        let mut it = Map::new();
        it.insert("type".to_owned(), json!(kind));
        it.insert("id".to_owned(), json!(account_id(self.name)));
        it.insert("name".to_owned(), json!(self.name));
        it.insert("fullname".to_owned(), json!(self.fullname));
        // Absent, not null, where the credential may not read it.
        if let Some(email) = self.email {
            it.insert("email".to_owned(), json!(email));
            it.insert("emailVerified".to_owned(), json!(true));
        }
        it.insert("canPay".to_owned(), json!(self.pro));
        it.insert("billingMode".to_owned(), json!("prepaid"));
        it.insert("periodEnd".to_owned(), json!(1_798_761_599));
        it.insert("isPro".to_owned(), json!(self.pro));
        // Relative, as the Hub sends it for accounts without a picture.
        it.insert(
            "avatarUrl".to_owned(),
            json!(format!("/avatars/{}.svg", account_id(self.name))),
        );
        it.insert("orgs".to_owned(), Value::Array(self.orgs));
        it.insert("auth".to_owned(), auth);
        Value::Object(it)
    }
}

/// An organisation as whoami tells it to somebody with this role in it.
pub(crate) fn membership(org: &Account, role: &str) -> Value {
    match org.name.as_str() {
        "acme" => acme(role, &[]),
        "research-lab" => research_lab(),
        _ => json!({
            "type": "org",
            "id": org.oid(),
            "name": org.name,
            "fullname": org.fullname,
            "avatarUrl": org.avatar_url(),
            "roleInOrg": role,
        }),
    }
}

pub(crate) const GROUP: &str = "64b0c0ffee0123456789abcf";

pub(crate) fn acme(role: &str, restrictions: &[&str]) -> Value {
    let mut it = json!({
        "type": "org",
        "id": account_id("acme"),
        "name": "acme",
        "fullname": "Acme",
        "email": null,
        "canPay": true,
        "billingMode": "postpaid",
        "avatarUrl": "https://cdn-avatars.example/acme.png",
        "periodEnd": 1_798_761_599,
        "plan": "enterprise",
        "roleInOrg": role,
        "resourceGroups": [{ "id": GROUP, "name": "research", "role": "read" }],
    });
    if !restrictions.is_empty() {
        it["securityRestrictions"] = json!(restrictions);
    }
    it
}

fn research_lab() -> Value {
    json!({
        "type": "org",
        "id": account_id("research-lab"),
        "name": "research-lab",
        "fullname": "Research Lab",
        "canPay": false,
        "avatarUrl": "/avatars/research-lab.svg",
        "plan": "team",
        "roleInOrg": "read",
        // A custom role: the list of roles is open.
        "resourceGroups": [{ "id": "64b0c0ffee0123456789abd1", "name": "annotators", "role": "label-reviewer" }],
    })
}

/// `auth` of a user access token.
pub(crate) fn access_token(display_name: &str, role: &str, fine_grained: Option<Value>) -> Value {
    let mut token = json!({
        "displayName": display_name,
        "role": role,
        "createdAt": "2026-01-05T09:00:00.000Z",
    });
    if let Some(fine_grained) = fine_grained {
        token["fineGrained"] = fine_grained;
    }
    json!({ "type": "access_token", "accessToken": token })
}
