//! Columns: a table as wide as the terminal, or plain aligned text at full width when it is piped.
//!
//! Where there is too little room, columns that hold words are made narrower, down to what can still be read; after
//! that columns are given up, the least important first. No word is cut.

use super::Page;
use crate::text::{cell_lines, columns, shortened};
use comfy_table::{Cell, ContentArrangement};

/// Blanks between two columns.
const GAP: usize = 2;

/// A column wider than this holds words, where nobody says what it holds.
const WORDS: usize = 24;

/// What is left of a column of words, where nobody says how much.
const LEAST: usize = 16;

/// What a column does where there is too little room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Stays as wide as what stands in it.
    Whole,
    /// Goes on in further lines, so many columns wide at least.
    Flow(usize),
    /// Ends with an ellipsis, so many columns wide at least.
    Short(usize),
}

/// Rows of cells; cells are text already made safe.
#[derive(Debug)]
pub struct Table {
    width: Option<usize>,
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
    fits: Vec<(usize, Fit)>,
    given_up: Option<Vec<usize>>,
}

impl Table {
    /// A table without rows.
    pub fn new(page: &Page, headings: &[String]) -> Self {
        let headings = headings.iter().map(|heading| page.dim(heading)).collect();
        Self { width: page.width, headings, rows: Vec::new(), fits: Vec::new(), given_up: None }
    }

    /// What a column does where there is too little room.
    #[must_use]
    pub fn fit(mut self, column: usize, fit: Fit) -> Self {
        self.fits.push((column, fit));
        self
    }

    /// Which columns are left out where there is too little room for all, the first ones first.
    #[must_use]
    pub fn gives_up(mut self, columns: &[usize]) -> Self {
        self.given_up = Some(columns.to_vec());
        self
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// The table's lines, without spaces at their ends.
    pub fn lines(&mut self) -> Vec<String> {
        let layout = self.width.map(|width| self.layout(width));
        let mut table = comfy_table::Table::new();
        table.load_style(comfy_table::presets::NOTHING);
        table.set_content_arrangement(ContentArrangement::Disabled);
        let laid = |cells: &[String]| -> Vec<String> {
            let Some(layout) = &layout else { return cells.to_vec() };
            layout.iter().filter_map(|place| cells.get(place.column).map(|cell| place.lay(cell))).collect()
        };
        if !self.headings.is_empty() {
            table.set_header(laid(&self.headings).into_iter().map(Cell::new));
        }
        for row in &self.rows {
            table.add_row(laid(row));
        }
        for column in table.column_iter_mut() {
            column.set_padding((0, 2));
        }
        table.lines().map(|line| line.trim_end().to_owned()).collect()
    }

    /// The columns that are shown on so many, and how wide each is.
    fn layout(&self, width: usize) -> Vec<Place> {
        let rows = || self.rows.iter().chain(std::iter::once(&self.headings));
        let count = rows().map(Vec::len).max().unwrap_or(0);
        let natural = |column: usize| rows().filter_map(|row| row.get(column)).map(|cell| columns(cell)).max();
        let mut places: Vec<Place> = (0..count)
            .map(|column| {
                let natural = natural(column).unwrap_or(0);
                let fit = self.fits.iter().find(|(of, _)| *of == column).map(|(_, fit)| *fit);
                let holds_words = natural > WORDS || column + 1 == count;
                let fit = fit.unwrap_or(if holds_words { Fit::Flow(LEAST) } else { Fit::Whole });
                let longest = || rows().filter_map(|row| row.get(column)).map(|cell| longest_word(cell)).max();
                let word = if matches!(fit, Fit::Flow(_)) { longest().unwrap_or(0).min(width * 2 / 3) } else { 0 };
                Place { column, fit, natural, width: fit.least(natural).max(word), last: false }
            })
            .collect();
        let order = self.given_up.clone().unwrap_or_else(|| (1..count.saturating_sub(1)).rev().collect());
        for column in order {
            if needed(&places) <= width {
                break;
            }
            places.retain(|place| place.column != column);
        }
        // What room there is goes to whoever needs the least more, so that as few as possible go on.
        let mut left = width.saturating_sub(needed(&places));
        let mut wanting: Vec<usize> = (0..places.len()).collect();
        wanting.sort_by_key(|index| places[*index].natural - places[*index].width);
        for (done, index) in wanting.iter().enumerate() {
            let share = left / (wanting.len() - done);
            let more = share.min(places[*index].natural - places[*index].width);
            places[*index].width += more;
            left -= more;
        }
        if let Some(place) = places.last_mut() {
            place.last = true;
        }
        places
    }
}

/// How wide the columns are with the gaps between them.
fn needed(places: &[Place]) -> usize {
    places.iter().map(|place| place.width).sum::<usize>() + GAP * places.len().saturating_sub(1)
}

/// How wide the widest word is, which may not be cut.
fn longest_word(cell: &str) -> usize {
    cell_lines(cell, 1, false).iter().map(|word| columns(word)).max().unwrap_or(0)
}

/// A column that is shown.
#[derive(Debug)]
struct Place {
    column: usize,
    fit: Fit,
    natural: usize,
    width: usize,
    last: bool,
}

impl Fit {
    fn least(self, natural: usize) -> usize {
        match self {
            Self::Whole => natural,
            Self::Flow(least) | Self::Short(least) => natural.min(least),
        }
    }
}

impl Place {
    fn lay(&self, cell: &str) -> String {
        match self.fit {
            Fit::Whole => cell.to_owned(),
            Fit::Short(_) => shortened(cell, self.width),
            // An address at a line's end may stand out; elsewhere it would push what follows out of its column.
            Fit::Flow(_) => cell_lines(cell, self.width, !self.last).join("\n"),
        }
    }
}
