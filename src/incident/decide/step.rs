//! The checklist: each tick is a fact with who and when.

use super::Draft;
use crate::incident::command::{AddStep, Check};
use crate::incident::fact::{StepAdded, StepChecked, StepReopened, StepSkipped, StepsActivated};
use crate::incident::limits;
use crate::incident::rejection::{Field, Rejection};
use crate::incident::roster;
use crate::incident::state::Tick;

/// Letters of a slug made from a task's text.
const SLUG_LETTERS: usize = 40;

pub(super) fn check(draft: &mut Draft<'_>, check: &Check) -> Result<(), Rejection> {
    refuse_when_over(draft, "check")?;
    let result = check.result.as_deref().map(|text| limits::text(Field::ResultText, text)).transpose()?;
    let reason = check.skip.as_deref().map(|text| limits::text(Field::Reason, text)).transpose()?;
    let mut seen: Vec<(String, String)> = Vec::new();
    for typed in std::iter::once(&check.step).chain(&check.more) {
        let place = draft.incident.find_step(typed)?;
        let key = (place.instance.to_owned(), place.state.step.id.clone());
        if !seen.contains(&key) {
            tick(draft, typed, check.undo, result.clone(), reason.clone())?;
            seen.push(key);
        }
    }
    Ok(())
}

/// Ticks one step, leaves it out, or takes that back.
fn tick(
    draft: &mut Draft<'_>,
    typed: &str,
    undo: bool,
    result: Option<String>,
    reason: Option<String>,
) -> Result<(), Rejection> {
    let place = draft.incident.find_step(typed)?;
    let (instance, step) = (place.instance.to_owned(), place.state.step.id.clone());
    let already =
        |state, by: Option<&String>| Err(Rejection::StepAlready { step: step.clone(), state, by: by.cloned() });
    match (&place.state.tick, undo) {
        (None, true) => return already("open", None),
        (Some(Tick { skipped: Some(_), by, .. }), false) => return already("skipped", Some(by)),
        (Some(Tick { by, .. }), false) => return already("done", Some(by)),
        (Some(_), true) | (None, false) => {}
    }
    if undo {
        draft.push(StepReopened { instance, step });
        return Ok(());
    }
    if !place.state.active {
        // Done ahead of time: from now on it counts.
        let activation = draft.activation(&instance, &place.state.step);
        draft.push(StepsActivated { steps: vec![activation] });
    }
    match reason {
        Some(reason) => draft.push(StepSkipped { instance, step, reason }),
        None => draft.push(StepChecked { instance, step, result }),
    }
    Ok(())
}

pub(super) fn add(draft: &mut Draft<'_>, add: &AddStep) -> Result<(), Rejection> {
    refuse_when_over(draft, "checklist add")?;
    let text = limits::line(Field::Step, &add.text)?;
    let (role, person) = match add.owner.as_deref().map(|owner| limits::name(Field::Person, owner)).transpose()? {
        None => (None, None),
        Some(owner) => match draft.context.role(Some(&draft.incident), &owner) {
            Ok(role) => (Some(role.id), None),
            Err(Rejection::UnknownRole { .. }) => (None, Some(owner)),
            Err(ambiguous) => return Err(ambiguous),
        },
    };
    let step = free_slug(draft, &text);
    let due_at = add.due.map(|span| draft.context.at.plus(span));
    draft.push(StepAdded { step, text, role, person, due_at });
    Ok(())
}

/// A slug made of the text's first words that no step of the incident has.
fn free_slug(draft: &Draft<'_>, text: &str) -> String {
    let whole = roster::slug(text);
    let short: String = whole.chars().take(SLUG_LETTERS).collect();
    let cut = if short.len() < whole.len() {
        short.rsplit_once('-').map_or(short.as_str(), |(head, _)| head)
    } else {
        &short
    };
    // A slug of digits alone would be taken for a step's number.
    let base = if cut.chars().all(char::is_numeric) { format!("task-{cut}") } else { cut.to_owned() };
    let base = base.trim_end_matches('-');
    let taken = |slug: &str| draft.incident.steps().any(|place| place.state.step.id == slug);
    let numbered = (2u32..).map(|number| format!("{base}-{number}"));
    std::iter::once(base.to_owned()).chain(numbered).find(|slug| !taken(slug)).unwrap_or_else(|| base.to_owned())
}

fn refuse_when_over(draft: &Draft<'_>, verb: &'static str) -> Result<(), Rejection> {
    let status = draft.incident.status;
    if status.is_final() { Err(Rejection::Over { verb, status }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use crate::incident::command::{AddStep, Check, Command};
    use crate::incident::decide::scene::Scene;
    use crate::incident::rejection::Rejection;
    use crate::incident::time::Span;

    fn tick(step: &str) -> Check {
        Check { step: step.to_owned(), more: Vec::new(), skip: None, undo: false, result: None }
    }

    #[test]
    fn a_tick_says_who_and_when_and_can_be_taken_back() {
        let done = Scene::declared().given(Command::Check(tick("1")));
        let incident = done.clone().incident();
        let place = incident.find_step("1").expect("there");
        let slug = place.state.step.id.clone();
        assert_eq!(place.state.tick.as_ref().map(|tick| tick.by.as_str()), Some("aki"));
        let again = done.clone().when(Command::Check(tick(&slug))).rejection();
        assert!(matches!(again, Rejection::StepAlready { state: "done", .. }));
        let undone = done.when(Command::Check(Check { undo: true, ..tick(&slug) })).incident();
        assert_eq!(undone.find_step(&slug).expect("there").state.tick, None);
    }

    #[test]
    fn a_step_is_left_out_with_a_reason() {
        let skip = Check { skip: Some("no status page".to_owned()), ..tick("1") };
        let incident = Scene::declared().when(Command::Check(skip)).incident();
        let tick = incident.find_step("1").expect("there").state.tick.clone().expect("ticked");
        assert_eq!(tick.skipped.as_deref(), Some("no status page"));
        assert_eq!(incident.checklists[0].counts().1, 1);
    }

    #[test]
    fn an_unknown_step_comes_with_the_nearest() {
        let incident = Scene::declared().incident();
        let slug = incident.steps().next().expect("a step").state.step.id.clone();
        let Rejection::UnknownStep { near, .. } = Scene::declared().when(Command::Check(tick(&slug[1..]))).rejection()
        else {
            panic!("unknown")
        };
        assert!(near.iter().any(|candidate| candidate.id == slug));
        assert!(matches!(
            Scene::declared().when(Command::Check(tick("999"))).rejection(),
            Rejection::UnknownStep { .. }
        ));
    }

    #[test]
    fn tasks_made_up_on_the_spot_have_an_owner_a_due_time_and_a_slug_of_their_own() {
        let add = |text: &str, owner: Option<&str>| {
            let due = Some(Span::from_minutes(15));
            Command::AddStep(AddStep { text: text.to_owned(), owner: owner.map(str::to_owned), due })
        };
        let scene =
            Scene::declared().given(add("Call the vendor", Some("scribe"))).given(add("Call the vendor", Some("ben")));
        let incident = scene.when(add("42", None)).incident();
        let tasks = &incident.checklists.last().expect("ad hoc").steps;
        assert_eq!(
            tasks.iter().map(|task| task.step.id.as_str()).collect::<Vec<_>>(),
            ["call-the-vendor", "call-the-vendor-2", "task-42"]
        );
        assert_eq!((tasks[0].step.role.as_deref(), tasks[1].person.as_deref()), (Some("scribe"), Some("ben")));
        assert!(tasks.iter().all(|task| task.due_at.is_some()));
    }

    #[test]
    fn a_closed_incident_takes_no_ticks() {
        let refused = Scene::declared().resolved().closed().when(Command::Check(tick("1"))).rejection();
        assert!(matches!(refused, Rejection::Over { .. }));
    }
}
