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
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

/// `cargo test`, and wasm-bindgen's test runner: one `test result:` line for each binary.
pub(super) fn libtest(log: &str) -> Count {
    sum(log, r"(?m)test result: .*? (\d+) passed; (\d+) failed; (\d+) ignored")
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
    fn skipped_tests_are_named_only_when_there_are_some() {
        assert_eq!(count(5, 0, 0).to_string(), "5 passed, 0 failed");
        assert_eq!(count(5, 1, 2).to_string(), "5 passed, 1 failed, 2 skipped");
    }
}
