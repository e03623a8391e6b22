//! Signed claims: ES256 (RFC 7515, RFC 7518). The keys are made of words, the same in every run; that
//! anybody can sign with them is no harm on one's own machine.

use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::encode::{base64url, from_base64url};

/// Whose key it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signer {
    /// This hub, for its id tokens.
    Hub,
    /// The continuous integration that trusted publishers run in.
    Ci,
}

impl Signer {
    fn id(self) -> &'static str {
        match self {
            Signer::Hub => "localhub-1",
            Signer::Ci => "localhub-ci-1",
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

    /// The claims, where this key signed them.
    pub(crate) fn verify(self, token: &str) -> Option<Value> {
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let header: Value = serde_json::from_slice(&from_base64url(header)?).ok()?;
        // Never what the token itself would like to be checked with (RFC 8725, 3.1).
        if header["alg"] != "ES256" {
            return None;
        }
        let signature = Signature::from_slice(&from_base64url(signature)?).ok()?;
        self.key()?.verifying_key().verify(signed.as_bytes(), &signature).ok()?;
        serde_json::from_slice(&from_base64url(claims)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_key_and_the_same_claims_will_do() {
        let claims = json!({ "sub": "ada" });
        let token = Signer::Ci.sign(&claims);
        assert_eq!(Signer::Ci.verify(&token), Some(claims));
        assert_eq!(Signer::Hub.verify(&token), None);
        let (header, rest) = token.split_once('.').expect("three parts");
        let (_, signature) = rest.split_once('.').expect("three parts");
        let other = base64url(br#"{"sub":"grace"}"#);
        assert_eq!(Signer::Ci.verify(&format!("{header}.{other}.{signature}")), None);
        let none = base64url(br#"{"alg":"none"}"#);
        assert_eq!(Signer::Ci.verify(&format!("{none}.{rest}")), None);
        for it in ["", "a", "a.b", "a.b.c", ".."] {
            assert_eq!(Signer::Ci.verify(it), None, "{it}");
        }
    }

    #[test]
    fn keys_differ_and_stay() {
        assert_ne!(Signer::Hub.jwk()["x"], Signer::Ci.jwk()["x"]);
        let x = Signer::Hub.jwk()["x"].as_str().map(str::len);
        assert_eq!(x, Some(43));
    }
}
