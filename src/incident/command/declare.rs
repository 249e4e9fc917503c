//! What people ask for when an incident begins or grows.

use crate::incident::alert::Alert;
use crate::incident::command::Customers;
use crate::incident::severity::Severity;
use crate::incident::time::Span;
use crate::incident::when::When;
use serde::{Deserialize, Serialize};

/// Opens an incident (D1, D2).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Declare {
    /// What is wrong, in a few words.
    pub title: String,
    /// How bad it is; the policy's default where nobody says.
    pub severity: Option<Severity>,
    /// Its category, by any of its names.
    pub category: Option<String>,
    /// The services it hits.
    pub services: Vec<String>,
    /// One customer or many.
    pub customers: Option<Customers>,
    /// What is known so far.
    pub summary: Option<String>,
    /// When it began.
    pub started_at: Option<When>,
    /// When it was noticed.
    pub detected_at: Option<When>,
    /// Who or what noticed it.
    pub detected_by: Option<String>,
    /// Playbooks to use instead of the selected one.
    pub playbooks: Vec<String>,
    /// The incident manager, where it isn't the one who declares.
    pub commander: Option<String>,
    /// Whether it is an exercise (A5).
    pub drill: bool,
    /// Whether it is kept out of lists and reports.
    pub restricted: bool,
    /// Whether nothing happened that customers noticed (D1).
    #[serde(default)]
    pub near_miss: bool,
    /// Whether to open it beside one that looks the same.
    pub force: bool,
    /// The alerts with which it begins.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alerts: Vec<Alert>,
}

/// Raises the severity, calls people in, or both.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Escalate {
    /// The new severity.
    pub to: Option<Severity>,
    /// People and teams to call.
    pub call: Vec<String>,
    /// Why.
    pub reason: Option<String>,
    /// What the names stand for, where they name a ladder, a service or somebody with a channel: looked up beforehand,
    /// since who is on call now is not for the rules to ask.
    #[serde(default)]
    pub called: Vec<Called>,
}

/// Somebody who is called, and how.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Called {
    /// Who.
    pub who: String,
    /// The ladder, where it is by one.
    pub ladder: Option<String>,
    /// The tier of it, from 1.
    pub tier: Option<u32>,
    /// The channel that the call goes through.
    pub channel: Option<String>,
    /// How long they have to answer.
    pub wait: Option<Span>,
    /// The subject of the message.
    pub subject: Option<String>,
    /// Its words.
    pub text: Option<String>,
}

/// Lowers the severity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Deescalate {
    /// The new severity.
    pub to: Severity,
    /// Why.
    pub reason: String,
}
