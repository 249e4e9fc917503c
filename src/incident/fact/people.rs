//! Facts about who does what.

use crate::incident::id::EventId;
use crate::incident::playbook::RoleSpec;
use crate::incident::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A person or team was called in (A8, D3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PeopleCalled {
    /// The person or team.
    pub who: String,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
    /// The ladder by which they were called.
    #[serde(default)]
    pub ladder: Option<String>,
    /// The tier of that ladder, from 1.
    #[serde(default)]
    pub tier: Option<u32>,
    /// The channel that the call went through.
    #[serde(default)]
    pub channel: Option<String>,
    /// When somebody else is called if they haven't answered.
    #[serde(default)]
    pub answer_by: Option<Timestamp>,
    /// The first call of this climb of the ladder: answers to an earlier one don't count for it.
    #[serde(default)]
    pub round: Option<EventId>,
}

impl PeopleCalled {
    /// Called by word of mouth.
    pub const fn new(who: String, reason: Option<String>) -> Self {
        Self { who, reason, ladder: None, tier: None, channel: None, answer_by: None, round: None }
    }
}

/// A role was given to somebody (A3, C1–C3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoleAssigned {
    /// The role's slug.
    pub role: String,
    /// Who holds it from then on.
    pub holder: String,
    /// Whether it is held beside others, each with a scope, rather than taken over.
    #[serde(default)]
    pub beside_others: bool,
    /// Who held it until then and handed it over.
    #[serde(default)]
    pub relieved: Vec<String>,
    /// What the role is, where the incident didn't have it yet.
    #[serde(default)]
    pub spec: Option<RoleSpec>,
    /// The part of the work that is this holder's.
    #[serde(default)]
    pub scope: Option<String>,
    /// The duty of a role made up on the spot (C2).
    #[serde(default)]
    pub duty: Option<String>,
    /// What the one before told the one after.
    #[serde(default)]
    pub handover: Option<String>,
    /// When the policy wants it handed over.
    #[serde(default)]
    pub hand_over_by: Option<Timestamp>,
}

/// A role was taken from somebody; its duties fall to the incident manager (C1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoleUnassigned {
    /// The role's slug.
    pub role: String,
    /// Who no longer holds it.
    pub holders: Vec<String>,
}
