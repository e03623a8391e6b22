//! The table of the README, and what it says in words, from the numbers alone.

use std::fmt::Write as _;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// What is measured, by place and job.
const ROWS: &[(&str, &str, &str)] = &[
    ("node", "cold", "start of the process to the first whoami"),
    ("node", "whoami", "whoami"),
    ("node", "list", "list 10,000 models"),
    ("chromium", "cold", "import in a fresh context to the first whoami"),
    ("chromium", "coldSlow", "the same, the processor slowed down four times"),
    ("chromium", "whoami", "whoami"),
    ("chromium", "list", "list 10,000 models"),
];

/// Ways, and what the table calls them.
const WAYS: &[(&str, &str)] = &[
    ("bare", "bare fetch"),
    ("ours", "hubkey"),
    ("url", "hubkey/url"),
    ("peer", "@huggingface/hub"),
];

/// What ours may cost over a bare fetch.
#[derive(Clone, Copy, Debug)]
enum Limit {
    More(f64),
    Times(f64),
}

fn limit(job: &str) -> Option<Limit> {
    match job {
        "cold" => Some(Limit::More(12.0)),
        "whoami" => Some(Limit::Times(1.10)),
        "list" => Some(Limit::Times(1.05)),
        _ => None,
    }
}

/// Over a bare fetch's. No object that stayed behind at each call is so small.
const FLAT_BYTES_PER_CALL: f64 = 16.0;

pub(super) fn markdown(results: &Value) -> Result<String> {
    let mut out = String::new();
    let mut words = Words::default();
    out += "| median (p95), ms |";
    for (_, name) in WAYS {
        let _ = write!(out, " {name} |");
    }
    out += " hubkey over bare |\n| --- |";
    out += &" --- |".repeat(WAYS.len() + 1);
    out += "\n";
    for (place, job, what) in ROWS {
        let Some(there) = results.get(place).filter(|it| !it.is_null()) else {
            continue;
        };
        let times = |way: &str| Times::of(&there[*job][way]);
        let name = format!("{}: {what}", runtime(there)?);
        let _ = write!(out, "| {name} |");
        for (way, _) in WAYS {
            let _ = match times(way) {
                Some(it) => write!(out, " {} ({}) |", ms(it.median), ms(it.p95)),
                None => write!(out, " |"),
            };
        }
        let over = |way: &str| times(way).and_then(|it| it.over);
        let (Some(ours), Some(peer), Some(_)) = (over("ours"), over("peer"), times("bare")) else {
            bail!("{place}.{job} lacks a way");
        };
        let [more, times] = ours;
        let _ = writeln!(
            out,
            " {:.2}x, {} ± {} more |",
            times.median,
            ms(more.median),
            ms(more.within)
        );
        words.weigh(&name, limit(job), ours, peer);
        if let Some(url) = over("url") {
            words.weigh(&format!("{name}, hubkey/url"), limit(job), url, peer);
        }
    }
    out += "\n";
    out += &words.text();
    out += &memory(&results["memory"])?;
    out += &conditions(results)?;
    Ok(out)
}

#[derive(Debug)]
struct Times {
    median: f64,
    p95: f64,
    /// Over a bare fetch in the same round, milliseconds and times as much; nothing for the bare fetch itself
    over: Option<[Over; 2]>,
}

/// The median of the rounds, and how far off it may be.
#[derive(Clone, Copy, Debug)]
struct Over {
    median: f64,
    within: f64,
}

impl Over {
    fn of(value: &Value) -> Option<Self> {
        Some(Self {
            median: value["median"].as_f64()?,
            within: value["within"].as_f64()?,
        })
    }
}

impl Times {
    fn of(value: &Value) -> Option<Self> {
        let of = |name: &str| value[name].as_f64();
        Some(Self {
            median: of("median")?,
            p95: of("p95")?,
            over: Over::of(&value["more"])
                .zip(Over::of(&value["times"]))
                .map(|(more, times)| [more, times]),
        })
    }
}

/// Held and missed, faster and slower, in one sentence each.
#[derive(Debug, Default)]
struct Words {
    held: Vec<String>,
    missed: Vec<String>,
    /// The noise of this machine leaves it open
    open: Vec<String>,
    slower: Vec<String>,
}

impl Words {
    /// Each by what it costs over a bare fetch: milliseconds, and how many times as much.
    fn weigh(&mut self, name: &str, limit: Option<Limit>, [more, times]: [Over; 2], peer: [Over; 2]) {
        let peer = peer[0];
        if more.median - peer.median > more.within + peer.within {
            self.slower
                .push(format!("{name} ({} more against {})", ms(more.median), ms(peer.median)));
        }
        let (it, most, told) = match limit {
            None => return,
            Some(Limit::More(most)) => (
                more,
                most,
                format!("{} ± {} ms more, wanted {most:.0}", ms(more.median), ms(more.within)),
            ),
            Some(Limit::Times(most)) => (
                times,
                most,
                format!("{:.2} ± {:.2}x, wanted {most:.2}x", times.median, times.within),
            ),
        };
        let list = if it.median + it.within <= most {
            &mut self.held
        } else if it.median - it.within > most {
            &mut self.missed
        } else {
            &mut self.open
        };
        list.push(format!("{name} ({told})"));
    }

    fn text(&self) -> String {
        let of = |list: &[String]| {
            if list.is_empty() {
                "nothing".to_owned()
            } else {
                list.join("; ")
            }
        };
        format!(
            "Held over a bare fetch: {}.\n\nMissed: {}.\n\nToo noisy to tell: {}.\n\nSlower than the peer, beyond the noise: {}.\n\n",
            of(&self.held),
            of(&self.missed),
            of(&self.open),
            of(&self.slower)
        )
    }
}

/// What is held after forced collections: ours, and a bare fetch's for the noise.
fn memory(memory: &Value) -> Result<String> {
    if memory.is_null() {
        return Ok(String::new());
    }
    let (ours, slope) = held(&memory["ours"])?;
    let (bare, noise) = held(&memory["bare"])?;
    let (peer, _) = held(&memory["peer"])?;
    let verdict = if slope - noise < FLAT_BYTES_PER_CALL {
        "flat"
    } else {
        "not flat"
    };
    Ok(format!(
        "Memory over 10,000 whoami calls is {verdict}: {slope:+.0} bytes a call, a bare fetch {noise:+.0}. Held after forced collections \
         at calls 1,000, 5,500 and 10,000, in MiB: {ours}; a bare fetch {bare}; the peer {peer}.\n\n"
    ))
}

/// What is held at each stop, and by how many bytes it grew with each call.
fn held(stops: &Value) -> Result<(String, f64)> {
    let mut points = Vec::new();
    for stop in stops.as_array().context("memory has no stops")? {
        let of = |name: &str| stop[name].as_f64().with_context(|| format!("no {name} in {stop}"));
        // A module's memory is counted among what is external.
        points.push((of("calls")?, of("heap")? + of("external")?));
    }
    let ([(first, before), .., (last, after)], all) = (points.as_slice(), &points) else {
        bail!("memory has one stop only");
    };
    let mib: Vec<_> = all
        .iter()
        .map(|(_, bytes)| format!("{:.1}", bytes / f64::from(1 << 20)))
        .collect();
    Ok((mib.join(", "), (after - before) / (last - first)))
}

fn conditions(results: &Value) -> Result<String> {
    let there = ["node", "chromium"]
        .iter()
        .map(|it| &results[*it])
        .find(|it| !it.is_null());
    let there = there.context("nothing was measured")?;
    let machine = &there["machine"];
    Ok(format!(
        "`@huggingface/hub` {}; {} rounds in balanced turns, localhub on the same machine: {} cores ({}), {}. Bundles by Vite, uncompressed from \
         loopback, so what a slow line adds is in the sizes above. What is over bare is the median of the rounds' own differences, \
         ± twice its standard error. Load average when it began: {}. The peer asks for 500 models a page, the others for 1,000.\n",
        there["versions"]["@huggingface/hub"].as_str().context("no version")?,
        there["rounds"],
        machine["cores"],
        machine["cpu"].as_str().unwrap_or("unknown"),
        machine["os"].as_str().unwrap_or("unknown"),
        machine["load"],
    ))
}

/// `Node 20`, `Chromium 156`.
fn runtime(place: &Value) -> Result<String> {
    let whole = place["runtime"].as_str().context("a place has no runtime")?;
    Ok(whole.split('.').next().unwrap_or(whole).to_owned())
}

fn ms(value: f64) -> String {
    if value.abs() < 10.0 {
        format!("{value:.2}")
    } else {
        format!("{value:.1}")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn results(ours: f64, within: f64, end: u32) -> Value {
        let of = |median: f64| {
            json!({ "median": median, "p95": median * 2.0, "count": 3,
            "more": { "median": median - 100.0, "within": within }, "times": { "median": median / 100.0, "within": within / 100.0 } })
        };
        let bare = json!({ "median": 100.0, "p95": 200.0, "count": 3 });
        let job = json!({ "bare": bare, "ours": of(ours), "peer": of(109.0) });
        let stops = |last: u32| json!([{ "calls": 10, "heap": 1000, "external": 0, "wasm": 7 }, { "calls": 20, "heap": last, "external": 0, "wasm": 7 }]);
        json!({
            "node": {
                "runtime": "Node 20.1.2", "versions": { "@huggingface/hub": "1.2.3" }, "rounds": 3, "machine": { "cores": 2, "load": 0.5 },
                "cold": job, "whoami": job, "list": job,
            },
            "chromium": null,
            "memory": { "ours": stops(end), "bare": stops(1010), "peer": stops(1000) },
        })
    }

    #[test]
    fn a_loss_is_said() -> Result<()> {
        let text = markdown(&results(112.5, 0.25, 1170))?;
        assert!(text.contains(
            "| Node 20: whoami | 100.0 (200.0) | 112.5 (225.0) | | 109.0 (218.0) | 1.12x, 12.5 ± 0.25 more |"
        ));
        assert!(text.contains("Held over a bare fetch: nothing."), "{text}");
        assert!(
            text.contains(
                "Missed: Node 20: start of the process to the first whoami (12.5 ± 0.25 ms more, wanted 12); "
            )
        );
        assert!(text.contains("beyond the noise: Node 20: start"));
        assert!(text.contains("is not flat: +17 bytes a call, a bare fetch +1."));
        Ok(())
    }

    #[test]
    fn what_is_held_is_said_too() -> Result<()> {
        let text = markdown(&results(104.0, 0.5, 1150))?;
        assert!(text.contains("Node 20: list 10,000 models (1.04 ± 0.01x, wanted 1.05x)"));
        assert!(text.contains("Missed: nothing."));
        assert!(text.contains("beyond the noise: nothing."));
        assert!(text.contains("is flat: +15 bytes a call"));
        Ok(())
    }

    #[test]
    fn what_the_noise_hides_is_neither_held_nor_missed() -> Result<()> {
        let text = markdown(&results(111.0, 3.0, 1000))?;
        assert!(text.contains("Held over a bare fetch: nothing."));
        assert!(text.contains(
            "Too noisy to tell: Node 20: start of the process to the first whoami (11.0 ± 3.00 ms more, wanted 12); "
        ));
        assert!(text.contains("beyond the noise: nothing."));
        Ok(())
    }

    #[test]
    fn a_job_that_was_not_measured_is_an_error() {
        let mut given = results(1.0, 0.1, 1);
        given["node"]["list"] = json!({});
        assert!(markdown(&given).is_err());
    }
}
