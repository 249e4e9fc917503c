//! Everything a rule may need besides the incident and the command: looked up beforehand, handed over as data.

use super::fact::Fact;
use super::id::{BatchId, EventId, SpaceId, SubjectId};
use super::playbook::{Playbook, RoleSpec};
use super::policy::Policy;
use super::rejection::Rejection;
use super::roster;
use super::state::{Incident, Meta};
use super::status::Status;
use super::time::Timestamp;

/// What the engine hands to the rules.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// When it is recorded.
    pub now: Timestamp,
    /// When it happened.
    pub at: Timestamp,
    /// Whether somebody said when it happened.
    pub at_given: bool,
    /// Who acts.
    pub actor: &'a str,
    /// The batch that the decision will be written as.
    pub batch: BatchId,
    /// What the organisation decided beforehand.
    pub policy: &'a Policy,
    /// Whether the organisation's own policy couldn't be read: nothing may be concluded from what it doesn't say.
    pub policy_left_out: bool,
    /// The playbooks there are.
    pub playbooks: &'a [Playbook],
    /// The space that a new incident's number belongs to.
    pub space: SpaceId,
    /// The number that a new incident gets.
    pub next_number: u32,
    /// An unresolved incident with the same title and services.
    pub lookalike: Option<OtherIncident>,
    /// The incident that the command names besides its own.
    pub other: Option<OtherIncident>,
    /// The entry that the command names.
    pub entry: Option<NamedEntry>,
    /// Where the command corrects a deed: what followed from it in the same command, at the same time.
    pub followed: Vec<NamedEntry>,
    /// The entries that it names as evidence.
    pub evidence: Vec<NamedEntry>,
    /// The incident's facts, where the command corrects one of them.
    pub history: Vec<(Meta, Fact)>,
    /// The actor's own last command on the incident.
    pub last: Option<LastBatch>,
}

/// Another incident, as far as rules care.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherIncident {
    /// Its id.
    pub id: SubjectId,
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub status: Status,
}

/// An entry that a command names.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedEntry {
    /// Its id.
    pub id: EventId,
    /// What it is about.
    pub subject: SubjectId,
    /// What happened.
    pub fact: Fact,
}

/// A command that may be taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct LastBatch {
    /// The command.
    pub batch: BatchId,
    /// Its entries.
    pub entries: Vec<(EventId, Fact)>,
    /// The incident as it would stand without them.
    pub without: Box<Incident>,
    /// The kind of the last fact that came after it, where one did.
    pub later: Option<String>,
}

impl Context<'_> {
    /// Every role there is: the incident's own first, then the policy's, then the playbooks'.
    pub fn known_roles(&self, incident: Option<&Incident>) -> Vec<RoleSpec> {
        let own = incident.into_iter().flat_map(|incident| incident.roles.iter().map(|role| &role.spec));
        let all = own.chain(&self.policy.role).chain(self.playbooks.iter().flat_map(|playbook| &playbook.role));
        let mut known: Vec<RoleSpec> = Vec::new();
        for role in all {
            if !known.iter().any(|other| other.id == role.id) {
                known.push(role.clone());
            }
        }
        known
    }

    /// The role that `typed` means.
    pub fn role(&self, incident: Option<&Incident>, typed: &str) -> Result<RoleSpec, Rejection> {
        roster::find(typed, &self.known_roles(incident)).cloned()
    }

    /// The playbook with this id.
    pub fn playbook(&self, id: &str) -> Result<&Playbook, Rejection> {
        self.playbooks.iter().find(|playbook| playbook.id == id).ok_or_else(|| Rejection::UnknownPlaybook {
            typed: id.to_owned(),
            known: self.playbooks.iter().map(|playbook| playbook.id.clone()).collect(),
        })
    }
}
