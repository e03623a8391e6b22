use super::*;

const NEVER: f64 = 30_000.0;

#[track_caller]
fn again(failed: Failed, done: u32, told: Option<f64>, chance: f64) -> (f64, f64) {
    match decide(failed, done, told, NEVER, chance) {
        Verdict::Again { ms, cost } => (ms, cost),
        Verdict::Stop => panic!("it stops"),
    }
}

#[test]
fn what_may_pass_by_itself_is_tried_again() {
    for status in [408, 429, 500, 502, 503, 504] {
        assert_ne!(
            decide(Failed::Status(status), 0, None, NEVER, 0.5),
            Verdict::Stop,
            "{status}"
        );
    }
    for status in [
        200, 304, 400, 401, 402, 403, 404, 409, 410, 412, 416, 422, 501, 505, 507, 599,
    ] {
        assert_eq!(
            decide(Failed::Status(status), 0, None, NEVER, 0.5),
            Verdict::Stop,
            "{status}"
        );
    }
}

#[test]
fn the_wait_doubles_up_to_a_cap_and_chance_takes_any_part_of_it() {
    let rows = [
        (Failed::Broken, 0, 1.0, 100.0),
        (Failed::Broken, 1, 1.0, 200.0),
        (Failed::Status(503), 3, 0.5, 400.0),
        (Failed::Late, 0, 0.0, 0.0),
        (Failed::Status(429), 0, 1.0, 1000.0),
        (Failed::Status(429), 2, 0.25, 1000.0),
        (Failed::Broken, 7, 1.0, 12_800.0),
        (Failed::Broken, 8, 1.0, 20_000.0),
        (Failed::Status(429), u32::MAX, 1.0, 20_000.0),
    ];
    for (failed, done, chance, ms) in rows {
        assert_eq!(again(failed, done, None, chance).0, ms, "{failed:?} {done} {chance}");
    }
}

#[test]
fn what_the_server_says_wins_and_waiters_are_spread() {
    assert_eq!(again(Failed::Status(429), 0, Some(1000.0), 0.0), (1000.0, 0.0));
    assert_eq!(again(Failed::Status(429), 5, Some(1000.0), 1.0), (1250.0, 0.0));
    assert_eq!(again(Failed::Status(503), 0, Some(0.0), 0.5), (125.0, 5.0));
    assert_eq!(again(Failed::Status(429), 0, Some(NEVER), 0.0), (NEVER, 0.0));
    assert_eq!(
        decide(Failed::Status(429), 0, Some(NEVER + 1.0), NEVER, 0.0),
        Verdict::Stop,
        "longer than the caller would wait"
    );
}

#[test]
fn each_kind_has_its_price() {
    let cost = |failed| again(failed, 0, None, 0.5).1;
    assert_eq!(
        [Failed::Broken, Failed::Late, Failed::Status(500), Failed::Status(429)].map(cost),
        [5.0, 10.0, 5.0, 5.0]
    );
}

#[test]
fn the_reset_counts_when_nothing_remains_else_retry_after() {
    let rows = [
        ("\"api\";r=0;t=55", "", Some(55_000.0)),
        ("\"api\" ; r = 0 ; t = 55", "3", Some(55_000.0)),
        ("\"api\";t=55;r=0", "", Some(55_000.0)),
        ("\"api\";r=7;t=55", "3", Some(3000.0)),
        ("\"api\";r=7;t=55", "", None),
        ("\"api\";r=7;t=55, \"search\";r=0;t=9", "", Some(9000.0)),
        ("\"api\";r=0;t=55, \"search\";r=0;t=9", "", Some(55_000.0)),
        ("\"api\";r=0, \"search\";t=9", "", None),
        ("limit=500, remaining=0, reset=55", "", Some(55_000.0)),
        ("limit=500, reset=55, remaining=0", "", Some(55_000.0)),
        ("limit=500, remaining=1, reset=55", "", None),
        ("", " 99999 ", Some(99_999_000.0)),
        ("", "0", Some(0.0)),
        ("", "-1", None),
        ("", "1e9", None),
        ("", "1.5", None),
        ("", "soon", None),
        ("", "999999999", Some(999_999_999_000.0)),
        ("", "9999999999", None),
        ("r=0;t=99999999999999999999", "", None),
        ("r=00;t=1", "", Some(1000.0)),
        (";;==;r=;t", "", None),
        ("r=0;t=,;=5", "4", Some(4000.0)),
    ];
    for (rate, after, wait) in rows {
        assert_eq!(told_wait(rate, after, "", 0.0), wait, "{rate:?} {after:?}");
    }
}

#[test]
fn a_date_counts_from_the_answers_own_date() {
    const NOON: &str = "Thu, 26 Nov 2026 12:00:00 GMT";
    let noon = http_date(NOON).unwrap();
    let rows = [
        ("Thu, 26 Nov 2026 12:00:07 GMT", NOON, 0.0, Some(7000.0)),
        // Three days off, either way.
        (
            "Thu, 26 Nov 2026 12:00:07 GMT",
            NOON,
            noon + 259_200_000.0,
            Some(7000.0),
        ),
        ("Thu, 26 Nov 2026 12:00:07 GMT", "", noon, Some(7000.0)),
        (
            "Thu, 26 Nov 2026 12:00:07 GMT",
            "yesterday",
            noon + 2000.0,
            Some(5000.0),
        ),
        ("Thu, 26 Nov 2026 11:00:00 GMT", NOON, 0.0, Some(0.0)),
        ("Thursday, 26-Nov-26 12:00:07 GMT", NOON, 0.0, Some(7000.0)),
        ("Thu Nov 26 12:00:07 2026", NOON, 0.0, Some(7000.0)),
        ("tomorrow", NOON, 0.0, None),
        ("2026-11-26T12:00:07Z", NOON, 0.0, None),
    ];
    for (after, date, now, wait) in rows {
        assert_eq!(told_wait("", after, date, now), wait, "{after:?} {date:?}");
    }
}

#[test]
fn a_long_header_takes_linear_time() {
    for it in [
        "r=0;t=1;".repeat(100_000),
        "\"a\",".repeat(200_000),
        "=".repeat(1_000_000),
        ";".repeat(1_000_000),
    ] {
        let _ = told_wait(&it, &it, &it, 0.0);
    }
}
