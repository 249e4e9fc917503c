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
    !incident.near_miss
        && at_this_stage
        && cadence.severities.contains(&incident.severity)
        && fits(cadence.customers, incident.customers)
}

/// Whether a deadline goes on: the policy asks for it, or somebody promised it while it isn't over.
fn is_kept(draft: &Draft<'_>, clock: &CommsClock, wanted: &[&Cadence]) -> bool {
    if draft.context.policy_left_out && draft.incident.status.is_unresolved() {
        // What a policy asks for that nobody can read isn't known to be over.
        return true;
    }
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
    ///
    /// A correction meets only what is late already, unless it promises anew: what was promised before it still
    /// stands (B6).
    pub(super) fn met(&self, clocks: &[CommsClock], at: Timestamp) -> Vec<ClockMet> {
        let promised = |clock: &CommsClock| clock.due_at > at;
        let stands = |clock: &CommsClock| self.stage == Stage::Correction && self.next.is_none() && promised(clock);
        let again = |clock: &CommsClock| {
            let every = clock.every?;
            (self.stage != Stage::Resolved).then(|| at.plus(self.next.unwrap_or(every)))
        };
        let met = clocks.iter().filter(|clock| self.meets(clock) && !stands(clock));
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

#[cfg(test)]
mod tests {
    use crate::incident::command::{Command, Customers, Deescalate, Escalate, Reopen, Set, Update};
    use crate::incident::decide::scene::Scene;
    use crate::incident::severity::Severity;
    use crate::incident::slug::{Conveyance, Stage};
    use crate::incident::state::Incident;
    use crate::incident::time::Span;

    fn told(audience: &str, how: Conveyance) -> Update {
        let (text, audiences) = (Some("we know".to_owned()), vec![audience.to_owned()]);
        Update { text, audiences, how: Some(how), ..Update::default() }
    }

    fn raise(to: Severity) -> Command {
        Command::Escalate(Escalate { to: Some(to), ..Escalate::default() })
    }

    /// The deadlines that run, with minutes from the scene's time.
    fn running(incident: &Incident) -> Vec<(String, i64)> {
        let minutes = |at: crate::incident::time::Timestamp| (at.millis() - Scene::NOW.millis()) / 60_000;
        let clocks = incident.promises.clocks.iter();
        let mut found: Vec<(String, i64)> = clocks.map(|clock| (clock.name.clone(), minutes(clock.due_at))).collect();
        found.sort();
        found
    }

    fn has(incident: &Incident, name: &str) -> Option<i64> {
        running(incident).into_iter().find(|(own, _)| own == name).map(|(_, minutes)| minutes)
    }

    #[test]
    fn a6_sev0_runs_the_clocks_of_the_source() {
        let incident = Scene::declared_as(Severity::Sev0).incident();
        for (name, minutes) in [
            ("comms:first-notice", 0),
            ("comms:status-page", 30),
            ("comms:webinar-invitation", 30),
            ("comms:webinar", 30),
        ] {
            assert_eq!(has(&incident, name), Some(minutes), "{name}");
        }
    }

    #[test]
    fn a6_the_status_page_is_never_for_one_customer() {
        let one = Command::Set(Set { customers: Some(Customers::One), ..Set::default() });
        let incident = Scene::declared_as(Severity::Sev0).when(one).incident();
        assert_eq!(has(&incident, "comms:status-page"), None);
        assert_eq!(has(&incident, "comms:account-team"), Some(30));
    }

    #[test]
    fn a_statement_meets_what_it_fits_and_promises_the_next() {
        let update = Update {
            channels: vec!["status-page".to_owned()],
            next: Some(Span::from_minutes(20)),
            ..told("customers", Conveyance::ByHand)
        };
        let incident = Scene::declared_as(Severity::Sev0).when(Command::Update(update)).incident();
        assert_eq!(has(&incident, "comms:first-notice"), None);
        assert_eq!(has(&incident, "comms:status-page"), Some(20));
        assert_eq!(has(&incident, "comms:webinar"), Some(30), "a webinar is held, not posted");
        assert_eq!(has(&incident, "comms:webinar-invitation"), Some(30), "and an invitation is one");
    }

    #[test]
    fn what_was_promised_stays_promised_when_the_severity_changes() {
        let scene = Scene::declared_as(Severity::Sev1);
        let raised = scene.clone().given(raise(Severity::Sev0)).incident();
        assert_eq!(has(&raised, "comms:executives-sev0"), Some(15));
        assert_eq!(has(&raised, "comms:executives"), None);
        let lower = Command::Deescalate(Deescalate { to: Severity::Sev1, reason: "contained".to_owned() });
        let lowered = scene.given(raise(Severity::Sev0)).when(lower).incident();
        assert_eq!(has(&lowered, "comms:executives"), Some(15), "due when it was promised, not later");
    }

    #[test]
    fn a6_a_final_notice_is_due_at_once_and_again_after_a_reopening() {
        let resolved = Scene::declared_as(Severity::Sev1).resolved();
        assert_eq!(running(&resolved.clone().incident()), [("comms:final-notice".to_owned(), 0)]);
        let last = Update { stage: Some(Stage::Resolved), ..told("customers", Conveyance::ByHand) };
        let said = resolved.given(Command::Update(last));
        assert_eq!(running(&said.clone().incident()), []);
        let reopen = Command::Reopen(Reopen { to: None, reason: "not over".to_owned() });
        let again = said.given(reopen).resolved().incident();
        assert_eq!(has(&again, "comms:final-notice"), Some(0));
    }

    #[test]
    fn a_promise_where_the_policy_asks_for_none_is_a_clock_too() {
        let update = Update { next: Some(Span::from_minutes(45)), ..told("partners", Conveyance::ByHand) };
        let incident = Scene::declared().when(Command::Update(update)).incident();
        assert_eq!(has(&incident, "comms:promised-partners"), Some(45));
    }
}
