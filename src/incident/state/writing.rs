//! What people wrote in the postmortem, and how far it has come.

use super::apply::Meta;
use crate::incident::fact::{Fact, PostmortemWritten};
use crate::incident::id::EventId;
use crate::incident::slug::DocumentStatus;
use crate::incident::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How many sections are held in sight; the log keeps them all.
const SECTIONS: usize = 60;

/// The sections as they read now, and who has approved them.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Writing {
    /// The sections, in the order in which they were first written.
    pub sections: Vec<Written>,
    /// When it was given to be reviewed, and by whom.
    pub submitted: Option<(Timestamp, String)>,
    /// Its approval, as long as nothing was written since.
    pub approved: Option<Approval>,
}

/// A section as it reads now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Its slug.
    pub section: String,
    /// The entry that holds this version.
    pub id: EventId,
    /// The version that it was written from.
    pub base: Option<EventId>,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What it says; empty where it was emptied, or its words removed.
    pub text: String,
    /// Whether both texts of two people stand in it.
    pub conflict: bool,
    /// Versions that were written from the same one on another machine and are not in this one, with their authors.
    #[serde(default)]
    pub beside: Vec<(EventId, String)>,
}

/// That somebody approved it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// Whether it was in spite of what is missing or weak.
    pub forced: bool,
    /// How many things were.
    pub findings: u32,
    /// Why all the same.
    pub reason: Option<String>,
}

impl Writing {
    /// Takes one more fact in.
    pub(super) fn apply(&mut self, meta: &Meta, fact: &Fact) {
        match fact {
            Fact::PostmortemWritten(written) => self.written(meta, written),
            Fact::PostmortemSubmitted(_) => self.submitted = Some((meta.at, meta.actor.clone())),
            Fact::PostmortemApproved(approved) => {
                self.approved = Some(Approval {
                    at: meta.at,
                    by: meta.actor.clone(),
                    forced: approved.forced,
                    findings: approved.findings,
                    reason: approved.reason.clone(),
                });
            }
            _ => {}
        }
    }

    fn written(&mut self, meta: &Meta, fact: &PostmortemWritten) {
        self.recalled();
        let known = self.sections.iter().position(|one| one.section == fact.section);
        let before = known.and_then(|at| self.sections.get(at));
        // Two copies of a store met: this one was written from what the other one replaced as well.
        let sibling = before.filter(|before| {
            fact.base != Some(before.id) && fact.merged != Some(before.id) && fact.base == before.base
        });
        let written = Written {
            section: fact.section.clone(),
            id: meta.id,
            base: fact.base,
            by: meta.actor.clone(),
            at: meta.at,
            text: fact.text.clone(),
            conflict: fact.conflict,
            beside: sibling.map(|other| (other.id, other.by.clone())).into_iter().collect(),
        };
        if let Some(place) = known.and_then(|at| self.sections.get_mut(at)) {
            *place = written;
        } else if self.sections.len() < SECTIONS {
            self.sections.push(written);
        }
    }

    /// Nothing is approved any longer: it is a draft again.
    pub(super) fn recalled(&mut self) {
        if self.approved.take().is_some() {
            self.submitted = None;
        }
    }

    /// How far it has come.
    pub const fn status(&self) -> DocumentStatus {
        match (&self.approved, &self.submitted) {
            (Some(_), _) => DocumentStatus::Approved,
            (None, Some(_)) => DocumentStatus::Review,
            (None, None) => DocumentStatus::Draft,
        }
    }

    /// Whether anybody has begun.
    pub const fn is_begun(&self) -> bool {
        !self.sections.is_empty() || self.submitted.is_some() || self.approved.is_some()
    }

    /// A section as it reads now.
    pub fn section(&self, slug: &str) -> Option<&Written> {
        self.sections.iter().find(|one| one.section == slug)
    }

    /// What a section says; nothing where nobody wrote it.
    pub fn text(&self, slug: &str) -> &str {
        self.section(slug).map_or("", |one| one.text.as_str())
    }
}
