//! The seeded repositories: a few hundred, some private, some gated, some renamed, some oddly named.

use std::sync::{Arc, LazyLock};

use serde_json::json;

use super::files;
use super::whoami::GROUP;
use crate::encode;
use crate::kind::Kind;
use crate::repo::{Access, Gated, Repo};
use crate::repos::Repos;

/// 2026-01-01.
const EPOCH_MS: u64 = 1_767_225_600_000;
const HOUR_MS: u64 = 3_600_000;

/// The author of 10,000 models, for measuring long lists.
pub(crate) const MANY: &str = "many";
const MANY_COUNT: usize = 10_000;

const TASKS: [&str; 6] = [
    "text-generation",
    "text-classification",
    "fill-mask",
    "image-classification",
    "automatic-speech-recognition",
    "feature-extraction",
];
const LIBRARIES: [&str; 4] = ["transformers", "diffusers", "sentence-transformers", "safetensors"];
const LICENSES: [&str; 3] = ["mit", "apache-2.0", "cc-by-4.0"];
const LANGUAGES: [&str; 4] = ["en", "fr", "de", "ja"];

/// 60 by ada and 30 by acme, their named ones included.
const MODELS: [(&str, usize); 7] = [
    ("ada", 51),
    ("acme", 25),
    ("research-lab", 10),
    ("grace", 14),
    ("globex", 60),
    ("initech", 60),
    ("umbrella", 60),
];
const DATASETS: [(&str, usize); 4] = [("ada", 10), ("acme", 6), ("globex", 20), ("initech", 14)];
const SPACES: [(&str, usize); 3] = [("ada", 6), ("acme", 4), ("globex", 10)];

pub(crate) fn repos() -> Repos {
    // Kept, because tests reset often.
    static SEEDED: LazyLock<Repos> = LazyLock::new(seeded);
    SEEDED.clone()
}

fn seeded() -> Repos {
    let mut repos = Repos::default();
    for (kind, word, counts) in [
        (Kind::Model, "model", &MODELS[..]),
        (Kind::Dataset, "data", &DATASETS[..]),
        (Kind::Space, "app", &SPACES[..]),
    ] {
        for (owner, count) in counts {
            for index in 0..*count {
                repos.put(varied(kind, &format!("{owner}/{word}-{index:03}"), index));
            }
        }
    }
    named(&mut repos);
    gated(&mut repos);
    moved(&mut repos);
    repos
}

/// A repository whose numbers follow from its name.
fn ordinary(kind: Kind, id: &str) -> Repo {
    let digest = encode::commit_id(id);
    let number = u64::from_str_radix(&digest[..8], 16).unwrap_or_default();
    let pick = |list: &[&str], step: u64| list[(number / step) as usize % list.len()].to_owned();
    let mut repo = Repo::new(kind, id, EPOCH_MS + number % 4000 * HOUR_MS);
    repo.modified_ms = repo.created_ms + number % 977 * HOUR_MS;
    repo.downloads = number % 1_000_003;
    repo.likes = number % 4_001;
    repo.trending = number % 101;
    repo.files = files::files(kind);
    repo.creator = Some(
        if repo.namespace() == "acme" {
            "grace"
        } else {
            repo.namespace()
        }
        .to_owned(),
    );
    let license = pick(&LICENSES, 7);
    let (language, task) = (pick(&LANGUAGES, 11), pick(&TASKS, 3));
    repo.card = json!({ "license": license, "language": language });
    repo.tags = match kind {
        Kind::Model => {
            let library = pick(&LIBRARIES, 5);
            let tags = vec![library.clone(), "safetensors".to_owned(), task.clone(), language];
            repo.pipeline_tag = Some(task);
            repo.library = Some(library);
            tags
        }
        Kind::Dataset => vec![format!("task_categories:{task}"), format!("language:{language}")],
        Kind::Space => {
            repo.sdk = Some("static".to_owned());
            vec!["static".to_owned()]
        }
    };
    repo.tags.push(format!("license:{license}"));
    repo.tags.push("region:us".to_owned());
    repo.tags.dedup();
    repo
}

/// Every tenth is private, a few are gated.
fn varied(kind: Kind, id: &str, index: usize) -> Repo {
    let mut repo = ordinary(kind, id);
    repo.private = index % 10 == 9;
    if kind != Kind::Space {
        repo.gated = match index {
            _ if index % 17 == 16 => Gated::Manual,
            _ if index % 13 == 12 => Gated::Auto,
            _ => Gated::No,
        };
    }
    repo
}

fn named(repos: &mut Repos) {
    let long = format!("ada/{}", "long-name.".repeat(9) + "ending");
    for id in ["ada/a", "ada/0", "ada/_edge_", "ada/UPPER.Case_v1.0", &long] {
        repos.put(ordinary(Kind::Model, id));
    }
    for id in ["ada/tiny", "acme/m1"] {
        let mut repo = ordinary(Kind::Model, id);
        for name in ["dev", "v1.0", "feature/slash", "refs/pr/1"] {
            repo.refs
                .insert(name.to_owned(), encode::commit_id(&format!("{id}@{name}")));
        }
        repos.put(repo);
    }
    repos.put(Repo {
        files: files::odd_files(),
        ..ordinary(Kind::Model, "ada/odd-files")
    });
    repos.put(Repo {
        private: true,
        ..ordinary(Kind::Model, "ada/private-notes")
    });
    repos.put(Repo {
        private: true,
        ..ordinary(Kind::Model, "acme/secret")
    });
    repos.put(Repo {
        private: true,
        creator: Some("ada".to_owned()),
        ..ordinary(Kind::Model, "acme/made-by-ada")
    });
    let group = Some(GROUP.to_owned());
    repos.put(Repo {
        private: true,
        resource_group: group,
        ..ordinary(Kind::Model, "acme/group-model")
    });
    repos.put(Repo {
        disabled: true,
        ..ordinary(Kind::Model, "globex/disabled")
    });
}

/// One of each state, as ada finds it (auth.md 4.5).
fn gated(repos: &mut Repos) {
    for (name, access) in [
        ("gated-not-asked", None),
        ("gated-pending", Some(Access::Pending)),
        ("gated-rejected", Some(Access::Rejected)),
        ("gated-reset", Some(Access::Reset)),
        ("gated-accepted", Some(Access::Accepted)),
    ] {
        let mut repo = ordinary(Kind::Model, &format!("grace/{name}"));
        repo.gated = Gated::Manual;
        repo.requests = access.map(|access| ("ada".to_owned(), access)).into_iter().collect();
        repos.put(repo);
    }
    repos.put(Repo {
        gated: Gated::Auto,
        ..ordinary(Kind::Model, "grace/gated-auto")
    });
    repos.put(Repo {
        gated: Gated::Manual,
        ..ordinary(Kind::Dataset, "grace/gated-data")
    });
}

/// Old names, and names without a namespace.
fn moved(repos: &mut Repos) {
    for (kind, from, to) in [
        (Kind::Model, "gpt2", "openai-community/gpt2"),
        (Kind::Model, "bert-base-uncased", "google-bert/bert-base-uncased"),
        (Kind::Dataset, "squad", "rajpurkar/squad"),
        (Kind::Model, "ada/old-name", "ada/new-name"),
        (Kind::Model, "acme/before", "acme/after"),
        (Kind::Dataset, "ada/old-data", "ada/new-data"),
        (Kind::Space, "ada/old-app", "ada/new-app"),
    ] {
        repos.put(ordinary(kind, to));
        repos.lead(kind, from, to);
    }
    // Leads to a private one: must not give it away.
    repos.lead(Kind::Model, "acme/old-secret", "acme/secret");
}

/// The place of an id like `many/m00042` in [`many`].
pub(crate) fn many_index(kind: Kind, id: &str) -> Option<usize> {
    let digits = id.strip_prefix(MANY)?.strip_prefix("/m")?;
    let index: usize = digits.parse().ok()?;
    (kind == Kind::Model && digits.len() == 5 && index < MANY_COUNT).then_some(index)
}

/// Made when somebody first asks.
pub(crate) fn many() -> &'static [Arc<Repo>] {
    static MADE: LazyLock<Vec<Arc<Repo>>> = LazyLock::new(|| {
        let ids = (0..MANY_COUNT).map(|index| format!("{MANY}/m{index:05}"));
        ids.map(|id| Arc::new(ordinary(Kind::Model, &id))).collect()
    });
    &MADE
}
