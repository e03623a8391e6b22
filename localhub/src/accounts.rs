//! Users and organisations as their pages know them; credentials are principals.

use serde_json::{Value, json};

use crate::encode;

/// The owner of a name.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) name: String,
    pub(crate) fullname: String,
    pub(crate) created_ms: u64,
    pub(crate) kind: AccountKind,
}

#[derive(Clone, Debug)]
pub(crate) enum AccountKind {
    User {
        pro: bool,
        /// For admins of an organisation that has single sign-on.
        email: Option<String>,
        second_factor: bool,
    },
    Org {
        plan: Option<&'static str>,
        members: Vec<Member>,
    },
}

#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) user: String,
    pub(crate) role: &'static str,
    pub(crate) external: bool,
}

impl Account {
    pub(crate) fn oid(&self) -> String {
        account_id(&self.name)
    }

    /// As a user is told to those who decide about requests.
    pub(crate) fn person(&self) -> Value {
        let mut it = json!({
            "_id": self.oid(),
            "avatarUrl": self.avatar_url(),
            "fullname": self.fullname,
            "isPro": self.is_pro(),
            "user": self.name,
            "type": "user",
        });
        if let Some(email) = self.email() {
            it["email"] = json!(email);
        }
        it
    }

    pub(crate) fn email(&self) -> Option<&str> {
        match &self.kind {
            AccountKind::User { email, .. } => email.as_deref(),
            AccountKind::Org { .. } => None,
        }
    }

    pub(crate) fn is_pro(&self) -> bool {
        matches!(self.kind, AccountKind::User { pro: true, .. })
    }

    /// Relative, as the Hub sends it for accounts without a picture.
    pub(crate) fn avatar_url(&self) -> String {
        format!("/avatars/{}.svg", self.oid())
    }

    pub(crate) fn members(&self) -> Option<&[Member]> {
        match &self.kind {
            AccountKind::Org { members, .. } => Some(members),
            AccountKind::User { .. } => None,
        }
    }
}

/// The object id of an account, the same wherever it appears.
pub(crate) fn account_id(name: &str) -> String {
    encode::object_id(&format!("account/{name}"))
}

/// All accounts of a hub.
#[derive(Clone, Debug, Default)]
pub(crate) struct Accounts(Vec<Account>);

impl Accounts {
    pub(crate) fn new(list: Vec<Account>) -> Accounts {
        Accounts(list)
    }

    pub(crate) fn user(&self, name: &str) -> Option<&Account> {
        self.find(name).filter(|it| it.members().is_none())
    }

    pub(crate) fn user_by_email(&self, email: &str) -> Option<&Account> {
        self.0.iter().find(|it| it.email() == Some(email))
    }

    pub(crate) fn user_of(&self, oid: &str) -> Option<&Account> {
        self.0.iter().find(|it| it.members().is_none() && it.oid() == oid)
    }

    pub(crate) fn org(&self, name: &str) -> Option<&Account> {
        self.find(name).filter(|it| it.members().is_some())
    }

    /// Organisations that somebody is a member of.
    pub(crate) fn orgs_of<'a>(&'a self, user: &'a str) -> impl Iterator<Item = &'a Account> {
        self.0
            .iter()
            .filter(move |it| it.members().is_some_and(|all| all.iter().any(|it| it.user == user)))
    }

    pub(crate) fn role_in(&self, org: &str, user: &str) -> Option<&'static str> {
        let members = self.org(org)?.members()?;
        members.iter().find(|it| it.user == user).map(|it| it.role)
    }

    fn find(&self, name: &str) -> Option<&Account> {
        self.0.iter().find(|it| it.name == name)
    }
}
