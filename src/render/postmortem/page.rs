//! A document as blocks of plain text, so that each format escapes in one place and none can be forgotten.

use crate::incident::time::Timestamp;
use crate::text::postmortem::Heading;

/// A part of the document.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading of the second or third level.
    Heading(u8, Heading),
    /// A heading of a section that people write: its level, its name for links, its words.
    Titled(u8, String, String),
    /// A heading below those, of a playbook.
    Subheading(String),
    /// Something to know before reading on.
    Notice(String),
    /// A sentence of ours.
    Paragraph(String),
    /// What people wrote, in full.
    Words(String),
    /// What people wrote in a section, or are asked to write there.
    Human(Human),
    /// A drawing in letters, each in a column of its own.
    Plain(String),
    /// Bars in letters; a drawing of the impact over time where the format has pictures.
    Bars(String),
    /// The chain of causes as a tree in letters; a drawing of it where the format has pictures.
    Causes(String),
    /// A picture, where the format has pictures.
    Picture(Picture),
    /// A table.
    Table(Table),
}

/// A picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// Stages, milestones, entries, updates and roles over time.
    Timeline,
    /// Stages and milestones over time, without anybody's name.
    Phases,
    /// The impact over time.
    Impact,
    /// What was planned and what it took.
    Plan,
}

/// A section's own part: what people wrote, or are asked to write.
#[derive(Debug, Clone, PartialEq)]
pub struct Human {
    /// The section's slug.
    pub id: String,
    /// What it is to answer.
    pub question: String,
    /// What people wrote.
    pub text: Option<String>,
}

/// A table whose first column names its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Which table, for its layout.
    pub name: &'static str,
    /// The heads of the columns; none for names and values.
    pub head: Vec<&'static str>,
    /// The column that holds what people wrote.
    pub wordy: usize,
    /// The rows, each with as many cells as there are columns.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// What people wrote, where the cells hold only its first line.
    pub full: Option<String>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// Its text.
    pub text: String,
    /// The instant that the text shows.
    pub at: Option<Timestamp>,
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { text, at: None }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl Row {
    /// A row of these cells.
    pub fn new<const N: usize>(cells: [Cell; N]) -> Self {
        Self { cells: cells.into(), full: None }
    }

    /// The row, with what people wrote in full.
    #[must_use]
    pub fn with_full(self, full: Option<String>) -> Self {
        Self { full, ..self }
    }
}

/// The first line of what people wrote, and all of it where there are more.
pub fn first_line(text: &str) -> (String, Option<String>) {
    (crate::text::first_line(text), text.trim().contains('\n').then(|| text.to_owned()))
}
