//! The fields of a repository on the wire, one by one: a list item, an info answer and `expand`
//! differ only in which of them they show.

use serde_json::{Map, Value, json};

use crate::encode::{self, iso};
use crate::fields::{
    DATASET_INFO, DATASET_ITEM, DATASET_ITEM_FULL, MODEL_INFO, MODEL_ITEM, MODEL_ITEM_FULL, SPACE_INFO, SPACE_ITEM,
    SPACE_ITEM_FULL,
};
use crate::kind::Kind;
use crate::query::Query;
use crate::repo::{File, Gated, Repo};

/// What changes a field's form.
#[derive(Clone, Copy)]
struct View {
    blobs: bool,
    list: bool,
}

impl View {
    const LIST: View = View {
        blobs: false,
        list: true,
    };
}

/// One element of a list answer.
pub(crate) fn item(repo: &Repo, query: &Query) -> Value {
    let expand = query.all("expand");
    if !expand.is_empty() {
        return expanded(repo, &expand, View::LIST);
    }
    let (base, full) = match repo.kind {
        Kind::Model => (MODEL_ITEM, MODEL_ITEM_FULL),
        Kind::Dataset => (DATASET_ITEM, DATASET_ITEM_FULL),
        Kind::Space => (SPACE_ITEM, SPACE_ITEM_FULL),
    };
    let mut names = base.to_vec();
    if query.flag("full") == Some(true) {
        names.extend(full);
    }
    let extras = match repo.kind {
        Kind::Model => &["cardData", "config"][..],
        Kind::Dataset | Kind::Space => &["cardData"],
    };
    names.extend(extras.iter().filter(|name| query.flag(name) == Some(true)));
    pick(repo, &names, View::LIST)
}

/// An info answer. With `expand`, `_id`, `id` and what was asked for.
pub(crate) fn info(repo: &Repo, query: &Query) -> Value {
    let view = View {
        blobs: query.flag("blobs") == Some(true),
        list: false,
    };
    let expand = query.all("expand");
    if !expand.is_empty() {
        return expanded(repo, &expand, view);
    }
    let names = match repo.kind {
        Kind::Model => MODEL_INFO,
        Kind::Dataset => DATASET_INFO,
        Kind::Space => SPACE_INFO,
    };
    let mut body = pick(repo, names, view);
    if query.flag("securityStatus") == Some(true) {
        body["securityRepoStatus"] = json!({ "scansDone": true, "filesWithIssues": [] });
    }
    body
}

fn expanded(repo: &Repo, expand: &[&str], view: View) -> Value {
    let names: Vec<&str> = ["_id", "id"].into_iter().chain(expand.iter().copied()).collect();
    pick(repo, &names, view)
}

fn pick(repo: &Repo, names: &[&str], view: View) -> Value {
    let mut map = Map::new();
    for name in names {
        if let Some(value) = property(repo, name, view) {
            map.insert((*name).to_owned(), value);
        }
    }
    Value::Object(map)
}

/// A field by its wire name; `None` where this repository has no such field.
fn property(repo: &Repo, name: &str, view: View) -> Option<Value> {
    let weights = repo.files.iter().find(|file| file.path == "model.safetensors");
    Some(match name {
        "_id" => json!(repo.oid),
        "id" | "modelId" => json!(repo.id),
        "author" => json!(repo.namespace()),
        "sha" => json!(repo.sha),
        "private" => json!(repo.private),
        "gated" => gated(repo.gated),
        "disabled" => json!(repo.disabled),
        "downloads" => json!(repo.downloads),
        "downloadsAllTime" => json!(repo.downloads * 7),
        "likes" => json!(repo.likes),
        "trendingScore" => json!(repo.trending),
        "createdAt" => json!(iso(repo.created_ms)),
        "lastModified" => json!(iso(repo.modified_ms)),
        "tags" => json!(repo.tags),
        "pipeline_tag" => json!(repo.pipeline_tag.as_ref()?),
        "library_name" => json!(repo.library.as_ref()?),
        "sdk" => json!(repo.sdk.as_ref()?),
        "cardData" if repo.card.is_null() => return None,
        "cardData" => repo.card.clone(),
        "model-index" => Value::Null,
        "config" => {
            json!({ "architectures": ["LocalForCausalLM"], "model_type": "local", "tokenizer_config": {} })
        }
        "transformersInfo" if repo.library.as_deref() != Some("transformers") => return None,
        "transformersInfo" => json!({ "auto_model": "AutoModel", "pipeline_tag": repo.pipeline_tag }),
        "siblings" => repo.files.iter().map(|file| sibling(file, view.blobs)).collect(),
        "spaces" => json!([]),
        "models" => json!(repo.facts.models),
        "datasets" => json!(repo.facts.datasets),
        "safetensors" => {
            weights?;
            let count = repo.facts.parameters;
            json!({ "parameters": { "F32": count }, "total": count })
        }
        "usedStorage" | "mainSize" => json!(repo.files.iter().map(File::size).sum::<u64>()),
        "region" => json!(repo.region),
        "description" | "citation" => json!(format!("A seeded {}.", repo.kind.singular())),
        "subdomain" => json!(subdomain(repo)),
        "host" => json!(format!("https://{}.hf.space", subdomain(repo))),
        "runtime" => json!({
            "stage": "RUNNING",
            "hardware": { "current": "cpu-basic", "requested": "cpu-basic" },
            "gcTimeout": 172_800,
            "replicas": { "current": 1, "requested": 1 },
            "devMode": false,
            "domains": [{ "domain": format!("{}.hf.space", subdomain(repo)), "stage": "READY" }],
        }),
        "resourceGroup" => json!({ "id": repo.resource_group.as_ref()?, "name": "research" }),
        "childrenModelCount" => json!(0),
        "xetEnabled" => json!(false),
        "inference" if repo.facts.providers.is_empty() => return None,
        "inference" => json!("warm"),
        "inferenceProviderMapping" => providers(repo, view),
        "baseModels" => {
            let base = repo.facts.base?;
            json!({ "relation": "finetune", "models": [{ "_id": encode::object_id(base), "id": base }] })
        }
        "evalResults" => evaluations(repo),
        "gguf" if !repo.facts.apps.contains(&"llama.cpp") => return None,
        "gguf" => json!({ "total": repo.facts.parameters, "architecture": "local", "context_length": 512 }),
        "mask_token" if repo.pipeline_tag.as_deref() != Some("fill-mask") => return None,
        "mask_token" => json!("[MASK]"),
        "widgetData" if repo.pipeline_tag.is_none() => return None,
        "widgetData" => json!([{ "text": "A seeded example." }]),
        "paperswithcode_id" => json!(repo.id.rsplit('/').next()),
        "gitalyUid" => json!(encode::commit_id(&format!("gitaly {}", repo.id))),
        _ => return None,
    })
}

/// A list in lists and a map in an info answer, as the Python client knows it.
fn providers(repo: &Repo, view: View) -> Value {
    let one = |name: &str| {
        json!({
            "providerId": format!("{name}/{}", repo.id),
            "status": "live",
            "task": repo.pipeline_tag,
        })
    };
    let names = repo.facts.providers.iter();
    if view.list {
        let with_name = |name: &&str| {
            let mut it = one(name);
            it["provider"] = json!(name);
            it
        };
        return names.map(with_name).collect();
    }
    Value::Object(names.map(|name| ((*name).to_owned(), one(name))).collect())
}

/// In the form that the Python client reads.
fn evaluations(repo: &Repo) -> Value {
    let scores = repo.facts.base.iter().map(|_| {
        json!({
            "filename": ".eval_results/squad.yaml",
            "data": { "dataset": { "id": "rajpurkar/squad", "task_id": "default" }, "value": 20.9 },
        })
    });
    scores.collect()
}

pub(crate) fn gated(gated: Gated) -> Value {
    match gated {
        Gated::No => json!(false),
        Gated::Auto => json!("auto"),
        Gated::Manual => json!("manual"),
    }
}

/// The key is `lfs.sha256` here and `lfs.oid` in trees (repos.md 2.2).
fn sibling(file: &File, blobs: bool) -> Value {
    if !blobs {
        return json!({ "rfilename": file.path });
    }
    let mut it = json!({ "rfilename": file.path, "blobId": file.blob, "size": file.size() });
    if let Some(sha256) = &file.lfs {
        it["lfs"] = json!({ "sha256": sha256, "size": file.size(), "pointerSize": file.pointer_size() });
    }
    it
}

fn subdomain(repo: &Repo) -> String {
    repo.id.replace(['/', '_', '.'], "-").to_lowercase()
}
