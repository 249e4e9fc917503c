//! What a template can say of an incident: the explanation frame (E2) and what stands around it.

use super::value::{line, list, moment, pairs, text};
use crate::incident::localized::Lang;
use minijinja::Value;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An incident's facts for one audience, in the reader's language and zone. What is absent or blank is not yet known.
///
/// Templates find each fact under its field's name. The caller gives what this audience may see: a response or a
/// link that names a person or an inner system is not for readers outside.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// The incident's number.
    pub incident: u32,
    /// Its title; the compiled-in templates show it inside only.
    pub title: String,
    /// Its severity; withheld from templates when the audience is outside.
    pub severity: String,
    /// Its status, in words.
    pub status: String,
    /// The services that are hit, by the names that readers know.
    pub services: Vec<String>,
    /// When it began.
    pub started_at: Option<String>,
    /// When it was noticed.
    pub detected_at: Option<String>,
    /// When service was restored.
    pub resolved_at: Option<String>,
    /// How long it lasted or has lasted.
    pub duration: Option<String>,
    /// When the statement is made.
    pub now: Option<String>,
    /// Why it happened, as far as known.
    pub cause: Option<String>,
    /// Whom it hit, and how.
    pub impact: Option<String>,
    /// The impact in figures, name and value (E4).
    pub figures: Vec<(String, String)>,
    /// What has been done so far, in order.
    pub response: Vec<String>,
    /// What readers can do until it is repaired (B3).
    pub workaround: Option<String>,
    /// What keeps it from happening again (E10).
    pub prevention: Option<String>,
    /// What is still open (E8).
    pub open_issues: Vec<String>,
    /// What happened when: time and event (E2).
    pub timeline: Vec<(String, String)>,
    /// By when the next update is promised.
    pub next_update: Option<String>,
    /// The text that this statement corrects (B6).
    pub corrects: Option<String>,
    /// When and where the live briefing is (A6).
    pub webinar: Option<String>,
    /// Where readers may look, name and address.
    pub links: Vec<(String, String)>,
    /// Where readers may ask.
    pub contact: Option<String>,
    /// Who speaks: the organisation's name.
    pub sender: Option<String>,
    /// The audience's slug.
    pub audience: String,
    /// The audience's title.
    pub audience_title: String,
    /// Whether the audience is outside the company.
    pub external: bool,
    /// Whether this is an exercise.
    pub drill: bool,
}

impl Frame {
    /// Each fact under the name by which a template finds it.
    pub(super) fn values(&self, lang: Lang) -> BTreeMap<&'static str, Value> {
        let line = |words: &str| line(words, lang);
        let moment = |words: &Option<String>| moment(words.as_deref(), lang);
        let text = |words: &Option<String>| text(words.as_deref(), lang);
        let mut values = BTreeMap::from([
            ("incident", Value::from(self.incident)),
            ("title", line(&self.title)),
            ("status", line(&self.status)),
            ("services", list(&self.services, lang)),
            ("started_at", moment(&self.started_at)),
            ("detected_at", moment(&self.detected_at)),
            ("resolved_at", moment(&self.resolved_at)),
            ("duration", moment(&self.duration)),
            ("now", moment(&self.now)),
            ("cause", text(&self.cause)),
            ("impact", text(&self.impact)),
            ("figures", pairs(&self.figures, ["name", "value"], lang)),
            ("response", list(&self.response, lang)),
            ("workaround", text(&self.workaround)),
            ("prevention", text(&self.prevention)),
            ("open_issues", list(&self.open_issues, lang)),
            ("timeline", pairs(&self.timeline, ["at", "text"], lang)),
            ("next_update", moment(&self.next_update)),
            ("corrects", text(&self.corrects)),
            ("webinar", text(&self.webinar)),
            ("links", pairs(&self.links, ["name", "url"], lang)),
            ("contact", text(&self.contact)),
            ("sender", text(&self.sender)),
            ("audience", line(&self.audience)),
            ("audience_title", line(&self.audience_title)),
            ("external", Value::from(self.external)),
            ("drill", Value::from(self.drill)),
        ]);
        if !self.external {
            values.insert(WITHHELD, line(&self.severity));
        }
        values
    }
}

/// What readers outside never see.
pub(super) const WITHHELD: &str = "severity";
