//! Every kind of channel against a real other end on this machine.

mod email;
mod http;
mod local;
mod mail_server;
mod secrets;
mod web_server;

use super::{Message, Outcome, send};
use crate::incident::channel::Channel;
use crate::incident::localized::Lang;
use crate::incident::time::Timestamp;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

/// The time that is said to be now: 2026-11-20T05:05:00Z.
const NOW: Timestamp = Timestamp::from_millis(1_795_151_100_000);
/// Enough for an answer from this machine, however busy it is.
const PATIENT: Duration = Duration::from_mins(1);
/// For what never answers.
const SHORT: Duration = Duration::from_millis(1_500);

/// A message.
pub fn message() -> Message {
    Message {
        id: "01890a5d-ac96-774b-bcce-b302099a8057".parse().expect("an id"),
        incident: 12,
        subject: "Checkout is down".to_owned(),
        text: "We are looking into it.".to_owned(),
        who: Vec::new(),
        recipients: Vec::new(),
        data: serde_json::json!({ "stage": "initial" }),
        lang: Lang::En,
    }
}

fn channel(toml: &str) -> Channel {
    toml::from_str(toml).unwrap_or_else(|error| panic!("{toml}: {error}"))
}

fn sent(toml: &str, message: &Message) -> Outcome {
    send(&channel(toml), message, PATIENT, NOW)
}

const DELIVERED: Outcome = Outcome::Delivered { note: None };

/// What failed: the reason, whether for good, whether uncertain.
fn failed(outcome: &Outcome) -> (&str, bool, bool) {
    match outcome {
        Outcome::Failed { reason, permanent, uncertain, .. } => (reason, *permanent, *uncertain),
        Outcome::Delivered { .. } => panic!("delivered"),
    }
}

fn private(path: &Path, text: &str) {
    std::fs::write(path, text).expect("written");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).expect("closed");
}
