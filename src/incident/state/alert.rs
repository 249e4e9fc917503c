//! The alerts of an incident: each as it was last heard of.

use crate::incident::fact::AlertReceived;
use crate::incident::slug::AlertState;
use crate::incident::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How many alerts are remembered; the log keeps them all.
const ALERTS: usize = 64;

/// An alert as it was last heard of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// The format that it came in.
    pub format: String,
    /// What is the same about it whenever it is sent.
    pub fingerprint: String,
    /// Whether it holds.
    pub state: AlertState,
    /// What it is called.
    pub title: String,
    /// Since when it holds, as it says itself.
    pub starts_at: Option<Timestamp>,
    /// When it was last heard of.
    pub at: Timestamp,
}

/// Takes an alert in; where there are too many, the oldest that no longer holds gives way, or the oldest.
pub(super) fn hear(heard: &mut Vec<Heard>, at: Timestamp, fact: &AlertReceived) {
    let is_it = |one: &Heard| one.format == fact.format && one.fingerprint == fact.fingerprint;
    heard.retain(|one| !is_it(one));
    if heard.len() >= ALERTS {
        let over = heard.iter().position(|one| one.state == AlertState::Resolved);
        heard.remove(over.unwrap_or_default());
    }
    heard.push(Heard {
        format: fact.format.clone(),
        fingerprint: fact.fingerprint.clone(),
        state: fact.state,
        title: fact.title.clone(),
        starts_at: fact.starts_at,
        at,
    });
}
