//! The deadlines of an incident, as people ask for them: one concept, whatever they are about.
//!
//! Each comes from a fact that holds its due time. Who keeps it is looked up when it is shown: a role changes hands,
//! and its deadlines with it.

pub use super::slug::ClockKind;

use super::id::TAG_SHORTEST;
use super::roster::INCIDENT_MANAGER;
use super::state::{Incident, Progress};
use super::time::Timestamp;

/// A promise with a due time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// Its name, unique in the incident.
    pub name: String,
    /// What it is about.
    pub kind: ClockKind,
    /// Who must keep it: the person, or whoever carries the role.
    pub owner: Option<String>,
    /// The role that must keep it.
    pub role: Option<String>,
    /// When it started.
    pub started_at: Timestamp,
    /// When it is time to worry, where that is not left to the policy's reminders.
    pub warn_at: Option<Timestamp>,
    /// When it is due.
    pub due_at: Timestamp,
}

/// The start of a deadline's name that stands for its kind.
const COMMS: &str = "comms";

/// The name of a statement's deadline.
pub fn comms_name(cadence: &str) -> String {
    format!("{COMMS}:{cadence}")
}

impl Incident {
    /// The deadlines that are running, the next one first.
    pub fn open_clocks(&self) -> Vec<Clock> {
        let mut clocks = Vec::new();
        // What was promised to people outside lasts longer than the incident.
        self.legal_clocks(&mut clocks);
        self.follow_up_clocks(&mut clocks);
        self.comms_clocks(&mut clocks);
        self.action_clocks(&mut clocks);
        if !self.status.is_final() {
            self.step_clocks(&mut clocks);
            self.call_clocks(&mut clocks);
            clocks.extend(self.fix_clock());
            clocks.extend(self.postmortem_clock());
        }
        if self.status.is_unresolved() {
            self.handover_clocks(&mut clocks);
        }
        clocks.sort_by(|left, right| left.due_at.cmp(&right.due_at).then_with(|| left.name.cmp(&right.name)));
        clocks
    }

    /// When stakeholders were promised the next update: the first of those that repeat.
    pub fn next_update_at(&self) -> Option<Timestamp> {
        self.promises.clocks.iter().map(|clock| clock.due_at).min()
    }

    /// When an audience is due to hear more, and the cadence that says so: `status-page`.
    pub fn next_for(&self, audience: &str) -> Option<(Timestamp, String)> {
        let theirs = self.promises.clocks.iter().filter(|clock| clock.audience == audience);
        let next = theirs.min_by_key(|clock| (clock.due_at, &clock.name))?;
        let name = next.name.split_once(':').map_or(next.name.as_str(), |(_, cadence)| cadence);
        Some((next.due_at, name.to_owned()))
    }

    /// The first who carries a role.
    fn keeper(&self, role: Option<&str>) -> Option<String> {
        self.carriers(role.unwrap_or_default()).first().map(|name| (*name).to_owned())
    }

    fn step_clocks(&self, clocks: &mut Vec<Clock>) {
        let open = self.steps().filter(|place| place.state.is_open());
        clocks.extend(open.filter_map(|place| {
            let state = place.state;
            let role = state.step.role.as_deref();
            Some(Clock {
                name: format!("step:{}/{}", place.instance, state.step.id),
                kind: ClockKind::Step,
                owner: state.person.clone().or_else(|| self.keeper(role)),
                role: role.map(str::to_owned),
                started_at: state.since?,
                warn_at: None,
                due_at: state.due_at?,
            })
        }));
    }

    fn comms_clocks(&self, clocks: &mut Vec<Clock>) {
        clocks.extend(self.promises.clocks.iter().map(|clock| Clock {
            name: clock.name.clone(),
            kind: ClockKind::Comms,
            owner: self.keeper(clock.role.as_deref()),
            role: clock.role.clone(),
            started_at: clock.since,
            warn_at: None,
            due_at: clock.due_at,
        }));
    }

    fn call_clocks(&self, clocks: &mut Vec<Clock>) {
        // Where nobody is left to call, whoever leads has to find somebody.
        let again = |who: &str| self.promises.open_calls().any(|open| open.who == who);
        clocks.extend(self.promises.in_vain().filter(|call| !again(&call.who)).filter_map(|call| {
            Some(Clock {
                name: format!("ack:{}", call.who),
                kind: ClockKind::Ack,
                owner: self.keeper(Some(INCIDENT_MANAGER)),
                role: Some(INCIDENT_MANAGER.to_owned()),
                started_at: call.at,
                warn_at: None,
                due_at: call.answer_by.or(call.ended_at)?,
            })
        }));
        clocks.extend(self.promises.open_calls().filter_map(|call| {
            Some(Clock {
                name: format!("ack:{}", call.who),
                kind: ClockKind::Ack,
                owner: Some(call.who.clone()),
                role: None,
                started_at: call.at,
                warn_at: None,
                due_at: call.answer_by?,
            })
        }));
    }

    fn follow_up_clocks(&self, clocks: &mut Vec<Clock>) {
        let role = Some("customer-support-lead");
        clocks.extend(self.promises.follow_ups.iter().filter_map(|open| {
            Some(Clock {
                name: format!("followup:{}", &open.id.tag()[..TAG_SHORTEST]),
                kind: ClockKind::FollowUp,
                owner: self.keeper(role),
                role: role.map(str::to_owned),
                started_at: open.since,
                warn_at: None,
                due_at: open.due_at?,
            })
        }));
    }

    /// A measure is to be carried out, then its effect is to be checked; both outlive the incident (E10).
    fn action_clocks(&self, clocks: &mut Vec<Clock>) {
        for (place, action) in self.lessons.actions.iter().enumerate() {
            let Some(due_at) = action.next_at() else { continue };
            let (prefix, started_at) = match action.progress() {
                Progress::Done => ("action-check", action.done_at.unwrap_or(action.since)),
                _ => ("action", action.since),
            };
            let (owner, role) = self.action_keeper(place);
            clocks.push(Clock {
                name: format!("{prefix}:{}", self.lessons.action_name(place)),
                kind: ClockKind::Action,
                owner,
                role,
                started_at,
                warn_at: None,
                due_at,
            });
        }
    }

    /// Who sees to the action at `place`, and the role where one does; a role changes hands, and its actions with it.
    pub fn action_keeper(&self, place: usize) -> (Option<String>, Option<String>) {
        let Some(owner) = self.lessons.actions.get(place).and_then(|action| action.owner.as_ref()) else {
            return (None, None);
        };
        match self.role(owner) {
            Some(role) => (self.keeper(Some(&role.spec.id)), Some(role.spec.id.clone())),
            None => (Some(owner.clone()), None),
        }
    }

    fn legal_clocks(&self, clocks: &mut Vec<Clock>) {
        clocks.extend(self.promises.open_duties().filter_map(|duty| {
            Some(Clock {
                name: format!("legal:{}", duty.id),
                kind: ClockKind::Legal,
                owner: self.keeper(Some(INCIDENT_MANAGER)),
                role: Some(INCIDENT_MANAGER.to_owned()),
                started_at: duty.since,
                warn_at: duty.warn_at,
                due_at: duty.due_at?,
            })
        }));
    }

    fn handover_clocks(&self, clocks: &mut Vec<Clock>) {
        for role in &self.roles {
            clocks.extend(role.holders.iter().filter_map(|holder| {
                Some(Clock {
                    name: format!("handover:{}/{}", role.spec.id, holder.name),
                    kind: ClockKind::Handover,
                    owner: Some(holder.name.clone()),
                    role: Some(role.spec.id.clone()),
                    started_at: holder.since,
                    warn_at: None,
                    due_at: holder.hand_over_by?,
                })
            }));
        }
    }

    fn fix_clock(&self) -> Option<Clock> {
        let held = self.workaround.as_ref().filter(|held| held.reverted_at.is_none())?;
        let unfixed = self.fix.as_ref().is_none_or(|fix| fix.at < held.at);
        let role = Some("tech-lead");
        Some(Clock {
            name: "fix".to_owned(),
            kind: ClockKind::Fix,
            owner: self.keeper(role),
            role: role.map(str::to_owned),
            started_at: held.at,
            warn_at: None,
            due_at: held.fix_due_at.filter(|_| unfixed)?,
        })
    }

    fn postmortem_clock(&self) -> Option<Clock> {
        let duty = self.postmortem.as_ref().filter(|duty| duty.required && !self.has_postmortem())?;
        let role = Some("problem-manager");
        Some(Clock {
            name: "postmortem".to_owned(),
            kind: ClockKind::Postmortem,
            owner: self.keeper(role),
            role: role.map(str::to_owned),
            started_at: duty.since?,
            warn_at: None,
            due_at: duty.due_at?,
        })
    }
}
