//! What a store keeps: version, endpoint, active profile, profiles. Literal old records stand in the tests.

use crate::{error::Result, json::Value, token::Token};

/// The form written today.
const VERSION: f64 = 1.0;
/// A record is a few hundred bytes a profile; what is much larger is none of ours.
const LONGEST: usize = 1 << 20;

#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// The endpoint that the tokens are for; they go to no other.
    pub(crate) endpoint: String,
    pub(crate) active: String,
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
        let profiles = vec![Profile {
            name: profile.to_owned(),
            token,
        }];
        Self {
            endpoint: endpoint.to_owned(),
            active: profile.to_owned(),
            profiles,
        }
    }

    pub(crate) fn token(&self) -> Option<&Token> {
        self.profiles
            .iter()
            .find(|it| it.name == self.active)
            .map(|it| &it.token)
    }

    pub(crate) fn to_json(&self) -> String {
        let mut out = Value::object();
        out.set("version", VERSION);
        out.set("endpoint", self.endpoint.as_str());
        out.set("active", self.active.as_str());
        // A list, not an object by name: a profile may be called `__proto__`.
        let profiles = self.profiles.iter().map(|it| {
            let mut profile = Value::object();
            profile.set("name", it.name.as_str());
            profile.set("token", it.token.expose());
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
        let profile = |it: &Value| -> Result<Option<Profile>> {
            let (Some(name), Some(token)) = (it.text("name"), it.text("token")) else {
                return Ok(None);
            };
            Ok(Some(Profile {
                name,
                token: Token::parse(&token, official)?,
            }))
        };
        let profiles: Vec<_> = it.list("profiles").iter().filter_map(|it| profile(it).ok()?).collect();
        let active = it.text("active").unwrap_or_default();
        let record = Self {
            endpoint: endpoint.to_owned(),
            active,
            profiles,
        };
        if record.token().is_some() {
            Found::Record(record)
        } else {
            Found::Nothing
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HUB: &str = "https://huggingface.co";
    const OF_TODAY: &str = r#"{"active":"laptop","endpoint":"https://huggingface.co","profiles":[{"name":"laptop","token":"hf_exampleFakeTokenForTestsOnly000000000"}],"version":1}"#;

    #[track_caller]
    fn token(text: &str, endpoint: &str) -> Option<String> {
        match Record::find(text, endpoint, true) {
            Found::Record(it) => it.token().map(|it| it.expose().to_owned()),
            _ => None,
        }
    }

    #[test]
    fn a_record_of_today_loads_and_is_written_the_same() {
        let Found::Record(it) = Record::find(OF_TODAY, HUB, true) else {
            panic!("not found")
        };
        assert_eq!(Value::parse(&it.to_json()), Value::parse(OF_TODAY));
        assert!(!format!("{it:?}").contains("hf_example"));
    }

    #[test]
    fn a_record_of_another_endpoint_is_left_alone() {
        assert!(matches!(
            Record::find(OF_TODAY, "http://127.0.0.1:1", true),
            Found::Foreign
        ));
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
            &OF_TODAY[..60],
            &long,
            r#"{"__proto__":{"version":1}}"#,
            &OF_TODAY.replace("\"version\":1", "\"version\":2"),
            &OF_TODAY.replace("\"version\":1", "\"version\":\"1\""),
            &OF_TODAY.replace("hf_", "Bearer "),
            &OF_TODAY.replace("\"active\":\"laptop\"", "\"active\":\"other\""),
            &OF_TODAY.replace("[{", "{\"a\":{").replace("}]", "}}"),
        ] {
            assert_eq!(token(it, HUB), None, "{}", &it[..it.len().min(80)]);
        }
        assert!(token(OF_TODAY, HUB).is_some());
    }
}
