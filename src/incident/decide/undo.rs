//! Taking back one's own last command: as a new fact, with what it undid still readable.

use super::Draft;
use crate::incident::fact::{EntryUndone, Fact};
use crate::incident::rejection::Rejection;

pub(super) fn undo(draft: &mut Draft<'_>) -> Result<(), Rejection> {
    let actor = draft.context.actor.to_owned();
    let Some(last) = &draft.context.last else { return Err(Rejection::NothingToUndo { actor }) };
    // What has left the house can't be called back: it is corrected.
    let fixed = |fact: &&Fact| {
        matches!(
            fact,
            Fact::IncidentDeclared(_) | Fact::PeopleCalled(_) | Fact::StatementSent(_) | Fact::MessageQueued(_)
        )
    };
    if let Some(fact) = last.entries.iter().map(|(_, fact)| fact).find(fixed) {
        return Err(Rejection::NotUndoable { kind: fact.kind().to_owned() });
    }
    let main = last.entries.first().map(|(_, fact)| fact.kind().to_owned()).unwrap_or_default();
    let conflicts = last.without.conflicts.len() > draft.incident.conflicts.len();
    let lessons = &draft.incident.lessons;
    let taught = last.entries.iter().any(|(id, fact)| lessons.is_built_upon(*id, fact));
    let leaderless = draft.incident.leader().is_some() && last.without.leader().is_none();
    if conflicts || taught || leaderless {
        let later = last.later.clone().unwrap_or_default();
        return Err(Rejection::BuiltUpon { kind: main, later });
    }
    // A command that was run is taken back with its start.
    let started = last.entries.iter().filter_map(|(_, fact)| match fact {
        Fact::CommandRun(run) => run.started,
        _ => None,
    });
    let undone = EntryUndone {
        batch: last.batch,
        entries: last.entries.iter().map(|(id, _)| *id).chain(started).collect(),
        kinds: last.entries.iter().map(|(_, fact)| fact.kind().to_owned()).collect(),
    };
    draft.push_folded(undone, (*last.without).clone());
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::incident::command::{AddAction, Command, CompleteAction, Mitigate, Resolve};
    use crate::incident::decide::scene::{Scene, declare};
    use crate::incident::rejection::Rejection;
    use crate::incident::state::Progress;
    use crate::incident::status::Status;

    fn mitigate() -> Command {
        Command::Mitigate(Mitigate { workaround: "restart hourly".to_owned(), fix_due: None })
    }

    #[test]
    fn the_last_command_is_taken_back_whole() {
        let before = Scene::declared();
        let after = before.clone().given(mitigate()).take_back_last().when(Command::Undo).incident();
        assert_eq!(after, before.incident());
    }

    #[test]
    fn a_command_that_later_ones_build_on_stays() {
        let resolve = Command::Resolve(Resolve { summary: None, cause: None });
        let scene = Scene::declared().given(mitigate()).given(resolve);
        assert_eq!(scene.clone().incident().status, Status::Resolved);
        let refused = scene.take_back(1).when(Command::Undo).rejection();
        assert!(matches!(refused, Rejection::BuiltUpon { .. }));
    }

    #[test]
    fn what_others_did_about_an_action_keeps_it() {
        let add = AddAction { text: "alert".to_owned(), ..AddAction::default() };
        let scene = Scene::declared().given(Command::AddAction(add));
        let action = scene.last_of("action.added").id.tag();
        let (id, place) = (action.clone(), 1);
        assert!(scene.clone().take_back(place).when(Command::Undo).incident().lessons.actions.is_empty());
        let done = CompleteAction { action: id, result: None, check: None };
        let scene = scene.given(Command::CompleteAction(done));
        let refused = scene.clone().take_back(place).when(Command::Undo).rejection();
        assert!(matches!(refused, Rejection::BuiltUpon { .. }));
        let after = scene.take_back_last().when(Command::Undo).incident();
        assert_eq!(after.lessons.actions[0].progress(), Progress::Open);
    }

    #[test]
    fn declaring_is_never_undone() {
        let refused =
            Scene::new().given(Command::Declare(declare("t"))).take_back_last().when(Command::Undo).rejection();
        assert_eq!(refused, Rejection::NotUndoable { kind: "incident.declared".to_owned() });
    }

    #[test]
    fn nothing_of_ones_own_is_said_so() {
        assert!(matches!(Scene::declared().when(Command::Undo).rejection(), Rejection::NothingToUndo { .. }));
    }
}
