//! Facts about how bad it is, in figures (E4), and what the law asks for (E6).

use crate::incident::slug::DataLoss;
use crate::incident::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// Figures of the impact at one moment; what wasn't measured is absent (E4, B8).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ImpactMeasured {
    /// People who can't work.
    #[serde(default)]
    pub users: Option<u64>,
    /// The share of requests that fail, in percent.
    #[serde(default)]
    pub requests_failed: Option<f64>,
    /// Regions hit.
    #[serde(default)]
    pub regions: Vec<String>,
    /// Services hit.
    #[serde(default)]
    pub services: Vec<String>,
    /// How long service was down.
    #[serde(default)]
    pub downtime: Option<Span>,
    /// Units that are mended (B8).
    #[serde(default)]
    pub units_done: Option<u64>,
    /// Units that were hit (B8).
    #[serde(default)]
    pub units_total: Option<u64>,
    /// What is known of lost data.
    #[serde(default)]
    pub data_loss: Option<DataLoss>,
    /// What it costs, with its currency.
    #[serde(default)]
    pub cost: Option<String>,
    /// What the figures mean.
    #[serde(default)]
    pub text: Option<String>,
}

/// A legal or contractual duty began to run (E6).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DutyStarted {
    /// The duty's id.
    pub duty: String,
    /// The case of it that applies.
    #[serde(default)]
    pub variant: Option<String>,
    /// What it asks for, in both languages.
    pub title: crate::incident::localized::Localized,
    /// The article or contract.
    pub source: String,
    /// When the event happened from which it runs.
    pub since: Timestamp,
    /// When it is time to worry.
    #[serde(default)]
    pub warn_at: Option<Timestamp>,
    /// When it is due; none where the law names no figure.
    #[serde(default)]
    pub due_at: Option<Timestamp>,
}

/// The notice that a duty asks for was given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DutyMet {
    /// The duty's id.
    pub duty: String,
    /// To whom, how, under which number.
    #[serde(default)]
    pub text: Option<String>,
}

/// Somebody decided that no notice is due (E6).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DutyWaived {
    /// The duty's id.
    pub duty: String,
    /// Why.
    #[serde(default)]
    pub reason: String,
}
