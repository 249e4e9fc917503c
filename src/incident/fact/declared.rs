//! Facts about what an incident is.

use crate::incident::command::{Customers, LinkKind};
use crate::incident::playbook::{RoleSpec, Step};
use crate::incident::severity::Severity;
use crate::incident::time::Timestamp;
use crate::incident::{id::SpaceId, localized::Localized};
use serde::{Deserialize, Serialize};

/// An incident was declared (D1, D2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IncidentDeclared {
    /// The space that the number belongs to.
    pub space: SpaceId,
    /// The incident's number in that space, fixed for good.
    pub number: u32,
    /// What is wrong, in a few words.
    #[serde(default)]
    pub title: String,
    /// How bad it is.
    pub severity: Severity,
    /// Whether nobody said so, and the policy's default was taken.
    #[serde(default)]
    pub severity_by_default: bool,
    /// Its category.
    #[serde(default)]
    pub category: Option<String>,
    /// The services it hits.
    #[serde(default)]
    pub services: Vec<String>,
    /// Whether it hits one customer or many.
    #[serde(default)]
    pub customers: Option<Customers>,
    /// What is known so far.
    #[serde(default)]
    pub summary: Option<String>,
    /// When it began; never inferred.
    #[serde(default)]
    pub started_at: Option<Timestamp>,
    /// When somebody or something noticed it.
    #[serde(default)]
    pub detected_at: Option<Timestamp>,
    /// Who or what noticed it.
    #[serde(default)]
    pub detected_by: Option<String>,
    /// Whether it is an exercise (A5).
    #[serde(default)]
    pub drill: bool,
    /// Whether it is kept out of lists and reports.
    #[serde(default)]
    pub restricted: bool,
    /// Whether nothing happened that customers noticed (D1).
    #[serde(default)]
    pub near_miss: bool,
}

/// A playbook's roles and steps were copied into the incident, so that a later edition changes nothing (A3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaybookJoined {
    /// Names this copy within the incident.
    pub instance: String,
    /// The playbook's id.
    pub playbook: String,
    /// Its version.
    pub version: u32,
    /// Its title.
    pub title: Localized,
    /// The roles it has, in the order of filling them.
    #[serde(default)]
    pub roles: Vec<RoleSpec>,
    /// Its steps.
    #[serde(default)]
    pub steps: Vec<Step>,
}

/// What was said at declare was changed; the former value stands beside the new one.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct IncidentChanged {
    /// The new title.
    #[serde(default)]
    pub title: Option<String>,
    /// The title before.
    #[serde(default)]
    pub title_was: Option<String>,
    /// The new title for people outside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_title: Option<String>,
    /// That title before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_title_was: Option<String>,
    /// The new summary.
    #[serde(default)]
    pub summary: Option<String>,
    /// The summary before.
    #[serde(default)]
    pub summary_was: Option<String>,
    /// The new category.
    #[serde(default)]
    pub category: Option<String>,
    /// The category before.
    #[serde(default)]
    pub category_was: Option<String>,
    /// One customer or many.
    #[serde(default)]
    pub customers: Option<Customers>,
    /// What was said before.
    #[serde(default)]
    pub customers_was: Option<Customers>,
    /// When it began.
    #[serde(default)]
    pub started_at: Option<Timestamp>,
    /// What was said before.
    #[serde(default)]
    pub started_at_was: Option<Timestamp>,
    /// When it was noticed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detected_at: Option<Timestamp>,
    /// What was said before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detected_at_was: Option<Timestamp>,
    /// Services that it hits too.
    #[serde(default)]
    pub services_added: Vec<String>,
    /// Services that it doesn't hit after all.
    #[serde(default)]
    pub services_removed: Vec<String>,
    /// Whether it became restricted.
    #[serde(default)]
    pub restricted: bool,
}

/// A place to join or to look was added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkAdded {
    /// What kind of place it is.
    pub kind: LinkKind,
    /// Its address, or words that lead there.
    #[serde(default)]
    pub target: String,
}
