//! Facts about exercises (A5): what was played, and how well it went.

use crate::incident::localized::Localized;
use crate::incident::severity::Severity;
use crate::incident::slug::{Deed, DrillKind, Mark};
use crate::incident::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// An exercise began, at the moment from which its times count; what it expects is copied, so that a later edition of
/// the scenario changes no grade.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DrillStarted {
    /// The scenario's id.
    pub scenario: String,
    /// Its version.
    pub version: u32,
    /// Its title.
    pub title: Localized,
    /// Whether it is a weekly exercise or a monthly drill.
    #[serde(rename = "exercise")]
    pub kind: DrillKind,
    /// The team that is drilled.
    #[serde(default)]
    pub team: Option<String>,
    /// How much faster the scenario's time runs than the wall clock.
    pub speed: u32,
    /// How long it lasts, in the scenario's time.
    pub length: Span,
    /// Who holds the lead only because somebody had to declare it for the team.
    #[serde(default)]
    pub stand_in: Option<String>,
    /// What is expected.
    #[serde(default)]
    pub criteria: Vec<Criterion>,
    /// What is to happen.
    #[serde(default)]
    pub injects: Vec<PlannedInject>,
    /// When the next one of its kind is due, as the policy stood then.
    #[serde(default)]
    pub next_due_at: Option<Timestamp>,
}

/// Something that is expected, in the scenario's time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Criterion {
    /// Its id within the scenario.
    pub id: String,
    /// What is to be done.
    pub deed: Deed,
    /// How soon; of a cadence, the longest silence.
    pub within: Span,
    /// How much it counts.
    pub weight: u32,
    /// The role that it grades.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The right severity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// The audience that is to be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// The roles that are to be filled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// The steps that are to be done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<String>,
}

/// Something that is to happen: at a time, or after a deed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlannedInject {
    /// Its id within the scenario.
    pub id: String,
    /// When, in the scenario's time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Span>,
    /// After which deed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Deed>,
    /// How long after it, in the scenario's time.
    pub delay: Span,
    /// What happens.
    pub text: Localized,
}

/// An exercise took a turn: the team was told that something happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DrillInjected {
    /// What was planned.
    pub inject: String,
    /// What the team was told.
    #[serde(default)]
    pub text: String,
}

/// An exercise was graded from the log (A5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DrillGraded {
    /// The team's score, of 100.
    pub score: u32,
    /// How each criterion was met.
    #[serde(default)]
    pub results: Vec<Graded>,
    /// How each role's holders did.
    #[serde(default)]
    pub people: Vec<PersonGraded>,
}

/// How a criterion was met.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Graded {
    /// The criterion.
    pub criterion: String,
    /// How soon it was wanted, in the scenario's time.
    pub within: Span,
    /// How long it took, in the scenario's time; of a cadence, the longest silence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<Span>,
    /// How well that is.
    pub mark: Mark,
    /// The role that it grades.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Who carried that role then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holders: Vec<String>,
}

/// How somebody did in a role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonGraded {
    /// Who; nobody where nobody carried the role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// The role.
    pub role: String,
    /// Of 100.
    pub score: u32,
}
