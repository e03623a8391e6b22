//! What callers in JavaScript are given, beside the interfaces that promise it, and beside the structs of Rust.

use std::collections::BTreeSet;

use serde::de::{Deserialize, Deserializer, Visitor, value::Error as Told};

use super::*;
use crate::declared::{Keys, interface, members};

/// Everything that the Hub may say of a person, once.
const FULL: &str = r#"{"type":"user","id":"64b0c0ffee0123456789abcd","name":"ada","fullname":"Ada L.","email":"ada@example.org","emailVerified":true,
    "isPro":false,"avatarUrl":"/a.svg","scope":{"role":"read","entities":[{"_id":"1","type":"bucket","name":"acme/b"}]},
    "orgs":[{"id":"1","name":"acme","fullname":"Acme","email":"a@example.org","plan":"team","roleInOrg":"read","avatarUrl":"/b.svg",
        "securityRestrictions":["sso"],"resourceGroups":[{"id":"1","name":"research","role":"read"}]}],
    "auth":{"expiresAt":"2026-03-01T08:00:00.000Z","accessToken":{"displayName":"laptop","role":"fineGrained","createdAt":"2026-01-05T09:00:00.000Z",
        "fineGrained":{"canReadGatedRepos":true,"global":["a.read"],"scoped":[{"entity":{"_id":"1","type":"model","name":"a/b"},
            "permissions":["repo.write"],"patterns":[{"resourceType":"inference-endpoint","wildcardPatterns":["a-*"]}]}]}}}}"#;

/// The same with less and less of it: what is in all of those where its place is there at all is always there.
const LESS: [&str; 3] = [
    r#"{"type":"user","name":"ada","scope":{"entities":[{"name":"acme/b"}]},"orgs":[{"name":"acme","resourceGroups":[{"id":"1"}]}],
    "auth":{"accessToken":{"fineGrained":{"scoped":[{"entity":{"_id":"1","type":"model"},"patterns":[{}]}]}}}}"#,
    r#"{"type":"user","name":"ada","auth":{"accessToken":{"fineGrained":{"scoped":[{"entity":{"_id":"1","type":"model"}}]}}}}"#,
    r#"{"type":"user","name":"ada"}"#,
];

fn given(raw: &str) -> serde_json::Value {
    // The full answer comes with a token that says its scopes: {"scope":["read-repos"]}.
    let token = if raw == FULL {
        "hf_oauth_e30.eyJzY29wZSI6WyJyZWFkLXJlcG9zIl19.notASignature"
    } else {
        "hf_exampleFakeTokenForTestsOnly000000000"
    };
    let token = Token::parse(token, false).unwrap();
    normalise(&Value::parse(raw).unwrap(), &token, "https://huggingface.co")
        .unwrap()
        .decode()
        .unwrap()
}

/// The fields of a struct, as serde names them.
fn fields<'de, T: Deserialize<'de>>() -> BTreeSet<String> {
    struct Asks<'a>(&'a mut BTreeSet<String>);
    impl<'de> Deserializer<'de> for Asks<'_> {
        type Error = Told;
        fn deserialize_struct<V: Visitor<'de>>(
            self,
            _: &'static str,
            fields: &'static [&'static str],
            _: V,
        ) -> std::result::Result<V::Value, Told> {
            self.0.extend(fields.iter().map(|it| (*it).to_owned()));
            Err(serde::de::Error::custom("asked"))
        }
        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> std::result::Result<V::Value, Told> {
            panic!("no struct with named fields");
        }
        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
            newtype_struct seq tuple tuple_struct map enum identifier ignored_any
        }
    }
    let mut found = BTreeSet::new();
    let _ = T::deserialize(Asks(&mut found));
    found
}

/// `at` leads to the object in the answer, `inline` from the interface to a type that has no name of its own.
#[track_caller]
fn agree(interface_name: &str, inline: &[&str], at: &str, rust: &BTreeSet<String>) {
    let keys = inline
        .iter()
        .fold(interface(interface_name), |keys: Keys, key| members(&keys[*key].1));
    let what = format!("{interface_name} {}", inline.join("."));
    let of = |raw| -> Option<BTreeSet<String>> { Some(given(raw).pointer(at)?.as_object()?.keys().cloned().collect()) };
    let full = of(FULL).expect(at);
    let less: Vec<_> = LESS.into_iter().filter_map(of).collect();
    assert!(!less.is_empty(), "{what}: no answer with less has {at}");
    let named: BTreeSet<_> = keys.keys().cloned().collect();
    assert_eq!(full, named, "{what}: what is given, and what index.d.ts names");
    assert_eq!(rust, &named, "{what}: the struct in Rust, and what index.d.ts names");
    for (key, (may_be_absent, _)) in keys {
        let always = less.iter().all(|it| it.contains(&key));
        assert_eq!(
            always, !may_be_absent,
            "{what}.{key}: always there, as index.d.ts has it?"
        );
    }
}

#[test]
fn whoami_gives_what_its_types_promise() {
    agree("Identity", &[], "", &fields::<Identity>());
    agree("OrgMembership", &[], "/orgs/0", &fields::<OrgMembership>());
    agree(
        "OrgMembership",
        &["resourceGroups"],
        "/orgs/0/resourceGroups/0",
        &fields::<ResourceGroup>(),
    );
    agree("TokenInfo", &[], "/token", &fields::<TokenInfo>());
    agree("Scopes", &[], "/token/scopes", &fields::<Scopes>());
    agree("Scopes", &["scoped"], "/token/scopes/scoped/0", &fields::<Scope>());
    agree(
        "Scopes",
        &["scoped", "entity"],
        "/token/scopes/scoped/0/entity",
        &fields::<Entity>(),
    );
    agree(
        "Scopes",
        &["scoped", "patterns"],
        "/token/scopes/scoped/0/patterns/0",
        &fields::<Pattern>(),
    );
    agree("Identity", &["app"], "/app", &fields::<App>());
}
