//! A document for executives or customers, for programs that lay it out themselves.

use crate::incident::fact::ImpactMeasured;
use crate::incident::localized::Lang;
use crate::render::postmortem::{Block, Document, Reader, Row, impact_totals};
use crate::view::Postmortem;
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
    /// Everything that was measured, for executives: the worst of what comes and goes, the last of what is found out.
    pub impact: Option<ReaderImpactDoc>,
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

/// What was measured; what wasn't is null.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ReaderImpactDoc {
    /// People who couldn't work, at the worst.
    pub users: Option<u64>,
    /// The share of requests that failed, at the worst, in percent.
    pub requests_failed: Option<f64>,
    /// The regions that were hit.
    pub regions: Vec<String>,
    /// The services that were hit.
    pub services: Vec<String>,
    /// How long service was down.
    pub downtime_seconds: Option<i64>,
    /// Units that are mended.
    pub units_done: Option<u64>,
    /// Units that were hit.
    pub units_total: Option<u64>,
    /// `none`, `suspected` or `confirmed`.
    pub data_loss: Option<String>,
    /// What it costs, with its currency.
    pub cost: Option<String>,
    /// What the figures mean.
    pub text: Option<String>,
}

impl ReaderImpactDoc {
    fn new(measured: ImpactMeasured) -> Self {
        Self {
            users: measured.users,
            requests_failed: measured.requests_failed,
            regions: measured.regions,
            services: measured.services,
            downtime_seconds: measured.downtime.map(|span| span.millis() / 1000),
            units_done: measured.units_done,
            units_total: measured.units_total,
            data_loss: measured.data_loss.map(|loss| loss.as_str().to_owned()),
            cost: measured.cost,
            text: measured.text,
        }
    }
}

impl ReaderDocumentDoc {
    /// The document for a reader.
    pub fn new(document: &Document, reader: Reader<'_>, made: &Postmortem, lang: Lang) -> Self {
        let impact =
            (reader == Reader::Executives).then(|| ReaderImpactDoc::new(impact_totals(&made.communication.impact)));
        let reader = match reader {
            Reader::Engineers => "engineers",
            Reader::Executives => "executives",
            Reader::Customers(_) => "customers",
        };
        Self {
            schema: super::SCHEMA,
            incident: made.number,
            reader: reader.to_owned(),
            title: document.title.clone(),
            impact,
            blocks: document.blocks.iter().filter_map(|one| block(one, lang)).collect(),
        }
    }
}

/// The cells of a row, what people wrote in full.
fn cells(row: &Row, wordy: usize) -> Vec<String> {
    let full = |place: usize| row.full.as_ref().filter(|_| place == wordy);
    row.cells.iter().enumerate().map(|(place, cell)| full(place).unwrap_or(&cell.text).clone()).collect()
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
        rows.extend(table.rows.iter().map(|row| cells(row, table.wordy)));
    }
    Some(ReaderBlockDoc { kind: kind.to_owned(), level, text: text.cloned(), head, rows })
}
