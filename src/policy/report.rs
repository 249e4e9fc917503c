//! Collects the problems of one file and says on which line and column each is.

use super::near::quoted;
use crate::incident::problem::{Level, Problem, ProblemKind};
use std::collections::HashMap;
use std::ops::Range;

/// The most problems of a file that are listed: whoever has more fixes these first.
const MOST: usize = 200;

/// The most characters of a line that a problem quotes.
const LINE: usize = 1000;

/// The problems of one file, as they are found.
pub(super) struct Report<'a> {
    file: &'a str,
    text: &'a str,
    /// The byte at which each line begins.
    starts: Vec<usize>,
    found: Vec<(usize, ProblemKind)>,
}

impl<'a> Report<'a> {
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file, text, starts, found: Vec::new() }
    }

    /// The file, as people named it.
    pub(super) const fn file(&self) -> &'a str {
        self.file
    }

    /// Adds a problem that begins at this byte.
    pub(super) fn add(&mut self, at: usize, what: ProblemKind) {
        self.found.push((at.min(self.text.len()), what));
    }

    /// Whether a problem that begins at this byte was found.
    pub(super) fn has_one_at(&self, at: usize) -> bool {
        self.found.iter().any(|(place, _)| *place == at)
    }

    /// Adds a problem for each text that stood before, naming the first.
    pub(super) fn repeated<'t>(&mut self, key: &str, texts: impl Iterator<Item = (&'t str, Range<usize>)>) {
        let mut first: HashMap<&str, usize> = HashMap::new();
        for (id, span) in texts {
            if let Some(first) = first.get(id) {
                let first_line = self.line(*first);
                self.add(span.start, ProblemKind::Duplicate { key: key.to_owned(), id: quoted(id), first_line });
            } else {
                first.insert(id, span.start);
            }
        }
    }

    /// Whether something was found that keeps the file from being used.
    pub(super) fn has_errors(&self) -> bool {
        self.found.iter().any(|(_, what)| what.level() == Level::Error)
    }

    /// Drops the problems that `follow` from another, found earlier.
    pub(super) fn drop_if(&mut self, follows: impl Fn(&ProblemKind) -> bool) {
        self.found.retain(|(_, what)| !follows(what));
    }

    /// The line of a byte, from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }

    /// The problems in the order of the file.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        let mut found = std::mem::take(&mut self.found);
        found.sort_by_key(|(at, _)| *at);
        let left_out = found.len().saturating_sub(MOST);
        if left_out > 0 {
            found.truncate(MOST);
            let at = found.last().map_or(0, |(at, _)| *at);
            found.push((at, ProblemKind::More { left_out }));
        }
        found.into_iter().map(|(at, what)| self.locate(at, what)).collect()
    }

    fn locate(&self, at: usize, what: ProblemKind) -> Problem {
        let line = self.line(at);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let rest = self.text.get(start..).unwrap_or_default();
        let column = rest.char_indices().take_while(|(offset, _)| start + offset < at).count() + 1;
        let source = rest.split('\n').next().unwrap_or_default();
        let source_line = source.trim_end_matches('\r').chars().take(LINE).collect();
        Problem { file: self.file.to_owned(), line, column, source_line, level: what.level(), what }
    }
}

/// A problem of a file as a whole, or of a byte of it that can't be shown.
pub(super) fn whole_file(file: &str, line: usize, what: ProblemKind) -> Problem {
    Problem { file: file.to_owned(), line, column: 1, source_line: String::new(), level: what.level(), what }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Report};
    use crate::incident::problem::ProblemKind;

    #[test]
    fn columns_count_characters() {
        let text = "障害 = 1\r\n\n次 = 2";
        let mut report = Report::new("f", text);
        for at in [text.len(), 9, 0, 14] {
            report.add(at, ProblemKind::NoStep);
        }
        let places: Vec<(usize, usize, String)> =
            report.finish().into_iter().map(|problem| (problem.line, problem.column, problem.source_line)).collect();
        assert_eq!(
            places,
            [
                (1, 1, "障害 = 1".to_owned()),
                (1, 6, "障害 = 1".to_owned()),
                (3, 2, "次 = 2".to_owned()),
                (3, 6, "次 = 2".to_owned())
            ]
        );
    }

    #[test]
    fn a_flood_is_cut() {
        let mut report = Report::new("f", "");
        for _ in 0..MOST + 7 {
            report.add(0, ProblemKind::NoStep);
        }
        let problems = report.finish();
        assert_eq!(problems.len(), MOST + 1);
        assert_eq!(problems[MOST].what, ProblemKind::More { left_out: 7 });
    }
}
