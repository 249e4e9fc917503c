//! A postmortem as a document: Markdown to edit, HTML to read and to print.

mod causes;
mod communication;
mod html;
mod markdown;
mod mask;
mod outline;
mod page;
mod plan;
mod prevention;
mod prose;
mod readers;
mod remedies;
mod response;
mod svg;
#[cfg(test)]
mod tests;
mod times;
mod worksheet;

pub use communication::totals as impact_totals;
pub use html::{html, html_of};
pub use markdown::{markdown, markdown_of};
pub use page::{Block, Cell, Human, Row, Table};
pub use readers::{Document, Reader, document};
pub use worksheet::{Saved, SavedSection, read_worksheet, worksheet};
