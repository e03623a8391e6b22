//! Work that is done again only when what goes in has changed.

use std::{fs, path::Path};

use anyhow::Result;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

/// A digest over everything that a step depends on.
#[derive(Debug, Default)]
pub(crate) struct Fingerprint(Sha256);

impl Fingerprint {
    pub(crate) fn text(mut self, text: &str) -> Self {
        self.add(text.as_bytes());
        self
    }

    /// A file, or all files of a folder with their names; what is absent counts as absent.
    pub(crate) fn path(mut self, path: &Path) -> Self {
        let files = WalkDir::new(path).sort_by_file_name().into_iter().flatten();
        for file in files.filter(|entry| entry.file_type().is_file()) {
            let name = file.path().strip_prefix(path).unwrap_or(file.path());
            self.add(name.as_os_str().as_encoded_bytes());
            self.add(&fs::read(file.path()).unwrap_or_default());
        }
        self.add(b"end");
        self
    }

    fn add(&mut self, part: &[u8]) {
        self.0.update(part.len().to_le_bytes());
        self.0.update(part);
    }

    pub(crate) fn finish(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

pub(crate) fn is_fresh(stamp: &Path, fingerprint: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|found| found == fingerprint)
}

/// To be called once the step has succeeded.
pub(crate) fn write(stamp: &Path, fingerprint: &str) -> Result<()> {
    if let Some(dir) = stamp.parent() {
        fs::create_dir_all(dir)?;
    }
    Ok(fs::write(stamp, fingerprint)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_byte_is_a_change() {
        let of = |a, b| Fingerprint::default().text(a).text(b).finish();
        assert_ne!(of("ab", "c"), of("a", "bc"));
        assert_eq!(of("ab", "c"), of("ab", "c"));
    }

    #[test]
    fn a_renamed_file_is_a_change() -> Result<()> {
        let dir = tempfile::tempdir()?;
        fs::write(dir.path().join("a"), "x")?;
        let before = Fingerprint::default().path(dir.path()).finish();
        fs::rename(dir.path().join("a"), dir.path().join("b"))?;
        assert_ne!(before, Fingerprint::default().path(dir.path()).finish());
        Ok(())
    }
}
