//! Text from outside, made harmless for where it goes.

mod html;
mod json;
mod markdown;

pub use html::html;
pub use json::json;
pub use markdown::{fenced, markdown};
