//! A decision in the making: facts so far, and the incident as they leave it.

use super::Decision;
use crate::incident::context::Context;
use crate::incident::fact::{Activation, Fact, PlaybookJoined, StepsActivated};
use crate::incident::id::EventId;
use crate::incident::playbook::{Playbook, Step};
use crate::incident::state::{Incident, Meta};
use crate::incident::when::parse_span;
use std::borrow::Cow;

/// Collects facts, each applied at once, so that the next rule sees what the one before decided.
pub struct Draft<'a> {
    /// What was looked up.
    pub context: &'a Context<'a>,
    /// The incident as the facts so far leave it; copied only when one of them changes it.
    pub incident: Cow<'a, Incident>,
    facts: Vec<Fact>,
}

impl<'a> Draft<'a> {
    /// Starts from an incident, or from a blank one that the batch will declare.
    pub fn new(incident: Option<&'a Incident>, context: &'a Context<'a>) -> Self {
        let blank = || Cow::Owned(Incident::blank(context.batch.incident()));
        let incident = incident.map_or_else(blank, Cow::Borrowed);
        Self { context, incident, facts: Vec::new() }
    }

    /// Adds a fact.
    pub fn push(&mut self, fact: impl Into<Fact>) {
        let fact = fact.into();
        let id = self.context.batch.event(self.facts.len());
        let meta = Meta { id, at: self.context.at, actor: self.context.actor.to_owned() };
        if fact.changes_state() {
            self.incident.to_mut().apply(&meta, &fact);
        }
        self.facts.push(fact);
    }

    /// The id that the next fact gets.
    pub fn next_id(&self) -> EventId {
        self.context.batch.event(self.facts.len())
    }

    /// Adds a fact that takes others back; the incident afterwards was folded anew.
    pub fn push_folded(&mut self, fact: impl Into<Fact>, incident: Incident) {
        self.facts.push(fact.into());
        self.incident = Cow::Owned(incident);
    }

    /// Copies a playbook's roles and steps into the incident, unless they are there (A3).
    pub fn join(&mut self, playbook: &Playbook) {
        if self.incident.checklists.iter().any(|list| list.instance == playbook.id) {
            return;
        }
        let known = self.context.known_roles(None);
        let wanted = playbook.roles.iter();
        let roles = wanted.filter_map(|slug| playbook.role.iter().chain(&known).find(|role| role.id == *slug).cloned());
        self.push(PlaybookJoined {
            instance: playbook.id.clone(),
            playbook: playbook.id.clone(),
            version: playbook.version,
            title: playbook.title.clone(),
            roles: roles.collect(),
            steps: playbook.step.clone(),
        });
    }

    /// Lets every step begin whose condition has come to hold, and its due time with it.
    pub fn activate_steps(&mut self) {
        let incident = &self.incident;
        let holds = |step: &Step| {
            let condition = step.when.as_ref();
            condition.is_none_or(|when| when.holds(incident.severity, incident.customers, incident.status))
        };
        let due = self.incident.steps().filter(|place| !place.state.active && holds(&place.state.step));
        let steps: Vec<Activation> = due.map(|place| self.activation(place.instance, &place.state.step)).collect();
        if !steps.is_empty() {
            self.push(StepsActivated { steps });
        }
    }

    /// A step's beginning, due as long after now as the playbook says.
    pub fn activation(&self, instance: &str, step: &Step) -> Activation {
        let span = step.due.as_deref().and_then(|due| parse_span(due).ok());
        Activation {
            instance: instance.to_owned(),
            step: step.id.clone(),
            due_at: span.map(|span| self.context.at.plus(span)),
        }
    }

    /// Whether it has no fact yet.
    pub const fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// The finished decision.
    pub fn finish(self) -> Decision {
        let incident = match self.incident {
            Cow::Owned(incident) => Some(incident),
            Cow::Borrowed(_) => None,
        };
        Decision { facts: self.facts, incident }
    }
}
