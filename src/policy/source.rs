//! A configuration file's text, and problems with their place in it.

use crate::incident::problem::ProblemKind;
use std::io::Read;
use std::ops::Range;
use std::path::Path;

/// The most bytes that a configuration file may have.
const LARGEST: u64 = 1024 * 1024;

/// How grave a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The file can't be used.
    Error,
    /// The file can be used, and should be mended.
    Warning,
}

/// A problem with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The offending line.
    pub source_line: String,
    /// How grave it is.
    pub level: Level,
    /// What is wrong.
    pub what: ProblemKind,
}

/// A file's name and text.
#[derive(Debug, Clone)]
pub struct Source {
    /// The name to show.
    pub file: String,
    /// The text.
    pub text: String,
}

impl Source {
    /// Reads a file; what keeps it from being text is a problem.
    pub fn read(path: &Path) -> Result<Self, Box<Problem>> {
        let file = path.display().to_string();
        let bare = |what| {
            Box::new(Problem {
                file: file.clone(),
                line: 1,
                column: 1,
                source_line: String::new(),
                level: Level::Error,
                what,
            })
        };
        let failed = |error: std::io::Error| bare(ProblemKind::Unreadable(error.to_string()));
        let opened = std::fs::File::open(path).map_err(failed)?;
        let metadata = opened.metadata().map_err(failed)?;
        if !metadata.is_file() {
            return Err(bare(ProblemKind::Unreadable("not a file".to_owned())));
        }
        let mut bytes = Vec::new();
        opened.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > LARGEST {
            return Err(bare(ProblemKind::TooLarge { bytes: metadata.len(), most: LARGEST }));
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self { file, text }),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                Err(Box::new(Self { file, text }.problem(valid..valid, Level::Error, ProblemKind::NotUtf8)))
            }
        }
    }

    /// A problem at a place given in bytes.
    pub fn problem(&self, span: Range<usize>, level: Level, what: ProblemKind) -> Problem {
        let start = (0..=span.start.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        let before = &self.text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let source_line = self.text[line_start..].lines().next().unwrap_or_default();
        Problem {
            file: self.file.clone(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            source_line: source_line.chars().take(200).collect(),
            level,
            what,
        }
    }
}
