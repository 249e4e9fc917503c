//! What the law or a contract asks for: when it began to run, when notice was given, or why none was (E6).

use super::Draft;
use crate::incident::command::{SettleDuty, StartDuty};
use crate::incident::duty::{self, Calendar, Duty, Starts, Zone};
use crate::incident::fact::{DutyMet, DutyStarted, DutyWaived};
use crate::incident::limits;
use crate::incident::rejection::{Field, PromiseRejection, Rejection};
use crate::incident::roster::fold;
use crate::incident::slug::DutyStart;
use crate::incident::time::Timestamp;

pub(super) fn start(draft: &mut Draft<'_>, start: &StartDuty) -> Result<(), Rejection> {
    let duties = draft.context.policy.duties();
    let duty = find(&duties, &start.duty)?;
    if draft.incident.promises.open_duties().any(|open| open.id == duty.id) {
        return Err(PromiseRejection::DutyRuns { duty: duty.id.clone() }.into());
    }
    let variant = start.variant.as_deref().map(|typed| variant(duty, typed)).transpose()?;
    let since = match &duty.after {
        // It runs from the notice before it.
        Some(after) => {
            let before = draft.incident.promises.duties.iter().find(|one| one.id == *after);
            let given = before.and_then(|one| one.notified_at);
            given.ok_or_else(|| PromiseRejection::NoticeBefore { duty: duty.id.clone(), after: after.clone() })?
        }
        None => begun(draft, duty.starts, start.aware_at),
    };
    let mut starts = starts_at(duty.starts, since);
    if duty.starts != DutyStart::Awareness {
        starts.awareness = start.aware_at.or_else(|| aware_by(draft, since));
    }
    let own = duty.calendar.as_deref();
    let calendar = draft.context.policy.calendar.iter().find(|calendar| Some(calendar.id.as_str()) == own);
    let utc = Calendar::new("utc", Zone::from(jiff::tz::TimeZone::UTC), Vec::new());
    let deadline = duty::deadline(duty, variant.as_deref(), &starts, calendar.unwrap_or(&utc));
    draft.push(DutyStarted {
        duty: duty.id.clone(),
        variant,
        title: duty.title.clone(),
        source: duty.source.clone(),
        since,
        warn_at: deadline.warn_at,
        due_at: deadline.due_at,
    });
    Ok(())
}

/// When the event happened from which a duty runs: as said, or as the incident has it.
fn begun(draft: &Draft<'_>, starts: DutyStart, aware_at: Option<Timestamp>) -> Timestamp {
    let (at, times) = (draft.context.at, &draft.incident.times);
    match starts {
        DutyStart::Awareness => aware_at.unwrap_or(at),
        // What happened began when the incident did, however late somebody thinks of the duty.
        DutyStart::Occurrence if !draft.context.at_given => times.started.map_or(at, |started| started.min(at)),
        _ => at,
    }
}

/// When the organisation was aware at the latest: nobody declares or classifies what nobody knows of.
fn aware_by(draft: &Draft<'_>, since: Timestamp) -> Option<Timestamp> {
    let times = &draft.incident.times;
    Some(times.detected.unwrap_or(times.declared).min(times.declared).min(since))
}

pub(super) fn settle(draft: &mut Draft<'_>, settle: &SettleDuty) -> Result<(), Rejection> {
    let typed = limits::name(Field::Duty, &settle.duty)?;
    let wanted = fold(&typed);
    let open = draft.incident.promises.open_duties().find(|duty| fold(&duty.id) == wanted);
    let Some(duty) = open.map(|duty| duty.id.clone()) else {
        let settled = draft.incident.promises.duties.iter().find(|duty| fold(&duty.id) == wanted);
        let rejection = settled.map_or(PromiseRejection::DutyDoesNotRun { duty: typed }, |duty| {
            PromiseRejection::DutySettled { duty: duty.id.clone(), waived: duty.waived.is_some() }
        });
        return Err(rejection.into());
    };
    let text = settle.text.as_deref().map(|text| limits::text(Field::Reason, text)).transpose()?;
    match (settle.waive, text) {
        (true, None) => return Err(Rejection::ReasonNeeded { verb: "legal waive" }),
        (true, Some(reason)) => draft.push(DutyWaived { duty, reason }),
        (false, text) => draft.push(DutyMet { duty, text }),
    }
    Ok(())
}

fn find<'a>(duties: &[&'a Duty], typed: &str) -> Result<&'a Duty, Rejection> {
    let wanted = fold(typed);
    let unknown = || PromiseRejection::UnknownDuty {
        typed: typed.to_owned(),
        known: duties.iter().map(|duty| duty.id.clone()).collect(),
    };
    Ok(duties.iter().find(|duty| fold(&duty.id) == wanted).copied().ok_or_else(unknown)?)
}

fn variant(duty: &Duty, typed: &str) -> Result<String, Rejection> {
    let wanted = fold(typed);
    let unknown = || PromiseRejection::UnknownVariant {
        duty: duty.id.clone(),
        typed: typed.to_owned(),
        known: duty.variants.iter().map(|variant| variant.id.clone()).collect(),
    };
    let found = duty.variants.iter().find(|variant| fold(&variant.id) == wanted);
    Ok(found.map(|variant| variant.id.clone()).ok_or_else(unknown)?)
}

/// The one event that is known.
fn starts_at(start: DutyStart, at: Timestamp) -> Starts {
    let mut starts = Starts::default();
    let slot = match start {
        DutyStart::Occurrence => &mut starts.occurrence,
        DutyStart::Awareness => &mut starts.awareness,
        DutyStart::Classification => &mut starts.classification,
        DutyStart::Materiality => &mut starts.materiality,
        DutyStart::Notice => &mut starts.notice,
    };
    *slot = Some(at);
    starts
}

#[cfg(test)]
mod tests {
    use crate::incident::command::{Command, Declare, SettleDuty, StartDuty};
    use crate::incident::decide::scene::{Scene, declare, exactly};
    use crate::incident::fact::{DutyStarted, Fact};
    use crate::incident::rejection::{PromiseRejection, Rejection};
    use crate::incident::time::{Span, Timestamp};

    fn hours(hours: i64) -> Timestamp {
        Timestamp::from_millis(Scene::NOW.millis() + hours * 3_600_000)
    }

    fn start(duty: &str) -> Command {
        Command::StartDuty(StartDuty { duty: duty.to_owned(), variant: None, aware_at: None })
    }

    fn start_as(duty: &str, variant: Option<&str>, aware_at: Option<Timestamp>) -> Command {
        Command::StartDuty(StartDuty { duty: duty.to_owned(), variant: variant.map(str::to_owned), aware_at })
    }

    fn notify(duty: &str) -> Command {
        Command::SettleDuty(SettleDuty { duty: duty.to_owned(), waive: false, text: None })
    }

    fn waive(duty: &str, reason: Option<&str>) -> Command {
        Command::SettleDuty(SettleDuty { duty: duty.to_owned(), waive: true, text: reason.map(str::to_owned) })
    }

    fn started(scene: Scene, command: Command) -> DutyStarted {
        match scene.when(command).facts().as_slice() {
            [Fact::DutyStarted(started)] => started.clone(),
            other => panic!("{other:?}"),
        }
    }

    fn refused(scene: Scene, command: Command) -> PromiseRejection {
        match scene.when(command).rejection() {
            Rejection::Promise(promise) => *promise,
            other => panic!("{other:?}"),
        }
    }

    fn declared() -> Scene {
        Scene::declared().under(&["gdpr", "nis2", "dora", "jp-telecom"])
    }

    #[test]
    fn a_duty_runs_from_its_own_event_and_is_told_with_its_source() {
        let gdpr = started(declared(), start("GDPR-33-1"));
        assert_eq!((gdpr.since, gdpr.warn_at, gdpr.due_at), (hours(0), Some(hours(48)), Some(hours(72))));
        assert_eq!(gdpr.source, "Regulation (EU) 2016/679, art. 33(1)");
        let earlier = started(declared().at(hours(-5)), start("gdpr-33-1"));
        assert_eq!((earlier.since, earlier.due_at), (hours(-5), Some(hours(67))));
        let aware = started(declared(), start_as("gdpr-33-1", None, Some(hours(-7))));
        assert_eq!((aware.since, aware.due_at), (hours(-7), Some(hours(65))), "awareness is its own event");
        let none = started(declared(), start("gdpr-34"));
        assert_eq!((none.warn_at, none.due_at), (None, None), "without undue delay: no figure");
    }

    #[test]
    fn only_duties_of_regimes_that_are_on_are_known() {
        let refusal = refused(declared(), start("sec-8-k-1-05"));
        let PromiseRejection::UnknownDuty { typed, known } = refusal else { panic!("{refusal:?}") };
        assert_eq!((typed.as_str(), known.len()), ("sec-8-k-1-05", 13));
        assert!(matches!(
            refused(Scene::declared(), start("gdpr-33-1")),
            PromiseRejection::UnknownDuty { known, .. } if known.is_empty()
        ));
    }

    #[test]
    fn a_case_has_a_term_of_its_own() {
        let due = |variant| started(declared(), start_as("nis2-23-4-b", variant, None)).due_at;
        assert_eq!((due(None), due(Some("trust-service"))), (Some(hours(72)), Some(hours(24))));
        let refusal = refused(declared(), start_as("nis2-23-4-b", Some("bank"), None));
        assert!(matches!(refusal, PromiseRejection::UnknownVariant { known, .. } if known == ["trust-service"]));
    }

    #[test]
    fn the_earlier_of_two_terms_counts_and_nobody_classifies_what_nobody_knows() {
        let due = |scene: Scene, aware_at| started(scene, start_as("dora-5-1-a", None, aware_at)).due_at;
        assert_eq!(due(declared(), None), Some(hours(4)));
        assert_eq!(due(declared(), Some(hours(-22))), Some(hours(2)));
        let detected = |at| {
            let declared = Declare { detected_at: Some(exactly(at)), ..declare("x") };
            Scene::new().given(Command::Declare(declared)).under(&["dora"])
        };
        assert_eq!(due(detected(hours(-23)), None), Some(hours(1)), "aware when it was detected");
        assert_eq!(due(detected(hours(-30)), None), Some(hours(4)), "art. 5(2): classified after the 24 hours");
    }

    #[test]
    fn what_happened_began_when_the_incident_did() {
        let declared = Declare { started_at: Some(exactly(hours(-24 * 3))), ..declare("x") };
        let scene = || Scene::new().given(Command::Declare(declared.clone())).under(&["jp-telecom"]);
        assert_eq!(started(scene(), start("jp-telecom-28-detailed")).since, hours(-24 * 3));
        assert_eq!(started(scene().at(hours(-1)), start("jp-telecom-28-detailed")).since, hours(-1), "as said");
    }

    #[test]
    fn a_duty_after_a_notice_waits_for_it_and_runs_from_it() {
        let refusal = refused(declared().given(start("nis2-23-4-b")), start("nis2-23-4-d"));
        assert_eq!(
            refusal,
            PromiseRejection::NoticeBefore { duty: "nis2-23-4-d".to_owned(), after: "nis2-23-4-b".to_owned() }
        );
        let waived = declared().given(start("nis2-23-4-b")).given(waive("nis2-23-4-b", Some("not significant")));
        assert!(matches!(refused(waived, start("nis2-23-4-d")), PromiseRejection::NoticeBefore { .. }));
        let scene = declared().given(start("dora-5-1-a")).at(hours(3)).given(notify("dora-5-1-a"));
        let report = started(scene.at(hours(9)), start("dora-5-1-b"));
        assert_eq!((report.since, report.due_at), (hours(3), Some(hours(75))), "from the notice, not from now");
    }

    #[test]
    fn a_duty_runs_once_at_a_time_and_is_settled_once() {
        let running = || declared().given(start("gdpr-33-1"));
        assert_eq!(refused(running(), start("gdpr-33-1")), PromiseRejection::DutyRuns { duty: "gdpr-33-1".to_owned() });
        let met = running().at(hours(1)).given(notify("gdpr-33-1"));
        let duty = met.clone().incident().promises.duties.remove(0);
        assert_eq!((duty.notified_at, duty.waived), (Some(hours(1)), None));
        let given = PromiseRejection::DutySettled { duty: "gdpr-33-1".to_owned(), waived: false };
        assert_eq!(refused(met.clone(), notify("gdpr-33-1")), given);
        assert_eq!(started(met, start("gdpr-33-1")).since, hours(1), "another breach, another clock");
        assert!(matches!(refused(declared(), notify("gdpr-33-1")), PromiseRejection::DutyDoesNotRun { .. }));
    }

    #[test]
    fn not_to_notify_takes_a_reason_that_is_kept() {
        let running = || declared().given(start("gdpr-33-1"));
        for reason in [None, Some(" ")] {
            assert!(running().when(waive("gdpr-33-1", reason)).is_refused(), "{reason:?}");
        }
        let after = running().when(waive("gdpr-33-1", Some("encrypted"))).incident();
        assert_eq!(after.promises.duties[0].waived.as_deref(), Some("encrypted"));
        assert_eq!(after.open_clocks().iter().filter(|clock| clock.name.starts_with("legal:")).count(), 0);
        let due = running().incident().open_clocks().into_iter().find(|clock| clock.name == "legal:gdpr-33-1");
        assert_eq!(due.map(|clock| clock.due_at), Some(hours(0).plus(Span::from_millis(72 * 3_600_000))));
    }
}
