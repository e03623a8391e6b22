//! Who is it, and what are they working on? A native program that brings its own way to the network.
//!
//! ```sh
//! HF_TOKEN=hf_… cargo run --example native
//! ```

#[cfg(not(target_arch = "wasm32"))]
use hubkey::{
    Body, Error, Fut, Hub, Request, Response, Result,
    hub::{ListModels, Model},
};

/// By reqwest. hubkey follows redirects itself, because it decides where the token may go.
#[cfg(not(target_arch = "wasm32"))]
pub fn transport() -> Result<impl hubkey::Transport> {
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(|it| Error::network(it.into()))?;
    Ok(move |it: Request| -> Fut<'static, Result<Response>> {
        let client = client.clone();
        Box::pin(async move {
            let method = it.method.parse().unwrap_or_default();
            let mut request = client.request(method, &it.url);
            for (name, value) in &it.headers {
                request = request.header(name, value);
            }
            if let Some(value) = it.authorization() {
                request = request.header("authorization", value);
            }
            if let Body::Bytes(bytes) = it.body {
                request = request.body(bytes);
            }
            let answer = request.send().await.map_err(|it| Error::network(it.into()))?;
            let status = answer.status().as_u16();
            let headers = answer.headers().iter();
            let headers =
                headers.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into()));
            let headers = headers.collect();
            let body = answer.bytes().await.map_err(|it| Error::truncated(it.into()))?;
            Ok(Response::new(status, headers, body.to_vec()))
        })
    })
}

/// The person's name and the ids of their newest models.
#[cfg(not(target_arch = "wasm32"))]
pub async fn report(hub: &Hub) -> Result<(String, Vec<String>)> {
    let me = hub.whoami().await?;
    let mut models = ListModels::new();
    models.author = Some(me.name.clone());
    models.limit = Some(5);
    let mut pages = hub.pages(models);
    let mut ids = Vec::new();
    while let Some(page) = pages.next().await? {
        ids.extend(page.into_iter().map(|it: Model| it.id));
    }
    Ok((me.name, ids))
}

#[cfg(not(target_arch = "wasm32"))]
#[tokio::main]
async fn main() -> std::process::ExitCode {
    let asked = async {
        let hub = Hub::builder()
            .environment(|name| std::env::var(name).ok())?
            .transport(transport()?)
            .build()?;
        report(&hub).await
    };
    match asked.await {
        Ok((name, ids)) => {
            println!("{name}: {}", ids.join(", "));
            std::process::ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}\n{}", error.hint());
            std::process::ExitCode::FAILURE
        }
    }
}

// The transport is the platform's in wasm: see examples/rust-app.
#[cfg(target_arch = "wasm32")]
fn main() {}
