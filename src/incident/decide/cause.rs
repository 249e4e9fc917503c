//! The chain of causes, each link with what shows it (E9). Never refused for the incident's status: it is found when it
//! is found.
//!
//! A cause can only explain one that is there already, and nothing moves a link elsewhere: no chain ends in itself.

use super::Draft;
use crate::incident::command::{AddCause, RemoveCause, SupportCause};
use crate::incident::fact::{CauseAdded, CauseRemoved, CauseSupported, Fact};
use crate::incident::id::{EventId, TAG_SHORTEST, is_tag};
use crate::incident::limits;
use crate::incident::rejection::{Field, Rejection, RemedyRejection};
use crate::incident::state::KEPT;

pub(super) fn add(draft: &mut Draft<'_>, add: &AddCause) -> Result<(), Rejection> {
    let text = limits::line(Field::Cause, &add.text)?;
    let because = add.because.as_deref().map(|typed| named(draft, typed)).transpose()?;
    let evidence = evidence(draft, Vec::new())?;
    if draft.incident.lessons.causes.len() >= KEPT {
        return Err(Rejection::TooMany { field: Field::Cause, given: KEPT + 1, most: KEPT });
    }
    draft.push(CauseAdded { because, factor: add.factor, evidence, text });
    Ok(())
}

pub(super) fn support(draft: &mut Draft<'_>, support: &SupportCause) -> Result<(), Rejection> {
    let cause = named(draft, &support.cause)?;
    let known = draft.incident.lessons.cause(cause).map(|cause| cause.evidence.clone()).unwrap_or_default();
    let evidence = evidence(draft, known)?;
    if evidence.is_empty() {
        return Err(Rejection::NothingToChange);
    }
    draft.push(CauseSupported { cause, evidence });
    Ok(())
}

pub(super) fn remove(draft: &mut Draft<'_>, remove: &RemoveCause) -> Result<(), Rejection> {
    let cause = named(draft, &remove.cause)?;
    let reason = remove.reason.as_deref().map(|text| limits::text(Field::Reason, text)).transpose()?;
    draft.push(CauseRemoved { cause, reason });
    Ok(())
}

/// The cause of the incident that `typed` means.
pub(super) fn named(draft: &Draft<'_>, typed: &str) -> Result<EventId, Rejection> {
    let ids = draft.incident.lessons.causes.iter().map(|cause| cause.id);
    match pick(typed, ids) {
        Picked::One(id) => Ok(id),
        Picked::None { known } => Err(RemedyRejection::NoCause { typed: typed.to_owned(), known }.into()),
        Picked::Several(found) => Err(RemedyRejection::Several { typed: typed.to_owned(), found }.into()),
    }
}

/// What a typed id turned out to mean among those of an incident.
pub(super) enum Picked {
    /// One.
    One(EventId),
    /// Nothing; those there are, by their beginnings.
    None { known: Vec<String> },
    /// Several, by more of their letters.
    Several(Vec<String>),
}

/// The one among `ids` that `typed` begins.
pub(super) fn pick(typed: &str, ids: impl Iterator<Item = EventId> + Clone) -> Picked {
    /// How many are named where none was found.
    const SHOWN: usize = 8;
    let wanted = typed.trim().to_ascii_lowercase();
    let mut found: Vec<EventId> = ids.clone().filter(|id| is_tag(&wanted) && id.tag().starts_with(&wanted)).collect();
    match (found.pop(), found.is_empty()) {
        (Some(id), true) => Picked::One(id),
        (None, _) => {
            Picked::None { known: ids.take(SHOWN).map(|id| id.tag().chars().take(TAG_SHORTEST).collect()).collect() }
        }
        (Some(last), false) => {
            found.push(last);
            let letters = wanted.len() + 2;
            Picked::Several(found.iter().map(|id| id.tag().chars().take(letters).collect()).collect())
        }
    }
}

/// The entries that were named as evidence and are not `known` yet, each once.
fn evidence(draft: &Draft<'_>, known: Vec<EventId>) -> Result<Vec<EventId>, Rejection> {
    let mut all = known;
    let before = all.len();
    for entry in &draft.context.evidence {
        if entry.subject != draft.incident.id {
            return Err(Rejection::ForeignEntry { entry: entry.id.tag() });
        }
        if matches!(entry.fact, Fact::CauseAdded(_)) {
            return Err(RemedyRejection::CauseAsEvidence {
                entry: entry.id.tag().chars().take(TAG_SHORTEST).collect(),
            }
            .into());
        }
        if !all.contains(&entry.id) {
            all.push(entry.id);
        }
    }
    if all.len() > limits::NAMES {
        return Err(Rejection::TooMany { field: Field::Evidence, given: all.len(), most: limits::NAMES });
    }
    Ok(all.split_off(before))
}

#[cfg(test)]
mod tests {
    use crate::incident::command::{AddCause, Command, RemoveCause, SupportCause};
    use crate::incident::context::NamedEntry;
    use crate::incident::decide::scene::Scene;
    use crate::incident::id::SubjectId;
    use crate::incident::rejection::{Field, Rejection, RemedyRejection};

    fn cause(text: &str, because: Option<&str>) -> Command {
        let because = because.map(str::to_owned);
        Command::AddCause(AddCause { text: text.to_owned(), because, ..AddCause::default() })
    }

    fn support(cause: &str) -> Command {
        Command::SupportCause(SupportCause { cause: cause.to_owned(), evidence: Vec::new() })
    }

    /// A scene with a cause, and its id as people type it.
    fn found(scene: Scene) -> (Scene, String) {
        let scene = scene.given(cause("the index was dropped", None));
        let id = scene.last_of("cause.added").id.tag();
        (scene, id[..4].to_owned())
    }

    #[test]
    fn e9_a_chain_grows_whatever_the_status() {
        for scene in [Scene::declared(), Scene::declared().resolved(), Scene::declared().resolved().closed()] {
            let (scene, top) = found(scene);
            let after = scene.when(cause("nobody reviewed it", Some(&top))).incident();
            let chain = &after.lessons.causes;
            assert_eq!(chain[1].because, Some(chain[0].id));
        }
    }

    #[test]
    fn a_cause_explains_one_of_this_incident() {
        let (scene, _) = found(Scene::declared());
        for typed in ["bbbb", "x", "", "12345"] {
            let refused = scene.clone().when(cause("t", Some(typed))).rejection();
            assert!(
                matches!(&refused, Rejection::Remedy(why) if matches!(**why, RemedyRejection::NoCause { .. })),
                "{typed}"
            );
        }
        let empty = scene.when(cause(" ", None)).rejection();
        assert_eq!(empty, Rejection::Empty { field: Field::Cause });
    }

    #[test]
    fn evidence_is_what_was_seen_in_this_incident_each_once() {
        let (scene, id) = found(Scene::declared());
        let seen = scene.last_of("playbook.joined");
        let once = scene.clone().showing(&[seen.clone(), seen.clone()]).given(support(&id));
        assert_eq!(once.clone().incident().lessons.causes[0].evidence, [seen.id]);
        assert_eq!(once.when(support(&id)).rejection(), Rejection::NothingToChange);
        let circular = scene.last_of("cause.added");
        let refused = scene.clone().showing(&[circular]).when(support(&id)).rejection();
        assert!(matches!(&refused, Rejection::Remedy(why) if matches!(**why, RemedyRejection::CauseAsEvidence { .. })));
        let foreign = NamedEntry { subject: SubjectId(uuid::Uuid::nil()), ..seen };
        assert!(matches!(scene.showing(&[foreign]).when(support(&id)).rejection(), Rejection::ForeignEntry { .. }));
    }

    #[test]
    fn what_explained_a_removed_cause_explains_what_it_explained() {
        let (scene, top) = found(Scene::declared());
        let scene = scene.given(cause("middle", Some(&top)));
        let middle = scene.last_of("cause.added").id.tag();
        let scene = scene.given(cause("bottom", Some(&middle)));
        let remove = Command::RemoveCause(RemoveCause { cause: middle, reason: None });
        let after = scene.when(remove).incident();
        let [top, bottom] = &after.lessons.causes[..] else { panic!("two are left") };
        assert_eq!((bottom.text.as_str(), bottom.because), ("bottom", Some(top.id)));
    }
}
