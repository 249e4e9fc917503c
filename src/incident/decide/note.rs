//! Writing things down (D4). Never refused for the incident's status: words come in when they come.

use super::Draft;
use crate::incident::command::{Note, NoteKind};
use crate::incident::fact::{Fact, NoteAdded};
use crate::incident::id::EventId;
use crate::incident::limits;
use crate::incident::rejection::{Field, Rejection};

pub(super) fn note(draft: &mut Draft<'_>, note: &Note) -> Result<(), Rejection> {
    let text = limits::text(Field::Note, &note.text)?;
    let hypothesis = if note.confirms.is_some() || note.refutes.is_some() { hypothesis(draft)? } else { None };
    draft.push(NoteAdded {
        text,
        note: note.kind,
        pinned: note.pin,
        bridge: note.bridge,
        confirms: hypothesis.filter(|_| note.confirms.is_some()),
        refutes: hypothesis.filter(|_| note.refutes.is_some()),
    });
    Ok(())
}

/// The hypothesis that the note speaks of, looked up beforehand.
fn hypothesis(draft: &Draft<'_>) -> Result<Option<EventId>, Rejection> {
    let Some(entry) = &draft.context.entry else { return Ok(None) };
    if entry.subject != draft.incident.id {
        return Err(Rejection::ForeignEntry { entry: entry.id.tag() });
    }
    if !matches!(&entry.fact, Fact::NoteAdded(note) if note.note == NoteKind::Hypothesis) {
        return Err(Rejection::NoHypothesis { entry: entry.id.tag(), kind: entry.fact.kind().to_owned() });
    }
    Ok(Some(entry.id))
}

#[cfg(test)]
mod tests {
    use crate::incident::command::{Command, Note, NoteKind};
    use crate::incident::context::NamedEntry;
    use crate::incident::decide::scene::Scene;
    use crate::incident::fact::{Fact, NoteAdded};
    use crate::incident::rejection::{Field, Rejection};

    fn write(text: &str, confirms: Option<&str>) -> Command {
        let confirms = confirms.map(str::to_owned);
        Command::Note(Note {
            text: text.to_owned(),
            kind: NoteKind::Observation,
            pin: false,
            bridge: None,
            confirms,
            refutes: None,
        })
    }

    fn entry(scene: &Scene, note: NoteKind) -> NamedEntry {
        let incident = scene.clone().incident();
        let id = scene.context().batch.event(9);
        let note = NoteAdded { text: "t".to_owned(), note, pinned: false, bridge: None, confirms: None, refutes: None };
        NamedEntry { id, subject: incident.id, fact: note.into() }
    }

    #[test]
    fn words_are_kept_whatever_the_status() {
        for scene in [Scene::declared(), Scene::declared().resolved(), Scene::declared().resolved().closed()] {
            assert_eq!(scene.when(write("db-3 重い", None)).facts().len(), 1);
        }
        let empty = Scene::declared().when(write("  ", None)).rejection();
        assert_eq!(empty, Rejection::Empty { field: Field::Note });
    }

    #[test]
    fn only_a_hypothesis_of_the_incident_is_confirmed() {
        let scene = Scene::declared();
        let good = entry(&scene, NoteKind::Hypothesis);
        let facts = scene.clone().entry(good.clone()).when(write("it was the index", Some("x"))).facts();
        assert!(matches!(facts.as_slice(), [Fact::NoteAdded(note)] if note.confirms == Some(good.id)));
        let decision = entry(&scene, NoteKind::Decision);
        let refused = scene.clone().entry(decision).when(write("t", Some("x"))).rejection();
        assert!(matches!(refused, Rejection::NoHypothesis { .. }));
        let foreign = NamedEntry { subject: scene.context().batch.incident(), ..good };
        let foreign = NamedEntry { subject: crate::incident::id::SubjectId(uuid::Uuid::nil()), ..foreign };
        let refused = scene.entry(foreign).when(write("t", Some("x"))).rejection();
        assert!(matches!(refused, Rejection::ForeignEntry { .. }));
    }
}
