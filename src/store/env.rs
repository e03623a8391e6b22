use super::{Record, StoreKind, TokenStore, read_only};
use crate::text::cat;
use crate::{error::Result, platform::Fut, token::Token};

/// The names that hold a token, the first that holds one wins; as the Python client has them.
const NAMES: [&str; 2] = ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"];

/// Names that people use and no client reads.
const NEAR_MISSES: [&str; 5] = [
    "HUGGINGFACE_TOKEN",
    "HF_API_TOKEN",
    "HUGGINGFACE_HUB_TOKEN",
    "HUGGINGFACEHUB_API_TOKEN",
    "HF_ACCESS_TOKEN",
];

/// A token from a secret of the environment; only read.
///
/// ```ignore-wasm32
/// # use hubkey::{Code, EnvStore, TokenStore};
/// # hubkey::example::block_on(async {
/// let store = EnvStore::new(&|name| (name == "HF_TOKEN").then(|| "hf_thisIsAnExampleNoRealTokenAtAll0000".to_owned()), true)?;
/// assert!(store.load("https://huggingface.co").await?.is_some());
/// let refused = store.clear("https://huggingface.co").await.unwrap_err();
/// assert_eq!(refused.code(), Code::StorageReadOnly);
/// # Ok::<(), hubkey::Error>(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct EnvStore {
    pub(crate) token: Option<Token>,
    hint: Option<String>,
}

impl EnvStore {
    /// Reads the secrets once, by a function that looks up a name. `official` as in [`Token::parse`].
    ///
    /// ```
    /// # use hubkey::{EnvStore, TokenStore};
    /// let misnamed = |name: &str| (name == "HF_API_TOKEN").then(|| "hf_thisIsAnExampleNoRealTokenAtAll0000".to_owned());
    /// let hint = EnvStore::new(&misnamed, true)?.absent_hint();
    /// assert_eq!(hint.as_deref(), Some("HF_API_TOKEN is set, but the name is HF_TOKEN: rename the secret"));
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_token_format` when a secret is set and cannot be a token; empty means none.
    pub fn new(look_up: &dyn Fn(&str) -> Option<String>, official: bool) -> Result<Self> {
        let mut token = None;
        for name in NAMES {
            if token.is_none() {
                let hint = cat(&["the secret ", name, " holds something that is no token"]);
                token = Token::from_secret(&look_up(name).unwrap_or_default(), official)
                    .map_err(|it| it.with_hint(hint))?;
            }
        }
        let near = NEAR_MISSES
            .iter()
            .find(|it| look_up(it).is_some_and(|it| !it.trim().is_empty()));
        let hint = match near {
            Some(name) => cat(&[name, " is set, but the name is HF_TOKEN: rename the secret"]),
            None => "HF_TOKEN is not set or empty: add it as a secret (wrangler secret put HF_TOKEN)".to_owned(),
        };
        Ok(Self {
            hint: token.is_none().then_some(hint),
            token,
        })
    }
}

impl TokenStore for EnvStore {
    fn load<'a>(&'a self, key: &'a str) -> Fut<'a, Result<Option<String>>> {
        Box::pin(async move {
            Ok(self
                .token
                .as_ref()
                .map(|it| Record::of(key, "environment", it.clone()).to_json()))
        })
    }

    fn save<'a>(&'a self, _: &'a str, _: &'a str) -> Fut<'a, Result<()>> {
        Box::pin(async { Err(read_only()) })
    }

    fn clear<'a>(&'a self, _: &'a str) -> Fut<'a, Result<()>> {
        Box::pin(async { Err(read_only()) })
    }

    fn kind(&self) -> StoreKind {
        StoreKind::Env
    }

    fn absent_hint(&self) -> Option<String> {
        self.hint.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;

    const GOOD: &str = "hf_exampleFakeTokenForTestsOnly000000000";

    fn store(set: &[(&str, &str)]) -> Result<EnvStore> {
        EnvStore::new(
            &|name| set.iter().find(|it| it.0 == name).map(|it| it.1.to_owned()),
            true,
        )
    }

    #[test]
    fn the_legacy_name_counts_when_the_first_is_empty() {
        let it = store(&[("HF_TOKEN", ""), ("HUGGING_FACE_HUB_TOKEN", GOOD)]).unwrap();
        assert_eq!(it.token.unwrap().expose(), GOOD);
        assert!(it.hint.is_none());
    }

    #[test]
    fn a_near_miss_is_named_and_its_value_is_not() {
        let it = store(&[("HF_API_TOKEN", GOOD)]).unwrap();
        assert!(it.token.is_none());
        let hint = it.absent_hint().unwrap();
        assert!(hint.contains("HF_API_TOKEN") && !hint.contains(GOOD), "{hint}");
    }

    #[test]
    fn a_secret_that_is_no_token_is_an_error() {
        let error = store(&[("HF_TOKEN", "Bearer hf_x")]).unwrap_err();
        assert_eq!(error.code(), Code::InvalidTokenFormat);
        assert!(error.hint().contains("HF_TOKEN"));
    }
}
