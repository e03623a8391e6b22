//! What a store keeps: version, endpoint, active profile, profiles. Literal old records stand in the tests.

use crate::{json::Value, token::Token};

/// The form written today. Readers of the days when a record held one profile read it alike: the one in use is theirs.
const VERSION: f64 = 1.0;
/// A record is a few hundred bytes a profile; what is much larger is none of ours.
const LONGEST: usize = 1 << 20;

#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// The endpoint that the tokens are for; they go to no other.
    pub(crate) endpoint: String,
    /// A name that no profile has is as good as none: whoever reads it is signed out.
    pub(crate) active: Option<String>,
    pub(crate) profiles: Vec<Profile>,
}

#[derive(Clone, Debug)]
pub(crate) struct Profile {
    pub(crate) name: String,
    pub(crate) token: Token,
}

/// What was found under a key.
#[derive(Debug)]
pub(crate) enum Found {
    Record(Record),
    /// Good, but for another endpoint: never used and never replaced.
    Foreign,
    /// Cut, of another version, or not ours: as good as nothing, and replaced by the next save.
    Nothing,
}

impl Record {
    pub(crate) fn of(endpoint: &str, profile: &str, token: Token) -> Self {
        let mut record = Self::empty(endpoint);
        record.put(profile, token);
        record
    }

    pub(crate) fn empty(endpoint: &str) -> Self {
        Self {
            endpoint: endpoint.to_owned(),
            active: None,
            profiles: Vec::new(),
        }
    }

    /// The profile in use; none is after the one in use was dropped.
    pub(crate) fn used(&self) -> Option<&Profile> {
        self.named(self.active.as_deref()?)
    }

    pub(crate) fn named(&self, name: &str) -> Option<&Profile> {
        self.profiles.iter().find(|it| it.name == name)
    }

    /// Adds or replaces the profile of that name, and uses it. What the same sign-in had before under another name goes.
    pub(crate) fn put(&mut self, name: &str, token: Token) {
        if let Some(id) = which(&token) {
            self.profiles
                .retain(|it| it.name == name || which(&it.token).as_ref() != Some(&id));
        }
        match self.profiles.iter_mut().find(|it| it.name == name) {
            Some(it) => it.token = token,
            None => self.profiles.push(Profile {
                name: name.to_owned(),
                token,
            }),
        }
        self.active = Some(name.to_owned());
    }

    /// Replaces the token of a sign-in that is there, and leaves it to the record which is in use. A later sign-in under the
    /// same name is another one.
    #[cfg(any(test, all(feature = "js", target_arch = "wasm32")))]
    pub(crate) fn renew(&mut self, name: &str, token: Token) -> bool {
        let found = self
            .profiles
            .iter_mut()
            .find(|it| it.name == name && which(&it.token) == which(&token));
        found.map(|it| it.token = token).is_some()
    }

    pub(crate) fn drop(&mut self, name: &str) {
        self.profiles.retain(|it| it.name != name);
        if self.active.as_deref() == Some(name) {
            self.active = None;
        }
    }

    pub(crate) fn to_json(&self) -> String {
        let mut out = Value::object();
        out.set("version", VERSION);
        out.set("endpoint", self.endpoint.as_str());
        if let Some(active) = &self.active {
            out.set("active", active.as_str());
        }
        // A list, not an object by name: a profile may be called `__proto__`.
        let profiles = self.profiles.iter().map(|it| {
            let mut profile = Value::object();
            profile.set("name", it.name.as_str());
            profile.set("token", it.token.expose());
            if !it.token.grant().is_empty() {
                profile.set("grant", it.token.grant());
            }
            profile
        });
        out.set("profiles", Value::array(profiles.collect()));
        out.to_json()
    }

    pub(crate) fn find(text: &str, endpoint: &str, official: bool) -> Found {
        let Some(it) = (text.len() <= LONGEST).then(|| Value::parse(text)).flatten() else {
            return Found::Nothing;
        };
        if it.number("version") != Some(VERSION) {
            return Found::Nothing;
        }
        match it.text("endpoint") {
            Some(other) if other != endpoint => return Found::Foreign,
            Some(_) => {}
            None => return Found::Nothing,
        }
        let profile = |it: &Value| -> Option<Profile> {
            Some(Profile {
                name: it.text("name")?,
                token: Token::parse(&it.text("token")?, official)
                    .ok()?
                    .with_grant(it.text("grant")),
            })
        };
        let profiles: Vec<_> = it.list("profiles").iter().filter_map(profile).collect();
        if profiles.is_empty() {
            return Found::Nothing;
        }
        Found::Record(Self {
            endpoint: endpoint.to_owned(),
            active: it.text("active"),
            profiles,
        })
    }
}

/// Which sign-in with OAuth a token came from.
fn which(it: &Token) -> Option<String> {
    Value::parse(it.grant())?.text("id")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HUB: &str = "https://huggingface.co";
    const SECOND: &str = "hf_exampleFakeTokenForTestsOnly000000002";
    const THIRD: &str = "hf_exampleFakeTokenForTestsOnly000000003";
    /// As it was written when a record held one profile.
    const OF_ONE: &str = r#"{"active":"laptop","endpoint":"https://huggingface.co","profiles":[{"name":"laptop","token":"hf_exampleFakeTokenForTestsOnly000000000"}],"version":1}"#;
    const OF_TWO: &str = r#"{"active":"work","endpoint":"https://huggingface.co","profiles":[{"name":"laptop","token":"hf_exampleFakeTokenForTestsOnly000000000"},{"name":"work","token":"hf_exampleFakeTokenForTestsOnly000000002"}],"version":1}"#;
    const OF_NONE_IN_USE: &str = r#"{"endpoint":"https://huggingface.co","profiles":[{"name":"laptop","token":"hf_exampleFakeTokenForTestsOnly000000000"}],"version":1}"#;

    #[track_caller]
    fn record(text: &str) -> Record {
        match Record::find(text, HUB, true) {
            Found::Record(it) => it,
            other => panic!("{other:?}"),
        }
    }

    fn token(text: &str) -> Option<String> {
        match Record::find(text, HUB, true) {
            Found::Record(it) => it.used().map(|it| it.token.expose().to_owned()),
            _ => None,
        }
    }

    #[track_caller]
    fn is(record: &Record, active: Option<&str>, names: &[&str]) {
        let found: Vec<_> = record.profiles.iter().map(|it| it.name.as_str()).collect();
        assert_eq!((record.used().map(|it| it.name.as_str()), &*found), (active, names));
    }

    #[test]
    fn a_record_of_today_loads_and_is_written_the_same() {
        for text in [OF_ONE, OF_TWO, OF_NONE_IN_USE] {
            let it = record(text);
            assert_eq!(Value::parse(&it.to_json()), Value::parse(text));
            assert!(!format!("{it:?}").contains("hf_example"));
        }
    }

    #[test]
    fn a_record_of_the_days_of_one_profile_loads_and_takes_a_second() {
        let mut it = record(OF_ONE);
        is(&it, Some("laptop"), &["laptop"]);
        it.put("work", Token::parse(SECOND, true).unwrap());
        is(&it, Some("work"), &["laptop", "work"]);
        assert_eq!(Value::parse(&it.to_json()), Value::parse(OF_TWO));
    }

    #[test]
    fn a_profile_of_the_same_name_is_replaced_in_its_place() {
        let mut it = record(OF_TWO);
        it.put("laptop", Token::parse(THIRD, true).unwrap());
        is(&it, Some("laptop"), &["laptop", "work"]);
        assert_eq!(it.used().unwrap().token.expose(), THIRD);
    }

    #[test]
    fn a_grant_stays_beside_its_token() {
        let granted = OF_TWO.replace(
            "\"token\":\"hf_exampleFakeTokenForTestsOnly000000002\"",
            "\"token\":\"hf_exampleFakeTokenForTestsOnly000000002\",\"grant\":\"{\\\"v\\\":1}\"",
        );
        let it = record(&granted);
        assert_eq!(it.used().unwrap().token.grant(), "{\"v\":1}");
        assert_eq!(it.named("laptop").unwrap().token.grant(), "");
        assert_eq!(Value::parse(&it.to_json()), Value::parse(&granted));
        assert!(!format!("{it:?}").contains("{\\\"v"), "{it:?}");
    }

    #[test]
    fn a_sign_in_that_got_its_name_leaves_none_behind() {
        let mut it = record(OF_TWO);
        let token = |id: &str| {
            Token::parse(THIRD, true)
                .unwrap()
                .with_grant(Some(format!("{{\"id\":\"{id}\"}}")))
        };
        it.put("oauth-a", token("a"));
        it.put("oauth-b", token("b"));
        is(&it, Some("oauth-b"), &["laptop", "work", "oauth-a", "oauth-b"]);
        it.put("oauth-ada", token("b"));
        is(&it, Some("oauth-ada"), &["laptop", "work", "oauth-a", "oauth-ada"]);
    }

    #[test]
    fn a_renewal_changes_a_profile_that_is_there_and_nothing_else() {
        let mut it = record(OF_TWO);
        let token = || Token::parse(THIRD, true).unwrap().with_grant(Some("{}".to_owned()));
        assert!(it.renew("laptop", token()));
        is(&it, Some("work"), &["laptop", "work"]);
        let renewed = &it.named("laptop").unwrap().token;
        assert_eq!((renewed.expose(), renewed.grant()), (THIRD, "{}"));
        assert!(!it.renew("gone", token()));
        is(&it, Some("work"), &["laptop", "work"]);
    }

    #[test]
    fn dropping_the_profile_in_use_leaves_none_in_use() {
        let mut it = record(OF_TWO);
        it.drop("work");
        is(&it, None, &["laptop"]);
        assert_eq!(Value::parse(&it.to_json()), Value::parse(OF_NONE_IN_USE));
        let mut it = record(OF_TWO);
        it.drop("laptop");
        is(&it, Some("work"), &["work"]);
        it.drop("nobody");
        is(&it, Some("work"), &["work"]);
    }

    #[test]
    fn no_name_and_an_empty_name_are_two_things() {
        let nameless = OF_NONE_IN_USE.replace("\"laptop\"", "\"\"");
        is(&record(&nameless), None, &[""]);
        is(
            &record(&nameless.replace("{\"end", "{\"active\":\"\",\"end")),
            Some(""),
            &[""],
        );
    }

    #[test]
    fn a_profile_that_cannot_be_read_takes_no_other_along() {
        for bad in ["\"Bearer hf_x\"", "5", "null", "\"\""] {
            let text = OF_TWO.replace(&format!("\"{SECOND}\""), bad);
            is(&record(&text), None, &["laptop"]);
        }
    }

    #[test]
    fn a_record_of_another_endpoint_is_left_alone() {
        for text in [OF_ONE, OF_TWO, OF_NONE_IN_USE] {
            let found = Record::find(text, "http://127.0.0.1:1", true);
            assert!(matches!(found, Found::Foreign));
        }
    }

    #[test]
    fn a_record_that_cannot_be_trusted_is_none() {
        let long = format!("{{\"version\":1,\"x\":\"{}\"}}", "a".repeat(3 << 20));
        for it in [
            "",
            "null",
            "[]",
            "42",
            "\"hf_x\"",
            "{}",
            &OF_ONE[..60],
            &long,
            r#"{"__proto__":{"version":1}}"#,
            &OF_ONE.replace("\"version\":1", "\"version\":2"),
            &OF_ONE.replace("\"version\":1", "\"version\":\"1\""),
            &OF_ONE.replace("hf_", "Bearer "),
            &OF_ONE.replace("\"active\":\"laptop\"", "\"active\":\"other\""),
            &OF_ONE.replace("[{", "{\"a\":{").replace("}]", "}}"),
        ] {
            assert_eq!(token(it), None, "{}", &it[..it.len().min(80)]);
        }
        assert!(token(OF_ONE).is_some());
    }
}
