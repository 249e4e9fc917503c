//! Takes the lines out of a text that are no TOML, so that the rest of the file can be checked in the same go.
//!
//! A parser stops at the first fault or stumbles on from it, and one missing bracket is reported ten times. So the
//! line that is to blame is blanked, byte for byte, and the rest is read again.

use super::near::said;
use super::report::Report;
use crate::incident::problem::ProblemKind;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

/// The largest text that is read again and again; a playbook has some ten thousand bytes.
const MOST: usize = 64 * 1024;

/// The most errors of a text worth putting in order; an open bracket at the top of a long playbook makes hundreds.
const ERRORS: usize = 2000;

/// The most lines that are taken out.
const ROUNDS: usize = 30;

/// The most faults that are listed of a text that can't be put in order.
const LISTED: usize = 20;

/// The key of the table that stands in for one whose header can't be read, so that what is below it is not taken for
/// the table above.
pub(super) const STAND_IN: &str = "_";
const STAND_IN_HEADER: &str = "[[_]]";

/// A text of which every line is TOML.
pub(super) struct Readable {
    /// The text; what is left stands on the same bytes as before.
    pub(super) text: String,
    /// The lines that were taken out.
    pub(super) lost: Vec<String>,
}

/// Reports the lines that are no TOML and takes them out; `None` when that doesn't succeed.
pub(super) fn readable(text: &str, report: &mut Report<'_>) -> Option<Readable> {
    let mut readable = Readable { text: text.to_owned(), lost: Vec::new() };
    loop {
        let (table, errors) = DeTable::parse_recoverable(&readable.text);
        let Some(first) = errors.iter().min_by_key(|error| place(error)) else { return Some(readable) };
        let worthwhile = text.len() <= MOST && errors.len() <= ERRORS && readable.lost.len() < ROUNDS;
        let repair = worthwhile.then(|| repair(&readable.text, table.get_ref(), place(first))).flatten();
        let Some(repair) = repair else {
            list(&errors, report);
            return None;
        };
        let line = readable.text.get(repair.line.clone()).unwrap_or_default().to_owned();
        let at = if repair.line.start <= place(first) && place(first) <= repair.line.end {
            place(first)
        } else {
            repair.line.start + line.trim_end().len()
        };
        report.add(at, ProblemKind::Syntax { message: said(first.message()) });
        let text = repair.text;
        readable.lost.push(line);
        readable.text = text;
    }
}

fn place(error: &Error) -> usize {
    error.span().map_or(0, |span| span.start)
}

/// Reports errors as the parser gives them, the first of each line.
fn list(errors: &[Error], report: &mut Report<'_>) {
    let mut lines: Vec<usize> = Vec::new();
    for error in errors {
        let line = report.line(place(error));
        if !lines.contains(&line) {
            lines.push(line);
            report.add(place(error), ProblemKind::Syntax { message: said(error.message()) });
        }
        if lines.len() == LISTED {
            break;
        }
    }
}

struct Repair {
    line: Range<usize>,
    text: String,
}

/// The line without which the fewest errors are left; `None` when the first error outlasts every one.
fn repair(text: &str, table: &DeTable<'_>, error: usize) -> Option<Repair> {
    let own = line_of(text, error);
    let mut suspects = vec![own.clone()];
    suspects.extend(line_before(text, own.start));
    let mut begun = Vec::new();
    values_around(table, error, &mut begun);
    suspects.extend(begun.into_iter().map(|start| line_of(text, start)));
    let mut best: Option<(usize, Repair)> = None;
    for line in suspects {
        for text in without(text, &line) {
            let (_, errors) = DeTable::parse_recoverable(&text);
            let gets_past = errors.iter().all(|left| place(left) > error);
            if gets_past && best.as_ref().is_none_or(|(fewest, _)| errors.len() < *fewest) {
                best = Some((errors.len(), Repair { line: line.clone(), text }));
            }
        }
    }
    best.map(|(_, repair)| repair)
}

/// The text with a line blanked; before that, where the line may be a header, with another in its place.
fn without(text: &str, line: &Range<usize>) -> Vec<String> {
    let (Some(before), Some(own), Some(after)) = (text.get(..line.start), text.get(line.clone()), text.get(line.end..))
    else {
        return Vec::new();
    };
    let with = |header: &str| format!("{before}{header}{}{after}", " ".repeat(own.len().saturating_sub(header.len())));
    let may_be_header = own.trim_start().starts_with('[') && own.len() >= STAND_IN_HEADER.len();
    may_be_header.then(|| with(STAND_IN_HEADER)).into_iter().chain([with("")]).collect()
}

/// The bytes of the line that holds this byte, without its end.
fn line_of(text: &str, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let at = at.min(bytes.len());
    let start = bytes.iter().take(at).rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let end = bytes.iter().skip(start).position(|byte| *byte == b'\n').map_or(bytes.len(), |length| start + length);
    start..end
}

/// The nearest line before that says something.
fn line_before(text: &str, start: usize) -> Option<Range<usize>> {
    let said = text.get(..start)?.trim_end();
    (!said.is_empty()).then(|| line_of(text, said.len() - 1))
}

/// Where the values begin in which this byte lies: one of them may not have been ended.
fn values_around(table: &DeTable<'_>, at: usize, begun: &mut Vec<usize>) {
    for (_, value) in table {
        value_around(value, at, begun);
    }
}

fn value_around(value: &Spanned<DeValue<'_>>, at: usize, begun: &mut Vec<usize>) {
    if value.span().start <= at && at <= value.span().end {
        begun.push(value.span().start);
    }
    match value.get_ref() {
        DeValue::Table(table) => values_around(table, at, begun),
        DeValue::Array(list) => list.iter().for_each(|value| value_around(value, at, begun)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{Report, readable};

    /// The lines on which something is reported, and what is left.
    fn read(text: &str) -> (Vec<usize>, Option<String>) {
        let mut report = Report::new("f", text);
        let left = readable(text, &mut report).map(|readable| {
            assert_eq!(readable.text.len(), text.len());
            readable.text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
        });
        (report.finish().into_iter().map(|problem| problem.line).collect(), left)
    }

    #[test]
    fn the_line_to_blame_is_taken_out() {
        for (text, lines, left) in [
            ("a = 1\nb\nc = 2", vec![2], "a = 1\n\nc = 2"),
            ("a = [\"x\", \"y\"\nb = 1\n[[c]]\nd = 1", vec![1], "\nb = 1\n[[c]]\nd = 1"),
            ("a = { en = \"x\", ja = \"y\n[[c]]\nd = 1\n", vec![1], "\n[[c]]\nd = 1"),
            ("a = { en = \"x\", ja = \"y\"\n[[c]]\nd = 1\ne f", vec![1, 4], "\n[[c]]\nd = 1\n"),
            ("a = \"\"\"x\nb = 1\n[[c]]\n", vec![1], "\nb = 1\n[[c]]"),
            ("a = [\n  1,\n  2 3,\n]\nb =\n", vec![3, 5], "a = [\n  1,\n\n]\n"),
            ("[[step]]\nid = 1\n[[step]\nid = 2\n", vec![3], "[[step]]\nid = 1\n[[_]]\nid = 2"),
            ("[[step]]\nid = 1\n[step]\nid = 2\n", vec![3], "[[step]]\nid = 1\n[[_]]\nid = 2"),
            ("a = 1\na = 2\na = 3\nb = 2026-02-31\n", vec![2, 3, 4], "a = 1\n\n\n"),
            ("a = 1\0\nb = 1", vec![1], "\nb = 1"),
            ("a = [\"x\"\n[[step]\nid = 1\n", vec![1, 2], "\n[[_]]\nid = 1"),
        ] {
            let (found, rest) = read(text);
            assert_eq!(found, lines, "{text}");
            assert_eq!(rest.as_deref(), Some(left), "{text}");
        }
    }

    #[test]
    fn what_can_not_be_put_in_order_is_still_reported() {
        let (lines, left) = read(&"=\n".repeat(100));
        assert_eq!(left, None);
        assert!((30..=60).contains(&lines.len()), "{}", lines.len());
    }
}
