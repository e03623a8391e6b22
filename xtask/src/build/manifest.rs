//! The package's package.json.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The template with the crate's version in it.
pub(super) fn with_version(template: &str, version: &str, private: bool) -> Result<String> {
    let mut manifest: Value = serde_json::from_str(template).context("pkg-template/package.json is not JSON")?;
    let Some(fields) = manifest.as_object_mut() else {
        bail!("pkg-template/package.json is no object")
    };
    for name in ["dependencies", "scripts"] {
        if fields.contains_key(name) {
            bail!("pkg-template/package.json has {name}: the package has none, so that nothing runs at its install");
        }
    }
    fields.insert("version".into(), version.into());
    if private {
        // npm publishes no such package.
        fields.insert("private".into(), true.into());
    }
    Ok(serde_json::to_string_pretty(&manifest)? + "\n")
}

/// The JavaScript that can be imported.
pub(super) fn entries(manifest: &str) -> Result<Vec<String>> {
    exported(manifest, ".js")
}

/// The types of what can be imported.
pub(super) fn types(manifest: &str) -> Result<Vec<String>> {
    exported(manifest, ".d.ts")
}

fn exported(manifest: &str, ending: &str) -> Result<Vec<String>> {
    let manifest: Value = serde_json::from_str(manifest)?;
    let mut named = Vec::new();
    strings(&manifest["exports"], &mut named);
    let mut files: Vec<_> = named
        .iter()
        .filter(|it| it.ends_with(ending))
        .map(|it| (*it).to_owned())
        .collect();
    files.sort();
    files.dedup();
    Ok(files)
}

/// Every file that the manifest points at is there.
pub(super) fn check(manifest: &str, dir: &Path) -> Result<()> {
    let manifest: Value = serde_json::from_str(manifest)?;
    for field in ["exports", "files", "sideEffects", "main", "types"] {
        let mut named = Vec::new();
        strings(&manifest[field], &mut named);
        for file in named {
            if !file.contains('*') && !dir.join(file).exists() {
                bail!("package.json names {file} under {field}, and there is no such file");
            }
        }
    }
    Ok(())
}

fn strings<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| strings(field, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_crates_and_keys_keep_their_order() -> Result<()> {
        let made = with_version(
            r#"{"name":"hubkey","version":"0.0.0","exports":{"types":"a","default":"b"}}"#,
            "1.2.3",
            false,
        )?;
        assert!(made.contains("\"version\": \"1.2.3\""));
        assert!(made.find("\"types\"") < made.find("\"default\""));
        Ok(())
    }

    #[test]
    fn install_scripts_and_dependencies_are_refused() {
        assert!(with_version(r#"{"scripts":{"postinstall":"x"}}"#, "1.0.0", false).is_err());
        assert!(with_version(r#"{"dependencies":{}}"#, "1.0.0", false).is_err());
    }

    #[test]
    fn a_file_that_is_not_there_is_found_out() -> Result<()> {
        let dir = tempfile::tempdir()?;
        std::fs::write(dir.path().join("a.js"), "")?;
        check(r#"{"exports":{".":{"default":"./a.js"}}}"#, dir.path())?;
        assert!(check(r#"{"exports":{".":{"default":"./b.js"}}}"#, dir.path()).is_err());
        Ok(())
    }
}
