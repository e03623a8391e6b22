//! `cargo xtask test`: all suites, one after the other, and a sum.

mod count;
mod table;

use std::{
    collections::BTreeSet,
    fs,
    path::PathBuf,
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use self::{
    count::Count,
    table::{Context, SUITES, Suite},
};
use crate::{
    build, hub,
    hub::Hub,
    project::Project,
    setup::{self, Need},
};

/// Of a failed suite's log, the end that is shown.
const SHOWN_LINES: usize = 300;
/// A command of a suite that takes longer hangs; on two cores none takes five minutes, compiling included.
const LONGEST: Duration = Duration::from_mins(15);
/// The same each time: the address is compiled into the browser tests.
const HUB_PORT: u16 = 8341;

pub(crate) fn list() {
    for suite in SUITES {
        println!("{:<12} {}", suite.name, suite.what);
    }
}

pub(crate) fn run(project: &Project, wanted: &[String]) -> Result<ExitCode> {
    if let Some(word) = wanted
        .iter()
        .find(|word| !SUITES.iter().any(|suite| suite.name.starts_with(*word)))
    {
        bail!("there is no suite `{word}`; `cargo xtask test --list` shows them");
    }
    let chosen: Vec<&Suite> = SUITES
        .iter()
        .filter(|suite| wanted.is_empty() || wanted.iter().any(|word| suite.name.starts_with(word)))
        .collect();

    let mut needs: Vec<Need> = Need::BUILD.to_vec();
    needs.extend(
        Need::ALL
            .iter()
            .filter(|need| chosen.iter().any(|suite| suite.needs.contains(need))),
    );
    setup::run(project, &needs)?;
    let context = Context {
        project,
        package: build::package(project, false)?,
        localhub: hub::build(project, false)?,
    };

    let mut sum = Count::default();
    let mut failed = BTreeSet::new();
    let mut skipped = Vec::new();
    for (number, suite) in chosen.iter().enumerate() {
        println!("[{}/{}] {}: {}", number + 1, chosen.len(), suite.name, suite.what);
        let started = Instant::now();
        let (count, log) = one(&context, suite);
        let skips = if count.skipped > 0 {
            let reasons = count::reasons(&fs::read_to_string(&log).unwrap_or_default()).join("; ");
            skipped.push(format!("{} ({reasons})", suite.name));
            format!(", {} skipped", count.skipped)
        } else {
            String::new()
        };
        println!("      {count}{skips} in {} s", started.elapsed().as_secs());
        if count.failed > 0 {
            show(&log);
            failed.insert(suite.name);
        }
        sum.add(count);
    }
    if !failed.is_empty() {
        println!("Failed: {}", failed.into_iter().collect::<Vec<_>>().join(", "));
    }
    if sum.skipped > 0 {
        println!("{} skipped: {}", sum.skipped, skipped.join(" | "));
    }
    println!("{sum}");
    Ok(if sum.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Never an error: whatever goes wrong is a failed test, and the other suites still run.
fn one(context: &Context, suite: &Suite) -> (Count, PathBuf) {
    let log = context.project.path("target/logs").join(format!("{}.log", suite.name));
    let _ = fs::remove_file(&log);
    let mut count = Count::default();
    if let Err(error) = commands(context, suite, &log, &mut count) {
        let text = fs::read_to_string(&log).unwrap_or_default();
        let _ = fs::write(&log, format!("{text}xtask: {error:#}\n"));
        count.failed += 1;
    }
    if count.passed + count.failed == 0 {
        let _ = fs::write(&log, "xtask: this suite ran no test\n");
        count.failed = 1;
    }
    (count, log)
}

fn commands(context: &Context, suite: &Suite, log: &PathBuf, count: &mut Count) -> Result<()> {
    // One for each suite: what a suite does to its Hub is gone before the next.
    let hub_log = log.with_extension("localhub.log");
    let hub = Hub::start(context.project, &context.localhub, HUB_PORT, &hub_log)?;
    let (commands, _running) = (suite.commands)(context, &hub)?;
    for cmd in commands {
        let cmd = cmd
            .env("HUBKEY_TEST_HUB", &hub.url)
            .env("HUBKEY_TEST_CDN", &hub.cdn_url)
            .env("HUBKEY_LOCALHUB_BIN", &context.localhub)
            .env("HUBKEY_TARBALL", &context.package.tarball)
            .env("HUBKEY_ROOT", &context.project.root)
            // A developer's own sign-in has no place in tests.
            .without_env("HF_TOKEN")
            .without_env("HUGGING_FACE_HUB_TOKEN")
            .without_env("HF_ENDPOINT")
            .without_env("HF_HUB_OFFLINE");
        let text = cmd.text();
        let before = fs::read_to_string(log).unwrap_or_default().len();
        let status = cmd.run_into(log, LONGEST)?;
        let printed = fs::read(log)?;
        let mut found = (suite.count)(&String::from_utf8_lossy(printed.get(before..).unwrap_or_default()));
        if !status.success() && found.failed == 0 {
            found.failed = 1;
            let printed = String::from_utf8_lossy(&printed);
            fs::write(log, format!("{printed}xtask: `{text}` ended with {status}\n"))?;
        }
        count.add(found);
    }
    Ok(())
}

fn show(log: &PathBuf) {
    let text = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().filter(|line| !is_quiet(line)).collect();
    let first = lines.len().saturating_sub(SHOWN_LINES);
    if first > 0 {
        println!(
            "      the last {SHOWN_LINES} of {} lines in {}:",
            lines.len(),
            log.display()
        );
    }
    for line in lines.iter().skip(first) {
        println!("      | {line}");
    }
}

/// Of no use to somebody who looks for what failed.
fn is_quiet(line: &str) -> bool {
    let line = line.trim_start();
    ["Compiling ", "Downloaded ", "✔ "]
        .iter()
        .any(|start| line.starts_with(start))
        || line.ends_with(" ... ok")
}
