//! Taking over what other tools' histories hold: once, however often it is given.

use super::EngineError;
use super::record::Session;
use super::request::Stamp;
use crate::incident::fact::Fact;
use crate::incident::id::{BatchId, SubjectId, uuid_v7};
use crate::incident::limits;
use crate::incident::past::{Known, Past, Standing, facts};
use crate::incident::state::{Incident, Meta};
use crate::incident::time::Timestamp;
use crate::store::{NewBatch, NewEntry, Reader, Writer};
use std::collections::HashMap;

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
    /// What the file says otherwise than the record, which is not taken over.
    pub differs: Vec<&'static str>,
}

impl Session<'_> {
    /// Takes incidents over in order; `done` hears how many are.
    ///
    /// With `dry` nothing is kept.
    pub fn take_in(
        &mut self,
        stamp: &Stamp,
        pasts: &[Past],
        dry: bool,
        mut done: impl FnMut(usize),
    ) -> Result<Vec<TakenIn>, EngineError> {
        let mut taken = Vec::with_capacity(pasts.len());
        let together = if dry { pasts.len().max(1) } else { TOGETHER };
        for chunk in pasts.chunks(together) {
            let writer = self.store.begin()?;
            let space = writer.settle_origin(stamp.identity(), &stamp.batch(), stamp.salt(usize::MAX))?;
            let mut next = writer.reader().next_number(space)?;
            for past in chunk {
                let own = stamp.of_record(taken.len());
                let one = take_one(&writer, &own, past, Standing { space, number: next })?;
                next += u32::from(!one.known);
                taken.push(one);
                done(taken.len());
            }
            if !dry {
                let pending = writer.commit()?;
                self.finish(pending);
            }
        }
        Ok(taken)
    }
}

fn take_one(writer: &Writer<'_>, stamp: &Stamp, past: &Past, standing: Standing) -> Result<TakenIn, EngineError> {
    let known = known(&writer.reader(), past)?;
    let found = facts(past, known.as_ref(), standing);
    let (subject, number) = match &known {
        Some(known) => (known.incident.id, known.incident.number),
        None => (stamp.batch.incident(), standing.number),
    };
    let entries = found.len();
    let differs = match &known {
        Some(known) => differing(&writer.reader(), past, &known.incident, entries > 0)?,
        None => Vec::new(),
    };
    if entries > 0 {
        let before = known.as_ref().map(|known| known.incident.clone());
        append(writer, stamp, &stamp.batch(), (subject, before), found)?;
    }
    Ok(TakenIn { number, entries, known: known.is_some(), differs })
}

/// What a record says otherwise than when it was taken over; an end that comes with an update is news.
fn differing(
    reader: &Reader<'_>,
    past: &Past,
    incident: &Incident,
    news: bool,
) -> Result<Vec<&'static str>, EngineError> {
    let mut differs = Vec::new();
    for entry in reader.of_kind(incident.id, "incident.declared")? {
        let Fact::IncidentDeclared(declared) = &entry.fact else { continue };
        let title = limits::headline(&past.title).0;
        // A title that was changed here by hand was not the file's to change.
        if !entry.redacted && declared.title != title && incident.title != title {
            differs.push("title");
        }
    }
    let resolved = incident.times.resolved.filter(|_| incident.status.is_final() && !news);
    if past.resolved_at.is_some() && resolved.is_some() && ended(past, incident) != resolved {
        differs.push("resolved_at");
    }
    Ok(differs)
}

/// When a record is over, were it taken over now.
fn ended(past: &Past, incident: &Incident) -> Option<Timestamp> {
    let standing = Standing { space: incident.space, number: incident.number };
    let found = facts(past, None, standing);
    found.into_iter().rev().find(|(_, fact)| matches!(fact, Fact::IncidentResolved(_))).map(|(at, _)| at)
}

/// Appends facts that happened each at a time of its own, and folds them into the incident.
pub(super) fn append(
    writer: &Writer<'_>,
    stamp: &Stamp,
    batch: &NewBatch,
    (subject, before): (SubjectId, Option<Incident>),
    found: Vec<(Timestamp, Fact)>,
) -> Result<Incident, EngineError> {
    let mut incident = before.unwrap_or_else(|| Incident::blank(subject));
    let entry = |(index, (at, fact))| (at, NewEntry { subject, fact, salt: stamp.salt(index) });
    let entries: Vec<(Timestamp, NewEntry)> = found.into_iter().enumerate().map(entry).collect();
    let headers = writer.append_past(batch, &entries)?;
    for (header, (_, new)) in headers.iter().zip(&entries) {
        let meta = Meta { id: header.id, at: header.at, actor: header.actor.clone() };
        incident.apply(&meta, &new.fact);
    }
    let folded = headers.iter().map(|header| header.hlc.value()).max().unwrap_or_default();
    writer.put(&incident, folded)?;
    Ok(incident)
}

/// What the store holds of an incident of another tool.
fn known(reader: &Reader<'_>, past: &Past) -> Result<Option<Known>, EngineError> {
    let Some(subject) = reader.holding(&past.name())?.pop() else { return Ok(None) };
    let Some(incident) = reader.incident(subject)? else { return Ok(None) };
    let mut reports: HashMap<String, Option<String>> = HashMap::new();
    for entry in reader.of_kind(subject, "report.imported")? {
        let Fact::ReportImported(report) = entry.fact else { continue };
        let text = (!entry.redacted).then_some(report.text);
        let later = report.part.is_some_and(|part| part > 1);
        match (reports.get_mut(&report.source).filter(|_| later), text) {
            (Some(Some(so_far)), Some(text)) => so_far.push_str(&text),
            (Some(so_far), _) => *so_far = None,
            (None, text) => drop(reports.insert(report.source, text)),
        }
    }
    Ok(Some(Known { incident, reports }))
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
