//! A postmortem as a document: Markdown to edit, HTML to read and to print.

mod communication;
mod html;
mod markdown;
mod outline;
mod page;
mod remedies;
mod response;
mod svg;
#[cfg(test)]
mod tests;
mod times;

pub use html::html;
pub use markdown::markdown;
