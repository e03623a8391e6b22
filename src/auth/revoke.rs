//! Revoking a token that leaked.

use crate::{
    client::{Answer, Call, Hub, Outgoing},
    error::{Code, Error, Result},
    json::Value,
    text::cat,
    token::Token,
};

/// The Hub takes no longer ones.
const LONGEST: usize = 200;

impl Hub {
    /// Revokes a token that leaked, everywhere and for good. Whoever holds it may do so: the Hub asks for no sign-in and
    /// tells the owner by e-mail.
    ///
    /// The Hub takes every request and says nothing of what became of it, so a success does not mean that there was such a
    /// token; [`Hub::validate_token`] tells. OAuth tokens are too long for it: they end by themselves, or when the app is
    /// disconnected. A token in use stays in the store: [`Hub::logout`] forgets it.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::Code;
    /// # hubkey::example::with_hub(async |hub| {
    /// hub.revoke_token("hf_exampleFakeTokenThatLeaked0000000000").await?;
    ///
    /// let error = hub.revoke_token(&format!("hf_oauth_{}", "e".repeat(300))).await.unwrap_err();
    /// assert_eq!(error.code(), Code::InvalidArgument);
    /// assert_eq!(error.fix(), Some("https://huggingface.co/settings/connected-applications"));
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_token_format`, `invalid_argument` (longer than the Hub takes), `invalid_response`, and what a request can meet.
    pub async fn revoke_token(&self, pasted: &str) -> Result<()> {
        let token = self.token(pasted)?;
        let out = self.revocation(&token)?;
        let call = Call::with_token(token);
        Self::revoked(&*self.exchange(out, &call).await?)
    }

    #[inline(never)]
    pub(crate) fn revocation(&self, token: &Token) -> Result<Box<Outgoing>> {
        if token.expose().len() > LONGEST {
            let told =
                "the Hub revokes tokens of at most 200 characters, and this one is longer, as those of OAuth are";
            return Err(Error::new(Code::InvalidArgument, told)
                .with_hint("disconnect the app in the settings; its tokens end by themselves within hours or days")
                .with_fix(Some(cat(&[&self.endpoint(), "/settings/connected-applications"]))));
        }
        let mut options = Value::object();
        options.set("credentials", Value::array(vec![token.expose().into()]));
        let mut out = self.declared_request("POST /api/credentials/revoke .credentials", &options)?;
        // Known, so that no error shows it, and not sent as a sign-in.
        out.bare = true;
        Ok(out)
    }

    pub(crate) fn revoked(answer: &Answer) -> Result<()> {
        if answer.response.status() == 202 {
            return Ok(());
        }
        let told = "this is not the Hub's answer to a revocation; the token may still be good";
        Err(Error::new(Code::InvalidResponse, told).with_http(answer.context()))
    }
}
