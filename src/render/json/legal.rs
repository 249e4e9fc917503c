//! Documents about what the law and contracts ask for.

use crate::incident::duty::{AlsoWithin, DutyStart, DutyVariant};
use crate::incident::localized::Localized;
use crate::view::DutyItem;
use schemars::JsonSchema;
use serde::Serialize;

/// `legal list --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LegalDoc {
    /// The document's version.
    pub schema: u32,
    /// The incident's number; `null` where none was meant.
    pub incident: Option<u32>,
    /// The duties.
    pub duties: Vec<DutyDoc>,
    /// Always the same: this is not legal advice.
    pub notice: String,
}

/// A duty to report, and how it stands.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DutyDoc {
    /// Its slug.
    pub id: String,
    /// The law or contract; `null` where the policy no longer has the duty.
    pub regime: Option<String>,
    /// Whether the organisation turned that on.
    pub on: bool,
    /// What is owed.
    pub title: Localized,
    /// To whom.
    pub to: Option<Localized>,
    /// What starts its clock.
    pub starts: Option<DutyStart>,
    /// The duty whose notice starts it.
    pub after: Option<String>,
    /// How long there is; `null` where the law gives no figure.
    pub due: Option<String>,
    /// How long until people are warned.
    pub warn: Option<String>,
    /// Cases with a term of their own.
    pub variants: Vec<DutyVariant>,
    /// A second term from another event.
    pub also_within: Option<AlsoWithin>,
    /// The article, or the clause.
    pub source: String,
    /// The day on which the source was last read; `null` where nobody did.
    pub checked: Option<String>,
    /// What of it could not be checked.
    pub unverified: Option<Localized>,
    /// What else to know.
    pub note: Option<Localized>,
    /// `idle`, `running`, `warning`, `overdue`, `met` or `waived`.
    pub state: String,
    /// The case that applies.
    pub case: Option<String>,
    /// Since when it runs.
    pub since: Option<String>,
    /// When people are warned.
    pub warn_at: Option<String>,
    /// When it is due.
    pub due_at: Option<String>,
    /// When notice was given.
    pub met_at: Option<String>,
    /// Why no notice is due.
    pub waived: Option<String>,
}

impl DutyDoc {
    /// A duty, as it stands.
    pub fn new(item: &DutyItem) -> Self {
        let (duty, run) = (item.duty.as_ref(), item.run.as_ref());
        let title = run.map(|run| &run.title).or(duty.map(|duty| &duty.title));
        let source = run.map(|run| &run.source).or(duty.map(|duty| &duty.source));
        Self {
            id: item.id.clone(),
            regime: duty.map(|duty| duty.regime.clone()),
            on: item.on,
            title: title.cloned().unwrap_or_else(|| Localized { en: item.id.clone(), ja: item.id.clone() }),
            to: duty.map(|duty| duty.to.clone()),
            starts: duty.map(|duty| duty.starts),
            after: duty.and_then(|duty| duty.after.clone()),
            due: duty.and_then(|duty| duty.due).map(|due| due.to_string()),
            warn: duty.and_then(|duty| duty.warn).map(|warn| warn.to_string()),
            variants: duty.map(|duty| duty.variants.clone()).unwrap_or_default(),
            also_within: duty.and_then(|duty| duty.also_within),
            source: source.cloned().unwrap_or_default(),
            checked: duty.and_then(|duty| duty.checked).map(|day| day.to_string()),
            unverified: duty.and_then(|duty| duty.unverified.clone()),
            note: duty.and_then(|duty| duty.note.clone()),
            state: item.standing.as_str().to_owned(),
            case: run.and_then(|run| run.variant.clone()),
            since: run.map(|run| run.since.to_string()),
            warn_at: run.and_then(|run| run.warn_at).map(|at| at.to_string()),
            due_at: run.and_then(|run| run.due_at).map(|at| at.to_string()),
            met_at: run.and_then(|run| run.notified_at).map(|at| at.to_string()),
            waived: run.and_then(|run| run.waived.clone()),
        }
    }
}
