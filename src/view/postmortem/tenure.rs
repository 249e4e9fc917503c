//! Who held which role, from when to when (C1–C3).

use super::History;
use crate::incident::fact::{Fact, RoleAssigned};
use crate::incident::header::Header;
use crate::incident::localized::Localized;
use crate::incident::state::Incident;
use crate::incident::time::Timestamp;

/// One person's time in a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenure {
    /// The role's slug.
    pub role: String,
    /// The role's title.
    pub title: Localized,
    /// Who held it.
    pub holder: String,
    /// The part of the work that was theirs.
    pub scope: Option<String>,
    /// The duty of a role made up on the spot.
    pub duty: Option<String>,
    /// Since when.
    pub from: Timestamp,
    /// Until when.
    pub until: Until,
    /// Who held it before and was relieved.
    pub relieved: Vec<String>,
    /// What the one before told this one.
    pub handover: Option<String>,
}

/// How a tenure ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// The role went to somebody else, or was taken away.
    Left(Timestamp),
    /// The incident was over.
    End(Timestamp),
    /// It has not ended.
    Open,
}

impl Until {
    /// When it ended, if it has.
    pub const fn at(self) -> Option<Timestamp> {
        match self {
            Self::Left(at) | Self::End(at) => Some(at),
            Self::Open => None,
        }
    }
}

/// Every tenure, the roles in the incident's order. The rules are those by which the facts fold.
pub(super) fn tenures(incident: &Incident, history: &History<'_>) -> Vec<Tenure> {
    let mut tenures: Vec<Tenure> = Vec::new();
    for entry in &history.own {
        match &entry.fact {
            Fact::RoleAssigned(fact) => assigned(&mut tenures, incident, &entry.header, fact),
            Fact::RoleUnassigned(fact) => {
                let leaves = |tenure: &Tenure| tenure.role == fact.role && fact.holders.contains(&tenure.holder);
                end(&mut tenures, entry.header.at, leaves);
            }
            _ => {}
        }
    }
    if let Some(over) = incident.times.closed.filter(|_| incident.status.is_final()) {
        for tenure in tenures.iter_mut().filter(|tenure| tenure.until == Until::Open) {
            tenure.until = Until::End(over);
        }
    }
    let place = |tenure: &Tenure| incident.roles.iter().position(|role| role.spec.id == tenure.role);
    tenures.sort_by_key(|tenure| (place(tenure).unwrap_or(usize::MAX), tenure.from));
    tenures
}

fn assigned(tenures: &mut Vec<Tenure>, incident: &Incident, header: &Header, fact: &RoleAssigned) {
    let leaves = |tenure: &Tenure| tenure.role == fact.role && (!fact.beside_others || tenure.holder == fact.holder);
    end(tenures, header.at, leaves);
    let title = incident.role(&fact.role).map(|role| role.spec.title.clone());
    tenures.push(Tenure {
        role: fact.role.clone(),
        title: title.unwrap_or_else(|| Localized::same(&fact.role)),
        holder: fact.holder.clone(),
        scope: fact.scope.clone(),
        duty: fact.duty.clone(),
        from: header.at,
        until: Until::Open,
        relieved: fact.relieved.clone(),
        handover: fact.handover.clone(),
    });
}

fn end(tenures: &mut [Tenure], at: Timestamp, leaves: impl Fn(&Tenure) -> bool) {
    for tenure in tenures.iter_mut().filter(|tenure| tenure.until == Until::Open && leaves(tenure)) {
        tenure.until = Until::Left(at);
    }
}
