//! Text from outside, made harmless for where it goes.

mod html;
mod markdown;

pub use html::html;
pub use markdown::{fenced, markdown};
