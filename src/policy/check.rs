//! Checks a file: its size, its syntax, its shape, then the rules of what it is.

use super::file::MOST;
use super::near::said;
use super::report::Report;
use super::shape::Key;
use super::syntax::{STAND_IN, readable};
use super::walk::Walk;
use crate::incident::problem::{Problem, ProblemKind};
use toml::de::{DeTable, Error};

/// Every problem of a file with this shape.
///
/// `rules` sees the parts that could be read; `unfit` is asked last, when nothing else was found. A file without any
/// key, all comments, has no problem: it stands for nothing.
pub(super) fn check(
    file: &str,
    text: &str,
    keys: &'static [Key],
    rules: impl FnOnce(&mut Walk<'_, '_>),
    unfit: impl FnOnce() -> Option<Error>,
) -> Vec<Problem> {
    let mut report = Report::new(file, text);
    if text.len() > MOST {
        report.add(0, ProblemKind::TooLarge { bytes: text.len(), most: MOST });
        return report.finish();
    }
    let Some(readable) = readable(text, &mut report) else { return report.finish() };
    let (mut root, _) = DeTable::parse_recoverable(&readable.text);
    if !readable.lost.is_empty() {
        root.get_mut().remove(STAND_IN);
    }
    if root.get_ref().is_empty() {
        return report.finish();
    }
    rules(&mut Walk::through(&mut report, root.get_ref(), keys));
    report.drop_if(|what| follows(what, &readable.lost));
    if !report.has_errors()
        && let Some(error) = unfit()
    {
        let at = error.span().map_or(0, |span| span.start);
        report.add(at, ProblemKind::Unfit { message: said(error.message()) });
    }
    report.finish()
}

/// Whether a problem may be there only because lines were taken out.
fn follows(what: &ProblemKind, lost: &[String]) -> bool {
    match what {
        ProblemKind::MissingKey { key } => {
            let name = key.rsplit('.').next().unwrap_or(key);
            lost.iter().any(|line| line.contains(name))
        }
        ProblemKind::UnknownRole { .. } => lost.iter().any(|line| line.trim_start().starts_with('[')),
        ProblemKind::NoStep | ProblemKind::SelectsNothing => !lost.is_empty(),
        _ => false,
    }
}
