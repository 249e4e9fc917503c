//! What an incident teaches: the chain of causes (E9) and the measures that take them away (E10).

use super::apply::Meta;
use crate::incident::fact::{ActionVerified, Fact};
use crate::incident::id::{EventId, TAG_SHORTEST};
use crate::incident::slug::{CauseKind, Priority};
use crate::incident::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How many causes, and how many measures, an incident holds in sight; the log keeps them all.
pub const KEPT: usize = 200;

/// Causes and measures, in the order found.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Lessons {
    /// The chain of causes.
    pub causes: Vec<Cause>,
    /// Measures of prevention.
    pub actions: Vec<Action>,
}

/// A link of the cause–effect chain (E9).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// The entry.
    pub id: EventId,
    /// The cause that this one explains.
    pub because: Option<EventId>,
    /// What kind of factor it is.
    pub factor: Option<CauseKind>,
    /// The entries and evidence that show it.
    pub evidence: Vec<EventId>,
    /// What it is.
    pub text: String,
    /// Who found it.
    pub by: String,
}

/// A measure of prevention (E10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// The entry.
    pub id: EventId,
    /// What is to be done.
    pub text: String,
    /// Who sees to it.
    pub owner: Option<String>,
    /// How urgent it is.
    pub priority: Option<Priority>,
    /// The cause that it takes away.
    pub prevents: Option<EventId>,
    /// When it was agreed, or opened again.
    pub since: Timestamp,
    /// When it is to be done.
    pub due_at: Option<Timestamp>,
    /// When it was carried out.
    pub done_at: Option<Timestamp>,
    /// When its effect is to be checked.
    pub check_at: Option<Timestamp>,
    /// When its effect was last checked, and whether there was one.
    pub verified: Option<(Timestamp, bool)>,
    /// When it was given up.
    pub dropped_at: Option<Timestamp>,
    /// How often it was found to have no effect.
    pub failed: u32,
}

/// How far a measure has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// It is to be carried out.
    Open,
    /// It was carried out, and its effect is to be checked.
    Done,
    /// It works: nothing is left.
    Effective,
    /// It was given up.
    Dropped,
}

impl Progress {
    /// Its slug, in JSON and tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Effective => "effective",
            Self::Dropped => "dropped",
        }
    }
}

impl Action {
    /// What has to happen next, by when: it is to be carried out, or its effect is to be checked.
    pub fn next_at(&self) -> Option<Timestamp> {
        match self.progress() {
            Progress::Open => self.due_at,
            Progress::Done => self.check_at,
            Progress::Effective | Progress::Dropped => None,
        }
    }

    /// How far it has come.
    pub const fn progress(&self) -> Progress {
        match (self.dropped_at, self.done_at, self.verified) {
            (Some(_), _, _) => Progress::Dropped,
            (None, Some(_), Some((_, true))) => Progress::Effective,
            (None, Some(_), _) => Progress::Done,
            (None, None, _) => Progress::Open,
        }
    }
}

impl Lessons {
    /// Takes one more fact in.
    pub(super) fn apply(&mut self, meta: &Meta, fact: &Fact) {
        match fact {
            Fact::CauseAdded(added) if self.causes.len() < KEPT => self.causes.push(Cause {
                id: meta.id,
                because: added.because,
                factor: added.factor,
                evidence: added.evidence.clone(),
                text: added.text.clone(),
                by: meta.actor.clone(),
            }),
            Fact::CauseRemoved(removed) => {
                let above = self.cause(removed.cause).and_then(|cause| cause.because);
                self.causes.retain(|cause| cause.id != removed.cause);
                // What explained it now explains what it explained.
                for cause in self.causes.iter_mut().filter(|cause| cause.because == Some(removed.cause)) {
                    cause.because = above;
                }
            }
            Fact::CauseSupported(supported) => {
                if let Some(cause) = self.causes.iter_mut().find(|cause| cause.id == supported.cause) {
                    let new = supported.evidence.iter().filter(|id| !cause.evidence.contains(id)).copied();
                    let new: Vec<EventId> = new.collect();
                    cause.evidence.extend(new);
                }
            }
            _ => self.act(meta, fact),
        }
    }

    fn act(&mut self, meta: &Meta, fact: &Fact) {
        match fact {
            Fact::ActionAdded(added) if self.actions.len() < KEPT => self.actions.push(Action {
                id: meta.id,
                text: added.text.clone(),
                owner: added.owner.clone(),
                priority: added.priority,
                prevents: added.prevents,
                since: meta.at,
                due_at: added.due_at,
                done_at: None,
                check_at: None,
                verified: None,
                dropped_at: None,
                failed: 0,
            }),
            Fact::ActionChanged(changed) => {
                let Some(action) = self.action_mut(changed.action) else { return };
                super::apply::keep(&mut action.owner, changed.owner.as_ref());
                action.due_at = changed.due_at.or(action.due_at);
                action.priority = changed.priority.or(action.priority);
                action.prevents = changed.prevents.or(action.prevents);
            }
            Fact::ActionDone(done) => {
                let Some(action) = self.action_mut(done.action) else { return };
                action.done_at = Some(meta.at);
                action.check_at = done.check_at;
                action.verified = None;
            }
            Fact::ActionVerified(verified) => self.verified(meta, verified),
            Fact::ActionDropped(dropped) => {
                if let Some(action) = self.action_mut(dropped.action) {
                    action.dropped_at = Some(meta.at);
                }
            }
            _ => {}
        }
    }

    fn verified(&mut self, meta: &Meta, fact: &ActionVerified) {
        let Some(action) = self.action_mut(fact.action) else { return };
        action.verified = Some((meta.at, fact.effective));
        if fact.effective {
            action.done_at.get_or_insert(meta.at);
        } else {
            action.failed += 1;
            action.done_at = None;
            action.check_at = None;
            action.since = meta.at;
            action.due_at = fact.due_at;
        }
    }

    /// The name of the action at `place` in deadlines: the shortest beginning of its id that none before it has, so that
    /// it stays what it is when others come.
    pub fn action_name(&self, place: usize) -> String {
        let tags: Vec<String> = self.actions.iter().take(place + 1).map(|action| action.id.tag()).collect();
        let Some((own, before)) = tags.split_last() else { return String::new() };
        let taken = |letters: &usize| before.iter().any(|tag| tag.get(..*letters) == own.get(..*letters));
        let letters = (TAG_SHORTEST..own.len()).find(|letters| !taken(letters)).unwrap_or(own.len());
        own.chars().take(letters).collect()
    }

    /// Whether somebody went on from a fact of these, so that it can't be taken back alone.
    pub fn is_built_upon(&self, id: EventId, fact: &Fact) -> bool {
        match fact {
            Fact::CauseAdded(_) => {
                self.causes.iter().any(|cause| cause.because == Some(id))
                    || self.actions.iter().any(|action| action.prevents == Some(id))
            }
            Fact::ActionAdded(_) => self.action(id).is_some_and(|action| {
                action.done_at.is_some() || action.verified.is_some() || action.dropped_at.is_some()
            }),
            Fact::ActionDone(done) => self.action(done.action).is_some_and(|action| action.verified.is_some()),
            _ => false,
        }
    }

    /// How many actions are left to be carried out, or to be checked.
    pub fn unfinished(&self) -> usize {
        let left = |action: &&Action| matches!(action.progress(), Progress::Open | Progress::Done);
        self.actions.iter().filter(left).count()
    }

    /// The cause with this id.
    pub fn cause(&self, id: EventId) -> Option<&Cause> {
        self.causes.iter().find(|cause| cause.id == id)
    }

    /// The measure with this id.
    pub fn action(&self, id: EventId) -> Option<&Action> {
        self.actions.iter().find(|action| action.id == id)
    }

    fn action_mut(&mut self, id: EventId) -> Option<&mut Action> {
        self.actions.iter_mut().find(|action| action.id == id)
    }
}
