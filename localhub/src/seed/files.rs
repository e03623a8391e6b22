//! The files that seeded repositories share.

use std::sync::{Arc, LazyLock};

use crate::kind::Kind;
use crate::repo::File;

pub(crate) const GITATTRIBUTES: &str = "*.parquet filter=lfs diff=lfs merge=lfs -text\n\
*.safetensors filter=lfs diff=lfs merge=lfs -text\n";

const CARD: &str = "---\nlicense: mit\n---\n\n# A seeded repository\n\nMade by localhub.\n";

const CONFIG: &str = "{\n  \"architectures\": [\n    \"LocalForCausalLM\"\n  ],\n  \"hidden_size\": 40,\n  \
\"model_type\": \"local\",\n  \"num_hidden_layers\": 1,\n  \"torch_dtype\": \"float32\",\n  \"vocab_size\": 30\n}\n";

/// Total length of `model.safetensors`.
const WEIGHTS: usize = 5000;

pub(crate) fn files(kind: Kind) -> Arc<Vec<File>> {
    static MODEL: LazyLock<Arc<Vec<File>>> = LazyLock::new(|| Arc::new(model()));
    static DATASET: LazyLock<Arc<Vec<File>>> = LazyLock::new(|| Arc::new(dataset()));
    static SPACE: LazyLock<Arc<Vec<File>>> = LazyLock::new(|| Arc::new(space()));
    Arc::clone(match kind {
        Kind::Model => &MODEL,
        Kind::Dataset => &DATASET,
        Kind::Space => &SPACE,
    })
}

/// Names that a careless client asks for wrongly.
pub(crate) fn odd_files() -> Arc<Vec<File>> {
    let mut files = model();
    for path in [
        "100%.txt",
        "a b?c#d%20e&f=g+h.txt",
        "dir/sub/deep.txt",
        "dir/ünï çode/日本.txt",
        "quote\"s and 'more'.txt",
        "semi;colon,comma.txt",
    ] {
        files.push(File::small(path, format!("I am {path}\n")));
    }
    files.push(File::small("empty.txt", ""));
    Arc::new(files)
}

fn model() -> Vec<File> {
    vec![
        File::small(".gitattributes", GITATTRIBUTES),
        File::small("README.md", CARD),
        File::small("config.json", CONFIG),
        File::large("model.safetensors", weights()),
        File::small("tokenizer_config.json", "{\n  \"model_max_length\": 512\n}\n"),
    ]
}

fn dataset() -> Vec<File> {
    let rows: String = (0..50).map(|n| format!("{n},row number {n}\n")).collect();
    vec![
        File::small(".gitattributes", GITATTRIBUTES),
        File::small("README.md", CARD),
        File::small("data/train.csv", format!("id,text\n{rows}")),
        File::large("data/train.parquet", pattern(5000)),
    ]
}

fn space() -> Vec<File> {
    vec![
        File::small(".gitattributes", GITATTRIBUTES),
        File::small("README.md", "---\ntitle: Seeded\nsdk: static\n---\n"),
        File::small(
            "index.html",
            "<!doctype html>\n<title>Seeded</title>\n<p>A seeded Space.</p>\n",
        ),
    ]
}

/// A real safetensors file: one tensor of 1200 floats, its header padded so that all is 5000 bytes.
fn weights() -> Vec<u8> {
    const DATA: usize = 1200 * 4;
    const HEADER: usize = WEIGHTS - DATA - 8;
    let tensor = r#"{"weight":{"dtype":"F32","shape":[30,40],"data_offsets":[0,4800]}}"#;
    let mut file = (HEADER as u64).to_le_bytes().to_vec();
    file.extend(format!("{tensor:<HEADER$}").into_bytes());
    file.extend((0..1200_u16).flat_map(|n| (f32::from(n) / 8.0).to_le_bytes()));
    file
}

/// No two stretches alike, so that a wrong range is seen.
fn pattern(length: usize) -> Vec<u8> {
    (0..length).map(|n| ((n * 31) ^ (n >> 3)) as u8).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_5000_bytes_of_safetensors() {
        let file = weights();
        assert_eq!(file.len(), WEIGHTS);
        let header: serde_json::Value = serde_json::from_slice(&file[8..200]).expect("header");
        assert_eq!(header["weight"]["shape"], serde_json::json!([30, 40]));
    }
}
