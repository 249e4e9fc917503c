//! The sections that people write, as the policy asks for them and as they read now.

use crate::incident::localized::Localized;
use crate::incident::state::{Incident, Written};
use crate::incident::writing::{PostmortemRule, SectionRule};

/// A section that people write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its slug.
    pub id: String,
    /// Its heading.
    pub title: Localized,
    /// What it is to answer.
    pub question: Localized,
    /// Whether the postmortem isn't approved while it is empty.
    pub required: bool,
    /// Whether customers read it too.
    pub customers: bool,
    /// What people wrote; none where nobody has, or where it was emptied.
    pub written: Option<Written>,
}

/// The sections in the policy's order; what was written under a name that the policy no longer has comes last.
pub(super) fn sections(incident: &Incident, rule: &PostmortemRule) -> Vec<Section> {
    let written = |id: &str| incident.writing.section(id).filter(|one| !one.text.is_empty()).cloned();
    let asked = |section: &SectionRule| Section {
        id: section.id.clone(),
        title: section.title.clone(),
        question: section.question.clone(),
        required: section.required,
        customers: section.customers,
        written: written(&section.id),
    };
    let of_the_policy = rule.section.iter().map(asked);
    let omitted = |id: &str| rule.section.iter().any(|section| section.id == id && section.omit);
    let gone = incident.writing.sections.iter().filter(|one| rule.section.iter().all(|rule| rule.id != one.section));
    let gone = gone.map(|one| Section {
        id: one.section.clone(),
        title: Localized::same(&one.section),
        question: Localized::default(),
        required: false,
        customers: false,
        written: written(&one.section),
    });
    of_the_policy.chain(gone).filter(|section| section.written.is_some() || !omitted(&section.id)).collect()
}
