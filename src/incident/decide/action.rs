//! Measures of prevention: agreed, carried out, checked, until one holds (E10). Never refused for the incident's status:
//! they outlive it.

use super::Draft;
use super::cause::{self, Picked, pick};
use crate::incident::command::{AddAction, CompleteAction, DropAction, SetAction, VerifyAction};
use crate::incident::fact::{ActionAdded, ActionChanged, ActionDone, ActionDropped, ActionVerified};
use crate::incident::id::{EventId, TAG_SHORTEST};
use crate::incident::limits;
use crate::incident::playbook::RoleSpec;
use crate::incident::rejection::{Field, Rejection, RemedyRejection};
use crate::incident::roster;
use crate::incident::state::{KEPT, Progress};
use crate::incident::time::{Span, Timestamp};
use crate::incident::when::{When, parse_span};

/// The latest due time that can be meant: ten years, as for every length of time.
const FARTHEST: Span = Span::from_minutes(3_660 * 24 * 60);

pub(super) fn add(draft: &mut Draft<'_>, add: &AddAction) -> Result<(), Rejection> {
    let text = limits::line(Field::Action, &add.text)?;
    let owner = owner(draft, add.owner.as_ref())?;
    let due_at = due(draft, add.due.as_ref())?;
    let prevents = add.prevents.as_deref().map(|typed| cause::named(draft, typed)).transpose()?;
    if draft.incident.lessons.actions.len() >= KEPT {
        return Err(Rejection::TooMany { field: Field::Action, given: KEPT + 1, most: KEPT });
    }
    draft.push(ActionAdded { owner, due_at, priority: add.priority, prevents, text });
    Ok(())
}

pub(super) fn set(draft: &mut Draft<'_>, set: &SetAction) -> Result<(), Rejection> {
    let action = named(draft, &set.action)?;
    // Once it was carried out, by when it was to be is history.
    let allowed: &[Progress] = if set.due.is_some() { &[Progress::Open] } else { &[Progress::Open, Progress::Done] };
    stands(draft, action, "set", allowed)?;
    let changed = ActionChanged {
        action,
        owner: owner(draft, set.owner.as_ref())?,
        due_at: due(draft, set.due.as_ref())?,
        priority: set.priority,
        prevents: set.prevents.as_deref().map(|typed| cause::named(draft, typed)).transpose()?,
    };
    let Some(now) = draft.incident.lessons.action(action) else { return Err(Rejection::NothingToChange) };
    let same = changed.owner.as_ref().is_none_or(|owner| now.owner.as_ref() == Some(owner))
        && changed.due_at.is_none_or(|due| now.due_at == Some(due))
        && changed.priority.is_none_or(|priority| now.priority == Some(priority))
        && changed.prevents.is_none_or(|cause| now.prevents == Some(cause));
    if same {
        return Err(Rejection::NothingToChange);
    }
    draft.push(changed);
    Ok(())
}

pub(super) fn complete(draft: &mut Draft<'_>, done: &CompleteAction) -> Result<(), Rejection> {
    let action = named(draft, &done.action)?;
    stands(draft, action, "done", &[Progress::Open])?;
    let result = done.result.as_deref().map(|text| limits::text(Field::ResultText, text)).transpose()?;
    let usual = usual(draft, draft.context.policy.limits.action_check.as_deref());
    let check_at = due(draft, done.check.as_ref())?.or(usual);
    draft.push(ActionDone { action, check_at, result });
    Ok(())
}

pub(super) fn verify(draft: &mut Draft<'_>, verify: &VerifyAction) -> Result<(), Rejection> {
    let action = named(draft, &verify.action)?;
    // What worked may turn out not to: then it is open again.
    let allowed: &[Progress] =
        if verify.effective { &[Progress::Done] } else { &[Progress::Done, Progress::Effective] };
    stands(draft, action, "verify", allowed)?;
    let text = limits::text(Field::ResultText, &verify.text)?;
    let again = if verify.effective {
        None
    } else {
        let usual = usual(draft, draft.context.policy.limits.action_again.as_deref());
        due(draft, verify.due.as_ref())?.or(usual)
    };
    draft.push(ActionVerified { action, effective: verify.effective, due_at: again, text });
    Ok(())
}

pub(super) fn give_up(draft: &mut Draft<'_>, drop: &DropAction) -> Result<(), Rejection> {
    let action = named(draft, &drop.action)?;
    stands(draft, action, "drop", &[Progress::Open, Progress::Done])?;
    let reason = limits::text(Field::Reason, &drop.reason)?;
    draft.push(ActionDropped { action, reason });
    Ok(())
}

fn named(draft: &Draft<'_>, typed: &str) -> Result<EventId, Rejection> {
    let ids = draft.incident.lessons.actions.iter().map(|action| action.id);
    match pick(typed, ids) {
        Picked::One(id) => Ok(id),
        Picked::None { known } => Err(RemedyRejection::NoAction { typed: typed.to_owned(), known }.into()),
        Picked::Several(found) => Err(RemedyRejection::Several { typed: typed.to_owned(), found }.into()),
    }
}

/// Refuses what makes no sense as far as the measure has come.
fn stands(draft: &Draft<'_>, id: EventId, verb: &'static str, allowed: &[Progress]) -> Result<(), Rejection> {
    let Some(progress) = draft.incident.lessons.action(id).map(crate::incident::state::Action::progress) else {
        return Ok(());
    };
    if allowed.contains(&progress) {
        return Ok(());
    }
    let entry = id.tag().chars().take(TAG_SHORTEST).collect();
    Err(RemedyRejection::Standing { verb, entry, progress }.into())
}

/// A person, or the slug of a role of the incident: whoever carries it then has its actions.
fn owner(draft: &Draft<'_>, typed: Option<&String>) -> Result<Option<String>, Rejection> {
    let Some(name) = typed.map(|name| limits::name(Field::Person, name)).transpose()? else { return Ok(None) };
    let roles: Vec<RoleSpec> = draft.incident.roles.iter().map(|role| role.spec.clone()).collect();
    Ok(Some(roster::find(&name, &roles).map_or(name, |role| role.id.clone())))
}

/// A typed due time, which has to lie ahead of what happens.
fn due(draft: &Draft<'_>, typed: Option<&When>) -> Result<Option<Timestamp>, Rejection> {
    let Some(at) = typed.map(|when| when.at) else { return Ok(None) };
    if at <= draft.context.at {
        return Err(RemedyRejection::PastDue { at }.into());
    }
    if at > draft.context.at.plus(FARTHEST) {
        return Err(RemedyRejection::TooFar { at }.into());
    }
    Ok(Some(at))
}

/// The time that the policy gives where nobody says.
fn usual(draft: &Draft<'_>, span: Option<&str>) -> Option<Timestamp> {
    span.and_then(|span| parse_span(span).ok()).map(|span| draft.context.at.plus(span))
}

#[cfg(test)]
mod tests;
