//! A Rust app in wasm: one function for its page, everything between in Rust.

use hubkey::{
    Error, Hub,
    hub::{ListModels, Model},
};
use wasm_bindgen::prelude::*;

/// Signs in with a pasted token and says who it is and what they work on: `ada: ada/m1, ada/m2`.
///
/// # Errors
/// The code and the hint of what went wrong: `invalid_token: the token is wrong, …`.
#[wasm_bindgen]
pub async fn greet(endpoint: String, pasted: String) -> Result<String, String> {
    greeting(&endpoint, &pasted)
        .await
        .map_err(|it: Error| format!("{}: {}", it.code().as_str(), it.hint()))
}

async fn greeting(endpoint: &str, pasted: &str) -> hubkey::Result<String> {
    let hub = Hub::builder().endpoint(endpoint).build()?;
    let me = hub.login(pasted).await?.identity;
    let mut models = ListModels::new();
    models.author = Some(me.name.clone());
    models.limit = Some(2);
    let mut pages = hub.pages(models);
    let found: Vec<Model> = pages.next().await?.unwrap_or_default();
    hub.logout().await?;
    let ids: Vec<_> = found.iter().map(|it| it.id.as_str()).collect();
    Ok(format!("{}: {}", me.name, ids.join(", ")))
}
