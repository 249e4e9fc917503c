//! Folding facts into an incident. Total: whatever the log holds, folding it never fails.

use super::{AD_HOC, Cancelled, Checklist, Fix, Holder, Incident, Link, Postmortem, Role, StepState, Tick, Workaround};
use crate::incident::drill::Play;
use crate::incident::fact::{
    EntryAmended, Fact, IncidentChanged, IncidentDeclared, IncidentMitigated, IncidentResolved, PlaybookJoined,
    RoleAssigned, StepAdded,
};
use crate::incident::id::{EventId, SubjectId};
use crate::incident::localized::Localized;
use crate::incident::playbook::{RoleSpec, Step};
use crate::incident::status::Status;
use crate::incident::time::Timestamp;
use std::collections::{HashMap, HashSet};

/// How many conflicts are remembered; the log keeps them all.
const CONFLICTS: usize = 8;

/// What folding needs of a fact's header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// The fact's id.
    pub id: EventId,
    /// When it happened.
    pub at: Timestamp,
    /// Who acted.
    pub actor: String,
}

/// Folds an incident's facts, given in the log's order: those that were taken back count for nothing, those that were
/// corrected as their last correction says.
pub fn fold<'a>(subject: SubjectId, facts: impl Iterator<Item = (&'a Meta, &'a Fact)> + Clone) -> Incident {
    let undone: HashSet<EventId> = facts
        .clone()
        .filter_map(|(_, fact)| if let Fact::EntryUndone(undone) = fact { Some(&undone.entries) } else { None })
        .flatten()
        .copied()
        .collect();
    let mut corrections: HashMap<EventId, Vec<&EntryAmended>> = HashMap::new();
    for (meta, fact) in facts.clone() {
        if let Fact::EntryAmended(amended) = fact
            && !undone.contains(&meta.id)
        {
            corrections.entry(amended.entry).or_default().push(amended);
        }
    }
    let mut incident = Incident::blank(subject);
    for (meta, fact) in facts.filter(|(meta, _)| !undone.contains(&meta.id)) {
        match corrections.get(&meta.id) {
            Some(corrections) => {
                let (mut meta, mut fact) = (meta.clone(), fact.clone());
                for amended in corrections {
                    if let Some(to) = amended.happened_at.filter(|_| amended.moves_due) {
                        fact.move_due(meta.at, to);
                    }
                    meta.at = amended.happened_at.unwrap_or(meta.at);
                    fact.correct(amended);
                }
                incident.apply(&meta, &fact);
            }
            None => incident.apply(meta, fact),
        }
    }
    incident
}

impl Incident {
    /// Takes one more fact in. Facts that take others back need [`fold`] over all of them.
    pub fn apply(&mut self, meta: &Meta, fact: &Fact) {
        self.count(meta, fact);
        match fact {
            Fact::IncidentDeclared(declared) => self.declared(meta, declared),
            Fact::IncidentImported(imported) => self.imported = Some(imported.format.clone()),
            Fact::AlertReceived(alert) => super::alert::hear(&mut self.alerts, meta.at, alert),
            Fact::PlaybookJoined(joined) => self.joined(joined),
            Fact::IncidentChanged(changed) => self.changed(changed),
            Fact::LinkAdded(link) => self.links.push(Link { kind: link.kind, target: link.target.clone() }),
            Fact::SeverityChanged(changed) => {
                self.severity = changed.to;
                self.worst = self.worst.min(changed.to);
            }
            Fact::CommandChanged(changed) => self.command = changed.to,
            Fact::RoleAssigned(assigned) => self.assigned(meta, assigned),
            Fact::RoleUnassigned(taken) => {
                if let Some(role) = self.roles.iter_mut().find(|role| role.spec.id == taken.role) {
                    role.holders.retain(|holder| !taken.holders.contains(&holder.name));
                }
            }
            Fact::StepsActivated(activated) => {
                for one in &activated.steps {
                    if let Some(step) = self.step_mut(&one.instance, &one.step) {
                        step.active = true;
                        step.since = Some(meta.at);
                        step.due_at = one.due_at;
                    }
                }
            }
            Fact::StepAdded(added) => self.step_added(meta, added),
            Fact::StepChecked(checked) => {
                let tick = Tick { at: meta.at, by: meta.actor.clone(), skipped: None, result: checked.result.clone() };
                self.tick(&checked.instance, &checked.step, Some(tick));
            }
            Fact::StepSkipped(skipped) => {
                let reason = Some(skipped.reason.clone());
                let tick = Tick { at: meta.at, by: meta.actor.clone(), skipped: reason, result: None };
                self.tick(&skipped.instance, &skipped.step, Some(tick));
            }
            Fact::StepReopened(reopened) => self.tick(&reopened.instance, &reopened.step, None),
            Fact::IncidentIdentified(identified) => {
                let to = if self.status < Status::Identified { Status::Identified } else { self.status };
                self.moved(meta, identified.from, to);
                self.times.identified.get_or_insert(meta.at);
                keep(&mut self.cause, identified.cause.as_ref());
            }
            Fact::IncidentMitigated(mitigated) => self.mitigated(meta, mitigated),
            Fact::IncidentFixed(fixed) => {
                self.fix = Some(Fix { text: fixed.text.clone(), at: meta.at });
                if let Some(workaround) = self.workaround.as_mut().filter(|_| fixed.reverts_workaround) {
                    workaround.reverted_at = Some(meta.at);
                }
            }
            Fact::IncidentMonitoring(monitoring) => {
                self.moved(meta, monitoring.from, Status::Monitoring);
                self.times.monitoring = Some(meta.at);
            }
            Fact::IncidentResolved(resolved) => self.resolved(meta, resolved),
            Fact::IncidentClosed(closed) => {
                self.moved(meta, closed.from, Status::Closed);
                self.times.closed = Some(meta.at);
            }
            Fact::IncidentReopened(reopened) => self.reopened(meta, reopened),
            Fact::IncidentCancelled(cancelled) => {
                self.moved(meta, cancelled.from, Status::Cancelled);
                self.promises.stop_waiting();
                self.times.closed = Some(meta.at);
                self.cancelled = Some(Cancelled {
                    because: cancelled.because,
                    of: cancelled.of,
                    of_number: cancelled.of_number,
                    reason: cancelled.reason.clone(),
                });
            }
            Fact::PostmortemFiled(filed) => {
                let duty = self.postmortem.get_or_insert_default();
                duty.filed_at = Some(meta.at);
                duty.place = Some(filed.place.clone());
            }
            Fact::ClockMet(_)
            | Fact::ClockEnded(_)
            | Fact::ClockReminded(_)
            | Fact::ClockStarted(_)
            | Fact::SeveritySuggested(_)
            | Fact::PeopleCalled(_)
            | Fact::CallAnswered(_)
            | Fact::LadderEnded(_)
            | Fact::HandoffOffered(_)
            | Fact::HandoffAnswered(_)
            | Fact::FollowUpAdded(_)
            | Fact::FollowUpDone(_)
            | Fact::ReachMeasured(_)
            | Fact::StatementDrafted(_)
            | Fact::StatementApproved(_)
            | Fact::StatementSent(_)
            | Fact::MessageDelivered(_)
            | Fact::MessageFailed(_)
            | Fact::DutyStarted(_)
            | Fact::DutyMet(_)
            | Fact::DutyWaived(_) => self.promises.apply(meta, fact),
            Fact::ImpactMeasured(measured) => {
                for service in &measured.services {
                    if !self.services.contains(service) {
                        self.services.push(service.clone());
                    }
                }
                self.promises.apply(meta, fact);
            }
            Fact::CauseAdded(_)
            | Fact::CauseRemoved(_)
            | Fact::CauseSupported(_)
            | Fact::ActionAdded(_)
            | Fact::ActionChanged(_)
            | Fact::ActionDone(_)
            | Fact::ActionVerified(_)
            | Fact::ActionDropped(_) => self.lessons.apply(meta, fact),
            Fact::DrillStarted(started) => {
                let (started, at) = (started.clone(), meta.at);
                self.play = Some(Box::new(Play { started, at, injected: Vec::new(), score: None }));
            }
            Fact::DrillInjected(injected) => {
                if let Some(play) = self.play.as_mut().filter(|play| !play.injected.contains(&injected.inject)) {
                    play.injected.push(injected.inject.clone());
                }
            }
            Fact::DrillGraded(graded) => {
                if let Some(play) = &mut self.play {
                    play.score = Some(graded.score);
                }
            }
            Fact::PostmortemWritten(_) | Fact::PostmortemSubmitted(_) | Fact::PostmortemApproved(_) => {
                self.writing.apply(meta, fact);
            }
            // Of the log, of the store, or of no consequence for how the incident stands.
            _ => {}
        }
    }

    fn declared(&mut self, meta: &Meta, fact: &IncidentDeclared) {
        self.space = fact.space;
        self.number = fact.number;
        self.title.clone_from(&fact.title);
        self.severity = fact.severity;
        self.worst = self.worst.min(fact.severity);
        self.category.clone_from(&fact.category);
        self.services.clone_from(&fact.services);
        self.customers = fact.customers;
        self.summary.clone_from(&fact.summary);
        self.detected_by.clone_from(&fact.detected_by);
        self.drill = fact.drill;
        self.restricted = fact.restricted;
        self.near_miss = fact.near_miss;
        self.declared_by.clone_from(&meta.actor);
        self.times.started = fact.started_at;
        self.times.detected = fact.detected_at;
        self.times.declared = meta.at;
    }

    fn joined(&mut self, fact: &PlaybookJoined) {
        for spec in &fact.roles {
            if self.role(&spec.id).is_none() {
                self.roles.push(Role { spec: spec.clone(), ad_hoc: false, holders: Vec::new() });
            }
        }
        if self.checklists.iter().any(|list| list.instance == fact.instance) {
            return;
        }
        let steps = fact.steps.iter().cloned().map(|step| StepState {
            step,
            person: None,
            active: false,
            since: None,
            due_at: None,
            tick: None,
        });
        self.checklists.push(Checklist {
            instance: fact.instance.clone(),
            playbook: fact.playbook.clone(),
            version: fact.version,
            title: fact.title.clone(),
            steps: steps.collect(),
        });
    }

    fn changed(&mut self, fact: &IncidentChanged) {
        if let Some(title) = &fact.title {
            self.title.clone_from(title);
        }
        keep(&mut self.public_title, fact.public_title.as_ref());
        keep(&mut self.summary, fact.summary.as_ref());
        keep(&mut self.category, fact.category.as_ref());
        self.customers = fact.customers.or(self.customers);
        self.times.started = fact.started_at.or(self.times.started);
        self.times.detected = fact.detected_at.or(self.times.detected);
        self.services.retain(|service| !fact.services_removed.contains(service));
        for service in &fact.services_added {
            if !self.services.contains(service) {
                self.services.push(service.clone());
            }
        }
        self.restricted |= fact.restricted;
    }

    fn assigned(&mut self, meta: &Meta, fact: &RoleAssigned) {
        if self.role(&fact.role).is_none() {
            let made_up = || RoleSpec {
                id: fact.role.clone(),
                title: Localized::same(&fact.role),
                primary: Localized::default(),
                secondary: Localized::default(),
                also: Vec::new(),
            };
            let spec = fact.spec.clone().unwrap_or_else(made_up);
            self.roles.push(Role { spec, ad_hoc: fact.duty.is_some(), holders: Vec::new() });
        }
        let Some(role) = self.roles.iter_mut().find(|role| role.spec.id == fact.role) else { return };
        if let Some(duty) = &fact.duty {
            role.spec.primary = Localized::same(duty);
        }
        if fact.beside_others {
            role.holders.retain(|holder| holder.name != fact.holder);
        } else {
            role.holders.clear();
        }
        role.holders.push(Holder {
            name: fact.holder.clone(),
            since: meta.at,
            scope: fact.scope.clone(),
            hand_over_by: fact.hand_over_by,
        });
    }

    fn step_added(&mut self, meta: &Meta, fact: &StepAdded) {
        if !self.checklists.iter().any(|list| list.instance == AD_HOC) {
            self.checklists.push(Checklist {
                instance: AD_HOC.to_owned(),
                playbook: AD_HOC.to_owned(),
                version: 1,
                title: Localized { en: "made up on the spot".to_owned(), ja: "その場で追加".to_owned() },
                steps: Vec::new(),
            });
        }
        let step = Step {
            id: fact.step.clone(),
            text: Localized::same(&fact.text),
            role: fact.role.clone(),
            due: None,
            required: false,
            run: None,
            link: None,
            when: None,
        };
        if let Some(list) = self.checklists.iter_mut().find(|list| list.instance == AD_HOC) {
            list.steps.push(StepState {
                step,
                person: fact.person.clone(),
                active: true,
                since: Some(meta.at),
                due_at: fact.due_at,
                tick: None,
            });
        }
    }

    fn mitigated(&mut self, meta: &Meta, fact: &IncidentMitigated) {
        self.moved(meta, fact.from, Status::Mitigated);
        self.times.mitigated.get_or_insert(meta.at);
        self.workaround = Some(Workaround {
            text: fact.workaround.clone(),
            at: meta.at,
            fix_due_at: fact.fix_due_at,
            reverted_at: None,
        });
    }

    fn resolved(&mut self, meta: &Meta, fact: &IncidentResolved) {
        self.moved(meta, fact.from, Status::Resolved);
        self.promises.stop_waiting();
        self.times.resolved = Some(meta.at);
        keep(&mut self.summary, fact.summary.as_ref());
        keep(&mut self.cause, fact.cause.as_ref());
        if fact.postmortem_required || fact.postmortem_due_at.is_some() {
            let duty = self.postmortem.get_or_insert_with(Postmortem::default);
            duty.required = fact.postmortem_required;
            duty.due_at = fact.postmortem_due_at;
            duty.since = Some(meta.at);
        }
    }

    pub(super) fn moved(&mut self, meta: &Meta, from: Status, to: Status) {
        if self.status != from && self.conflicts.len() < CONFLICTS {
            self.conflicts.push(meta.id);
        }
        self.status = to;
    }

    fn tick(&mut self, instance: &str, step: &str, tick: Option<Tick>) {
        if let Some(step) = self.step_mut(instance, step) {
            step.tick = tick;
        }
    }

    fn step_mut(&mut self, instance: &str, slug: &str) -> Option<&mut StepState> {
        let list = self.checklists.iter_mut().find(|list| list.instance == instance)?;
        list.steps.iter_mut().find(|state| state.step.id == slug)
    }
}

pub(super) fn keep(field: &mut Option<String>, new: Option<&String>) {
    if let Some(new) = new {
        *field = Some(new.clone());
    }
}
