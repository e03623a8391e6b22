use std::collections::BTreeSet;

use super::*;

#[test]
fn every_word_is_there_once_in_the_hubs_form_with_its_source() {
    let words: BTreeSet<_> = PERMISSIONS.iter().map(|it| it.word).collect();
    assert_eq!(words.len(), PERMISSIONS.len());
    for it in PERMISSIONS {
        assert!(it.word.ends_with(".read") || it.word.ends_with(".write"), "{it:?}");
        assert!(
            !it.places.is_empty() && it.places.chars().all(|it| "uogrm".contains(it)),
            "{it:?}"
        );
        assert!(!it.meaning.is_empty() && !it.source.is_empty(), "{it:?}");
    }
}

#[test]
fn the_module_has_what_is_confirmed_and_no_more() {
    for it in PERMISSIONS {
        let expected = match it.grade {
            Grade::A | Grade::B => it.places,
            Grade::C | Grade::D => "",
        };
        assert_eq!(letters(it.word), expected, "{}", it.word);
    }
    for it in ["", "repo", "repo.writ", "repo.write:uo", "o.write", "write", " "] {
        assert_eq!(letters(it), "", "{it:?}");
    }
}

/// What service accounts take is written down in the Hub's own document: none of it may be missing here.
#[test]
fn the_hubs_own_list_is_in_the_table() {
    for word in [
        "repo.content.read",
        "repo.write",
        "inference.serverless.write",
        "inference.endpoints.infer.write",
        "inference.endpoints.write",
        "org.read",
        "org.write",
        "collection.read",
        "collection.write",
        "resourceGroup.write",
        "job.write",
        "org.serviceAccounts.read",
        "org.serviceAccounts.write",
        "discussion.write",
        "post.write",
    ] {
        let row = PERMISSIONS.iter().find(|it| it.word == word).expect(word);
        assert_eq!(row.grade, Grade::A, "{word}");
    }
}

#[test]
fn write_covers_read_and_short_covers_deep() {
    for (given, wanted, is) in [
        ("repo.content.read", "repo.content.read", true),
        ("repo.write", "repo.content.read", true),
        ("repo.write", "repo.content.write", true),
        ("repo.write", "repo.write", true),
        ("org.write", "org.members.read", true),
        ("inference.endpoints.write", "inference.endpoints.infer.write", true),
        ("repo.content.read", "repo.write", false),
        ("repo.content.write", "repo.write", false),
        ("repo.read", "repo.content.write", false),
        ("rep.write", "repo.write", false),
        ("repo.write", "repository.write", false),
        ("repo.read", "repo.content.reads", false),
        ("repo.admin", "repo.content.read", false),
        ("", "repo.write", false),
        ("write", "repo.write", false),
    ] {
        assert_eq!(covers(given, wanted), is, "{given} {wanted}");
    }
}

#[test]
fn scopes_are_of_the_documented_ones_and_stand_for_permissions() {
    for row in SCOPES.split('\n') {
        let mut words = row.split(' ');
        assert!(
            words
                .next()
                .is_some_and(|it| it.contains('-') || ["jobs", "webhooks"].contains(&it)),
            "{row}"
        );
        for word in words {
            let word = word.trim_start_matches('~');
            assert!(PERMISSIONS.iter().any(|it| it.word == word), "{row}");
        }
    }
}
