//! `postmortem check`: what is missing or weak.

use super::super::desk::{Desk, Reach};
use crate::error::{Exit, Failure};
use crate::incident::review::review;
use crate::render::json::{PostmortemCheckDoc, SCHEMA, WeaknessDoc};
use crate::render::weaknesses;

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
