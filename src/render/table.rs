//! Columns: a table as wide as the terminal, or plain aligned text at full width when it is piped.

use super::Page;
use comfy_table::{Cell, ContentArrangement};

/// Rows of cells; cells are text already made safe.
#[derive(Debug)]
pub struct Table {
    table: comfy_table::Table,
}

impl Table {
    /// A table without rows.
    pub fn new(page: &Page, headings: &[String]) -> Self {
        let mut table = comfy_table::Table::new();
        table.load_style(comfy_table::presets::NOTHING);
        match page.width {
            Some(width) => {
                table.set_content_arrangement(ContentArrangement::Dynamic);
                table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
            }
            None => {
                table.set_content_arrangement(ContentArrangement::Disabled);
            }
        }
        if !headings.is_empty() {
            table.set_header(headings.iter().map(|heading| Cell::new(page.dim(heading))));
        }
        Self { table }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<String>) {
        self.table.add_row(cells);
    }

    /// The table's lines, without spaces at their ends.
    pub fn lines(&mut self) -> Vec<String> {
        for column in self.table.column_iter_mut() {
            column.set_padding((0, 2));
        }
        self.table.lines().map(|line| line.trim_end().to_owned()).collect()
    }
}
