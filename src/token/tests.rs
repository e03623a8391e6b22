use super::*;

const GOOD: &str = "hf_exampleFakeTokenForTestsOnly000000000";

#[track_caller]
fn refused(value: &str, official: bool) -> String {
    let error = Token::parse(value, official).expect_err("should be refused");
    assert_eq!(error.code(), Code::InvalidTokenFormat);
    let said = format!("{error} {error:?} {}", error.hint());
    for part in value
        .split_whitespace()
        .filter(|it| it.len() > 8 && it.starts_with("hf_"))
    {
        assert!(!said.contains(part), "the message quotes the value");
    }
    error.message().to_owned()
}

#[test]
fn pasted_space_around_a_token_is_dropped() {
    for it in [
        format!("  {GOOD} "),
        format!("{GOOD}\r\n"),
        format!("\u{feff}{GOOD}"),
        format!("\u{a0}\t{GOOD}\u{2028}"),
    ] {
        assert_eq!(Token::parse(&it, true).unwrap().expose(), GOOD);
    }
}

#[test]
fn what_no_header_may_carry_is_refused_everywhere() {
    let long = format!("hf_{}", "a".repeat(1 << 20));
    let bad = [
        "",
        " ",
        "\n",
        "hf_a\rb",
        "hf_a\nb",
        "hf_a\0b",
        "hf_a\u{7f}b",
        "hf_“quoted”",
        "hf_zero\u{200b}width",
        "hf_a b",
        "hf_a\tb",
        "Bearer ",
        "Bearer hf_abcdefghijkl",
        "hf_\u{fffd}",
        &long,
    ];
    for it in bad {
        refused(it, true);
        refused(it, false);
    }
}

#[test]
fn huggingface_co_takes_its_own_kinds_only() {
    for it in [
        "secret",
        "sk-abc",
        "api_org_abc",
        "api_abc",
        "hf_oauth__refresh_abc",
        "hf_s3_a.b.c",
        "oauth_app_secret_abc",
        "HFAKabc",
        "hf_",
        "hf_jwt_",
        "hf_a\"b",
    ] {
        refused(it, true);
    }
    for it in ["secret", "sk-abc", "api_abc", "a{b}"] {
        assert!(Token::parse(it, false).is_ok(), "a Hub of one's own may use {it}");
    }
    for (it, words) in [
        ("hf_oauth__refresh_abc", "refresh token"),
        ("hf_s3_a.b.c", "S3 gateway"),
        ("HFAKabc", "S3 gateway"),
        ("oauth_app_secret_abc", "client secret"),
        ("api_org_abc", "retired"),
        ("api_abc", "retired"),
        ("sk-abc", "starts with hf_"),
    ] {
        assert!(refused(it, true).contains(words), "{it}");
    }
}

#[test]
fn a_token_may_be_long_but_not_endless() {
    let long = |length: usize| format!("hf_{}", "a".repeat(length - 3));
    assert_eq!(Token::parse(&long(LONGEST), true).unwrap().expose().len(), 16_384);
    assert!(refused(&long(LONGEST + 1), true).contains("longer than any"));
}

#[test]
fn a_kind_is_found_by_its_word() {
    for (_, kind, word) in PREFIXES {
        assert_eq!((TokenKind::named(word), kind.as_str()), (*kind, *word));
    }
    assert_eq!(TokenKind::named("unknown"), TokenKind::Unknown);
}

#[test]
fn the_kind_is_told_by_the_longest_prefix() {
    let rows = [
        (GOOD, "user"),
        ("hf_oauth_eyJ.e.s", "oauth"),
        ("hf_oauth__refresh_x", "oauth_refresh"),
        ("hf_jwt_eyJ", "jwt"),
        ("hf_app_x", "app"),
        ("hf_s3_a.b", "s3"),
        ("HFAKx", "s3"),
        ("oauth_app_secret_x", "client_secret"),
        ("api_org_x", "org"),
        ("api_x", "legacy"),
        ("xet_x", "unknown"),
        ("", "unknown"),
    ];
    for (value, kind) in rows {
        assert_eq!(TokenKind::of(value).as_str(), kind, "{value}");
    }
}

#[test]
fn nothing_prints_a_token() {
    let token = Token::parse(GOOD, true).unwrap();
    assert_eq!(
        format!("{token:?} {token} {:?}", token.bearer()),
        "Token(user, hf_****) hf_**** ****"
    );
}

#[test]
fn a_mask_shows_three_and_four_and_nothing_of_a_short_value() {
    assert_eq!(mask(GOOD), "hf_****0000");
    assert_eq!(Token::parse(GOOD, true).unwrap().masked(), "hf_****0000");
    for it in ["", "hf_", "hf_abcd", "hf_abcdefgh"] {
        assert_eq!(mask(it), "****");
    }
}

#[test]
fn a_secret_binding_may_be_empty_or_broken_over_lines() {
    assert!(Token::from_secret("", true).unwrap().is_none());
    assert!(Token::from_secret(" \r\n", true).unwrap().is_none());
    let broken = format!("{}\n{}\n", &GOOD[..10], &GOOD[10..]);
    assert_eq!(Token::from_secret(&broken, true).unwrap().unwrap().expose(), GOOD);
    assert!(Token::from_secret("Bearer x", true).is_err());
}
