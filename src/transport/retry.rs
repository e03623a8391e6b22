//! What an answer says about when to come again. Retries themselves will find their place here: a pure
//! `decide(attempt, method, outcome, now, jitter)`.

/// Milliseconds that the Hub asks to wait: the reset of an exhausted `RateLimit`, else `Retry-After` in seconds.
/// Browsers show neither header to a page.
pub(crate) fn told_wait(rate_limit: &str, retry_after: &str) -> Option<f64> {
    let field = |name: &str| {
        let parts = rate_limit.split(';').filter_map(|it| it.split_once('='));
        parts.filter(|it| it.0.trim() == name).find_map(|it| seconds(it.1))
    };
    // The header stands on every answer; only at r=0 is it the reason for a refusal.
    if let (Some(0), Some(reset)) = (field("r"), field("t")) {
        return Some(f64::from(reset) * 1000.0);
    }
    seconds(retry_after).map(|it| f64::from(it) * 1000.0)
}

fn seconds(text: &str) -> Option<u32> {
    let text = text.trim();
    (text.len() <= 9 && !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::told_wait;

    #[test]
    fn the_reset_counts_when_nothing_remains_else_retry_after() {
        let rows = [
            (Some("\"api\";r=0;t=55"), None, Some(55_000.0)),
            (Some("\"api\" ; r = 0 ; t = 55"), Some("3"), Some(55_000.0)),
            (Some("\"api\";r=7;t=55"), Some("3"), Some(3_000.0)),
            (Some("\"api\";r=7;t=55"), None, None),
            (None, Some(" 99999 "), Some(99_999_000.0)),
            (None, Some("-1"), None),
            (None, Some("1e9"), None),
            (Some("r=0;t=99999999999999999999"), None, None),
            (Some(";;==;r=;t"), Some(""), None),
        ];
        for (rate, after, wait) in rows {
            assert_eq!(
                told_wait(rate.unwrap_or_default(), after.unwrap_or_default()),
                wait,
                "{rate:?} {after:?}"
            );
        }
    }
}
