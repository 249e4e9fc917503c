//! A document for executives or customers, for programs that lay it out themselves.

use crate::incident::localized::Lang;
use crate::render::postmortem::{Block, Document, Reader};
use schemars::JsonSchema;
use serde::Serialize;

/// `postmortem --for executives|customers --format json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ReaderDocumentDoc {
    /// The document's version.
    pub schema: u32,
    /// The incident's number.
    pub incident: u32,
    /// Whom it is for: `executives`, `customers`.
    #[serde(rename = "for")]
    pub reader: String,
    /// Its title.
    pub title: String,
    /// Its parts, in order.
    pub blocks: Vec<ReaderBlockDoc>,
}

/// A part of a document.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ReaderBlockDoc {
    /// `heading`, `text`, `words` or `table`.
    pub kind: String,
    /// The level of a heading.
    pub level: Option<u8>,
    /// Its words.
    pub text: Option<String>,
    /// The heads of a table's columns.
    pub head: Vec<String>,
    /// The rows of a table.
    pub rows: Vec<Vec<String>>,
}

impl ReaderDocumentDoc {
    /// The document for a reader.
    pub fn new(document: &Document, reader: Reader<'_>, incident: u32, lang: Lang) -> Self {
        let reader = match reader {
            Reader::Engineers => "engineers",
            Reader::Executives => "executives",
            Reader::Customers(_) => "customers",
        };
        Self {
            schema: super::SCHEMA,
            incident,
            reader: reader.to_owned(),
            title: document.title.clone(),
            blocks: document.blocks.iter().filter_map(|one| block(one, lang)).collect(),
        }
    }
}

fn block(block: &Block, lang: Lang) -> Option<ReaderBlockDoc> {
    let plain;
    let (kind, level, text) = match block {
        Block::Heading(level, heading) => {
            plain = heading.text(lang).to_owned();
            ("heading", Some(*level), Some(&plain))
        }
        Block::Titled(level, _, words) => ("heading", Some(*level), Some(words)),
        Block::Paragraph(words) | Block::Notice(words) => ("text", None, Some(words)),
        Block::Words(words) => ("words", None, Some(words)),
        Block::Human(human) => ("words", None, Some(human.text.as_ref()?)),
        Block::Table(_) => ("table", None, None),
        Block::Subheading(_) | Block::Plain(_) | Block::Causes(_) | Block::Bars(_) | Block::Picture(_) => return None,
    };
    let (mut head, mut rows) = (Vec::new(), Vec::new());
    if let Block::Table(table) = block {
        head.extend(table.head.iter().map(|name| (*name).to_owned()));
        rows.extend(table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect()));
    }
    Some(ReaderBlockDoc { kind: kind.to_owned(), level, text: text.cloned(), head, rows })
}
