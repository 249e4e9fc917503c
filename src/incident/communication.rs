//! Who is told what, how often, through what: the part of the policy that rivals leave to memory (A1, A6, B2, E7).

use super::command::Customers;
use super::localized::Localized;
use super::severity::Severity;
use super::slug::{Conveyance, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A group of stakeholders (A1, B2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Audience {
    /// Its slug.
    pub id: String,
    /// Its name.
    pub title: Localized,
    /// Whether it is outside the organisation: no internal names for it.
    #[serde(default)]
    pub external: bool,
    /// How important it is, 1 first: those directly hit rank highest.
    #[serde(default)]
    pub priority: Option<u32>,
    /// The roles that have to approve what it is told (E7).
    #[serde(default)]
    pub approval: Vec<String>,
    /// The channels by which it is told.
    #[serde(default)]
    pub channels: Vec<String>,
}

/// How often an audience is told, while what holds (A6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cadence {
    /// Its slug.
    pub id: String,
    /// The audience.
    pub audience: String,
    /// The only channel that counts; any where there is none.
    #[serde(default)]
    pub channel: Option<String>,
    /// The severities at which it runs.
    pub severities: Vec<Severity>,
    /// `one`: only where one customer is hit; `many`: never where one customer is.
    #[serde(default)]
    pub customers: Option<Customers>,
    /// The moment from which it runs.
    pub starts: CadenceStart,
    /// How long after that it is due first: `30m`; at once where there is none.
    #[serde(default)]
    pub first: Option<String>,
    /// How long after each statement the next is due; once where there is none.
    #[serde(default)]
    pub every: Option<String>,
    /// The only stage of a statement that counts.
    #[serde(default)]
    pub stage: Option<Stage>,
    /// The only way of conveying it that counts.
    #[serde(default)]
    pub by: Option<Conveyance>,
    /// The role that sees to it.
    #[serde(default)]
    pub role: Option<String>,
}

/// From when a cadence runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CadenceStart {
    /// From the declaration until service is restored.
    Declared,
    /// From when service is restored.
    Resolved,
}

impl CadenceStart {
    /// Every value.
    pub const ALL: [Self; 2] = [Self::Declared, Self::Resolved];

    /// Its slug.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Resolved => "resolved",
        }
    }
}

/// When people are reminded of deadlines, and who.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reminders {
    /// How long before a deadline.
    #[serde(default)]
    pub before: Vec<String>,
    /// How long after it was missed, beside the moment itself.
    #[serde(default)]
    pub after: Vec<String>,
    /// The roles that are told too once it is missed, one more at each moment.
    #[serde(default)]
    pub up: Vec<String>,
    /// The channels that reminders go through.
    #[serde(default)]
    pub channels: Vec<String>,
}

/// A rule that says when an incident is worse than it is classified (B1, D6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Classification {
    /// Its slug.
    pub id: String,
    /// What it says.
    pub title: Localized,
    /// How long service must have been affected.
    pub after: String,
    /// The severity that it calls for.
    pub severity: Severity,
    /// The severity that it looks at; any that is less bad where there is none.
    #[serde(default)]
    pub from: Option<Severity>,
    /// `one`: only where one customer is hit; `many`: never where one customer is.
    #[serde(default)]
    pub customers: Option<Customers>,
    /// Whether it holds only without a workaround.
    #[serde(default)]
    pub without_workaround: bool,
    /// Whether the severity is raised at once, rather than suggested.
    #[serde(default)]
    pub apply: bool,
}

/// How long things may take that no other rule speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// How long one person holds a role that wears out.
    #[serde(default)]
    pub handover: Option<String>,
    /// The roles that wear out.
    #[serde(default)]
    pub handover_roles: Vec<String>,
    /// How long somebody has to answer a call outside a ladder.
    #[serde(default)]
    pub answer: Option<String>,
    /// How long a follow-up may take where nobody says.
    #[serde(default)]
    pub follow_up: Option<String>,
    /// How long a contact may go unchecked (A7).
    #[serde(default)]
    pub contact: Option<String>,
    /// How long a playbook may go unreviewed (E12).
    #[serde(default)]
    pub playbook: Option<String>,
    /// How long after a measure of prevention was carried out its effect is checked (E10).
    #[serde(default)]
    pub action_check: Option<String>,
    /// How long a measure that had no effect may take again (E10).
    #[serde(default)]
    pub action_again: Option<String>,
    /// How old the last `tick` may be while deadlines run.
    #[serde(default)]
    pub tick: Option<String>,
}

/// An address that each `tick` touches, so that somebody outside notices when it stops.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Heartbeat {
    /// The address.
    #[serde(default)]
    pub url: Option<String>,
    /// The environment variable that holds it.
    #[serde(default)]
    pub url_env: Option<String>,
}

/// Whether `customers` as a rule asks for it fits those that an incident hits.
pub fn fits(asked: Option<Customers>, hit: Option<Customers>) -> bool {
    match asked {
        None => true,
        Some(Customers::One) => hit == Some(Customers::One),
        // Until somebody knows better, it hits several.
        Some(Customers::Many) => hit != Some(Customers::One),
    }
}

impl Reminders {
    /// Nobody is ever reminded.
    pub const fn none() -> Self {
        Self { before: Vec::new(), after: Vec::new(), up: Vec::new(), channels: Vec::new() }
    }
}

impl Limits {
    /// Nothing is limited.
    pub const fn none() -> Self {
        Self {
            handover: None,
            handover_roles: Vec::new(),
            answer: None,
            follow_up: None,
            contact: None,
            playbook: None,
            action_check: None,
            action_again: None,
            tick: None,
        }
    }
}
