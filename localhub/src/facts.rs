//! What a list can be narrowed by and is not a tag (repos.md 2.1).

use crate::kind::Kind;
use crate::query::Query;
use crate::repo::Repo;

/// Empty where a repository has nothing of it; each belongs to one kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// Models: programs that run them on one's own machine.
    pub(crate) apps: Vec<&'static str>,
    /// Models: who serves them.
    pub(crate) providers: Vec<&'static str>,
    /// Models: how many numbers they are made of.
    pub(crate) parameters: u64,
    /// Models: what they were made from.
    pub(crate) base: Option<&'static str>,
    /// Datasets.
    pub(crate) rows: u64,
    /// Spaces: models and datasets that their cards name.
    pub(crate) models: Vec<String>,
    pub(crate) datasets: Vec<String>,
    /// Of late, where `likes` are of all time.
    pub(crate) likes_30d: u64,
}

/// The bounds in `min:6B,max:128B`; `None` when it is neither.
fn bounds(text: &str) -> Option<(u64, u64)> {
    let (mut least, mut most) = (0, u64::MAX);
    for part in text.split(',') {
        match part.split_once(':')? {
            ("min", number) => least = count(number)?,
            ("max", number) => most = count(number)?,
            _ => return None,
        }
    }
    Some((least, most))
}

/// `6B`, `1.5M`, `300`.
fn count(text: &str) -> Option<u64> {
    let letters = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number: f64 = text[..text.len() - letters.len()].parse().ok()?;
    let unit = match letters {
        "" => 1e0,
        "K" => 1e3,
        "M" => 1e6,
        "B" => 1e9,
        "T" => 1e12,
        _ => return None,
    };
    Some((number * unit) as u64)
}

/// What is wrong with a query of this kind: the parameter's name.
pub(crate) fn unreadable(query: &Query, kind: Kind) -> Option<&'static str> {
    if kind != Kind::Model {
        return None;
    }
    if query.first("num_parameters").is_some_and(|it| bounds(it).is_none()) {
        return Some("num_parameters");
    }
    // The only word in the reference.
    query
        .first("inference")
        .is_some_and(|it| it != "warm")
        .then_some("inference")
}

pub(crate) fn fits(repo: &Repo, query: &Query) -> bool {
    let facts = &repo.facts;
    match repo.kind {
        Kind::Model => {
            let size = query.first("num_parameters").and_then(bounds);
            any(query, "apps", |it| facts.apps.contains(&it))
                && any(query, "inference_provider", |it| {
                    facts.providers.contains(&it) || it == "all" && !facts.providers.is_empty()
                })
                && (query.first("inference").is_none() || !facts.providers.is_empty())
                && size.is_none_or(|(least, most)| (least..=most).contains(&facts.parameters))
        }
        Kind::Dataset => true,
        // Whether one of several is enough is unconfirmed.
        Kind::Space => {
            let linked = !facts.models.is_empty() || !facts.datasets.is_empty();
            any(query, "models", |it| facts.models.iter().any(|own| own == it))
                && any(query, "datasets", |it| facts.datasets.iter().any(|own| own == it))
                && (query.flag("linked") != Some(true) || linked)
        }
    }
}

/// One of the values, repeated or joined by commas; true when there is none.
fn any(query: &Query, key: &str, is_so: impl Fn(&str) -> bool) -> bool {
    let values = query.all(key);
    values.is_empty() || values.iter().flat_map(|it| it.split(',')).any(is_so)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_have_units() {
        assert_eq!(bounds("min:6B,max:128B"), Some((6_000_000_000, 128_000_000_000)));
        assert_eq!(bounds("max:1.5M"), Some((0, 1_500_000)));
        assert_eq!(bounds("min:300"), Some((300, u64::MAX)));
        for it in ["", "6B", "min:", "min:x", "min:6X", "about:6B", "min:1,2"] {
            assert_eq!(bounds(it), None, "{it}");
        }
    }
}
