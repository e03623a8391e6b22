//! The tables: for the terminal, and shorter for the README.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{CORE, INLINE};

pub(super) fn parts(parts: &Value) -> Result<String> {
    let mut out = format!(
        "{:<46} {:>9} {:>9} {:>9} {:>9}\n",
        "bytes", "raw", "gzip 9", "brotli 11", "budget"
    );
    for row in list(parts)? {
        let of = |name: &str| number(&row[name]);
        let budget = match row["budget"].as_str() {
            Some("core") => CORE.to_string(),
            Some("inline") => INLINE.to_string(),
            _ => String::new(),
        };
        let _ = writeln!(
            out,
            "{:<46} {:>9} {:>9} {:>9} {budget:>9}",
            row["what"].as_str().unwrap_or_default(),
            of("raw")?,
            of("gzip")?,
            of("brotli")?,
        );
    }
    Ok(out)
}

const WAYS: [&str; 3] = ["ours", "url", "peer"];
const BUNDLERS: [&str; 2] = ["esbuild", "vite"];

pub(super) fn jobs(jobs: &Value) -> Result<String> {
    let mut out = format!(
        "{:<46} {:>15} {:>15} {:>16}\n",
        "brotli 11, esbuild / Vite", "hubkey", "hubkey/url", "@huggingface/hub"
    );
    for row in list(jobs)? {
        let [ours, url, peer] = pairs(row, " / ")?;
        let what = row["job"].as_str().unwrap_or_default();
        let _ = writeln!(out, "{what:<46} {ours:>15} {url:>15} {peer:>16}");
    }
    Ok(out)
}

/// By way, what each bundler made of it.
fn pairs(row: &Value, between: &str) -> Result<[String; 3]> {
    let mut found = WAYS.map(|_| String::new());
    for (cell, way) in found.iter_mut().zip(WAYS) {
        let numbers = BUNDLERS.map(|bundler| number(&row[bundler][way]["brotli"]).map(thousands));
        *cell = numbers.into_iter().collect::<Result<Vec<_>>>()?.join(between);
    }
    Ok(found)
}

pub(super) fn deep(sizes: &Value) -> Result<String> {
    let deep = &sizes["deep"];
    if deep.is_null() {
        return Ok("What serde and an endpoint cost was not measured yet: `cargo xtask size --deep`\n".to_owned());
    }
    let mut out = format!(
        "{:<46} {:>9}   over a core of {}\n",
        "brotli 11, the core built otherwise",
        "more",
        number(&deep["core"])?
    );
    for row in list(&deep["builds"])? {
        let what = row["what"].as_str().unwrap_or_default();
        let more = row["more"].as_i64().context("a build without a size")?;
        let _ = writeln!(out, "{what:<46} {more:>+9}");
    }
    if let Some(now) = grown_old(sizes)? {
        let _ = writeln!(
            out,
            "Measured over an older core; now it is {now}: `cargo xtask size --deep`"
        );
    }
    Ok(out)
}

/// The core of today, where the builds with a change were measured over another.
fn grown_old(sizes: &Value) -> Result<Option<u64>> {
    let core = list(&sizes["parts"])?
        .iter()
        .find(|row| row["budget"] == "core")
        .context("no core among the parts")?;
    let now = number(&core["brotli"])?;
    Ok((number(&sizes["deep"]["core"])? != now).then_some(now))
}

pub(super) fn markdown(sizes: &Value) -> Result<String> {
    let mut out = "| what a page loads, brotli 11 | bytes | wanted |\n| --- | --- | --- |\n".to_owned();
    for row in list(&sizes["parts"])? {
        let budget = match row["budget"].as_str() {
            Some("core") => thousands(CORE),
            Some("inline") => thousands(INLINE),
            _ => String::new(),
        };
        let what = row["what"].as_str().unwrap_or_default();
        let _ = writeln!(out, "| {what} | {} | {budget} |", thousands(number(&row["brotli"])?));
    }
    out +=
        "\n| by job, esbuild · Vite | hubkey | hubkey/url | `@huggingface/hub` 2.17.5 |\n| --- | --- | --- | --- |\n";
    for row in list(&sizes["jobs"])? {
        let [ours, url, peer] = pairs(row, " · ")?;
        let what = row["job"].as_str().unwrap_or_default();
        let _ = writeln!(out, "| {what} | {ours} | {url} | {peer} |");
    }
    out += "\nWe lose to tree-shaken JavaScript where only one small call is used: a bundler cannot take a wasm module apart. \
            Everything of the peer's also uploads and commits, which ours does not yet.\n";
    let deep = &sizes["deep"];
    if !deep.is_null() {
        let more: Vec<_> = list(&deep["builds"])?
            .iter()
            .map(|row| {
                let more = row["more"].as_i64()?;
                let sign = if more < 0 { '-' } else { '+' };
                Some(format!(
                    "{} {sign}{}",
                    row["what"].as_str()?,
                    thousands(more.unsigned_abs())
                ))
            })
            .collect::<Option<_>>()
            .context("a build without a size")?;
        let over = match grown_old(sizes)? {
            Some(_) => "measured over an older core of",
            None => "bytes over",
        };
        let _ = writeln!(
            out,
            "\nMeasured by building the core otherwise ({over} {}): {}.",
            thousands(number(&deep["core"])?),
            more.join("; ")
        );
    }
    Ok(out)
}

fn list(value: &Value) -> Result<&Vec<Value>> {
    value.as_array().with_context(|| format!("no list: {value}"))
}

fn number(value: &Value) -> Result<u64> {
    value.as_u64().with_context(|| format!("no number: {value}"))
}

/// `12,345`
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let (head, rest) = digits.split_at(first);
    let groups = rest
        .as_bytes()
        .chunks(3)
        .map(|it| String::from_utf8_lossy(it).into_owned());
    let all: Vec<_> = (!head.is_empty())
        .then(|| head.to_owned())
        .into_iter()
        .chain(groups)
        .collect();
    all.join(",")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn long_numbers_are_grouped() {
        let shown = [0, 12, 123, 1234, 123_456, 1_234_567].map(thousands);
        assert_eq!(shown, ["0", "12", "123", "1,234", "123,456", "1,234,567"]);
    }

    #[test]
    fn the_readme_has_both_bundlers_and_the_builds() -> Result<()> {
        let size = |bytes: u32| json!({ "raw": 9, "gzip": 9, "brotli": bytes });
        let ways = |bytes: u32| json!({ "ours": size(bytes), "url": size(bytes + 1), "peer": size(bytes + 2) });
        let text = markdown(&json!({
            "parts": [{ "what": "core", "budget": "core", "brotli": 40_000 }],
            "jobs": [{ "job": "whoami", "esbuild": ways(1000), "vite": ways(2000) }],
            "deep": { "core": 40_000, "builds": [{ "what": "serde", "more": 21_000 }, { "what": "none", "more": -61 }] },
        }))?;
        assert!(text.contains("| core | 40,000 | 30,000 |"));
        assert!(text.contains("| whoami | 1,000 · 2,000 | 1,001 · 2,001 | 1,002 · 2,002 |"));
        assert!(text.contains("(bytes over 40,000): serde +21,000; none -61."));
        Ok(())
    }

    #[test]
    fn figures_over_another_core_say_so() -> Result<()> {
        let mut sizes = json!({
            "parts": [{ "what": "core", "budget": "core", "brotli": 39_000 }],
            "jobs": [],
            "deep": { "core": 40_000, "builds": [{ "what": "serde", "more": 21_000 }] },
        });
        assert!(markdown(&sizes)?.contains("(measured over an older core of 40,000): serde"));
        assert!(deep(&sizes)?.contains("older core; now it is 39000"));
        sizes["parts"][0]["brotli"] = json!(40_000);
        assert!(!markdown(&sizes)?.contains("older"));
        assert!(!deep(&sizes)?.contains("older"));
        Ok(())
    }
}
