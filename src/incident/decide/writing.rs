//! Writing the postmortem, and approving it once nothing is missing or weak (E2, E9, E10).

use super::Draft;
use crate::incident::command::{ApprovePostmortem, Write, WriteSection};
use crate::incident::fact::{PostmortemApproved, PostmortemSubmitted, PostmortemWritten};
use crate::incident::limits;
use crate::incident::merge::three_way;
use crate::incident::rejection::{Field, Rejection, WritingRejection};
use crate::incident::review::review;
use crate::incident::status::Status;

pub(super) fn write(draft: &mut Draft<'_>, write: &Write) -> Result<(), Rejection> {
    for one in &write.sections {
        section(draft, one)?;
    }
    if draft.is_empty() { Err(Rejection::NothingToChange) } else { Ok(()) }
}

fn section(draft: &mut Draft<'_>, write: &WriteSection) -> Result<(), Rejection> {
    let section = slug(draft, &write.section)?;
    let text = if write.text.trim().is_empty() { String::new() } else { limits::section(Field::Section, &write.text)? };
    let current = draft.incident.writing.section(&section);
    let now = current.map_or("", |current| current.text.as_str());
    let (current, by) = (current.map(|current| current.id), current.map(|current| current.by.clone()));
    let mut fact = PostmortemWritten { section, base: current, merged: None, conflict: false, cleared: false, text };
    if let Some(seen) = &write.seen {
        if same(&seen.text, &fact.text) {
            return Ok(());
        }
        fact.base = seen.id;
        if current != seen.id || !same(&seen.text, now) {
            let names = (draft.context.actor, by.as_deref().unwrap_or_default());
            let merged = three_way(&seen.text, &fact.text, now, names);
            fact.merged = current;
            fact.text = merged.text;
            fact.conflict = merged.conflict;
        }
    }
    if same(&fact.text, now) {
        return Ok(());
    }
    fact.cleared = fact.text.is_empty();
    draft.push(fact);
    Ok(())
}

/// Whether two texts differ in nothing but how their lines end.
fn same(left: &str, right: &str) -> bool {
    let lines = |text: &str| text.trim().lines().map(str::trim_end).map(str::to_owned).collect::<Vec<_>>();
    lines(left) == lines(right)
}

/// The section that is meant: one of the policy, or one that was written when the policy still had it.
fn slug(draft: &Draft<'_>, typed: &str) -> Result<String, Rejection> {
    let rule = &draft.context.policy.postmortem;
    if let Some(section) = rule.named(typed) {
        return Ok(section.id.clone());
    }
    if let Some(written) = draft.incident.writing.section(typed.trim()) {
        return Ok(written.section.clone());
    }
    let known = rule.asked().map(|section| section.id.clone()).collect();
    Err(WritingRejection::UnknownSection { typed: typed.to_owned(), known }.into())
}

pub(super) fn submit(draft: &mut Draft<'_>) -> Result<(), Rejection> {
    resolved(draft, "postmortem submit")?;
    open(draft)?;
    if draft.incident.writing.sections.is_empty() {
        return Err(WritingRejection::NothingWritten.into());
    }
    draft.push(PostmortemSubmitted {});
    Ok(())
}

pub(super) fn approve(draft: &mut Draft<'_>, approve: &ApprovePostmortem) -> Result<(), Rejection> {
    resolved(draft, "postmortem approve")?;
    open(draft)?;
    let reason = approve.reason.as_deref().map(|text| limits::text(Field::Reason, text)).transpose()?;
    if approve.force && reason.is_none() {
        return Err(Rejection::ReasonNeeded { verb: "postmortem approve --force" });
    }
    let findings = review(&draft.incident, &draft.context.policy.postmortem);
    if !findings.is_empty() && !approve.force {
        return Err(WritingRejection::Weak { findings }.into());
    }
    let count = u32::try_from(findings.len()).unwrap_or(u32::MAX);
    draft.push(PostmortemApproved { forced: count > 0, findings: count, reason });
    Ok(())
}

fn resolved(draft: &Draft<'_>, verb: &'static str) -> Result<(), Rejection> {
    let from = draft.incident.status;
    if matches!(from, Status::Resolved | Status::Closed) {
        return Ok(());
    }
    Err(Rejection::IllegalMove { verb, from, legal: from.legal_moves() })
}

fn open(draft: &Draft<'_>) -> Result<(), Rejection> {
    match &draft.incident.writing.approved {
        Some(approval) => Err(WritingRejection::Approved { by: approval.by.clone() }.into()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
