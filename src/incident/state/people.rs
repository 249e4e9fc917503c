//! Who holds which role, and who carries the duties of a role that nobody holds.

use super::{Handoff, Incident};
use crate::incident::playbook::RoleSpec;
use crate::incident::roster::INCIDENT_MANAGER;
use crate::incident::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A role of an incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Role {
    /// What it is there for, as it stood when the incident got it.
    pub spec: RoleSpec,
    /// Whether it was made up on the spot (C2).
    pub ad_hoc: bool,
    /// Who holds it now.
    pub holders: Vec<Holder>,
}

/// Somebody who holds a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Who.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
    /// The part of the work that is theirs.
    pub scope: Option<String>,
    /// When the policy wants it handed over.
    #[serde(default)]
    pub hand_over_by: Option<Timestamp>,
}

impl Incident {
    /// Who carries a role's duties while it has no holder: the incident manager (C1); `None` while it has one.
    pub fn covered_by(&self, role: &Role) -> Option<&str> {
        if role.holders.is_empty() { self.leader() } else { None }
    }

    /// Who carries the duties of a role: its holders, or whoever covers it.
    pub fn carriers(&self, slug: &str) -> Vec<&str> {
        match self.role(slug) {
            Some(role) if !role.holders.is_empty() => role.holders.iter().map(|holder| holder.name.as_str()).collect(),
            _ => self.leader().into_iter().collect(),
        }
    }

    /// The offers to hand over that nobody answered, and whose giver still holds one of the roles.
    pub fn open_handoffs(&self) -> impl Iterator<Item = &Handoff> {
        let holds = |offer: &&Handoff| {
            let holders = offer.roles.iter().filter_map(|slug| self.role(slug)).flat_map(|role| &role.holders);
            holders.into_iter().any(|holder| holder.name == offer.from)
        };
        self.promises.handoffs.iter().filter(holds)
    }

    /// The slugs of the roles that `person` carries, held or covered.
    pub fn roles_carried_by(&self, person: &str) -> Vec<&str> {
        let leads = self.role(INCIDENT_MANAGER).is_some_and(|role| role.holders.iter().any(|h| h.name == person));
        self.roles
            .iter()
            .filter(|role| {
                role.holders.iter().any(|holder| holder.name == person) || (role.holders.is_empty() && leads)
            })
            .map(|role| role.spec.id.as_str())
            .collect()
    }
}
