//! The `Link` header: where the next page is.

use crate::text::trimmed;

/// The target of `rel="next"`, of any number of links in one header (RFC 8288).
pub(crate) fn next_link(header: &str) -> Option<&str> {
    let mut rest = header;
    while let Some((_, after)) = rest.split_once('<') {
        let (target, after) = after.split_once('>')?;
        // The parameters end where the next link begins; a comma may also stand inside quotes.
        let params = after.split('<').next().unwrap_or_default();
        if params.split(';').any(is_next) {
            return Some(target.trim());
        }
        rest = after;
    }
    None
}

fn is_next(param: &str) -> bool {
    let Some((name, value)) = trimmed(param, " \t,").split_once('=') else {
        return false;
    };
    let words = trimmed(value.trim(), "\"");
    name.trim().eq_ignore_ascii_case("rel") && words.split(' ').any(|it| it.eq_ignore_ascii_case("next"))
}

#[cfg(test)]
mod tests {
    use super::next_link;

    #[test]
    fn the_next_page_is_found_among_other_links() {
        let rows = [
            (
                r#"<https://h.example/a?cursor=x>; rel="next""#,
                Some("https://h.example/a?cursor=x"),
            ),
            (r#"<a>; rel="prev", <b>; rel="next""#, Some("b")),
            (r#"<a>;rel=next"#, Some("a")),
            (r#"<a>; title="x, y"; REL="last Next""#, Some("a")),
            (r#"<a>; rel="nextish""#, None),
            ("", None),
            ("<a", None),
            ("<<<>>>;rel=", None),
        ];
        for (header, next) in rows {
            assert_eq!(next_link(header), next, "{header}");
        }
    }
}
