//! A postmortem as a document: Markdown to edit, HTML to read and to print.

mod causes;
mod communication;
mod html;
mod markdown;
mod outline;
mod page;
mod prevention;
mod prose;
mod remedies;
mod response;
mod svg;
#[cfg(test)]
mod tests;
mod times;
mod worksheet;

pub use html::html;
pub use markdown::markdown;
pub use worksheet::{Saved, SavedSection, read_worksheet, worksheet};
