//! Signed claims: ES256 (RFC 7515, RFC 7518). The keys are made of words, the same in every run; that
//! anybody can sign with them is no harm on one's own machine.

use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::encode::base64url;

/// Whose key it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signer {
    /// This hub, for its id tokens.
    Hub,
}

impl Signer {
    fn id(self) -> &'static str {
        match self {
            Signer::Hub => "localhub-1",
        }
    }

    fn key(self) -> Option<SigningKey> {
        let words = format!("{}: a key for tests, and no secret", self.id());
        SigningKey::from_slice(&Sha256::digest(words)).ok()
    }

    /// Its public key (RFC 7517).
    pub(crate) fn jwk(self) -> Value {
        let point = self.key().map(|it| it.verifying_key().to_sec1_point(false));
        let part = |bytes: Option<&[u8]>| bytes.map(base64url).unwrap_or_default();
        json!({
            "kty": "EC",
            "crv": "P-256",
            "alg": "ES256",
            "use": "sig",
            "kid": self.id(),
            "x": part(point.as_ref().and_then(|it| it.x()).map(|it| &it[..])),
            "y": part(point.as_ref().and_then(|it| it.y()).map(|it| &it[..])),
        })
    }

    pub(crate) fn sign(self, claims: &Value) -> String {
        let header = json!({ "alg": "ES256", "typ": "JWT", "kid": self.id() });
        let part = |it: &Value| base64url(it.to_string().as_bytes());
        let signed = format!("{}.{}", part(&header), part(claims));
        let signature: Option<Signature> = self.key().map(|key| key.sign(signed.as_bytes()));
        let signature = signature.map(|it| base64url(&it.to_bytes())).unwrap_or_default();
        format!("{signed}.{signature}")
    }
}
