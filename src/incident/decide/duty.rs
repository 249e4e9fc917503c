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
        None => draft.context.at,
    };
    let mut starts = starts_at(duty.starts, since);
    if start.aware_at.is_some() {
        starts.awareness = start.aware_at;
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

pub(super) fn settle(draft: &mut Draft<'_>, settle: &SettleDuty) -> Result<(), Rejection> {
    let typed = limits::name(Field::Duty, &settle.duty)?;
    let wanted = fold(&typed);
    let open = draft.incident.promises.open_duties().find(|duty| fold(&duty.id) == wanted);
    let Some(duty) = open.map(|duty| duty.id.clone()) else {
        return Err(PromiseRejection::DutyDoesNotRun { duty: typed }.into());
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
