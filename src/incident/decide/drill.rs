//! Exercises: how one begins, its turns, its grade (A5).

use super::Draft;
use crate::incident::command::{GradeDrill, InjectDrill, StartDrill};
use crate::incident::fact::{DrillInjected, DrillStarted};
use crate::incident::limits;
use crate::incident::rejection::{Field, PromiseRejection, Rejection};
use crate::incident::slug::Deed;

pub(super) fn start(draft: &mut Draft<'_>, start: &StartDrill) -> Result<(), Rejection> {
    let number = draft.incident.number;
    if !draft.incident.drill {
        return Err(PromiseRejection::NotADrill { number }.into());
    }
    if let Some(play) = &draft.incident.play {
        return Err(PromiseRejection::DrillRuns { number, scenario: play.started.scenario.clone() }.into());
    }
    let team = start.team.as_deref().map(|team| limits::name(Field::Person, team)).transpose()?;
    let scenario = &start.scenario;
    let mut criteria = scenario.criteria();
    if start.stand_in.is_some() {
        // Whoever had it declared for them can't be graded on that.
        criteria.retain(|criterion| criterion.deed != Deed::Declared);
    }
    let every = draft.context.policy.drills.every(scenario.kind);
    draft.push(DrillStarted {
        scenario: scenario.id.clone(),
        version: scenario.version,
        title: scenario.title.clone(),
        kind: scenario.kind,
        team,
        speed: start.speed.max(1),
        length: scenario.lasts(),
        stand_in: start.stand_in.clone(),
        criteria,
        injects: scenario.planned(),
        next_due_at: every.map(|every| draft.context.at.plus(every)),
    });
    Ok(())
}

pub(super) fn inject(draft: &mut Draft<'_>, inject: &InjectDrill) -> Result<(), Rejection> {
    let number = draft.incident.number;
    let Some(play) = &draft.incident.play else { return Err(PromiseRejection::NoDrill { number }.into()) };
    let planned = play.started.injects.iter().any(|planned| planned.id == inject.inject);
    // Two players may have seen the same moment.
    if !planned || play.injected.contains(&inject.inject) {
        return Err(PromiseRejection::Outdated.into());
    }
    draft.push(DrillInjected { inject: inject.inject.clone(), text: inject.text.clone() });
    Ok(())
}

pub(super) fn grade(draft: &mut Draft<'_>, grade: &GradeDrill) -> Result<(), Rejection> {
    let number = draft.incident.number;
    if draft.incident.play.is_none() {
        return Err(PromiseRejection::NoDrill { number }.into());
    }
    draft.push(grade.graded.clone());
    Ok(())
}
