use super::*;

#[test]
fn the_sentence_is_found_in_every_shape() {
    let rows = [
        (r#"{"error":"s"}"#, Some("s")),
        (r#"{"error":["a","b"]}"#, Some("a; b")),
        (r#"{"error":{"message":"m","type":"t"}}"#, Some("m")),
        (r#"{"errors":[{"message":"m"}]}"#, Some("m")),
        (r#"{"message":"s"}"#, Some("s")),
        (
            r#"{"error":"invalid_grant","error_description":"d"}"#,
            Some("invalid_grant: d"),
        ),
        (r#"{"url":"x"}"#, None),
        (r#"{"error":5}"#, None),
    ];
    for (body, words) in rows {
        assert_eq!(sentence(&Value::parse(body).unwrap()).as_deref(), words, "{body}");
    }
}

#[test]
fn statuses_codes_and_sentences_have_their_meaning() {
    let rows = [
        (
            401,
            "GatedRepo",
            "Access to model a/b is restricted.",
            "gated_repo",
            "signed_out",
        ),
        (
            403,
            "GatedRepo",
            "Your request to access model a/b is awaiting a review from the repo authors.",
            "gated_repo",
            "pending",
        ),
        (
            403,
            "GatedRepo",
            "you are not in the authorized list. Visit",
            "gated_repo",
            "not_asked",
        ),
        (404, "RepoNotFound", "Repository not found", "repo_not_found", ""),
        (404, "RevisionNotFound", "Invalid rev id: x", "revision_not_found", ""),
        (404, "EntryNotFound", "Entry not found", "entry_not_found", ""),
        (404, "", "", "not_found", ""),
        (
            403,
            "",
            "You have read access but not the required permissions for this operation",
            "insufficient_scope",
            "",
        ),
        (
            403,
            "",
            "You don't have the rights to create a model under this namespace",
            "insufficient_scope",
            "",
        ),
        (
            403,
            "",
            "Due to the organization token policy, your token needs",
            "org_restricted",
            "token-policy",
        ),
        (403, "", "no", "forbidden", ""),
        (402, "", "", "payment_required", ""),
        (422, "", "", "invalid_request", ""),
        (429, "", "", "rate_limited", ""),
        (503, "", "", "server_error", ""),
        (304, "", "", "invalid_response", ""),
    ];
    for (status, header, sentence, code, detail) in rows {
        let (is, found) = meaning(status, header, sentence);
        assert_eq!(
            (is.as_str(), found.unwrap_or_default()),
            (code, detail),
            "{status} {sentence}"
        );
    }
}
