//! `import`: the history that another tool holds.

use super::desk::Desk;
use super::import::{Args, argument, unreadable, zone};
use crate::engine::{Manner, TakenIn};
use crate::error::{Exit, Failure};
use crate::incident::past::{Past, Skip, Skipped};
use crate::intake::{Format, Reading};
use crate::render::imported;
use crate::render::json::{ChangeDoc, ImportDoc, ImportedDoc, SCHEMA, SkippedDoc};
use crate::say;
use jiff::tz::TimeZone;

pub(super) fn run(desk: &Desk, args: &Args, format: Format, bytes: &[u8]) -> Result<(), Failure> {
    let asked = args.zone.as_deref().map(|typed| zone(desk, Some(typed), TimeZone::UTC)).transpose()?;
    let contents = format.read(bytes, &Reading { zone: asked });
    let mut contents = contents.map_err(|error| unreadable(desk, &args.file, &error))?;
    let leave_out = format.leaves_maintenance_out() && !args.maintenance;
    let maintenance = if leave_out { contents.without_maintenance() } else { 0 };
    contents.rate(&desk.engine.library().policy.alerts);
    let mut contents = contents.possible(desk.env.now());
    let bar = desk.ui.progress(contents.pasts.len() as u64, &say!(desk.lang, "importing", "取り込み中"));
    let mut session = desk.try_open().map_err(|error| desk.failed(&error, None))?;
    let manner = Manner { dry: args.dry_run, update: args.update };
    let taken = session.take_in(&desk.stamp()?, &contents.pasts, manner, |done| bar.set(done as u64));
    drop(bar);
    let taken = taken.map_err(|error| desk.failed(&error, None))?;
    for ((past, taken), (line, record)) in contents.pasts.iter().zip(&taken).zip(&contents.places) {
        let differs = taken.changes.iter().filter(|_| !taken.corrected).cloned().map(Skip::Differs);
        let gone = taken.gone.iter().map(|text| Skip::Gone { text: text.clone() });
        let skipped = |why| Skipped { line: *line, record: Some(*record), source: Some(past.source.clone()), why };
        contents.skipped.extend(differs.chain(gone).map(skipped));
    }
    contents.skipped.sort_by_key(|skipped| skipped.line);
    let one = |(past, taken): (&Past, &TakenIn)| ImportedDoc {
        reference: taken.number,
        source: past.source.clone(),
        outcome: outcome(taken).to_owned(),
        entries: taken.entries,
        changes: taken.changes.iter().map(|change| ChangeDoc::new(change, desk.lang)).collect(),
    };
    let incidents: Vec<ImportedDoc> = contents.pasts.iter().zip(&taken).map(one).collect();
    let count = |outcome: &str| incidents.iter().filter(|one| one.outcome == outcome).count();
    let doc = ImportDoc {
        schema: SCHEMA,
        format: format.as_str().to_owned(),
        dry_run: args.dry_run,
        imported: count("imported"),
        updated: count("updated"),
        unchanged: count("unchanged"),
        changed: count("changed"),
        maintenance,
        entries: taken.iter().map(|one| one.entries).sum(),
        incidents,
        skipped: contents.skipped.iter().map(|one| SkippedDoc::new(one, desk.lang)).collect(),
    };
    if desk.ui.quiet && !desk.ui.json {
        let new = doc.incidents.iter().filter(|one| one.outcome == "imported");
        new.for_each(|one| desk.ui.out(&one.reference.to_string()));
    } else {
        let file = argument(&args.file.to_string_lossy());
        let again = format!("hikeshi import {} {file} --update", format.as_str());
        desk.print(|| doc.clone(), |page| imported(page, &doc, &again));
    }
    if !doc.skipped.is_empty() {
        desk.end_with(Exit::Attention as u8);
    }
    Ok(())
}

/// What became of a record, in a word.
fn outcome(taken: &TakenIn) -> &'static str {
    match (taken.known, taken.entries) {
        (false, _) => "imported",
        (true, 1..) => "updated",
        (true, 0) if !taken.changes.is_empty() => "changed",
        (true, 0) => "unchanged",
    }
}
