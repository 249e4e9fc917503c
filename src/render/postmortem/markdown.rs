//! The document as Markdown, for people to go on writing in.

use super::page::{Block, Cell, Human, Row, Table};
use super::prose::{self, Piece};
use super::readers::{Document, Reader, document};
use crate::render::escape::{fenced, markdown as escape};
use crate::text::postmortem as say;
use crate::text::{Moments, one_line, visible};
use crate::view::postmortem::Postmortem;
use std::fmt::Write as _;

/// The postmortem as Markdown: what people must write is headed and empty, with a comment on what belongs there.
pub fn markdown(postmortem: &Postmortem, moments: &Moments) -> String {
    markdown_of(document(postmortem, Reader::Engineers, moments), moments)
}

/// A document as Markdown.
pub fn markdown_of(document: Document, moments: &Moments) -> String {
    let mut text = format!("# {}\n", escape(&document.title));
    for block in document.blocks {
        let Some(shown) = shown(block, moments) else { continue };
        text.push('\n');
        text.push_str(&shown);
        text.push('\n');
    }
    text
}

/// A part of the document; nothing for a picture.
pub(super) fn shown(block: Block, moments: &Moments) -> Option<String> {
    let lang = moments.lang();
    Some(match block {
        Block::Heading(level, heading) => format!("{} {}", "#".repeat(level.into()), heading.text(lang)),
        Block::Subheading(words) => format!("#### {}", escape(&words)),
        Block::Notice(words) => format!("> **{}**", escape(&words)),
        Block::Paragraph(words) => escape(&words),
        Block::Words(words) => quoted(&words),
        Block::Titled(level, _, words) => format!("{} {}", "#".repeat(level.into()), escape(&words)),
        Block::Human(human) => written(&human),
        Block::Table(shown) => table(&shown, moments),
        Block::Plain(drawing) | Block::Causes(drawing) | Block::Bars(drawing) => fenced(&drawing),
        Block::Picture(_) => return None,
    })
}

/// What people wrote, its paragraphs and lists as they are; or what is asked of them, as a comment.
fn written(human: &Human) -> String {
    let Some(text) = &human.text else { return format!("<!-- {} -->", comment(&human.question)) };
    let shown = visible(text);
    let pieces = prose::pieces(&shown).into_iter().map(|piece| match piece {
        Piece::Paragraph(lines) => lines.iter().map(|line| escape(line)).collect::<Vec<_>>().join("\\\n"),
        Piece::List(true, items) => {
            let item = |(place, item): (usize, &String)| format!("{}. {}", place + 1, escape(item));
            items.iter().enumerate().map(item).collect::<Vec<_>>().join("\n")
        }
        Piece::List(false, items) => {
            items.iter().map(|item| format!("- {}", escape(item))).collect::<Vec<_>>().join("\n")
        }
    });
    pieces.collect::<Vec<_>>().join("\n\n")
}

/// Words inside a comment, which none of them may end.
pub(super) fn comment(words: &str) -> String {
    one_line(words).replace("--", "- -").replace('>', "›")
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
