//! From what whoami says to yes, no or unknown. Pure: nothing is asked here, and what is not known is not guessed.
//!
//! Written for the module's size: few texts of its own, comparisons in place of copies, one verdict made at the end.

use brings::Brings;

use super::{
    page::token_page,
    place::Place,
    table::{covers, letters, row},
};
use crate::{
    error::{Code, Error, Result},
    json::Value,
    redact::scrub,
    text::{cat, has},
};

// Each begins with the answer: `+` yes, `-` no, `?` unknown. Then a sentence; what to do, on a line of its own; and on a
// third which page helps: a new token (`t`), one for gated repos (`g`), the organisation's (`o`). In a sentence `$t` is the
// token, `$p` the permission, `$o` what it is asked about, `$m` the person, `$r` a role, scope or restriction.
const HAS: &str = "+$t has $p on $o";
const NOBODY: &str = "-nobody is signed in\nsign in first";
const PUBLIC: &str = "?nobody is signed in, which is enough where $o is public\nsign in, or ask authCheck";
const UNKNOWN: &str = "?the Hub does not say whether $t has $p on $o\nask authCheck, or try";
const READ_ONLY: &str = "-$t has the role read and may not write\nmake a token with $p on the page\nt";
const LACKS: &str = "-$t lacks $p on $o\nadd it to the token, or make one on the page\nt";
const LACKS_SCOPE: &str = "-$t lacks the scope $r, which gives $p\nsign in again and ask for $r";
const SOFT: &str = "?$t does not name $p, which the Hub does not document\nmake a token with it on the page\nt";
const NOT_PRIVATE: &str =
    "?$t lacks $p and reads $o only where that is public\nadd $p to the token, or make one with it on the page\nt";
const UNGATED: &str =
    "?$t may not read gated repos, so $o only where it is public without a gate\nmake a token that may on the page\ng";
const OTHERS_READ: &str = "?what is public of $o anybody may read, the rest is for its owner to open\nask authCheck";
const OTHERS: &str =
    "-$o is neither $m's nor of an organisation that $t sees\ncheck the name, ask its owner, or open a pull request";
const ROLE: &str = "-$m has the role $r there, which does not give $p on $o\nask an admin for more";
const PARTLY: &str = "?with the role $r $m has $p on a part of that alone: by who made it, or by resource group\nan admin may give more; authCheck tells for one repo";
const SHUT: &str = "-the organisation of $o shuts $t out for now: $r";

/// What an organisation's restriction asks of a person.
const WAYS: &str = "sso:sign in to the organisation by its single sign-on, on its page\n\
    mfa:turn on two-factor authentication\n\
    ip:use a network that the organisation allows\n\
    token-policy:have the token approved, or use a fine-grained one where the organisation wants those\n\
    token-revoked:an admin of the organisation revoked this token: ask them, or make another";

/// What to do about an organisation's restriction.
#[inline(never)]
pub(crate) fn way(restriction: &str) -> &'static str {
    row(WAYS, '\n', restriction).unwrap_or(Code::OrgRestricted.hint())
}

/// Whether a reason says that nobody is signed in.
pub(super) fn is_nobody(reason: &str) -> bool {
    !reason.is_empty() && has(NOBODY, reason)
}

struct Question<'a> {
    me: &'a Value,
    token: Value,
    word: &'a str,
    place: &'a Place,
    /// Of the permission; empty where it is not confirmed.
    letters: &'static str,
    write: bool,
    mine: bool,
    org: Option<Value>,
    /// For `$r`.
    detail: String,
}

/// The verdict on a token as callers are given it; no identity: on somebody without a token.
#[inline(never)]
pub(crate) fn judge(me: Option<&Value>, word: &str, place: &Place, endpoint: &str) -> Result<Value> {
    let nobody = Value::null();
    let is = me.is_some();
    let me = me.unwrap_or(&nobody);
    let mut asked = Question {
        me,
        token: me.get("token").unwrap_or_else(Value::null),
        word,
        place,
        letters: letters(word),
        write: word.ends_with(".write"),
        mine: place.owner.is_empty() && place.repo.is_empty(),
        org: None,
        detail: String::new(),
    };
    if asked.letters == "g" {
        // It hangs on no thing.
        asked.mine = false;
    } else if !place.owner.is_empty() {
        asked.mine = me.is("name", &place.owner);
        asked.org = me.list("orgs").into_iter().find(|it| it.is("name", &place.owner));
    }
    let wanted = match () {
        () if asked.mine => "u",
        () if asked.org.is_some() => "o",
        () => "",
    };
    if !wanted.is_empty() && !asked.letters.is_empty() && !has(asked.letters, wanted) {
        let told = cat(&["`", word, "` does not apply to ", asked.named()]);
        return Err(Error::new(Code::InvalidArgument, told)
            .with_hint("name an organisation with { org }, or nothing for the own account"));
    }
    let told = match is {
        true => asked.answer(),
        false if asked.opens() => PUBLIC,
        false => NOBODY,
    };
    Ok(asked.verdict(told, endpoint))
}

impl Question<'_> {
    /// Reading what may be public.
    fn opens(&self) -> bool {
        (!self.place.repo.is_empty() && covers("repo.content.read", self.word)) || self.word == "collection.read"
    }

    #[inline(never)]
    fn answer(&mut self) -> &'static str {
        match self.me.one_of("type", "user app") {
            // Tokens of other kinds stand for one thing and not for a person.
            0 if self.token.one_of("kind", "user oauth") < 2 => {}
            1 => return self.app(),
            _ => return UNKNOWN,
        }
        let others = !self.mine && self.org.is_none();
        if let Some(org) = &self.org {
            if let Some(it) = org.list("restrictions").first() {
                self.detail = it.as_text().unwrap_or_default();
                return SHUT;
            }
            self.detail = org.text("role").unwrap_or_default();
        }
        let (person, brings) = (self.person(), self.brings());
        match (person, brings) {
            // The Hub gave it by name, so there is more to it than whoami shows.
            (Some(false), Brings::Named) if others => UNKNOWN,
            (Some(false), _) if self.letters.is_empty() => UNKNOWN,
            (Some(false), _) if others => OTHERS,
            (Some(false), _) => ROLE,
            (None, _) if others => match self.token.get("scopes").and_then(|it| it.get("canReadGatedRepos")) {
                Some(it) if it.as_bool() == Some(false) => UNGATED,
                _ => OTHERS_READ,
            },
            (_, Brings::Lacks) => match () {
                () if !self.place.repo.is_empty() && self.opens() => NOT_PRIVATE,
                () if self.letters.is_empty() => SOFT,
                () if self.token.one_of("kind", "oauth") == 0 => LACKS_SCOPE,
                () if self.token.one_of("role", "read") == 0 => READ_ONLY,
                () => LACKS,
            },
            (_, Brings::Unknown) => UNKNOWN,
            (None, _) => PARTLY,
            (_, Brings::Role) if self.letters.is_empty() => UNKNOWN,
            _ => HAS,
        }
    }

    /// What an app was given is a role and a list; how they are meant beyond that is nowhere said.
    #[inline(never)]
    fn app(&self) -> &'static str {
        let app = self.me.get("app").unwrap_or_else(Value::null);
        let of = |it: &Value| it.is("name", &self.place.repo) || it.is("name", &self.place.owner);
        match app.one_of("role", "read write") {
            _ if self.letters.is_empty() => UNKNOWN,
            0 if self.write => READ_ONLY,
            0 | 1 if app.list("entities").iter().any(of) => HAS,
            _ => UNKNOWN,
        }
    }

    /// What the person may do there; none: it depends on what whoami does not say.
    #[inline(never)]
    fn person(&self) -> Option<bool> {
        let first = |it: &str| self.word.starts_with(it);
        if self.mine || self.letters == "g" {
            return Some(true);
        }
        let Some(org) = &self.org else {
            return match self.opens() {
                true => None,
                false => Some(first("discussion.")),
            };
        };
        const ADMIN: usize = 4;
        let role = org.one_of("role", "no_access read contributor write admin");
        if role >= ADMIN {
            return (role == ADMIN).then_some(true);
        }
        let groups = org.list("resourceGroups");
        // A repo may be in a group that keeps the person out, or that lets them do more.
        let limits = !groups.is_empty() && !self.place.repo.is_empty();
        let exceeds = groups.iter().any(|it| it.one_of("role", "read no_access") > 1);
        let talk = first("discussion.");
        match role {
            _ if first("org.") && self.write => Some(false),
            _ if !(first("repo.") || first("collection.") || talk) => None,
            0 => groups.is_empty().then_some(false),
            _ if !self.write || talk => (!limits).then_some(true),
            1 => (!exceeds).then_some(false),
            2 => None,
            _ => (!limits).then_some(true),
        }
    }

    /// What it is asked about, in words.
    fn named(&self) -> &str {
        match self.place {
            it if !it.repo.is_empty() => &it.repo,
            it if !it.owner.is_empty() => &it.owner,
            _ if self.mine => "the own account",
            _ => "public things",
        }
    }

    #[inline(never)]
    fn verdict(&self, told: &str, endpoint: &str) -> Value {
        let sentences = self.filled(told.get(1..).unwrap_or_default());
        let mut lines = sentences.split('\n');
        let mut out = Value::object();
        match told.as_bytes().first() {
            Some(b'?') => out.set("allowed", "unknown"),
            it => out.set("allowed", it == Some(&b'+')),
        }
        out.set("reason", lines.next().unwrap_or_default());
        let mut hint = lines.next();
        let key = match lines.next() {
            Some("g") => "canReadGatedRepos",
            Some(_) if self.mine => "ownUserPermissions",
            Some(_) if self.org.is_some() => "orgPermissions",
            Some(_) => "globalPermissions",
            None => "",
        };
        if !key.is_empty() {
            let gated = key == "canReadGatedRepos";
            let mut query = Vec::new();
            if key == "orgPermissions" {
                query.push(("orgs", self.place.owner.clone()));
            }
            query.push((key, if gated { "true" } else { self.word }.to_owned()));
            out.set("fix", token_page(endpoint, query));
        }
        if told == SHUT {
            hint = Some(way(&self.detail));
            out.set("restriction", self.detail.as_str());
            out.set("fix", cat(&[endpoint, "/", &self.place.owner]));
        }
        if let Some(it) = hint {
            out.set("hint", it);
        }
        out
    }

    /// The sentences with their places filled.
    #[inline(never)]
    fn filled(&self, told: &str) -> String {
        let mut out = String::new();
        for (at, piece) in told.split('$').enumerate() {
            let (place, rest) = piece.split_at(usize::from(at > 0));
            match place {
                "t" => {
                    out.push_str("the token");
                    if let Some(it) = self.token.text("displayName") {
                        // Anything may be a name, the token itself too.
                        out.push_str(&cat(&[" `", &scrub(&it), "`"]));
                    }
                }
                "p" => out.push_str(self.word),
                "m" => out.push_str(&scrub(&self.me.text("name").unwrap_or_default())),
                "o" => out.push_str(&scrub(self.named())),
                "r" => out.push_str(&self.detail),
                _ => {}
            }
            out.push_str(rest);
        }
        out
    }
}

mod brings;
#[cfg(test)]
mod tests;
