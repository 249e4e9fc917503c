//! The document as Markdown, for people to go on writing in.

use super::outline::{outline, title};
use super::page::{Block, Cell, Row, Table};
use crate::render::escape::{fenced, markdown as escape};
use crate::text::postmortem as say;
use crate::text::{Moments, visible};
use crate::view::postmortem::Postmortem;
use std::fmt::Write as _;

/// The postmortem as Markdown: what people must write is headed and empty, with a comment on what belongs there.
pub fn markdown(postmortem: &Postmortem, moments: &Moments) -> String {
    let lang = moments.lang();
    let mut text = format!("# {}\n", escape(&title(postmortem, lang)));
    for block in outline(postmortem, moments) {
        let shown = match block {
            Block::Heading(level, heading) => format!("{} {}", "#".repeat(level.into()), heading.text(lang)),
            Block::Subheading(words) => format!("#### {}", escape(&words)),
            Block::Notice(words) => format!("> **{}**", escape(&words)),
            Block::Paragraph(words) => escape(&words),
            Block::Words(words) => quoted(&words),
            Block::Prompt(words) => format!("<!-- {words} -->"),
            Block::Table(shown) => table(&shown, moments),
            Block::Plain(drawing) => fenced(&drawing),
            Block::Chart => continue,
        };
        text.push('\n');
        text.push_str(&shown);
        text.push('\n');
    }
    text
}

/// What people wrote, line for line, as a quotation.
fn quoted(words: &str) -> String {
    let shown = visible(words);
    let lines: Vec<String> = shown.trim().lines().map(escape).collect();
    let last = lines.len().saturating_sub(1);
    let line = |(place, line): (usize, &String)| {
        // A backslash keeps the line end, but not before an empty line, which ends the paragraph anyhow.
        let goes_on = !line.is_empty() && place < last && !lines[place + 1].is_empty();
        format!("> {line}{}", if goes_on { "\\" } else { "" }).trim_end().to_owned()
    };
    lines.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

fn table(table: &Table, moments: &Moments) -> String {
    let columns = table.rows.first().map_or(table.head.len(), |row| row.cells.len());
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let head = (0..columns).map(|column| table.head.get(column).copied().map(escape).unwrap_or_default()).collect();
    let mut text = line(head);
    let _ = write!(text, "\n|{}", " --- |".repeat(columns));
    for row in &table.rows {
        text.push('\n');
        text.push_str(&line(row.cells.iter().map(|cell| escape(&cell.text)).collect()));
    }
    for row in &table.rows {
        if let Some(full) = &row.full {
            let _ = write!(text, "\n\n{}\n\n{}", escape(&say::in_full(&name(row), moments.lang())), fenced(full));
        }
    }
    text
}

/// What a row is called where it is spoken of: its first two cells.
fn name(row: &Row) -> String {
    let named: Vec<&str> = row.cells.iter().take(2).map(|cell: &Cell| cell.text.as_str()).collect();
    named.join(" ")
}
