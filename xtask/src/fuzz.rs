//! `cargo xtask fuzz`: input that nobody thought of, against what src/fuzz.rs says holds. It starts from fuzz/seeds; what it
//! comes upon stays below target/, so that the next run goes on from there.

use std::{
    fs,
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use regex::Regex;

use crate::{
    proc::{Cmd, say},
    project::Project,
    setup::{self, Need},
};

/// Of a log, the end that is shown.
const SHOWN_LINES: usize = 60;
/// For compiling, and for what ends late.
const GRACE: Duration = Duration::from_mins(10);

pub(crate) fn run(project: &Project, wanted: &[String], seconds: u32) -> Result<ExitCode> {
    let all = targets(project)?;
    if let Some(word) = wanted.iter().find(|word| !all.contains(word)) {
        bail!("there is no target `{word}`, only {}", all.join(", "));
    }
    let chosen: Vec<_> = all
        .iter()
        .filter(|it| wanted.is_empty() || wanted.contains(it))
        .collect();
    setup::run(project, &[Need::Rust, Need::Fuzz])?;
    say("Compiling the targets with a nightly toolchain; about a minute the first time.");
    cargo_fuzz(project, "build").run()?;

    let mut broken = Vec::new();
    for name in chosen {
        let (corpus, found) = (
            project.path("target/fuzz-corpus").join(name),
            project.path("target/fuzz-found/"),
        );
        fs::create_dir_all(&corpus)?;
        fs::create_dir_all(&found)?;
        let log = project.path("target/logs").join(format!("fuzz-{name}.log"));
        let _ = fs::remove_file(&log);
        let started = Instant::now();
        let status = cargo_fuzz(project, "run")
            .arg(name)
            .arg(&corpus)
            .arg(project.path("fuzz/seeds").join(name))
            .args(["--", "-max_len=4096", "-timeout=10"])
            .arg(format!("-max_total_time={seconds}"))
            .arg(format!("-artifact_prefix={}{name}-", found.display()))
            .run_into(&log, Duration::from_secs(seconds.into()) + GRACE)?;
        let text = fs::read_to_string(&log).with_context(|| format!("cannot read {}", log.display()))?;
        let ends = if status.success() { "holds" } else { "BREAKS" };
        println!(
            "{name:<12} {} in {} s: {ends}",
            inputs(&text),
            started.elapsed().as_secs()
        );
        if !status.success() {
            let lines: Vec<_> = text.lines().collect();
            for line in lines.iter().skip(lines.len().saturating_sub(SHOWN_LINES)) {
                println!("      | {line}");
            }
            broken.push(name.as_str());
        }
    }
    if broken.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    println!("Broken: {}; the inputs are in target/fuzz-found", broken.join(", "));
    Ok(ExitCode::FAILURE)
}

/// A target is a file.
fn targets(project: &Project) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(project.path("fuzz/fuzz_targets"))? {
        if let Some(name) = entry?.file_name().to_string_lossy().strip_suffix(".rs") {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn cargo_fuzz(project: &Project, verb: &str) -> Cmd {
    project
        .cmd("rustup")
        .args(["run", "nightly", "cargo", "fuzz", verb, "--target-dir"])
        .arg(project.path("target/fuzz"))
}

/// As libFuzzer tells it at its end.
fn inputs(log: &str) -> String {
    let count = Regex::new(r"(?m)^Done (\d+) runs in|^stat::number_of_executed_units: +(\d+)")
        .ok()
        .and_then(|it| {
            it.captures(log)?
                .iter()
                .skip(1)
                .flatten()
                .next()
                .map(|it| it.as_str().to_owned())
        });
    count.map_or_else(|| "an unknown number of inputs".to_owned(), |it| format!("{it} inputs"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_inputs_is_read_from_the_log() {
        assert_eq!(inputs("#9 DONE cov: 1\nDone 123 runs in 61 second(s)\n"), "123 inputs");
        assert_eq!(inputs("==1== ERROR\n"), "an unknown number of inputs");
    }

    #[test]
    fn each_target_has_seeds_a_row_in_the_manifest_and_a_test() -> Result<()> {
        let project = Project::find()?;
        let (manifest, rules) = (project.read("fuzz/Cargo.toml")?, project.read("src/fuzz.rs")?);
        let names = targets(&project)?;
        assert!(names.len() >= 7, "{names:?}");
        for name in names {
            assert!(
                manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")),
                "{name}"
            );
            assert!(rules.contains(&format!("replay(\"{name}\", super::{name})")), "{name}");
            assert!(project.path("fuzz/seeds").join(&name).is_dir(), "{name}");
        }
        Ok(())
    }
}
