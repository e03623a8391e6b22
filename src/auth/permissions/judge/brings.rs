//! What a token brings along by itself: its role, the entries of a fine-grained one, the scopes of an OAuth one.

use super::Question;
use crate::{
    auth::permissions::table::{SCOPES, covers},
    json::Value,
    text::has,
};

/// What the token brings along, whatever its person may do.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Brings {
    /// By its very words.
    Named,
    /// By its role, which stands for all that the person may do.
    Role,
    Unknown,
    Lacks,
}

impl Question<'_> {
    #[inline(never)]
    pub(super) fn brings(&mut self) -> Brings {
        if self.token.one_of("kind", "oauth") == 0 {
            return self.oauth();
        }
        match self.token.one_of("role", "read write god fineGrained") {
            0 if has(self.letters, "m") => Brings::Unknown,
            0 if self.write && !has(self.letters, "r") => Brings::Lacks,
            0..=2 => Brings::Role,
            3 => self.token.get("scopes").map_or(Brings::Unknown, |it| self.scoped(&it)),
            _ => Brings::Unknown,
        }
    }

    /// What a fine-grained token names.
    #[inline(never)]
    fn scoped(&self, scopes: &Value) -> Brings {
        let named = |it: &Value, key: &str| {
            let words = it.list(key);
            words
                .iter()
                .any(|it| covers(&it.as_text().unwrap_or_default(), self.word))
        };
        let mut brings = Brings::Lacks;
        if named(scopes, "global") {
            // On public things, and what is one's own may be private. Older tokens had inference there.
            let all = self.org.is_none() && (!self.mine || self.place.owner.is_empty());
            brings = if all { Brings::Named } else { Brings::Unknown };
        }
        let narrow = self.word.starts_with("inference.endpoints.");
        for it in scopes.list("scoped") {
            if named(&it, "permissions") {
                let entity = it.get("entity").unwrap_or_else(Value::null);
                brings = match self.is_about(&entity) {
                    Some(false) => continue,
                    Some(true) if !(narrow && it.get("patterns").is_some()) => return Brings::Named,
                    _ if brings == Brings::Lacks => Brings::Unknown,
                    _ => brings,
                };
            }
        }
        brings
    }

    /// Whether the target is this thing, or belongs to it.
    #[inline(never)]
    fn is_about(&self, entity: &Value) -> Option<bool> {
        let place = self.place;
        let (name, owner) = match entity.one_of("type", "user org resource-group") {
            0 if self.mine => ("", Some(self.me)),
            0 | 1 => (place.owner.as_str(), self.org.as_ref()),
            // Which repos are in a group is not told.
            2 if !self.mine && !place.owner.is_empty() => return None,
            _ if entity.is("type", place.kind) => (place.repo.as_str(), None),
            _ => return Some(false),
        };
        let (own_name, own_id) = owner.map_or((None, None), |it| (it.text("name"), it.text("id")));
        match (entity.get("name"), own_id) {
            (Some(_), _) => Some(entity.is("name", own_name.as_deref().unwrap_or(name))),
            // An entry without a name is known by its id.
            (None, Some(id)) if !id.is_empty() => Some(entity.is("id", &id)),
            _ => None,
        }
    }

    /// What the scopes of an OAuth token stand for. They reach an organisation only where the person ticked it.
    #[inline(never)]
    fn oauth(&mut self) -> Brings {
        let Some(held) = self.token.get("oauthScopes").and_then(|it| it.items()) else {
            return Brings::Unknown;
        };
        let holds = |scope: &str| held.iter().any(|it| it.as_text().is_some_and(|it| it == scope));
        // With this scope organisations are listed that nobody ticked.
        let ticked = self.org.is_none() || !holds("read-memberships");
        let (mut brings, mut lacking) = (Brings::Unknown, "");
        for row in SCOPES.split('\n') {
            let (scope, words) = row.split_once(' ').unwrap_or_default();
            for word in words.split(' ') {
                let whole = word.strip_prefix('~').unwrap_or(word);
                if !covers(whole, self.word) {
                    continue;
                }
                if holds(scope) {
                    if ticked && whole == word {
                        return Brings::Named;
                    }
                    brings = Brings::Role;
                } else if lacking.is_empty() && whole == word {
                    lacking = scope;
                }
            }
        }
        if brings == Brings::Role || lacking.is_empty() {
            return Brings::Unknown;
        }
        lacking.clone_into(&mut self.detail);
        Brings::Lacks
    }
}
