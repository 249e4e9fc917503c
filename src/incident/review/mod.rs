//! What is missing or weak in a postmortem, before somebody approves it (E2, E9, E10).

mod placeholder;
#[cfg(test)]
mod tests;

use super::blame::{self, Rule};
use super::id::EventId;
use super::localized::Localized;
use super::merge::has_marks;
use super::state::{Action, Incident, Progress, Written};
use super::writing::{PostmortemRule, SectionRule};
use std::collections::HashSet;

/// Something that is missing or weak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weakness {
    /// Where.
    pub place: Place,
    /// What.
    pub kind: Fault,
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A section.
    Section {
        /// Its slug.
        id: String,
        /// Its heading.
        title: Localized,
    },
    /// A cause.
    Cause {
        /// Its entry.
        id: EventId,
        /// What it is.
        text: String,
    },
    /// A measure of prevention.
    Action {
        /// Its entry.
        id: EventId,
        /// What it is.
        text: String,
    },
    /// The postmortem as a whole.
    Whole,
}

/// What is missing or weak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A section that must say something is empty.
    Empty,
    /// There is no cause at all (E9).
    NoCause,
    /// Nothing shows that a cause is one (E9).
    NoEvidence,
    /// A measure has no owner (E10).
    NoOwner,
    /// A measure has no due date (E10).
    NoDue,
    /// No measure takes a root cause away (E10).
    NothingPrevents,
    /// Words that blame somebody.
    Blame {
        /// The words.
        passage: String,
        /// The sentence that they stand in.
        sentence: String,
        /// Why.
        rule: Rule,
    },
    /// Words that stand for others: `TODO`, 未記入.
    Placeholder {
        /// The words.
        passage: String,
    },
    /// Both texts of two people stand in it.
    Conflict,
    /// Somebody else's version was written at the same time and is not in it.
    Beside {
        /// Who wrote that one.
        by: String,
        /// The entry that holds it.
        version: EventId,
    },
}

impl Fault {
    /// Its name in JSON.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Empty => "empty-section",
            Self::NoCause => "no-cause",
            Self::NoEvidence => "no-evidence",
            Self::NoOwner => "no-owner",
            Self::NoDue => "no-due",
            Self::NothingPrevents => "nothing-prevents",
            Self::Blame { .. } => "blame",
            Self::Placeholder { .. } => "placeholder",
            Self::Conflict => "conflict",
            Self::Beside { .. } => "beside",
        }
    }
}

/// Everything that is missing or weak: sections first, in the policy's order, then causes, then measures.
pub fn review(incident: &Incident, rule: &PostmortemRule) -> Vec<Weakness> {
    let mut findings = Vec::new();
    for section in rule.asked() {
        let place = || Place::Section { id: section.id.clone(), title: section.title.clone() };
        let written = incident.writing.section(&section.id);
        if is_missing(section, written) {
            findings.push(Weakness { place: place(), kind: Fault::Empty });
        }
    }
    let names = names(incident);
    for written in in_order(incident, rule) {
        let title = rule.section.iter().find(|one| one.id == written.section).map(|one| one.title.clone());
        let title = title.unwrap_or_else(|| Localized::same(&written.section));
        let place = Place::Section { id: written.section.clone(), title };
        let mut add = |kind| findings.push(Weakness { place: place.clone(), kind });
        if has_marks(&written.text) {
            add(Fault::Conflict);
        }
        for (version, by) in &written.beside {
            add(Fault::Beside { by: by.clone(), version: *version });
        }
        words(&written.text, &names, &mut add);
    }
    causes(incident, &names, &mut findings);
    actions(incident, &names, &mut findings);
    findings
}

fn is_missing(section: &SectionRule, written: Option<&Written>) -> bool {
    section.required && written.is_none_or(|written| written.text.trim().is_empty())
}

/// The sections that were written, in the policy's order.
fn in_order<'a>(incident: &'a Incident, rule: &PostmortemRule) -> Vec<&'a Written> {
    let mut sections: Vec<&Written> = incident.writing.sections.iter().collect();
    let place = |written: &&Written| rule.section.iter().position(|one| one.id == written.section);
    sections.sort_by_key(|written| place(written).unwrap_or(usize::MAX));
    sections
}

/// People who are known to have been there: blame finds them by name.
fn names(incident: &Incident) -> Vec<String> {
    let holders = incident.roles.iter().flat_map(|role| role.holders.iter().map(|holder| holder.name.clone()));
    let writers = incident.writing.sections.iter().map(|written| written.by.clone());
    let owners = incident.lessons.actions.iter().filter_map(|action| action.owner.clone());
    let finders = incident.lessons.causes.iter().map(|cause| cause.by.clone());
    let all = holders.chain(writers).chain(owners).chain(finders).chain([incident.declared_by.clone()]);
    let unique: HashSet<String> = all.filter(|name| !name.trim().is_empty()).collect();
    let mut names: Vec<String> = unique.into_iter().collect();
    names.sort();
    names
}

/// Placeholders and blame in a text.
fn words(text: &str, names: &[String], add: &mut impl FnMut(Fault)) {
    for passage in placeholder::find(text) {
        add(Fault::Placeholder { passage: passage.to_owned() });
    }
    for found in blame::passages(text, names) {
        let (passage, sentence) = (found.words.to_owned(), found.sentence.to_owned());
        add(Fault::Blame { passage, sentence, rule: found.rule });
    }
}

fn causes(incident: &Incident, names: &[String], findings: &mut Vec<Weakness>) {
    let causes = &incident.lessons.causes;
    if causes.is_empty() {
        findings.push(Weakness { place: Place::Whole, kind: Fault::NoCause });
    }
    for cause in causes {
        let mut add = |kind| {
            let place = Place::Cause { id: cause.id, text: cause.text.clone() };
            findings.push(Weakness { place, kind });
        };
        if cause.evidence.is_empty() {
            add(Fault::NoEvidence);
        }
        words(&cause.text, names, &mut add);
    }
}

fn actions(incident: &Incident, names: &[String], findings: &mut Vec<Weakness>) {
    let lessons = &incident.lessons;
    let live: Vec<&Action> = lessons.actions.iter().filter(|action| action.progress() != Progress::Dropped).collect();
    // A cause that nothing explains further is a root, as far as people have come.
    let explained: HashSet<EventId> = lessons.causes.iter().filter_map(|cause| cause.because).collect();
    let mut roots = lessons.causes.iter().filter(|cause| !explained.contains(&cause.id)).peekable();
    let prevents = |id: EventId| live.iter().any(|action| action.prevents == Some(id));
    if roots.peek().is_some() && !roots.any(|root| prevents(root.id)) {
        findings.push(Weakness { place: Place::Whole, kind: Fault::NothingPrevents });
    }
    for action in live {
        let mut add = |kind| {
            let place = Place::Action { id: action.id, text: action.text.clone() };
            findings.push(Weakness { place, kind });
        };
        if action.progress() == Progress::Open {
            if action.owner.is_none() {
                add(Fault::NoOwner);
            }
            if action.due_at.is_none() {
                add(Fault::NoDue);
            }
        }
        words(&action.text, names, &mut add);
    }
}
