//! Every permission that is known, in one place: what it is for, where it applies, how sure that is and who says so.
//!
//! Native builds have it whole. The module has a line of words and letters, of what the Hub itself documents or gave; what
//! others say is not in it, and is answered as a word that the Hub may have added since.

/// How sure a permission is.
///
/// ```ignore-wasm32
/// # use hubkey::auth::{Grade, PERMISSIONS};
/// let sure = PERMISSIONS.iter().filter(|it| it.grade == Grade::A).map(|it| it.word);
/// assert!(sure.clone().any(|it| it == "repo.write"));
/// assert!(sure.clone().all(|it| it != "user.tokens.read"));
/// ```
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// In the Hub's own document or its documentation of today.
    A,
    /// Seen in answers of whoami.
    B,
    /// Taken by the token form, used by code of others.
    C,
    /// In a draft alone, which is gone.
    D,
}

/// One row of the table.
///
/// ```ignore-wasm32
/// # use hubkey::auth::PERMISSIONS;
/// let row = PERMISSIONS.iter().find(|it| it.word == "job.write").expect("known");
/// assert_eq!((row.places, row.meaning), ("uo", "run and manage Jobs"));
/// ```
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Copy, Debug)]
pub struct Permission {
    /// The Hub's word.
    pub word: &'static str,
    /// Where it applies: `u` the own account and its repos, `o` an organisation and its repos, `g` everywhere. `r`: a token of
    /// role `read` has it, too; `m`: it may have.
    pub places: &'static str,
    /// How sure it is.
    pub grade: Grade,
    /// What it lets one do.
    pub meaning: &'static str,
    /// Who says so.
    pub source: &'static str,
}

macro_rules! permissions {
    ($($word:literal $places:literal $grade:ident $meaning:literal $source:literal;)*) => {
        /// Every permission that is known, with its source.
        ///
        /// ```ignore-wasm32
        /// # use hubkey::auth::PERMISSIONS;
        /// assert!(PERMISSIONS.iter().all(|it| !it.source.is_empty() && !it.meaning.is_empty()));
        /// ```
        #[cfg(not(target_arch = "wasm32"))]
        pub const PERMISSIONS: &[Permission] = &[$(Permission {
            word: $word,
            places: $places,
            grade: Grade::$grade,
            meaning: $meaning,
            source: $source,
        },)*];

        const WORDS: &str = concat!($(permissions!(@line $grade $word $places),)*);
    };
    (@line A $word:literal $places:literal) => { concat!($word, ":", $places, " ") };
    (@line B $word:literal $places:literal) => { concat!($word, ":", $places, " ") };
    (@line C $word:literal $places:literal) => { "" };
    (@line D $word:literal $places:literal) => { "" };
}

permissions! {
    "repo.content.read" "uo" A "read the files of private repos, by Xet too" "Hub's OpenAPI: service-account tokens";
    "repo.write" "uo" A "write files and settings; create, delete and move repos" "Hub's OpenAPI: service-account tokens";
    "repo.access.read" "uo" B "see who asked for access to gated repos" "whoami of live tokens";
    "discussion.write" "uog" A "open discussions and pull requests, and answer; global: in repos of others" "Hub's OpenAPI: whoami";
    "post.write" "g" A "interact with posts" "Hub's OpenAPI: whoami";
    "collection.read" "uo" A "read private collections" "Hub's OpenAPI: service-account tokens";
    "collection.write" "uo" A "manage collections" "Hub's OpenAPI: service-account tokens";
    "inference.serverless.write" "uor" A "call Inference Providers at the account's expense" "Hub's documentation of Inference Providers; read tokens too, says its quick start";
    "inference.endpoints.infer.write" "uom" A "call Inference Endpoints" "Hub's OpenAPI: service-account tokens";
    "inference.endpoints.write" "uo" A "create and manage Inference Endpoints" "Hub's OpenAPI: service-account tokens";
    "job.write" "uo" A "run and manage Jobs" "Hub's OpenAPI: service-account tokens";
    "org.read" "o" A "read an organisation's settings" "Hub's OpenAPI: service-account tokens";
    "org.write" "o" A "manage an organisation's settings and members" "Hub's OpenAPI: service-account tokens";
    "org.members.read" "o" C "list members" "trufflehog: analyzers/huggingface/scopes.go";
    "org.members.write" "o" C "manage members, by SCIM too" "trufflehog: analyzers/huggingface/scopes.go";
    "org.repos.read" "o" C "list an organisation's repos with their storage" "trufflehog: analyzers/huggingface/scopes.go";
    "org.billing.read" "o" C "read an organisation's usage" "trufflehog: analyzers/huggingface/scopes.go";
    "org.auditLog.write" "o" C "export the audit log" "trufflehog: analyzers/huggingface/scopes.go";
    "org.networkSecurity.read" "o" C "read the rules for networks" "hf-auth-helper: docs/SPECIFICATION.md";
    "org.networkSecurity.write" "o" A "set the rules for networks" "Hub's OpenAPI: service accounts";
    "org.serviceAccounts.read" "o" A "see service accounts and their tokens" "Hub's OpenAPI: service-account tokens";
    "org.serviceAccounts.write" "o" A "manage service accounts and their tokens" "Hub's OpenAPI: service-account tokens";
    "resourceGroup.write" "uo" A "manage resource groups" "Hub's OpenAPI: service-account tokens";
    "sql-console.embed.write" "uo" C "embed SQL consoles" "trufflehog: analyzers/huggingface/scopes.go";
    "user.billing.read" "u" B "read the account's usage" "whoami of live tokens";
    "user.webhooks.read" "u" B "read webhooks" "whoami of live tokens";
    "user.webhooks.write" "u" B "manage webhooks" "whoami of live tokens";
    "user.notifications.read" "u" B "read notifications" "whoami of live tokens";
    "user.notifications.write" "u" B "mark and delete notifications" "whoami of live tokens";
    "user.settings.notifications.write" "u" C "set what one is notified of" "brokerkit: credential rules";
    "user.preferences.write" "u" C "set what one watches" "brokerkit: credential rules";
    "user.social.likes.write" "u" C "like and unlike" "brokerkit: credential rules";
    "user.papers.write" "u" C "claim and index papers" "brokerkit: credential rules";
    "user.mcp.read" "u" C "read the settings of MCP tools" "brokerkit: credential rules";
    "repo.access.write" "uo" D "grant and refuse access to gated repos" "a draft of the documentation";
    "repo.read" "uo" D "read repos" "a draft of the documentation";
    "repo.content.write" "uo" D "write files" "a draft of the documentation";
    "repo.config.read" "uo" D "read settings" "a draft of the documentation";
    "repo.config.write" "uo" D "write settings" "a draft of the documentation";
    "repo.config.visibility.write" "uo" D "make public or private" "a draft of the documentation";
    "repo.config.variables.write" "uo" D "set a Space's variables" "a draft of the documentation";
    "repo.config.secrets.write" "uo" D "set a Space's secrets" "a draft of the documentation";
    "repo.config.doi.write" "uo" D "make a DOI" "a draft of the documentation";
    "repo.lfs.read" "uo" D "list large files" "a draft of the documentation";
    "repo.devMode.read" "uo" D "see a Space's Dev Mode" "a draft of the documentation";
    "user.tokens.read" "u" D "see tokens" "a draft of the documentation";
    "user.tokens.write" "u" D "manage tokens" "a draft of the documentation";
    "user.billing.write" "u" D "manage billing" "a draft of the documentation";
    "user.inference-providers.write" "u" D "set Inference Providers" "a draft of the documentation";
    "inference.endpoints.read" "uo" D "see Inference Endpoints" "a draft of the documentation";
    "job.read" "uo" D "see Jobs" "a draft of the documentation";
    "sql-console.embed.read" "uo" D "see SQL consoles" "a draft of the documentation";
    "org.billing.write" "o" D "manage an organisation's billing" "a draft of the documentation";
    "resourceGroup.read" "o" D "see resource groups" "a draft of the documentation";
    "resourceGroup.settings.write" "o" D "set resource groups up" "a draft of the documentation";
    "resourceGroup.repos.write" "o" D "put repos into resource groups" "a draft of the documentation";
}

/// What an OAuth scope carries (the Hub's documentation of OAuth). With a tilde: a part of it alone.
pub(super) const SCOPES: &str = "read-repos repo.content.read\n\
    contribute-repos ~repo.write\n\
    write-repos repo.content.write ~repo.write\n\
    manage-repos repo.write\n\
    read-collections collection.read\n\
    write-collections collection.write\n\
    inference-api inference.serverless.write\n\
    read-endpoints inference.endpoints.infer.write\n\
    write-endpoints inference.endpoints.write\n\
    jobs job.write\n\
    webhooks user.webhooks.write\n\
    write-discussions discussion.write\n\
    read-mcp user.mcp.read";

/// The letters of a permission; empty for a word that is not confirmed.
pub(super) fn letters(word: &str) -> &'static str {
    row(WORDS, ' ', word).unwrap_or_default()
}

/// What stands behind a word and a colon in a table that is one text.
#[inline(never)]
pub(crate) fn row(table: &'static str, between: char, word: &str) -> Option<&'static str> {
    let found = |it: &'static str| it.strip_prefix(word)?.strip_prefix(':');
    table.split(between).find_map(found)
}

/// Whether one permission grants another: `.write` grants the matching `.read`, a shorter path covers deeper ones.
#[inline(never)]
pub(super) fn covers(given: &str, wanted: &str) -> bool {
    let (Some((path, verb)), Some((wanted_path, wanted_verb))) = (parts(given), parts(wanted)) else {
        return false;
    };
    let deeper = wanted_path.strip_prefix(path);
    deeper.is_some_and(|it| it.is_empty() || it.starts_with('.'))
        && (verb == wanted_verb || (verb == ".write" && wanted_verb == ".read"))
}

/// The path, and the verb with its dot. `rsplit_once` is half a kilobyte.
#[inline(never)]
fn parts(word: &str) -> Option<(&str, &str)> {
    word.split_at_checked(word.bytes().rposition(|it| it == b'.')?)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
