//! Sign-ins of devices: a code for the device, another for whoever has a screen (RFC 8628; auth.md 3.6).

use serde_json::{Value, json};

use super::issue;
use super::settings::AutoApprove;
use super::state::{Consent, Device, OAuth, Waiting};
use super::{Client, Form, OAuthError};
use crate::state::{Hub, State};

const INTERVAL_S: u64 = 5;
/// A timer may wake a device a little too early.
const EARLY_MS: u64 = 100;
/// No vowels, so no words; nothing that looks like something else (RFC 8628, 6.1).
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";

/// A new pair of codes.
pub(crate) fn start(
    hub: &Hub,
    state: &mut State,
    base: &str,
    client: &Client,
    form: &Form,
) -> Result<Value, OAuthError> {
    // As recorded in 2026, not `invalid_scope`.
    let scopes = client.scopes(form.get("scope")).map_err(OAuthError::request)?;
    let State { oauth, .. } = state;
    let device_code = uuid(hub);
    let user_code = user_code(hub.random());
    let settings = &oauth.settings;
    let consent = || Consent {
        client: client.id.clone(),
        account: settings.account.clone(),
        scopes: settings.granted(&scopes),
        orgs: settings.orgs.clone(),
        personal: true,
    };
    let standing = match settings.auto_approve {
        AutoApprove::Flag(true) => Waiting::Allowed(consent()),
        AutoApprove::Flag(false) => Waiting::Pending,
        AutoApprove::Word(_) => Waiting::Denied,
    };
    let mut answer = json!({
        "device_code": device_code,
        "user_code": user_code,
        "verification_uri": format!("{base}/oauth/device"),
        "expires_in": settings.device_seconds,
    });
    if let Some(interval) = settings.interval {
        answer["interval"] = json!(interval);
    }
    let device = Device {
        device_code,
        user_code,
        client: client.id.clone(),
        scopes,
        expires_ms: hub.in_seconds(settings.device_seconds),
        interval_s: settings.interval.unwrap_or(INTERVAL_S),
        polled_ms: None,
        standing,
    };
    oauth.counts.devices += 1;
    oauth.devices.push(device);
    Ok(answer)
}

/// The device asks whether it may go on (RFC 8628, 3.4 and 3.5).
pub(crate) fn poll(
    hub: &Hub,
    state: &mut State,
    base: &str,
    client: &Client,
    form: &Form,
) -> Result<Value, OAuthError> {
    let given = form.need("device_code")?;
    let now_ms = hub.now_ms();
    let mut devices = state.oauth.devices.iter_mut();
    let found = devices.find(|it| it.device_code == given && it.client == client.id);
    let device = found.ok_or_else(|| OAuthError::grant("Unknown device code"))?;
    let early = device
        .polled_ms
        .is_some_and(|at| now_ms + EARLY_MS < at.saturating_add(device.interval_s.saturating_mul(1000)));
    device.polled_ms = Some(now_ms);
    match &device.standing {
        Waiting::Spent => Err(OAuthError::grant("The device code was used before")),
        _ if device.expires_ms <= now_ms => Err(OAuthError::new("expired_token", "Device code expired")),
        // As recorded.
        Waiting::Denied => Err(OAuthError::new("access_denied", "Device code denied")),
        Waiting::Pending if early => {
            device.interval_s = device.interval_s.saturating_add(5);
            let words = format!("Ask no more often than every {} seconds", device.interval_s);
            Err(OAuthError::new("slow_down", words))
        }
        Waiting::Pending => {
            let words = "The user has not decided yet";
            Err(OAuthError::new("authorization_pending", words))
        }
        Waiting::Allowed(consent) => {
            let consent = consent.clone();
            device.standing = Waiting::Spent;
            let session = issue::begin(hub, state, consent, None);
            Ok(issue::first(hub, state, base, session))
        }
    }
}

impl OAuth {
    /// What still waits for somebody's decision, by its code as people type it.
    pub(crate) fn waiting(&mut self, typed: &str, now_ms: u64) -> Option<&mut Device> {
        let plain = |text: &str| -> String {
            let letters = text.chars().filter(char::is_ascii_alphanumeric);
            letters.map(|c| c.to_ascii_uppercase()).collect()
        };
        let typed = plain(typed);
        self.devices.iter_mut().find(|it| {
            let open = matches!(it.standing, Waiting::Pending) && now_ms < it.expires_ms;
            open && plain(&it.user_code) == typed
        })
    }
}

pub(crate) fn uuid(hub: &Hub) -> String {
    let (a, b) = (hub.random(), hub.random());
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        a as u32,
        (a >> 32) as u16,
        (a >> 48) & 0xfff,
        (b >> 48) & 0xfff,
        b & 0xffff_ffff_ffff
    )
}

fn user_code(mut number: u64) -> String {
    let mut code = String::new();
    for at in 0..8 {
        if at == 4 {
            code.push('-');
        }
        code.push(char::from(LETTERS[(number % 20) as usize]));
        number /= 20;
    }
    code
}
