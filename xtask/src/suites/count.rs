//! How many tests passed, read from what the test tools print.

use std::fmt;

use regex::Regex;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
}

impl Count {
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// `cargo test`, and wasm-bindgen's test runner: one `test result:` line for each binary. Neither knows of a test that finds
/// out by itself that it cannot be run; such a one says so and returns.
pub(super) fn libtest(log: &str) -> Count {
    let mut count = sum(log, r"(?m)test result: .*? (\d+) passed; (\d+) failed; (\d+) ignored");
    let said = log
        .lines()
        .filter(|line| line.trim_start().starts_with("SKIPPED: "))
        .count();
    count.passed = count.passed.saturating_sub(said);
    count.skipped += said;
    count
}

/// Why tests were skipped, as any of the tools tells it; each reason once.
pub(super) fn reasons(log: &str) -> Vec<String> {
    let Ok(pattern) = Regex::new(
        r"(?m)^\s*(?:\u{fe63} .* # (.+)|SKIPPED: (.+)|SKIPPED \[\d+\] [^ ]+: (.+)|test .+ \.\.\. ignored, (.+))$",
    ) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for reason in pattern
        .captures_iter(log)
        .filter_map(|it| it.iter().skip(1).flatten().next())
    {
        let reason = reason.as_str().trim().to_owned();
        if !found.contains(&reason) {
            found.push(reason);
        }
    }
    found
}

/// `wasm-pack test`. It also compiles the doc tests, but its runner finds no test in them and runs nothing
/// (Rust 1.95, wasm-bindgen 0.2.130), so that what they "pass" is not counted.
pub(super) fn wasm(log: &str) -> Count {
    libtest(log.split("   Doc-tests ").next().unwrap_or_default())
}

/// `node --test`: a summary at the end, in its own or in TAP form.
pub(super) fn node(log: &str) -> Count {
    let of = |word: &str| sum(log, &format!(r"(?m)^(?:#|ℹ) {word} (\d+)()()$")).passed;
    // Node counts a file without any test as a test that passed, under the file's name.
    let empty = log
        .lines()
        .filter(|line| line.starts_with("✔ /") && line.contains(".test.mjs ("))
        .count();
    Count {
        passed: of("pass").saturating_sub(empty),
        failed: of("fail") + of("cancelled") + empty,
        skipped: of("skipped") + of("todo"),
    }
}

/// pytest's last line, whatever its order and whatever it leaves out.
pub(super) fn pytest(log: &str) -> Count {
    let last = log
        .lines()
        .rev()
        .find(|line| line.contains(" in ") && line.contains('s'))
        .unwrap_or_default();
    let of = |word: &str| sum(last, &format!(r"\b(\d+) {word}()()")).passed;
    Count {
        passed: of("passed") + of("xfailed"),
        failed: of("failed") + of("errors?") + of("xpassed"),
        skipped: of("skipped"),
    }
}

/// The last line of `cargo xtask matrix`. What fails as listed is as it should be.
pub(super) fn cells(log: &str) -> Count {
    let mut count = Count::default();
    let Some((_, parts)) = log
        .lines()
        .rev()
        .filter_map(|line| line.split_once(": "))
        .find(|(head, _)| head.ends_with(" cells") || *head == "1 cell")
    else {
        return count;
    };
    for part in parts.split(", ") {
        let (number, what) = part.split_once(' ').unwrap_or_default();
        *match what {
            "work" | "works" | "fail as listed" | "fails as listed" => &mut count.passed,
            "not on this machine" => &mut count.skipped,
            _ => &mut count.failed,
        } += number.parse().unwrap_or(0);
    }
    count
}

fn sum(log: &str, pattern: &str) -> Count {
    let mut total = Count::default();
    let Ok(pattern) = Regex::new(pattern) else {
        return total;
    };
    for found in pattern.captures_iter(log) {
        let number = |at: usize| found[at].parse().unwrap_or(0);
        total.add(Count {
            passed: number(1),
            failed: number(2),
            skipped: number(3),
        });
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(passed: usize, failed: usize, skipped: usize) -> Count {
        Count {
            passed,
            failed,
            skipped,
        }
    }

    #[test]
    fn cargo_test_is_summed_over_its_binaries() {
        let log = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s\n\
                   test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(libtest(log), count(15, 2, 1));
        assert_eq!(libtest("error: could not compile"), count(0, 0, 0));
    }

    #[test]
    fn doc_tests_that_nobody_ran_are_not_counted() {
        let log = "test result: ok. 2 passed; 0 failed; 0 ignored; 0 filtered out\n   Doc-tests hubkey\n\
                   test result: ok. 4 passed; 0 failed; 0 ignored; 0 measured\n";
        assert_eq!(wasm(log), count(2, 0, 0));
    }

    #[test]
    fn node_counts_both_forms_and_what_was_cancelled() {
        assert_eq!(
            node("ℹ tests 4\nℹ pass 2\nℹ fail 1\nℹ cancelled 1\nℹ skipped 0\nℹ todo 0\n"),
            count(2, 2, 0)
        );
        assert_eq!(
            node("✔ /a/b.test.mjs (12.5ms)\n✔ says so\nℹ pass 2\nℹ fail 0\n"),
            count(1, 1, 0)
        );
        assert_eq!(node("# pass 2\n# fail 0\n# skipped 1\n"), count(2, 0, 1));
    }

    #[test]
    fn cells_are_counted_by_their_last_line() {
        let log = "Node  20  1.0 s  works\n9 cells: 4 work, 1 fails as listed, 1 not on this machine, 2 FAIL, 1 works though listed as failing\n";
        assert_eq!(cells(log), count(5, 3, 1));
        assert_eq!(cells("1 cell: 1 works\n"), count(1, 0, 0));
        assert_eq!(cells("matrix: no cell has \"x\""), count(0, 0, 0));
    }

    #[test]
    fn pytest_leaves_out_what_is_zero() {
        assert_eq!(pytest("....\n4 passed in 1.20s\n"), count(4, 0, 0));
        assert_eq!(
            pytest("1 failed, 3 passed, 2 skipped, 1 error in 0.50s"),
            count(3, 2, 2)
        );
        assert_eq!(pytest("no tests ran in 0.01s"), count(0, 0, 0));
    }

    #[test]
    fn a_rust_test_that_says_it_was_skipped_did_not_pass() {
        let log = "---- a stdout ----\nSKIPPED: no recordings\n\ntest result: ok. 3 passed; 0 failed; 0 ignored; 0 measured\n";
        assert_eq!(libtest(log), count(2, 0, 1));
    }

    #[test]
    fn each_tool_tells_why() {
        let log = "﹣ one (0.5ms) # not beside this checkout\n﹣ two (0.1ms) # not beside this checkout\n✔ three (1ms)\n\
                   SKIPPED: no recordings\ntest a ... ignored, takes long\ntest b ... ok\n\
                   SKIPPED [2] tests/a.py:3: needs curl\n";
        assert_eq!(
            reasons(log),
            ["not beside this checkout", "no recordings", "takes long", "needs curl"]
        );
        assert!(reasons("✔ one # two\ntest c ... ok\n").is_empty());
    }

    #[test]
    fn the_sum_has_one_form() {
        assert_eq!(count(5, 1, 2).to_string(), "5 passed, 1 failed");
    }
}
