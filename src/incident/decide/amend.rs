//! Correcting an entry by a new one (E6): both stay in the log, the last correction counts.

use super::Draft;
use crate::incident::command::Amend;
use crate::incident::context::NamedEntry;
use crate::incident::fact::{EntryAmended, Fact};
use crate::incident::id::{EventId, TAG_SHORTEST};
use crate::incident::limits;
use crate::incident::rejection::{Field, PromiseRejection, Rejection};
use crate::incident::state::{Meta, fold};

pub(super) fn amend(draft: &mut Draft<'_>, amend: &Amend) -> Result<(), Rejection> {
    let context = draft.context;
    let Some(target) = &context.entry else { return Err(Rejection::NothingToAmend) };
    if amend.text.is_none() && amend.at.is_none() && amend.kind.is_none() {
        return Err(Rejection::NothingToAmend);
    }
    if target.subject != draft.incident.id {
        return Err(Rejection::ForeignEntry { entry: target.id.tag() });
    }
    let mut corrected = target.fact.clone();
    let refused = || Rejection::NotAmendable { entry: target.id.tag(), kind: target.fact.kind().to_owned() };
    if amend.text.is_some() && corrected.text_mut().is_none() {
        return Err(refused());
    }
    if amend.kind.is_some() && !matches!(corrected, Fact::NoteAdded(_)) {
        return Err(refused());
    }
    if amend.text.is_some() {
        still_a_draft(draft, target.id)?;
    }
    let limited = |text: &str| match &target.fact {
        // Both are kept in sight with the incident, in one line each.
        Fact::CauseAdded(_) => limits::line(Field::Cause, text),
        Fact::ActionAdded(_) => limits::line(Field::Action, text),
        _ => limits::text(Field::Note, text),
    };
    let text = amend.text.as_deref().map(limited).transpose()?;
    let moved = |entry: &NamedEntry, moves_due: bool| EntryAmended {
        entry: entry.id,
        kind: entry.fact.kind().to_owned(),
        happened_at: amend.at.as_ref().map(|when| when.at),
        approximate: amend.at.as_ref().is_some_and(|when| when.approximate),
        moves_due,
        note: None,
        text: None,
    };
    // What followed from the deed happened when the deed did, and what was due after it is due as long after it still.
    let followed: &[NamedEntry] = if amend.at.is_some() { &context.followed } else { &[] };
    let own = EntryAmended { note: amend.kind, text, ..moved(target, !followed.is_empty()) };
    let amended = std::iter::once(own).chain(followed.iter().map(|entry| moved(entry, true)));
    if !target.fact.changes_state() {
        amended.for_each(|one| draft.push(one));
        return Ok(());
    }
    let new: Vec<(Meta, Fact)> = amended
        .enumerate()
        .map(|(place, one)| {
            let meta = Meta { id: context.batch.event(place), at: context.at, actor: context.actor.to_owned() };
            (meta, Fact::from(one))
        })
        .collect();
    let all = context.history.iter().chain(&new).map(|(meta, fact)| (meta, fact));
    let incident = fold(draft.incident.id, all);
    for (_, fact) in new {
        draft.push_folded(fact, incident.clone());
    }
    Ok(())
}

/// What went out is corrected by a statement that goes out too (B6), and what was approved was approved as it stood.
fn still_a_draft(draft: &Draft<'_>, id: EventId) -> Result<(), Rejection> {
    let Some(statement) = draft.incident.promises.statement(id) else { return Ok(()) };
    let entry = id.tag()[..TAG_SHORTEST].to_owned();
    if statement.sent.is_some() {
        return Err(PromiseRejection::SentAlready { entry }.into());
    }
    if statement.approved.is_empty() { Ok(()) } else { Err(PromiseRejection::ApprovedAlready { entry }.into()) }
}

#[cfg(test)]
mod tests {
    use crate::incident::command::{Amend, Command, Mitigate, NoteKind, Update};
    use crate::incident::decide::scene::{Scene, exactly};
    use crate::incident::fact::Fact;
    use crate::incident::rejection::Rejection;
    use crate::incident::slug::Conveyance;
    use crate::incident::time::{Span, Timestamp};

    fn amend() -> Amend {
        Amend { entry: "bcdf".to_owned(), text: None, at: None, kind: None }
    }

    fn mitigated() -> Scene {
        let workaround = "restart hourly".to_owned();
        Scene::declared().given(Command::Mitigate(Mitigate { workaround, fix_due: None }))
    }

    #[test]
    fn a_corrected_time_and_text_reach_the_incident() {
        let earlier = Timestamp::from_millis(Scene::NOW.millis() - 600_000);
        let wanted = Amend { text: Some("restart daily".to_owned()), at: Some(exactly(earlier)), ..amend() };
        let after = mitigated().naming("incident.mitigated").when(Command::Amend(wanted)).incident();
        assert_eq!(after.times.mitigated, Some(earlier));
        assert_eq!(after.workaround.expect("one").text, "restart daily");
    }

    /// Given a statement that was sent by hand with a promise, when the time at which it was told is corrected, then
    /// its sending, the deadline that it met, and the promise move with it.
    #[test]
    fn a_corrected_time_reaches_what_followed_from_the_deed() {
        let told = Update {
            text: Some("API is down".to_owned()),
            audiences: vec!["customers".to_owned()],
            how: Some(Conveyance::ByHand),
            next: Some(Span::from_minutes(45)),
            ..Update::default()
        };
        let scene = Scene::declared().given(Command::Update(told)).naming("statement.drafted").with_what_followed();
        let earlier = Scene::NOW.minus(Span::from_minutes(10));
        let after = scene.when(Command::Amend(Amend { at: Some(exactly(earlier)), ..amend() })).incident();
        let promised = earlier.plus(Span::from_minutes(45));
        let statement = after.promises.statements.first().expect("one");
        assert_eq!(
            (statement.at, statement.sent.map(|(at, _)| at), statement.next_at),
            (earlier, Some(earlier), Some(promised))
        );
        let clocks: Vec<_> = after.promises.clocks.iter().filter(|clock| clock.audience == "customers").collect();
        assert!(!clocks.is_empty() && clocks.iter().all(|clock| clock.due_at == promised), "{clocks:?}");
    }

    #[test]
    fn the_last_correction_counts() {
        let text = |text: &str| Command::Amend(Amend { text: Some(text.to_owned()), ..amend() });
        let once = mitigated().naming("incident.mitigated").given(text("first"));
        let twice = once.naming("incident.mitigated").when(text("second")).incident();
        assert_eq!(twice.workaround.expect("one").text, "second");
    }

    #[test]
    fn only_what_has_a_text_or_is_a_note_takes_one() {
        let kind = Command::Amend(Amend { kind: Some(NoteKind::Decision), ..amend() });
        let refused = mitigated().naming("incident.mitigated").when(kind).rejection();
        assert!(matches!(refused, Rejection::NotAmendable { .. }));
        let text = Command::Amend(Amend { text: Some("t".to_owned()), ..amend() });
        let refused = mitigated().naming("playbook.joined").when(text).rejection();
        assert!(matches!(refused, Rejection::NotAmendable { .. }));
        let refused = mitigated().naming("incident.mitigated").when(Command::Amend(amend())).rejection();
        assert_eq!(refused, Rejection::NothingToAmend);
    }

    #[test]
    fn a_correction_is_a_fact_of_its_own() {
        let text = Command::Amend(Amend { text: Some("t".to_owned()), ..amend() });
        let facts = mitigated().naming("incident.mitigated").when(text).facts();
        assert!(matches!(facts.as_slice(), [Fact::EntryAmended(amended)] if amended.kind == "incident.mitigated"));
    }
}
