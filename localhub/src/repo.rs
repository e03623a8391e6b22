//! One repository: its facts, its files, its revisions.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::Value;

use crate::encode;
use crate::facts::Facts;
use crate::kind::Kind;
use crate::requests::Request;

#[derive(Clone, Debug)]
pub(crate) struct Repo {
    pub(crate) kind: Kind,
    /// `namespace/name`.
    pub(crate) id: String,
    /// 24 hex digits, `_id` on the wire.
    pub(crate) oid: String,
    /// The commit that `main` points at.
    pub(crate) sha: String,
    pub(crate) private: bool,
    pub(crate) gated: Gated,
    pub(crate) disabled: bool,
    pub(crate) downloads: u64,
    pub(crate) likes: u64,
    pub(crate) trending: u64,
    pub(crate) created_ms: u64,
    pub(crate) modified_ms: u64,
    pub(crate) tags: Vec<String>,
    pub(crate) pipeline_tag: Option<String>,
    pub(crate) library: Option<String>,
    /// Spaces only.
    pub(crate) sdk: Option<String>,
    pub(crate) card: Value,
    pub(crate) facts: Facts,
    /// The account that made it: a contributor of an organisation may write to no other.
    pub(crate) creator: Option<String>,
    /// Through which app.
    pub(crate) app: Option<String>,
    pub(crate) resource_group: Option<String>,
    pub(crate) region: String,
    /// Branches and tags other than `main`, each with its commit.
    pub(crate) refs: BTreeMap<String, String>,
    /// Who asked for access to the gated content, and how that went.
    pub(crate) requests: BTreeMap<String, Request>,
    pub(crate) files: Arc<Vec<File>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gated {
    No,
    Auto,
    Manual,
}

impl Gated {
    /// `false`, `"auto"` or `"manual"`.
    pub(crate) fn from_wire(value: &Value) -> Option<Gated> {
        match value.as_str() {
            None => (*value == false).then_some(Gated::No),
            Some("auto") => Some(Gated::Auto),
            Some("manual") => Some(Gated::Manual),
            Some(_) => None,
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) bytes: Bytes,
    /// Git's id: of the content, or of the pointer where the content is large.
    pub(crate) blob: String,
    /// Sha256 of the content when it is stored as LFS.
    pub(crate) lfs: Option<String>,
}

impl File {
    pub(crate) fn small(path: &str, bytes: impl Into<Bytes>) -> File {
        let bytes = bytes.into();
        let blob = encode::git_blob(&bytes);
        File {
            path: path.to_owned(),
            bytes,
            blob,
            lfs: None,
        }
    }

    pub(crate) fn large(path: &str, bytes: impl Into<Bytes>) -> File {
        let bytes = bytes.into();
        let lfs = Some(encode::sha256(&bytes));
        let file = File {
            path: path.to_owned(),
            bytes,
            blob: String::new(),
            lfs,
        };
        let blob = encode::git_blob(file.pointer().unwrap_or_default().as_bytes());
        File { blob, ..file }
    }

    /// What git stores in place of a large file.
    pub(crate) fn pointer(&self) -> Option<String> {
        let (oid, size) = (self.lfs.as_ref()?, self.size());
        let head = "version https://git-lfs.github.com/spec/v1";
        Some(format!("{head}\noid sha256:{oid}\nsize {size}\n"))
    }

    /// How long the pointer is: 134 bytes for a size of nine digits, as recorded.
    pub(crate) fn pointer_size(&self) -> usize {
        self.pointer().map_or(0, |pointer| pointer.len())
    }

    pub(crate) fn size(&self) -> u64 {
        self.bytes.len() as u64
    }
}

impl Repo {
    /// A bare public repository; seeds and `repos/create` fill in the rest.
    pub(crate) fn new(kind: Kind, id: &str, created_ms: u64) -> Repo {
        let seed = format!("{}/{id}", kind.plural());
        Repo {
            kind,
            id: id.to_owned(),
            oid: encode::object_id(&seed),
            sha: encode::commit_id(&seed),
            private: false,
            gated: Gated::No,
            disabled: false,
            downloads: 0,
            likes: 0,
            trending: 0,
            created_ms,
            modified_ms: created_ms,
            tags: Vec::new(),
            pipeline_tag: None,
            library: None,
            sdk: None,
            card: Value::Null,
            facts: Facts::default(),
            creator: None,
            app: None,
            resource_group: None,
            region: "us".to_owned(),
            refs: BTreeMap::new(),
            requests: BTreeMap::new(),
            files: Arc::new(Vec::new()),
        }
    }

    pub(crate) fn namespace(&self) -> &str {
        self.id.split_once('/').map_or("", |(namespace, _)| namespace)
    }

    pub(crate) fn web_path(&self) -> String {
        format!("/{}{}", self.kind.prefix(), self.id)
    }

    /// The commit of a revision: `main`, `HEAD`, a branch or tag (also as `refs/heads/..`), a full
    /// or short commit id.
    pub(crate) fn commit(&self, revision: &str) -> Option<&str> {
        let name = revision
            .strip_prefix("refs/heads/")
            .or_else(|| revision.strip_prefix("refs/tags/"))
            .unwrap_or(revision);
        if name == "main" || name == "HEAD" {
            return Some(&self.sha);
        }
        if let Some(commit) = self.refs.get(name) {
            return Some(commit);
        }
        let mut commits = std::iter::once(&self.sha).chain(self.refs.values());
        commits
            .find(|commit| revision.len() >= 7 && commit.starts_with(revision))
            .map(String::as_str)
    }

    pub(crate) fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }
}
