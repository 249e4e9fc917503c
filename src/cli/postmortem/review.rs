//! `postmortem check`: what is missing or weak.

use super::super::arguments::Recording;
use super::super::desk::{Desk, Reach};
use crate::engine::Receipt;
use crate::error::{Exit, Failure};
use crate::incident::command::Command;
use crate::incident::review::review;
use crate::render::json::{PostmortemCheckDoc, SCHEMA, WeaknessDoc};
use crate::render::weaknesses;
use crate::say;
use crate::text::one_line;

pub fn check(desk: &Desk) -> Result<(), Failure> {
    let store = desk.store()?;
    let reader = store.reader();
    let incident = desk.load(&reader, desk.incident(&reader, Reach::NotOver)?)?;
    let findings = review(&incident, &desk.engine.library().policy.postmortem);
    let number = incident.number;
    let status = incident.writing.status();
    desk.print(
        || PostmortemCheckDoc {
            schema: SCHEMA,
            incident: number,
            status: status.as_str().to_owned(),
            findings: findings.iter().map(|one| WeaknessDoc::new(one, number, desk.lang)).collect(),
        },
        |page| weaknesses(page, number, status, &findings),
    );
    if !findings.is_empty() {
        desk.end_with(Exit::Attention as u8);
    }
    Ok(())
}

pub fn approve(desk: &Desk, command: Command, recording: &Recording) -> Result<(), Failure> {
    if let Some(receipt) = desk.record_silently(command, recording, Reach::NotOver)? {
        desk.confirm(&receipt, own_work(desk, &receipt).into_iter().collect());
    }
    Ok(())
}

/// Says that somebody approved what they wrote or submitted themselves: small teams must, larger ones should not.
fn own_work(desk: &Desk, receipt: &Receipt) -> Option<String> {
    let writing = &receipt.incident.writing;
    let by = &writing.approved.as_ref()?.by;
    let submitted = writing.submitted.as_ref().is_some_and(|(_, submitter)| submitter == by);
    let own = submitted || writing.sections.iter().any(|section| &section.by == by);
    let by = one_line(by);
    own.then(|| {
        say!(
            desk.lang,
            "{by} wrote or submitted it as well: nobody else has approved it",
            "{by} は執筆または提出した本人です（ほかの人の承認はありません）"
        )
    })
}
