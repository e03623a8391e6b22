//! `cargo xtask mutants`: the library changed in one place after the other, and whether its unit tests notice. What was seen of
//! a file is written into its part of docs/mutants.md. Settings, and what is left out and why, are in .cargo/mutants.toml.

use std::{collections::BTreeMap, fs, process::ExitCode, time::Duration};

use anyhow::{Context, Result, bail};
use regex::Regex;
use serde_json::Value;

use crate::{
    proc::say,
    project::Project,
    setup::{self, Need},
};

/// Where a mistake would let a token out, let nobody in, or say that somebody may what they may not.
const FILES: &[&str] = &[
    "src/auth/permissions.rs",
    "src/auth/permissions/judge.rs",
    "src/auth/permissions/judge/brings.rs",
    "src/auth/permissions/page.rs",
    "src/auth/permissions/place.rs",
    "src/auth/permissions/table.rs",
    "src/token.rs",
    "src/url.rs",
    "src/redact.rs",
    "src/transport/redirect.rs",
    "src/transport/retry.rs",
];
const PAGE: &str = "docs/mutants.md";
const HEAD: &str = "# Mutants

`cargo xtask mutants` changes the library in one place after the other and runs its unit tests. A change that no test notices
is missed; a timeout is noticed, since the change waits for ever; unviable is what does not compile. What is left out, and why,
stands in `.cargo/mutants.toml`.

Of the permissions, `src/auth/permissions/need.rs` is not among these files yet: it explains failures and decides nothing.
";
/// What became of a change, as cargo-mutants and as the page has it.
const ENDS: [(&str, &str); 4] = [
    ("CaughtMutant", "caught"),
    ("MissedMutant", "missed"),
    ("Timeout", "timeout"),
    ("Unviable", "unviable"),
];
const LONGEST: Duration = Duration::from_hours(4);

pub(crate) fn run(project: &Project, wanted: &[String]) -> Result<ExitCode> {
    let chosen: Vec<&str> = FILES
        .iter()
        .copied()
        .filter(|it| wanted.is_empty() || wanted.iter().any(|word| it.contains(word.as_str())))
        .collect();
    if chosen.is_empty() {
        bail!("no file is called so, only {}", FILES.join(", "));
    }
    setup::run(project, &[Need::Rust, Need::Mutants])?;
    let out = project.path("target/mutants");
    fs::create_dir_all(&out)?;
    let log = project.path("target/logs/mutants.log");
    let _ = fs::remove_file(&log);
    say("Some seconds for each of a few hundred changes.");
    let status = project
        .cmd("cargo")
        .args([
            "mutants",
            "--package",
            "hubkey",
            "--jobs",
            "1",
            "--no-shuffle",
            "--colors",
            "never",
        ])
        .arg("--output")
        .arg(&out)
        .args(chosen.iter().flat_map(|it| ["--file", it]))
        // It works in a copy of the tree; what became of other people's crates need not be made again for each.
        .env("CARGO_TARGET_DIR", project.path("target/mutants-build"))
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .run_into(&log, LONGEST)?;
    // 0, or what was seen: some were missed, some waited. Anything else is no result.
    if !matches!(status.code(), Some(0 | 2 | 3)) {
        bail!("cargo-mutants ended with {status}, see {}", log.display());
    }
    let outcomes =
        fs::read_to_string(out.join("mutants.out/outcomes.json")).context("cargo-mutants left no outcomes")?;
    let seen = read(&serde_json::from_str(&outcomes)?);
    let mut parts = parts(&fs::read_to_string(project.path(PAGE)).unwrap_or_default());
    for file in chosen {
        let part = part(seen.get(file).unwrap_or(&Seen::default()));
        print!("{file}\n{part}");
        parts.insert(file.to_owned(), part);
    }
    parts.retain(|file, _| FILES.contains(&file.as_str()));
    let page: String = parts
        .iter()
        .map(|(file, part)| format!("\n## `{file}`\n\n{part}"))
        .collect();
    fs::write(project.path(PAGE), format!("{HEAD}{page}"))?;
    Ok(if status.code() == Some(2) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Of one file: what became of it, and the change.
type Seen = Vec<(&'static str, String)>;

fn read(outcomes: &Value) -> BTreeMap<String, Seen> {
    let mut files = BTreeMap::<String, Seen>::new();
    for outcome in outcomes["outcomes"].as_array().into_iter().flatten() {
        let mutant = &outcome["scenario"]["Mutant"];
        let (Some(file), Some(name)) = (mutant["file"].as_str(), mutant["name"].as_str()) else {
            // The run without any change.
            continue;
        };
        // `file:line:column: change`; lines move with every edit.
        let change = name.splitn(4, ':').last().unwrap_or_default().trim().to_owned();
        let end = ENDS
            .iter()
            .find(|it| outcome["summary"] == it.0)
            .map_or("unknown", |it| it.1);
        files.entry(file.to_owned()).or_default().push((end, change));
    }
    files
}

/// A sentence of numbers, then each by name that was not simply caught.
fn part(seen: &Seen) -> String {
    let of = |end: &str| seen.iter().filter(|it| it.0 == end).count();
    let counts: Vec<_> = ENDS.iter().map(|it| format!("{} {}", of(it.1), it.1)).collect();
    let mut out = format!("{} changes: {}.\n", seen.len(), counts.join(", "));
    let mut named: Vec<_> = seen
        .iter()
        .filter(|it| it.0 != "caught")
        .map(|(end, change)| format!("- {end}: `{change}`\n"))
        .collect();
    named.sort();
    if !named.is_empty() {
        out.push('\n');
    }
    out.extend(named);
    out
}

/// What the page has of each file.
fn parts(page: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let Ok(heading) = Regex::new(r"\A([^`]+)`\n\n") else {
        return found;
    };
    for section in page.split("\n## `").skip(1) {
        if let Some(it) = heading.captures(section) {
            found.insert(it[1].to_owned(), section[it[0].len()..].to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_become_a_part_without_line_numbers() {
        let mutant = |name: &str, end: &str| serde_json::json!({ "scenario": { "Mutant": { "file": "src/a.rs", "name": name } }, "summary": end });
        let seen = read(&serde_json::json!({ "outcomes": [
            { "scenario": "Baseline", "summary": "Success" },
            mutant("src/a.rs:1:2: replace < with <= in x", "CaughtMutant"),
            mutant("src/a.rs:3:4: replace T::f -> u8 with 0", "MissedMutant"),
        ] }));
        let part = part(&seen["src/a.rs"]);
        assert_eq!(
            part,
            "2 changes: 1 caught, 1 missed, 0 timeout, 0 unviable.\n\n- missed: `replace T::f -> u8 with 0`\n"
        );
        let page = format!("{HEAD}\n## `src/a.rs`\n\n{part}\n## `src/b.rs`\n\nx\n");
        assert_eq!(parts(&page)["src/a.rs"], part);
        assert_eq!(parts(&page)["src/b.rs"], "x\n");
    }

    #[test]
    fn the_page_has_every_file_and_nothing_missed() -> Result<()> {
        let parts = parts(&Project::find()?.read(PAGE)?);
        assert_eq!(parts.keys().map(String::as_str).collect::<Vec<_>>(), {
            let mut files = FILES.to_vec();
            files.sort_unstable();
            files
        });
        for (file, part) in parts {
            assert!(
                part.contains(" caught, 0 missed, ") && !part.starts_with("0 changes"),
                "{file}: {part}"
            );
        }
        Ok(())
    }
}
