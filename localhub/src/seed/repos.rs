//! The seeded repositories: a few hundred, some private, some gated, some renamed, some oddly named.

use std::sync::{Arc, LazyLock};

use serde_json::json;

use super::whoami::GROUP;
use super::{files, gated};
use crate::encode;
use crate::facts::Facts;
use crate::kind::Kind;
use crate::repo::{Gated, Repo};
use crate::repos::Repos;

/// 2026-01-01.
pub(super) const EPOCH_MS: u64 = 1_767_225_600_000;
pub(super) const HOUR_MS: u64 = 3_600_000;

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
const APPS: [&str; 4] = ["ollama", "vllm", "lmstudio", "llama.cpp"];
const PROVIDERS: [&str; 3] = ["hf-inference", "together", "fireworks-ai"];
const PARAMETERS: [u64; 6] = [
    1_200,
    120_000_000,
    1_500_000_000,
    7_000_000_000,
    13_000_000_000,
    70_000_000_000,
];

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
    gated::put(&mut repos);
    moved(&mut repos);
    repos
}

/// A repository whose numbers follow from its name.
pub(super) fn ordinary(kind: Kind, id: &str) -> Repo {
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
            let mut tags = vec![library.clone(), "safetensors".to_owned(), task.clone(), language];
            repo.facts = model_facts(number);
            if repo.facts.base.is_some() {
                tags.push("dataset:rajpurkar/squad".to_owned());
            }
            repo.pipeline_tag = Some(task);
            repo.library = Some(library);
            tags
        }
        Kind::Dataset => {
            repo.facts.rows = number % 100_003;
            dataset_tags(number, &task, &language)
        }
        Kind::Space => {
            repo.sdk = Some("static".to_owned());
            if number.is_multiple_of(3) {
                repo.facts.models = vec!["ada/tiny".to_owned()];
            }
            if number.is_multiple_of(4) {
                repo.facts.datasets = vec!["rajpurkar/squad".to_owned(), "ada/data-000".to_owned()];
            }
            vec!["static".to_owned()]
        }
    };
    repo.facts.likes_30d = number % 53;
    repo.tags.push(format!("license:{license}"));
    repo.tags.push("region:us".to_owned());
    repo.tags.dedup();
    repo
}

fn model_facts(number: u64) -> Facts {
    let some = |list: &[&'static str], bits: u64| {
        let chosen = list.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1);
        chosen.map(|(_, it)| *it).collect()
    };
    Facts {
        apps: some(&APPS, number >> 4),
        providers: some(&PROVIDERS, number >> 9),
        parameters: PARAMETERS[number as usize % PARAMETERS.len()],
        base: number.is_multiple_of(5).then_some("openai-community/gpt2"),
        ..Facts::default()
    }
}

fn dataset_tags(number: u64, task: &str, language: &str) -> Vec<String> {
    let one = |list: &[&str], step: u64| list[(number / step) as usize % list.len()].to_owned();
    let mut tags = vec![
        format!("task_categories:{task}"),
        format!("task_ids:{}", one(&["extractive-qa", "language-modeling"], 2)),
        format!("language:{language}"),
        format!("language_creators:{}", one(&["crowdsourced", "found"], 5)),
        format!("multilinguality:{}", one(&["monolingual", "translation"], 13)),
        format!("size_categories:{}", one(&["n<1K", "1K<n<10K", "10K<n<100K"], 7)),
    ];
    if number.is_multiple_of(6) {
        tags.push("benchmark:official".to_owned());
    }
    tags
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
    for (kind, id) in [(Kind::Dataset, "ada/private-data"), (Kind::Space, "ada/private-app")] {
        repos.put(Repo {
            private: true,
            ..ordinary(kind, id)
        });
    }
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
