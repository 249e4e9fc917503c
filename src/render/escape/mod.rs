//! Text from outside, made harmless for where it goes.

mod chat;
pub mod csv;
mod html;
mod json;
mod markdown;

pub use chat::chat;
pub use html::html;
pub use json::json;
pub use markdown::{fenced, markdown};
