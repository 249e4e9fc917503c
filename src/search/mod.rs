//! Words: how text is cut into them, what a query asks for, where it is met, and how well. Pure.

mod document;
mod passage;
mod query;
mod score;
mod token;

pub use document::{Document, Part};
pub use passage::{Passage, passage};
pub use query::{MOST_PHRASES, Phrase, Query};
pub use score::{Counts, Weights, counts, score};
pub use token::{Token, each_token, tokens};
