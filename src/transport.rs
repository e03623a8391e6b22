//! The way to the network: one method. In wasm the platform's `fetch` or one that is handed in; natively whatever
//! the caller brings.

use crate::{
    error::{Code, Error, Result},
    json::Foreign,
    platform::{Fut, Portable},
    token::Secret,
};

mod cancel;
pub mod clock;
#[cfg(all(feature = "web", target_arch = "wasm32"))]
pub mod fetch;
mod query;
mod redirect;
pub(crate) mod retry;

#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(target_arch = "wasm32")]
mod web;

#[cfg(not(target_arch = "wasm32"))]
use native as here;
#[cfg(target_arch = "wasm32")]
use web as here;

pub use cancel::Cancel;
#[cfg(any(feature = "web", not(target_arch = "wasm32")))]
pub(crate) use here::bytes;
pub use here::{Body, Response};
pub(crate) use here::{parse, plain};
pub(crate) use query::with_query;
pub(crate) use redirect::hop;

/// Sends one request and gives the answer, whatever its status.
///
/// A transport follows no redirect unless [`Request::follow_redirects`] says so, keeps no cookies, and fails with
/// `network` when there is no answer. Dropping the future ends the request.
///
/// ```ignore-wasm32
/// # use hubkey::{Fut, Hub, Request, Response, Result, Transport, example::{TOKEN, answers}};
/// # hubkey::example::block_on(async {
/// /// Says what goes out; the token stands in no field that is printed.
/// struct Told<T>(T);
///
/// impl<T: Transport> Transport for Told<T> {
///     fn send(&self, request: Request) -> Fut<'_, Result<Response>> {
///         println!("{} {}", request.method, request.url);
///         self.0.send(request)
///     }
/// }
///
/// let hub = Hub::builder().transport(Told(answers)).token(TOKEN).build()?;
/// assert_eq!(hub.whoami().await?.name, "ada");
/// # Ok::<(), hubkey::Error>(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
pub trait Transport: Portable {
    /// Sends it.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Request, Transport, example::answers};
    /// # hubkey::example::block_on(async {
    /// let mut request = Request::default();
    /// request.method = "GET".to_owned();
    /// request.url = "https://huggingface.co/api/daily_papers".to_owned();
    /// assert_eq!(answers.send(request).await?.status(), 200);
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    fn send(&self, request: Request) -> Fut<'_, Result<Response>>;
}

/// Any function of that shape is a transport.
#[cfg(not(target_arch = "wasm32"))]
impl<F> Transport for F
where
    F: Fn(Request) -> Fut<'static, Result<Response>> + Send + Sync,
{
    fn send(&self, request: Request) -> Fut<'_, Result<Response>> {
        self(request)
    }
}

/// What is to be sent. `Debug` shows no secret.
///
/// ```ignore-wasm32
/// # use hubkey::{Fut, Hub, Request, Response, Result, hub::CreateRepo};
/// # hubkey::example::block_on(async {
/// # let transport = |request: Request| -> Fut<'static, Result<Response>> { Box::pin(async move {
/// assert_eq!(request.method, "POST");
/// assert_eq!(request.url, "https://huggingface.co/api/repos/create");
/// assert!(request.headers.iter().any(|(name, value)| name == "content-type" && value == "application/json"));
/// assert!(!format!("{request:?}").contains("hf_"), "no secret is printed");
/// # Ok(Response::new(200, vec![], br#"{"url":"https://huggingface.co/ada/made"}"#.to_vec())) }) };
/// # let hub = Hub::builder().transport(transport).token("hf_thisIsAnExampleNoRealTokenAtAll0000").build()?;
/// # hub.send(CreateRepo::new("ada/made".parse()?)).await?;
/// # Ok::<(), hubkey::Error>(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Request {
    /// `GET`, `POST`, …
    pub method: String,
    /// Absolute.
    pub url: String,
    /// Without Authorization, which [`Request::authorization`] gives.
    pub headers: Vec<(String, String)>,
    /// What goes along.
    pub body: Body,
    /// Reads in browsers: the platform follows, because a page cannot see a redirect.
    pub follow_redirects: bool,
    /// The answer belongs to this moment and this token: no cache may keep it.
    pub no_store: bool,
    /// A redirect led to another origin: what the caller set is left behind.
    pub left: bool,
    /// The answer is a file: in wasm its body is wanted as an `ArrayBuffer` or a `Uint8Array`, unless it is an error.
    pub bytes: bool,
    /// Milliseconds for the whole; infinite for no limit. Natively the client minds it.
    pub timeout_ms: f64,
    /// The caller's way to end it. Natively the future is dropped.
    pub cancel: Cancel,
    pub(crate) authorization: Option<Secret>,
}

impl Request {
    /// The value of the Authorization header, when the request carries one.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Fut, Hub, Request, Response, Result};
    /// # hubkey::example::block_on(async {
    /// let transport = |request: Request| -> Fut<'static, Result<Response>> {
    ///     assert_eq!(request.authorization(), Some("Bearer hf_thisIsAnExampleNoRealTokenAtAll0000"));
    ///     Box::pin(async { Ok(Response::new(200, vec![], br#"{"type":"user","name":"ada"}"#.to_vec())) })
    /// };
    /// let hub = Hub::builder().transport(transport).token("hf_thisIsAnExampleNoRealTokenAtAll0000").build()?;
    /// assert_eq!(hub.whoami().await?.name, "ada");
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn authorization(&self) -> Option<&str> {
        self.authorization.as_ref().map(Secret::expose)
    }
}

/// Bytes that are read of an answer, and of an error: more than any of the Hub's has.
#[cfg(any(feature = "web", not(target_arch = "wasm32")))]
const MOST: [usize; 2] = [1 << 24, 1 << 16];

#[cfg(any(feature = "web", not(target_arch = "wasm32")))]
impl Response {
    /// How many bytes of it may be read: as many as there are of a file, none beyond the limit of anything else.
    fn most(status: u16, file: bool) -> usize {
        let [answer, error] = MOST;
        match (200..300).contains(&status) {
            true if file => usize::MAX,
            true => answer,
            false => error,
        }
    }

    /// A proxy's long page is no reason to forget the status.
    fn is_page_of_error(&self) -> bool {
        let html = || {
            self.header("content-type")
                .is_some_and(|it| crate::text::has(&it, "html"))
        };
        !self.is_success() && html()
    }
}

#[cfg(any(feature = "web", not(target_arch = "wasm32")))]
fn too_large() -> Error {
    Error::new(
        Code::ResponseTooLarge,
        "the answer is longer than any that this call can have",
    )
}

impl Response {
    /// Whether the status is one of success.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::Response;
    /// assert!(Response::new(204, vec![], vec![]).is_success());
    /// assert!(!Response::new(304, vec![], vec![]).is_success());
    /// ```
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status())
    }
}

impl Error {
    /// For transports: no answer came.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Code, Error};
    /// let error = Error::network(std::io::Error::other("connection refused").into());
    /// assert_eq!((error.code(), error.retryable()), (Code::Network, true));
    /// ```
    #[must_use]
    pub fn network(cause: Foreign) -> Self {
        Self::new(Code::Network, "no answer from the server").with_cause(cause)
    }

    /// For transports: the answer's body ended before it was whole.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Code, Error};
    /// let error = Error::truncated(std::io::Error::other("connection reset").into());
    /// assert_eq!((error.code(), error.retryable()), (Code::Truncated, true));
    /// ```
    #[must_use]
    pub fn truncated(cause: Foreign) -> Self {
        Self::new(Code::Truncated, "the answer was cut off before its end").with_cause(cause)
    }
}
