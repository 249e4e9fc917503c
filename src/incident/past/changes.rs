//! What a source says otherwise than when it was taken over, and the corrections that it leads to: nothing of the old
//! is lost.

use super::facts::{imported, parts, regions};
use super::{Happened, Past, Report, ended};
use crate::incident::fact::{EntryAmended, Fact, IncidentChanged, IncidentReopened, ReportImported, SeverityChanged};
use crate::incident::id::EventId;
use crate::incident::limits;
use crate::incident::past::Standing;
use crate::incident::severity::Severity;
use crate::incident::state::Incident;
use crate::incident::status::Status;
use crate::incident::time::Timestamp;
use std::collections::{HashMap, HashSet};

/// What the store holds of an incident already.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// The incident.
    pub incident: Incident,
    /// What its source said of it when it was last taken over.
    pub taken: Taken,
    /// Its updates, by what their source calls them.
    pub reports: HashMap<String, Kept>,
    /// The entries that say when it was declared, and when it was over, with their kinds.
    pub milestones: Vec<(EventId, &'static str, Timestamp)>,
}

/// What a source said of an incident when it was last taken over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Its title; `None` where it was redacted.
    pub title: Option<String>,
    /// How bad it was.
    pub severity: Option<Severity>,
    /// How bad it was, as the source wrote it.
    pub impact: Option<String>,
    /// Where the source shows it; the outer `None` where that was redacted.
    pub url: Option<Option<String>>,
    /// The services.
    pub services: Vec<String>,
    /// The regions.
    pub regions: Vec<String>,
    /// When it began.
    pub started_at: Option<Timestamp>,
}

/// An update that is on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its entries, as many as it has parts.
    pub entries: Vec<EventId>,
    /// Its words; `None` where they were redacted.
    pub text: Option<String>,
    /// Its status.
    pub status: Option<String>,
    /// When it was said.
    pub at: Timestamp,
}

/// Something that a source says otherwise than it did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What: `title`, `impact`, `update.text`, …
    pub field: &'static str,
    /// Which update, by its place from 1.
    pub update: Option<u32>,
    /// What is on record; `None` where nothing is.
    pub was: Option<String>,
    /// What the source says now; `None` where it says nothing any more.
    pub now: Option<String>,
}

/// All that a source says otherwise.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    /// What, in the order of the record.
    pub changes: Vec<Change>,
    /// The facts that take it over, each with the time at which it happened.
    pub facts: Vec<(Happened, Fact)>,
    /// The words of updates that the source no longer has; they stay.
    pub gone: Vec<String>,
}

impl Known {
    /// Whether an update is on record, under its own name or, where names are made of times, under a former one.
    pub(super) fn has(&self, past: &Past, report: &Report) -> bool {
        self.reports.contains_key(&report.source) || self.renamed(past).contains_key(report.source.as_str())
    }

    /// Updates under new names whose words are those of one that the source no longer has.
    fn renamed<'k>(&'k self, past: &'k Past) -> HashMap<&'k str, &'k Kept> {
        if past.reports.iter().all(|report| self.reports.contains_key(&report.source)) {
            return HashMap::new();
        }
        let mut gone: HashMap<&str, Vec<&Kept>> = HashMap::new();
        for (_, kept) in self.gone(past) {
            if let Some(text) = kept.text.as_deref().filter(|text| !text.trim().is_empty()) {
                gone.entry(text).or_default().push(kept);
            }
        }
        for alike in gone.values_mut() {
            alike.sort_by_key(|kept| std::cmp::Reverse(kept.at));
        }
        let mut found = HashMap::new();
        for report in past.reports.iter().filter(|report| !self.reports.contains_key(&report.source)) {
            if let Some(kept) = gone.get_mut(report.text.as_str()).and_then(Vec::pop) {
                found.insert(report.source.as_str(), kept);
            }
        }
        found
    }

    /// Updates whose names the source no longer has, the first first.
    fn gone<'k>(&'k self, past: &Past) -> Vec<(&'k str, &'k Kept)> {
        let there: HashSet<&str> = past.reports.iter().map(|report| report.source.as_str()).collect();
        let all = self.reports.iter().map(|(source, kept)| (source.as_str(), kept));
        let mut gone: Vec<(&str, &Kept)> = all.filter(|(source, _)| !there.contains(source)).collect();
        gone.sort_by_key(|(source, kept)| (kept.at, *source));
        gone
    }
}

/// What a source says otherwise than the record, as seen at `now`. `news` is whether new updates came with it: an end
/// that comes with one is no change.
pub fn changes(past: &Past, known: &Known, news: bool, now: Timestamp) -> Changes {
    let mut found = Changes::default();
    let mut changed = IncidentChanged::default();
    found.title(past, known, &mut changed);
    found.impact(past, known);
    found.times(past, known, &mut changed);
    found.places(past, known, &mut changed);
    if changed != IncidentChanged::default() {
        found.facts.insert(0, (Happened::exactly(now), changed.into()));
    }
    if let Some(to) = found.severity(past, known) {
        let reason = past.impact.clone();
        let fact = SeverityChanged { from: known.incident.severity, to, reason };
        found.facts.push((Happened::exactly(now), fact.into()));
    }
    if !news {
        found.end(past, known);
    }
    found.updates(past, known);
    for (at, fact) in &mut found.facts {
        // A correction is made now; what it corrects happened when it says.
        if matches!(fact, Fact::EntryAmended(_)) {
            *at = Happened::exactly(now);
        }
    }
    if !found.facts.is_empty() || found.changes.iter().any(|change| matches!(change.field, "impact" | "url")) {
        // What is taken over is marked as the source's, and says what the source says now.
        found.facts.insert(0, (Happened::exactly(now), imported(past)));
    }
    found
}

impl Changes {
    fn tell(&mut self, field: &'static str, was: Option<String>, now: Option<String>) {
        self.changes.push(Change { field, update: None, was, now });
    }

    fn title(&mut self, past: &Past, known: &Known, changed: &mut IncidentChanged) {
        let (title, whole) = limits::headline(&past.title);
        let incident = &known.incident;
        // A title that was changed here by hand was not the file's to change.
        if known.taken.title.as_ref().is_none_or(|taken| *taken == title) || incident.title == title {
            return;
        }
        self.tell("title", Some(incident.title.clone()), Some(title.clone()));
        changed.title_was = Some(incident.title.clone());
        changed.title = Some(title);
        if let Some(whole) = whole.filter(|whole| incident.summary.as_ref() != Some(whole)) {
            changed.summary_was.clone_from(&incident.summary);
            changed.summary = Some(whole);
        }
    }

    fn impact(&mut self, past: &Past, known: &Known) {
        let taken = &known.taken;
        if taken.impact != past.impact {
            self.tell("impact", taken.impact.clone(), past.impact.clone());
        }
        if let Some(url) = taken.url.as_ref().filter(|url| **url != past.url) {
            self.tell("url", url.clone(), past.url.clone());
        }
    }

    fn severity(&mut self, past: &Past, known: &Known) -> Option<Severity> {
        let (to, from) = (past.severity, known.incident.severity);
        if known.taken.severity == Some(to) || from == to {
            return None;
        }
        self.tell("severity", Some(from.to_string()), Some(to.to_string()));
        Some(to)
    }

    fn times(&mut self, past: &Past, known: &Known, changed: &mut IncidentChanged) {
        let incident = &known.incident;
        let (was, now) = (incident.times.started, past.began());
        if known.taken.started_at != now && was != now && now.is_some() {
            self.tell("started_at", was.map(|at| at.to_string()), now.map(|at| at.to_string()));
            changed.started_at_was = was;
            changed.started_at = now;
        }
        let (was, now) = (incident.times.declared, past.declared());
        if was == now {
            return;
        }
        if past.declared_at.is_some() {
            self.tell("declared_at", Some(was.to_string()), Some(now.to_string()));
        } else if changed.started_at.is_none() {
            return;
        }
        self.move_milestones(known, &["incident.declared", "incident.imported"], was, Happened::exactly(now));
    }

    /// Corrects the time of entries that say that something happened at `was`.
    fn move_milestones(&mut self, known: &Known, kinds: &[&str], was: Timestamp, to: Happened) {
        let moved = known.milestones.iter().filter(|(_, kind, at)| kinds.contains(kind) && *at == was);
        let facts: Vec<_> = moved.map(|(entry, kind, _)| amended(*entry, kind, to)).collect();
        self.facts.extend(facts);
    }

    fn places(&mut self, past: &Past, known: &Known, changed: &mut IncidentChanged) {
        let (incident, taken) = (&known.incident, &known.taken);
        let lacks = |list: &[String], name: &String| !list.contains(name);
        let added = past.services.iter().filter(|name| lacks(&taken.services, name) && lacks(&incident.services, name));
        let removed =
            taken.services.iter().filter(|name| lacks(&past.services, name) && !lacks(&incident.services, name));
        changed.services_added = added.cloned().collect();
        changed.services_removed = removed.cloned().collect();
        if !changed.services_added.is_empty() || !changed.services_removed.is_empty() {
            let kept = incident.services.iter().filter(|name| lacks(&changed.services_removed, name));
            let now: Vec<&str> = kept.chain(&changed.services_added).map(String::as_str).collect();
            self.tell("services", listed(&incident.services), Some(now.join(", ")).filter(|now| !now.is_empty()));
        }
        let same =
            taken.regions.len() == past.regions.len() && past.regions.iter().all(|one| !lacks(&taken.regions, one));
        if !same {
            self.tell("regions", listed(&taken.regions), listed(&past.regions));
            self.facts.extend(regions(past));
        }
    }

    fn end(&mut self, past: &Past, known: &Known) {
        let incident = &known.incident;
        let Some(was) = incident.times.resolved else { return };
        if !matches!(incident.status, Status::Resolved | Status::Closed) {
            return;
        }
        let now = ended(past, Standing { space: incident.space, number: incident.number });
        match now {
            Some(now) if now.at == was => {}
            Some(now) => {
                self.tell("resolved_at", Some(was.to_string()), Some(now.at.to_string()));
                self.move_milestones(known, &["incident.resolved", "incident.closed"], was, now);
            }
            None => {
                self.tell("resolved_at", Some(was.to_string()), None);
                let word = past.reports.last().and_then(|report| report.status.clone());
                let (from, to) = (incident.status, Status::Investigating);
                let reason = word.unwrap_or_else(|| to.as_str().to_owned());
                self.facts.push((Happened::exactly(was), IncidentReopened { from, to, reason }.into()));
            }
        }
    }

    fn updates(&mut self, past: &Past, known: &Known) {
        let renamed = known.renamed(past);
        let mut paired: HashSet<*const Kept> = HashSet::new();
        for (order, report) in (1..).zip(&past.reports) {
            let own = known.reports.get(&report.source);
            let Some(kept) = own.or_else(|| renamed.get(report.source.as_str()).copied()) else { continue };
            paired.insert(std::ptr::from_ref(kept));
            // Words that were redacted stay so, and with them what they were.
            let Some(text) = &kept.text else { continue };
            let mut tell = |field, was: Option<String>, now: Option<String>| {
                let differs = was != now;
                if differs {
                    self.changes.push(Change { field, update: Some(order), was, now });
                }
                differs
            };
            let words = tell("update.text", Some(text.clone()), Some(report.text.clone()))
                | tell("update.status", kept.status.clone(), report.status.clone());
            // A time that the source doesn't say is no correction of one.
            let time = !report.about && tell("update.at", Some(kept.at.to_string()), Some(report.at.to_string()));
            if words {
                self.facts.extend(parts(report, order, true));
            } else if time {
                let at = Happened::exactly(report.at);
                self.facts.extend(kept.entries.iter().map(|entry| amended(*entry, REPORT, at)));
            }
        }
        let there: HashSet<&str> = past.reports.iter().map(|report| report.text.as_str()).collect();
        for (_, kept) in known.gone(past) {
            let text = kept.text.as_deref().filter(|text| !there.contains(text));
            if let Some(text) = text.filter(|_| !paired.contains(&std::ptr::from_ref(kept))) {
                self.gone.push(text.to_owned());
            }
        }
    }
}

/// The kind of an update's entries.
const REPORT: &str = "report.imported";

fn listed(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| names.join(", "))
}

/// That an entry's event happened at another time.
fn amended(entry: EventId, kind: &str, to: Happened) -> (Happened, Fact) {
    let fact = EntryAmended {
        entry,
        kind: kind.to_owned(),
        happened_at: Some(to.at),
        approximate: to.about,
        moves_due: false,
        note: None,
        text: None,
    };
    (to, fact.into())
}

impl Kept {
    /// An update as its first entry has it.
    pub fn new(entry: EventId, at: Timestamp, report: ReportImported, redacted: bool) -> Self {
        Self { entries: vec![entry], text: (!redacted).then_some(report.text), status: report.status, at }
    }

    /// Takes a further part of it in.
    pub fn more(&mut self, entry: EventId, report: &ReportImported, redacted: bool) {
        self.entries.push(entry);
        self.text = self.text.take().filter(|_| !redacted).map(|so_far| so_far + &report.text);
    }
}
