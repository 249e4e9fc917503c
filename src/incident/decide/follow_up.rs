//! News that somebody was promised: the incident waits until they have it (B7).

use super::Draft;
use crate::incident::command::{AddFollowUp, EndFollowUp};
use crate::incident::fact::{FollowUpAdded, FollowUpDone};
use crate::incident::id::{TAG_SHORTEST, is_tag};
use crate::incident::limits;
use crate::incident::rejection::{Field, PromiseRejection, Rejection};
use crate::incident::roster::fold;
use crate::incident::when::parse_span;

pub(super) fn add(draft: &mut Draft<'_>, add: &AddFollowUp) -> Result<(), Rejection> {
    if draft.incident.status.is_final() {
        return Err(Rejection::Over { verb: "followup add", status: draft.incident.status });
    }
    let who = limits::name(Field::Person, &add.who)?;
    let text = match add.text.as_deref() {
        Some(text) => limits::text(Field::FollowUp, text)?,
        None => String::new(),
    };
    let usual = draft.context.policy.limits.follow_up.as_deref();
    let span = add.due.or_else(|| usual.and_then(|span| parse_span(span).ok()));
    draft.push(FollowUpAdded { who, text, due_at: span.map(|span| draft.context.at.plus(span)) });
    Ok(())
}

pub(super) fn end(draft: &mut Draft<'_>, end: &EndFollowUp) -> Result<(), Rejection> {
    let typed = limits::name(Field::Person, &end.follow_up)?;
    let result = end.result.as_deref().map(|text| limits::text(Field::ResultText, text)).transpose()?;
    let open = &draft.incident.promises.follow_ups;
    let by_id = open.iter().find(|one| is_tag(&typed) && one.id.tag().starts_with(&typed));
    let wanted = fold(&typed);
    let mut by_name = open.iter().filter(|one| fold(&one.who) == wanted);
    let found = by_id.or_else(|| by_name.next().filter(|_| by_name.next().is_none())).map(|one| one.id);
    let Some(follow_up) = found else {
        let name = |id: crate::incident::id::EventId| id.tag()[..TAG_SHORTEST].to_owned();
        let open = open.iter().map(|one| format!("{} ({})", name(one.id), one.who)).collect();
        return Err(PromiseRejection::NoFollowUp { typed, open }.into());
    };
    draft.push(FollowUpDone { follow_up, result });
    Ok(())
}
