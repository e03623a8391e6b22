//! The parts of the package that are generated from the Rust declarations.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::project::Project;

#[derive(Debug, Default)]
pub(super) struct Declarations {
    /// Contents of endpoints.js
    pub(super) javascript: Option<String>,
    types: String,
    methods: String,
    codes: String,
    permissions: String,
}

const MARKERS: [&str; 4] = [
    "//@endpoint-types",
    "//@endpoint-methods",
    "//@error-codes",
    "//@permissions",
];

/// Runs the library on this machine and lets it say what it declares.
pub(super) fn read(project: &Project) -> Result<Declarations> {
    let printed = project
        .cmd("cargo")
        .args(["run", "--quiet", "--package", "xtask", "--example", "declare"])
        .read()
        .context("the library's declarations could not be read")?;
    let value: Value = serde_json::from_str(&printed)?;
    let part = |name: &str| {
        value[name]
            .as_str()
            .map(str::to_owned)
            .with_context(|| format!("examples/declare.rs printed no {name}"))
    };
    Ok(Declarations {
        javascript: Some(part("javascript")?),
        types: part("types")?,
        methods: part("methods")?,
        codes: part("codes")?,
        permissions: part("permissions")?,
    })
}

impl Declarations {
    /// Puts the generated types where index.d.ts has its markers.
    pub(super) fn fill(&self, types: &str) -> Result<String> {
        let mut filled = types.to_owned();
        for (marker, text) in MARKERS
            .into_iter()
            .zip([&self.types, &self.methods, &self.codes, &self.permissions])
        {
            filled = replace_line(&filled, marker, text)?;
        }
        if let Some(line) = filled.lines().find(|line| line.contains("//@")) {
            bail!("index.d.ts has a marker that is not known here: {line}");
        }
        Ok(filled)
    }
}

/// index.d.ts with the files of `types/` in the places that name them; the package has it as one.
pub(super) fn whole(dir: &Path) -> Result<String> {
    let mut page = String::new();
    for line in fs::read_to_string(dir.join("index.d.ts"))?.lines() {
        match line.strip_prefix("//@part ") {
            Some(name) => {
                let file = dir.join("types").join(format!("{name}.d.ts"));
                page.push_str(&fs::read_to_string(&file).with_context(|| format!("no {}", file.display()))?);
            }
            None => {
                page.push_str(line);
                page.push('\n');
            }
        }
    }
    Ok(page)
}

/// The marker's whole line becomes the text, each line of it as far in as the marker was.
fn replace_line(page: &str, marker: &str, text: &str) -> Result<String> {
    let Some(line) = page.lines().find(|line| line.trim() == marker) else {
        bail!("index.d.ts lacks the line {marker}");
    };
    let indent = &line[..line.len() - line.trim_start().len()];
    let indented: Vec<String> = text
        .trim_end()
        .lines()
        .map(|line| {
            if line.is_empty() {
                String::new()
            } else {
                format!("{indent}{line}")
            }
        })
        .collect();
    Ok(page.replacen(line, &indented.join("\n"), 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_text_stands_as_far_in_as_its_marker() -> Result<()> {
        let page = "a\n//@endpoint-types\nclass {\n  //@endpoint-methods\n}\ntype C =\n  //@error-codes\n  ;\n//@permissions\n";
        let declared = Declarations {
            types: "interface A {}\n".into(),
            methods: "/** b */\n\nb(): void;".into(),
            codes: "| \"x\"\n| \"y\"".into(),
            permissions: "p".into(),
            ..Declarations::default()
        };
        assert_eq!(
            declared.fill(page)?,
            "a\ninterface A {}\nclass {\n  /** b */\n\n  b(): void;\n}\ntype C =\n  | \"x\"\n  | \"y\"\n  ;\np\n"
        );
        Ok(())
    }

    #[test]
    fn a_missing_or_unknown_marker_is_refused() {
        assert!(Declarations::default().fill("").is_err());
        let page = format!("{}\n//@more\n", MARKERS.join("\n"));
        assert!(Declarations::default().fill(&page).is_err());
    }
}
