//! The query of a request: repeated keys, booleans, numbers.

use crate::error::ApiError;

/// Pairs in the order in which they were sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    pub(crate) fn parse(raw: &str) -> Query {
        Query(form_urlencoded::parse(raw.as_bytes()).into_owned().collect())
    }

    pub(crate) fn first(&self, key: &str) -> Option<&str> {
        self.all(key).into_iter().next()
    }

    /// Every value of a key, also when it is written `key[]` (repos.md 0.6).
    pub(crate) fn all(&self, key: &str) -> Vec<&str> {
        self.0
            .iter()
            .filter(|(name, _)| name.strip_suffix("[]").unwrap_or(name) == key)
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// Clients write `true` and `1` (repos.md 0.6).
    pub(crate) fn flag(&self, key: &str) -> Option<bool> {
        match self.first(key)? {
            "true" | "True" | "1" | "" => Some(true),
            _ => Some(false),
        }
    }

    pub(crate) fn number(&self, key: &str) -> Option<u64> {
        self.first(key)?.parse().ok()
    }

    /// How many, from 10 up, in the words of the Hub's validator.
    pub(crate) fn limit(&self, default: usize, most: usize) -> Result<usize, ApiError> {
        let limit = self.first("limit").map_or(Some(default), |text| text.parse().ok());
        let words = match limit {
            Some(limit) if limit > most => format!("* Too big: expected number to be <={most}"),
            Some(limit) if limit < 10 => "* Too small: expected number to be >=10".to_owned(),
            Some(limit) => return Ok(limit),
            None => "* Invalid input: expected number".to_owned(),
        };
        Err(ApiError::invalid(format!("{words}\n  * at limit")))
    }

    /// The same query with one key replaced, for the next page.
    pub(crate) fn with(&self, key: &str, value: &str) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        out.extend_pairs(self.0.iter().filter(|(name, _)| name != key));
        out.append_pair(key, value);
        out.finish()
    }
}
