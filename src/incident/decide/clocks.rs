//! The deadlines for statements: which of them the policy asks for, as the incident stands (A6).

use super::Draft;
use crate::incident::clock::comms_name;
use crate::incident::communication::{Cadence, CadenceStart, fits};
use crate::incident::fact::{ClockEnded, ClockMet, ClockStarted};
use crate::incident::slug::{Conveyance, Stage};
use crate::incident::state::CommsClock;
use crate::incident::status::Status;
use crate::incident::time::{Span, Timestamp};
use crate::incident::when::parse_span;

/// The name of a deadline that somebody promised beyond what the policy asks for.
const PROMISED: &str = "promised-";

/// Starts the deadlines that the policy asks for, and ends those that it no longer does.
///
/// What takes the place of another one for the same audience and channel is due no later than that: what was promised
/// stays promised.
pub(super) fn keep_cadences(draft: &mut Draft<'_>) {
    let wanted: Vec<&Cadence> = draft.context.policy.cadence.iter().filter(|cadence| applies(draft, cadence)).collect();
    let ended: Vec<CommsClock> =
        draft.incident.promises.clocks.iter().filter(|clock| !is_kept(draft, clock, &wanted)).cloned().collect();
    let because = draft.incident.status;
    let because = if because.is_unresolved() { draft.incident.severity.as_str() } else { because.as_str() };
    for clock in &ended {
        draft.push(ClockEnded { clock: clock.name.clone(), due_at: clock.due_at, because: because.to_owned() });
    }
    for cadence in wanted {
        start(draft, cadence, &ended);
    }
}

fn applies(draft: &Draft<'_>, cadence: &Cadence) -> bool {
    let incident = &draft.incident;
    let at_this_stage = match cadence.starts {
        CadenceStart::Declared => incident.status.is_unresolved(),
        CadenceStart::Resolved => incident.status == Status::Resolved,
    };
    at_this_stage && cadence.severities.contains(&incident.severity) && fits(cadence.customers, incident.customers)
}

/// Whether a deadline goes on: the policy asks for it, or somebody promised it while it isn't over.
fn is_kept(draft: &Draft<'_>, clock: &CommsClock, wanted: &[&Cadence]) -> bool {
    if clock.name.starts_with(&comms_name(PROMISED)) {
        return draft.incident.status.is_unresolved();
    }
    // A final notice is still owed when the incident is closed without it.
    let owed = draft.incident.status == Status::Closed && clock.every.is_none();
    owed || wanted.iter().any(|cadence| comms_name(&cadence.id) == clock.name)
}

fn start(draft: &mut Draft<'_>, cadence: &Cadence, ended: &[CommsClock]) {
    let name = comms_name(&cadence.id);
    let promises = &draft.incident.promises;
    let runs = promises.clocks.iter().any(|clock| clock.name == name);
    if runs || promises.done.contains(&name) {
        return;
    }
    let told = promises.standing(&cadence.audience).is_some();
    if cadence.every.is_none() && cadence.stage.is_none() && cadence.by.is_none() && told {
        // They have heard of it already.
        return;
    }
    let first = span(cadence.first.as_ref()).unwrap_or(Span::from_millis(0));
    let due_at = draft.context.at.plus(first);
    let same = |clock: &&CommsClock| clock.audience == cadence.audience && clock.channel == cadence.channel;
    let promised = ended.iter().filter(same).filter(|clock| clock.every.is_some()).map(|clock| clock.due_at).min();
    draft.push(ClockStarted {
        clock: name,
        audience: cadence.audience.clone(),
        channel: cadence.channel.clone(),
        stage: cadence.stage,
        by: cadence.by,
        role: cadence.role.clone(),
        every: span(cadence.every.as_ref()),
        due_at: promised.filter(|_| cadence.every.is_some()).map_or(due_at, |promised| promised.min(due_at)),
    });
}

fn span(written: Option<&String>) -> Option<Span> {
    parse_span(written?).ok()
}

/// A statement as deadlines see it.
pub(super) struct Told<'a> {
    pub(super) audiences: &'a [String],
    pub(super) channels: &'a [String],
    pub(super) stage: Stage,
    pub(super) how: Conveyance,
    pub(super) next: Option<Span>,
}

impl Told<'_> {
    fn meets(&self, clock: &CommsClock) -> bool {
        self.audiences.contains(&clock.audience)
            && clock.channel.as_ref().is_none_or(|channel| self.channels.contains(channel))
            && clock.stage.is_none_or(|stage| stage == self.stage)
            && clock.by.is_none_or(|by| by == self.how)
    }

    /// The deadlines that it meets, and when they are due again.
    pub(super) fn met(&self, clocks: &[CommsClock], at: Timestamp) -> Vec<ClockMet> {
        let again = |clock: &CommsClock| {
            let every = clock.every?;
            (self.stage != Stage::Resolved).then(|| at.plus(self.next.unwrap_or(every)))
        };
        let met = clocks.iter().filter(|clock| self.meets(clock));
        met.map(|clock| ClockMet { clock: clock.name.clone(), due_at: clock.due_at, next_due_at: again(clock) })
            .collect()
    }

    /// When the audience can expect the next one: as promised, or as the deadlines that it meets have it.
    pub(super) fn next_at(&self, met: &[ClockMet], at: Timestamp) -> Option<Timestamp> {
        let promised = self.next.map(|next| at.plus(next));
        promised.or_else(|| met.iter().filter_map(|met| met.next_due_at).min())
    }

    /// The deadlines that a promise makes where the policy asks for none.
    pub(super) fn promised(&self, met: &[ClockMet], at: Timestamp) -> Vec<ClockStarted> {
        let Some(next) = self.next.filter(|_| met.iter().all(|met| met.next_due_at.is_none())) else {
            return Vec::new();
        };
        let audiences = self.audiences.iter();
        let clock = |audience: &String| ClockStarted {
            clock: comms_name(&format!("{PROMISED}{audience}")),
            audience: audience.clone(),
            channel: None,
            stage: None,
            by: None,
            role: Some("communications-manager".to_owned()),
            every: None,
            due_at: at.plus(next),
        };
        audiences.map(clock).collect()
    }
}
