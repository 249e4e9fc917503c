//! Evidence and the commands that were run: never refused for the incident's status (E5).

use super::Draft;
use crate::incident::command::{AddEvidence, Run, StartRun, TransferEvidence};
use crate::incident::fact::{CommandRun, CommandStarted, EvidenceAdded, EvidenceTransferred, Fact};
use crate::incident::limits;
use crate::incident::rejection::{Field, Rejection};

pub(super) fn add(draft: &mut Draft<'_>, add: &AddEvidence) -> Result<(), Rejection> {
    let text = |field, text: &Option<String>| text.as_deref().map(|text| limits::text(field, text)).transpose();
    let witness = add.witness.as_deref().map(|name| limits::name(Field::Person, name)).transpose()?;
    draft.push(EvidenceAdded {
        sha256: add.sha256.clone(),
        size: add.size,
        collected_at: add.collected_at.as_ref().map(|when| when.at),
        name: add.name.clone(),
        note: text(Field::Note, &add.note)?,
        source: text(Field::Place, &add.source)?,
        witness,
    });
    Ok(())
}

pub(super) fn transfer(draft: &mut Draft<'_>, transfer: &TransferEvidence) -> Result<(), Rejection> {
    let Some(target) = &draft.context.entry else { return Err(Rejection::NothingToAmend) };
    if target.subject != draft.incident.id {
        return Err(Rejection::ForeignEntry { entry: target.id.tag() });
    }
    let is_evidence = match &target.fact {
        Fact::EvidenceAdded(_) => true,
        Fact::CommandRun(run) => run.output.is_some(),
        _ => false,
    };
    if !is_evidence {
        return Err(Rejection::NoEvidence { entry: target.id.tag(), kind: target.fact.kind().to_owned() });
    }
    let to = limits::name(Field::Person, &transfer.to)?;
    let reason = limits::text(Field::Reason, &transfer.reason)?;
    let id = target.id;
    let mut from = None;
    for (meta, fact) in &draft.context.history {
        match fact {
            _ if meta.id == id => from = Some(meta.actor.clone()),
            Fact::EvidenceTransferred(earlier) if earlier.evidence == id => from = Some(earlier.to.clone()),
            _ => {}
        }
    }
    let from = from.unwrap_or_default();
    if from == to {
        return Err(Rejection::AlreadyHolds { entry: id.tag(), name: to });
    }
    draft.push(EvidenceTransferred { evidence: id, from, to, reason });
    Ok(())
}

pub(super) fn start_run(draft: &mut Draft<'_>, run: &StartRun) {
    draft.push(CommandStarted {
        started_at: run.started_at,
        host: run.host.clone(),
        line: run.line.clone(),
        folder: run.folder.clone(),
    });
}

pub(super) fn run(draft: &mut Draft<'_>, run: &Run) {
    draft.push(CommandRun {
        started: run.started,
        started_at: run.started_at,
        duration: run.duration,
        host: run.host.clone(),
        exit_code: run.exit_code,
        signal: run.signal,
        output: run.output.clone(),
        line: run.line.clone(),
        folder: run.folder.clone(),
    });
}

#[cfg(test)]
mod tests {
    use crate::incident::command::{AddEvidence, Command, TransferEvidence};
    use crate::incident::decide::scene::Scene;
    use crate::incident::fact::Fact;
    use crate::incident::rejection::Rejection;

    fn added() -> Scene {
        Scene::declared().given(Command::AddEvidence(AddEvidence {
            sha256: "00ff".to_owned(),
            size: 3,
            name: "app.log".to_owned(),
            note: None,
            source: Some("db-3".to_owned()),
            witness: None,
            collected_at: None,
        }))
    }

    fn hand_to(name: &str) -> Command {
        let (entry, to, reason) = ("bcdf".to_owned(), name.to_owned(), "analysis".to_owned());
        Command::TransferEvidence(TransferEvidence { entry, to, reason })
    }

    #[test]
    fn the_chain_of_custody_goes_from_hand_to_hand() {
        let once = added().naming("evidence.added").given(hand_to("ben"));
        let facts = once.naming("evidence.added").when(hand_to("chie")).facts();
        assert!(matches!(&facts[..], [Fact::EvidenceTransferred(one)] if one.from == "ben" && one.to == "chie"));
    }

    #[test]
    fn nobody_hands_over_what_they_have_or_what_is_none() {
        let refused = added().naming("evidence.added").when(hand_to("aki")).rejection();
        assert!(matches!(refused, Rejection::AlreadyHolds { name, .. } if name == "aki"));
        let refused = added().naming("incident.declared").when(hand_to("ben")).rejection();
        assert!(matches!(refused, Rejection::NoEvidence { .. }));
    }
}
