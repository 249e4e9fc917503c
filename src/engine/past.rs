//! Taking over what other tools' histories hold: once, however often it is given.

use super::EngineError;
use super::record::Session;
use super::request::Stamp;
use crate::incident::fact::Fact;
use crate::incident::id::{BatchId, EventId, SubjectId, uuid_v7};
use crate::incident::past::{Change, Changes, Happened, Kept, Known, Past, Standing, Taken, changes, facts};
use crate::incident::state::{Incident, Meta, fold};
use crate::incident::time::Timestamp;
use crate::store::{Entry, NewBatch, NewEntry, Reader, Writer};
use std::collections::{HashMap, HashSet};

/// How many incidents share a transaction: others get their turn in between.
const TOGETHER: usize = 500;

/// What became of an incident of another tool.
#[derive(Debug, Clone, PartialEq)]
pub struct TakenIn {
    /// Its number here.
    pub number: u32,
    /// How many entries were written.
    pub entries: usize,
    /// Whether it was here before.
    pub known: bool,
    /// What the file says otherwise than it did.
    pub changes: Vec<Change>,
    /// Whether that was taken over.
    pub corrected: bool,
    /// The words of updates that the file no longer has.
    pub gone: Vec<String>,
}

/// How incidents of another tool are taken over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Manner {
    /// Nothing is kept.
    pub dry: bool,
    /// What is on record is corrected as the file has it.
    pub update: bool,
}

impl Session<'_> {
    /// Takes incidents over in order; `done` hears how many are.
    pub fn take_in(
        &mut self,
        stamp: &Stamp,
        pasts: &[Past],
        manner: Manner,
        mut done: impl FnMut(usize),
    ) -> Result<Vec<TakenIn>, EngineError> {
        let mut taken = Vec::with_capacity(pasts.len());
        let together = if manner.dry { pasts.len().max(1) } else { TOGETHER };
        for chunk in pasts.chunks(together) {
            let writer = self.store.begin()?;
            let space = writer.settle_origin(stamp.identity(), &stamp.batch(), stamp.salt(usize::MAX))?;
            let mut next = writer.reader().next_number(space)?;
            for past in chunk {
                let own = stamp.of_record(taken.len());
                let one = take_one(&writer, &own, past, (Standing { space, number: next }, manner))?;
                next += u32::from(!one.known);
                taken.push(one);
                done(taken.len());
            }
            if !manner.dry {
                let pending = writer.commit()?;
                self.finish(pending);
            }
        }
        Ok(taken)
    }
}

fn take_one(
    writer: &Writer<'_>,
    stamp: &Stamp,
    past: &Past,
    (standing, manner): (Standing, Manner),
) -> Result<TakenIn, EngineError> {
    let known = known(&writer.reader(), past)?;
    let mut found = facts(past, known.as_ref(), standing);
    let (subject, number) = match &known {
        Some(known) => (known.incident.id, known.incident.number),
        None => (stamp.batch.incident(), standing.number),
    };
    let changes = match &known {
        Some(known) => changes(past, known, !found.is_empty(), stamp.now),
        None => Changes::default(),
    };
    if manner.update {
        found.extend(changes.facts);
    }
    let entries = found.len();
    if entries > 0 {
        let before = known.as_ref().map(|known| known.incident.clone());
        append(writer, stamp, &stamp.batch(), (subject, before), found)?;
    }
    let Changes { changes, gone, .. } = changes;
    Ok(TakenIn { number, entries, known: known.is_some(), changes, corrected: manner.update, gone })
}

/// Appends facts that happened each at a time of its own, and folds them into the incident.
pub(super) fn append(
    writer: &Writer<'_>,
    stamp: &Stamp,
    batch: &NewBatch,
    (subject, before): (SubjectId, Option<Incident>),
    found: Vec<(Happened, Fact)>,
) -> Result<Incident, EngineError> {
    let mut incident = before.unwrap_or_else(|| Incident::blank(subject));
    let entry = |(index, (when, fact)): (usize, (Happened, Fact))| {
        ((when.at, when.about), NewEntry { subject, fact, salt: stamp.salt(index) })
    };
    let entries: Vec<((Timestamp, bool), NewEntry)> = found.into_iter().enumerate().map(entry).collect();
    let headers = writer.append_past(batch, &entries)?;
    for (header, (_, new)) in headers.iter().zip(&entries) {
        let meta = Meta { id: header.id, at: header.at, actor: header.actor.clone() };
        incident.apply(&meta, &new.fact);
    }
    if entries.iter().any(|(_, new)| matches!(new.fact, Fact::EntryAmended(_))) {
        let facts = writer.reader().facts(subject)?;
        incident = fold(subject, facts.iter().map(|(meta, fact)| (meta, fact)));
    }
    let folded = headers.iter().map(|header| header.hlc.value()).max().unwrap_or_default();
    writer.put(&incident, folded)?;
    Ok(incident)
}

/// What the store holds of an incident of another tool.
fn known(reader: &Reader<'_>, past: &Past) -> Result<Option<Known>, EngineError> {
    let Some(subject) = reader.holding(&past.name())?.pop() else { return Ok(None) };
    let Some(incident) = reader.incident(subject)? else { return Ok(None) };
    let mut moved: HashMap<EventId, Timestamp> = HashMap::new();
    for entry in reader.of_kind(subject, "entry.amended")? {
        let Fact::EntryAmended(amended) = entry.fact else { continue };
        moved.extend(amended.happened_at.map(|at| (amended.entry, at)));
    }
    let at = |entry: &Entry| moved.get(&entry.header.id).copied().unwrap_or(entry.header.at);
    let mut reports: HashMap<String, Kept> = HashMap::new();
    for entry in reader.of_kind(subject, "report.imported")? {
        let (id, at) = (entry.header.id, at(&entry));
        let Fact::ReportImported(report) = entry.fact else { continue };
        let later = report.part.is_some_and(|part| part > 1);
        match reports.get_mut(&report.source).filter(|_| later) {
            Some(kept) => kept.more(id, &report, entry.redacted),
            None => drop(reports.insert(report.source.clone(), Kept::new(id, at, report, entry.redacted))),
        }
    }
    let mut milestones = Vec::new();
    for kind in ["incident.declared", "incident.imported", "incident.resolved", "incident.closed"] {
        let entries = reader.of_kind(subject, kind)?;
        milestones.extend(entries.iter().map(|entry| (entry.header.id, kind, at(entry))));
    }
    Ok(Some(Known { taken: taken(reader, subject)?, incident, reports, milestones }))
}

/// What its source said of an incident when it was last taken over.
fn taken(reader: &Reader<'_>, subject: SubjectId) -> Result<Taken, EngineError> {
    let mut taken = Taken::default();
    let mut batches: HashSet<BatchId> = HashSet::new();
    for entry in reader.of_kind(subject, "incident.imported")? {
        batches.insert(entry.header.batch);
        let Fact::IncidentImported(imported) = entry.fact else { continue };
        taken.impact = imported.impact;
        taken.url = (!entry.redacted).then_some(imported.url);
    }
    let mut own: Vec<Entry> = Vec::new();
    for kind in ["incident.declared", "incident.changed", "severity.changed", "impact.measured"] {
        own.extend(reader.of_kind(subject, kind)?.into_iter().filter(|entry| batches.contains(&entry.header.batch)));
    }
    for entry in own {
        match entry.fact {
            Fact::IncidentDeclared(declared) => {
                taken.title = (!entry.redacted).then_some(declared.title);
                taken.severity = Some(declared.severity);
                taken.services = declared.services;
                taken.started_at = declared.started_at;
            }
            Fact::IncidentChanged(changed) => {
                // A title that was redacted doesn't come back.
                taken.title = taken.title.filter(|_| !entry.redacted).map(|title| changed.title.unwrap_or(title));
                taken.started_at = changed.started_at.or(taken.started_at);
                taken.services.retain(|name| !changed.services_removed.contains(name));
                taken.services.extend(changed.services_added);
            }
            Fact::SeverityChanged(changed) => taken.severity = Some(changed.to),
            Fact::ImpactMeasured(measured) => taken.regions = measured.regions,
            _ => {}
        }
    }
    Ok(taken)
}

impl Stamp {
    /// The stamp of a command's part: of the first one the command's own.
    pub(super) fn of_part(&self, index: usize) -> Self {
        if index == 0 { self.clone() } else { self.of_record(index) }
    }

    /// The stamp of one record among several that a command brings, with ids and salts of its own.
    pub(super) fn of_record(&self, index: usize) -> Self {
        let seed = self.salt(index);
        let mut random = [0; 10];
        random.copy_from_slice(&seed[..10]);
        // The seed is never written anywhere; the part of it in the id tells nothing of the salts.
        let seed = Self { seed, ..self.clone() }.salt(usize::MAX);
        Self { batch: BatchId(uuid_v7(self.now.millis(), random)), seed, ..self.clone() }
    }
}
