//! Tokens that acme shuts out, one for each reason (auth.md 2.1, `securityRestrictions`).

use super::fine;
use super::principals::user;
use super::whoami::{Person, access_token, acme};
use crate::principal::Principal;

pub(super) fn principals() -> Vec<Principal> {
    let shut = |key, about, name, role, reasons: &[&str]| {
        let orgs = vec![acme("write", reasons)];
        let person = Person {
            orgs,
            ..Person::ada("write")
        };
        // Without the restriction it could write there.
        let fine = Some(fine::org()).filter(|_| role == "fineGrained");
        user(key, about, person.with("user", access_token(name, role, fine)))
    };
    vec![
        shut(
            "testrestricted",
            "ada, write token, shut out of acme by SSO and address",
            "travel",
            "write",
            &["sso", "ip"],
        ),
        shut(
            "testsso",
            "ada, write token, no SSO for acme yet",
            "sso",
            "write",
            &["sso"],
        ),
        shut(
            "testmfa",
            "ada, write token, acme wants a second factor",
            "mfa",
            "write",
            &["mfa"],
        ),
        shut(
            "testip",
            "ada, write token, from an address that acme refuses",
            "ip",
            "write",
            &["ip"],
        ),
        shut(
            "testpolicyclassic",
            "ada, write token, acme takes fine-grained ones only",
            "classic",
            "write",
            &["token-policy"],
        ),
        shut(
            "testpolicypending",
            "ada, fine-grained token that acme has yet to approve",
            "pending",
            "fineGrained",
            &["token-policy"],
        ),
        shut(
            "testorgrevoked",
            "ada, write token that acme's admins revoked",
            "sacked",
            "write",
            &["token-revoked"],
        ),
    ]
}
