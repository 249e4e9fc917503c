//! From investigating to closed, and back with a reason (B3, D3, D5).

use super::{Draft, clocks};
use crate::incident::command::{Cancel, CancelCause, Close, FilePostmortem, Fix, Identify, Mitigate, Reopen, Resolve};
use crate::incident::fact::{
    IncidentCancelled, IncidentClosed, IncidentFixed, IncidentIdentified, IncidentMitigated, IncidentMonitoring,
    IncidentReopened, IncidentResolved, NoteAdded, PostmortemFiled,
};
use crate::incident::limits;
use crate::incident::rejection::{Field, Rejection};
use crate::incident::slug::NoteKind;
use crate::incident::status::Status;
use crate::incident::time::Timestamp;
use crate::incident::when::parse_span;

pub(super) fn identify(draft: &mut Draft<'_>, identify: &Identify) -> Result<(), Rejection> {
    let cause = identify.cause.as_deref().map(|text| limits::text(Field::Cause, text)).transpose()?;
    let from = draft.incident.status;
    // People often find the cause after the workaround: the words are taken, and the status stays where it is.
    let learned_later = cause.is_some() && !from.is_final();
    if !learned_later {
        legal(draft, "identify", Status::Identified)?;
    }
    not_before_start(draft)?;
    draft.push(IncidentIdentified { from, cause });
    draft.activate_steps();
    Ok(())
}

pub(super) fn mitigate(draft: &mut Draft<'_>, mitigate: &Mitigate) -> Result<(), Rejection> {
    let workaround = limits::text(Field::Workaround, &mitigate.workaround)?;
    let from = legal(draft, "mitigate", Status::Mitigated)?;
    let fix_due_at = mitigate.fix_due.map(|span| draft.context.at.plus(span));
    draft.push(IncidentMitigated { from, workaround, fix_due_at });
    draft.activate_steps();
    Ok(())
}

pub(super) fn fix(draft: &mut Draft<'_>, fix: &Fix) -> Result<(), Rejection> {
    let text = limits::text(Field::Fix, &fix.text)?;
    let status = draft.incident.status;
    if status.is_final() {
        return Err(Rejection::Over { verb: "fix", status });
    }
    not_before_start(draft)?;
    let held = draft.incident.workaround.as_ref().is_some_and(|workaround| workaround.reverted_at.is_none());
    if fix.reverts_workaround && !held {
        return Err(Rejection::NoWorkaround);
    }
    draft.push(IncidentFixed { text, reverts_workaround: fix.reverts_workaround });
    Ok(())
}

pub(super) fn monitor(draft: &mut Draft<'_>, words: Option<&str>) -> Result<(), Rejection> {
    let text = words.map(|words| limits::text(Field::Note, words)).transpose()?;
    let from = legal(draft, "monitor", Status::Monitoring)?;
    draft.push(IncidentMonitoring { from });
    if let Some(text) = text {
        let note = NoteKind::Observation;
        draft.push(NoteAdded { text, note, pinned: false, bridge: None, confirms: None, refutes: None });
    }
    draft.activate_steps();
    Ok(())
}

pub(super) fn resolve(draft: &mut Draft<'_>, resolve: &Resolve) -> Result<(), Rejection> {
    let summary = resolve.summary.as_deref().map(|text| limits::text(Field::Summary, text)).transpose()?;
    let cause = resolve.cause.as_deref().map(|text| limits::text(Field::Cause, text)).transpose()?;
    let from = legal(draft, "resolve", Status::Resolved)?;
    // The worst severity counts: an incident that was lowered on the way still has something to teach.
    let rule = draft.context.policy.rule(draft.incident.worst);
    let span = rule.and_then(|rule| rule.postmortem_due.as_deref()).and_then(|due| parse_span(due).ok());
    let required =
        rule.is_some_and(|rule| rule.postmortem_required) && !draft.incident.drill && !draft.incident.near_miss;
    draft.push(IncidentResolved {
        from,
        summary,
        cause,
        postmortem_required: required,
        postmortem_due_at: span.filter(|_| required).map(|span| draft.context.at.plus(span)),
    });
    draft.activate_steps();
    clocks::keep_cadences(draft);
    Ok(())
}

pub(super) fn close(draft: &mut Draft<'_>, close: &Close) -> Result<(), Rejection> {
    let reason = close.reason.as_deref().map(|text| limits::text(Field::Reason, text)).transpose()?;
    let from = legal(draft, "close", Status::Closed)?;
    let waiting = draft.incident.waiting_for();
    if !waiting.is_empty() && !close.force {
        return Err(Rejection::StillWaiting { waiting });
    }
    if !waiting.is_empty() && reason.is_none() {
        return Err(Rejection::ReasonNeeded { verb: "close --force" });
    }
    let left_open = waiting.iter().map(crate::incident::state::Waiting::name).collect();
    draft.push(IncidentClosed { from, left_open, reason });
    clocks::keep_cadences(draft);
    Ok(())
}

pub(super) fn reopen(draft: &mut Draft<'_>, reopen: &Reopen) -> Result<(), Rejection> {
    let reason = limits::text(Field::Reason, &reopen.reason)?;
    let from = draft.incident.status;
    let to = reopen.to.unwrap_or(Status::Investigating);
    if from == Status::Investigating {
        return Err(Rejection::IllegalMove { verb: "reopen", from, legal: from.legal_moves() });
    }
    if to >= from || to.is_final() {
        return Err(Rejection::NotBackwards { from, to });
    }
    not_before_start(draft)?;
    draft.push(IncidentReopened { from, to, reason });
    clocks::keep_cadences(draft);
    Ok(())
}

pub(super) fn cancel(draft: &mut Draft<'_>, cancel: &Cancel) -> Result<(), Rejection> {
    let reason = limits::text(Field::Reason, &cancel.reason)?;
    let from = draft.incident.status;
    if !from.legal_moves().contains(&Status::Cancelled) {
        return Err(Rejection::IllegalMove { verb: "cancel", from, legal: from.legal_moves() });
    }
    not_before_start(draft)?;
    let other = draft.context.other.as_ref();
    if cancel.because == Some(CancelCause::Duplicate) && other.is_none() {
        return Err(Rejection::DuplicateOfWhat);
    }
    if let Some(other) = other {
        if other.id == draft.incident.id {
            return Err(Rejection::DuplicateOfItself);
        }
        if other.status == Status::Cancelled {
            return Err(Rejection::DuplicateOfCancelled { number: other.number });
        }
    }
    let because = cancel.because.or(other.map(|_| CancelCause::Duplicate));
    draft.push(IncidentCancelled {
        from,
        because,
        of: other.map(|other| other.id),
        of_number: other.map(|other| other.number),
        reason,
    });
    clocks::keep_cadences(draft);
    Ok(())
}

pub(super) fn file_postmortem(draft: &mut Draft<'_>, file: &FilePostmortem) -> Result<(), Rejection> {
    let place = limits::line(Field::Place, &file.place)?;
    let from = draft.incident.status;
    if !matches!(from, Status::Resolved | Status::Closed) {
        return Err(Rejection::IllegalMove { verb: "postmortem --filed", from, legal: from.legal_moves() });
    }
    draft.push(PostmortemFiled { place });
    Ok(())
}

/// The current status, if `to` can be reached from it and the time given makes sense.
fn legal(draft: &Draft<'_>, verb: &'static str, to: Status) -> Result<Status, Rejection> {
    let from = draft.incident.status;
    if !from.legal_moves().contains(&to) {
        return Err(Rejection::IllegalMove { verb, from, legal: from.legal_moves() });
    }
    not_before_start(draft)?;
    Ok(from)
}

/// An explicit time before the incident started is a slip of the fingers.
fn not_before_start(draft: &Draft<'_>) -> Result<(), Rejection> {
    let before = |started: &Timestamp| draft.context.at_given && draft.context.at < *started;
    let times = &draft.incident.times;
    let at = draft.context.at;
    if let Some(started_at) = times.started {
        return if before(&started_at) { Err(Rejection::BeforeStart { at, started_at }) } else { Ok(()) };
    }
    // Where nobody said when it began, it can't have turned before anybody knew of it.
    let known_at = times.detected.map_or(times.declared, |detected| detected.min(times.declared));
    if before(&known_at) { Err(Rejection::BeforeKnown { at, known_at }) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
