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

#[cfg(test)]
mod tests {
    use crate::incident::command::{Called, Command, Declare, Escalate, GradeDrill, InjectDrill, StartDrill};
    use crate::incident::decide::scene::{Scene, declare};
    use crate::incident::drill::Scenario;
    use crate::incident::fact::{DrillGraded, Fact};
    use crate::incident::rejection::{PromiseRejection, Rejection};
    use crate::incident::time::Span;

    fn start(stand_in: Option<&str>) -> Command {
        let text = include_str!("../../../playbooks/drills/line-2020-11-09.toml");
        let scenario: Scenario = toml::from_str(text).expect("a scenario");
        let team = Some(" web ".to_owned());
        Command::StartDrill(StartDrill { scenario, team, speed: 10, stand_in: stand_in.map(str::to_owned) })
    }

    fn inject(id: &str) -> Command {
        Command::InjectDrill(InjectDrill { inject: id.to_owned(), text: "it happens".to_owned() })
    }

    fn drill() -> Scene {
        Scene::new().given(Command::Declare(Declare { drill: true, ..declare("exercise") }))
    }

    fn refused(scene: Scene, command: Command) -> PromiseRejection {
        match scene.when(command).rejection() {
            Rejection::Promise(promise) => *promise,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a5_what_is_expected_is_copied_and_the_next_one_is_due_in_a_week() {
        let incident = drill().when(start(None)).incident();
        let play = incident.play.expect("it is played");
        assert_eq!((play.started.team.as_deref(), play.started.criteria.len()), (Some("web"), 13));
        assert_eq!(play.started.next_due_at, Some(Scene::NOW.plus(Span::from_minutes(7 * 24 * 60))));
        assert_eq!(play.ends_at(), Scene::NOW.plus(Span::from_minutes(6)), "an hour, ten times as fast");
    }

    #[test]
    fn whoever_had_it_declared_for_them_is_not_graded_on_that() {
        let play = drill().when(start(Some("aki"))).incident().play.expect("it is played");
        assert!(play.started.criteria.iter().all(|criterion| criterion.id != "declared"));
        assert_eq!(play.started.criteria.len(), 12);
    }

    #[test]
    fn nothing_is_played_on_a_real_incident_or_twice() {
        assert!(matches!(refused(Scene::declared(), start(None)), PromiseRejection::NotADrill { .. }));
        let played = drill().given(start(None));
        assert!(matches!(refused(played, start(None)), PromiseRejection::DrillRuns { .. }));
        assert!(matches!(refused(drill(), inject("press")), PromiseRejection::NoDrill { .. }));
        let graded = DrillGraded { score: 1, results: Vec::new(), people: Vec::new() };
        let grade = Command::GradeDrill(GradeDrill { graded });
        assert!(matches!(refused(drill(), grade.clone()), PromiseRejection::NoDrill { .. }));
        assert_eq!(drill().given(start(None)).when(grade).incident().play.and_then(|play| play.score), Some(1));
    }

    #[test]
    fn each_inject_happens_once() {
        let played = drill().given(start(None)).given(inject("press"));
        assert_eq!(played.clone().incident().play.expect("it is played").injected, ["press"]);
        for id in ["press", "nothing"] {
            assert!(matches!(refused(played.clone(), inject(id)), PromiseRejection::Outdated), "{id}");
        }
    }

    #[test]
    fn a5_a_call_that_pages_in_a_real_incident_is_only_written_down_in_an_exercise() {
        let called = Called { who: "dan".to_owned(), channel: Some("pager".to_owned()), ..Called::default() };
        let command =
            Command::Escalate(Escalate { call: vec!["dan".to_owned()], called: vec![called], ..Escalate::default() });
        let queued = |scene: Scene| {
            let facts = scene.when(command.clone()).facts();
            assert!(facts.iter().any(|fact| matches!(fact, Fact::PeopleCalled(_))), "{facts:?}");
            facts.iter().filter(|fact| matches!(fact, Fact::MessageQueued(_))).count()
        };
        assert_eq!((queued(Scene::declared()), queued(drill())), (1, 0));
    }
}
