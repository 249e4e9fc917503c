//! The draft of a statement to stakeholders: a template for its stage, audience and language, filled with an
//! incident's facts along the explanation frame: cause, impact, response so far, prevention (E2, E7).
//!
//! What isn't known is said to be not yet known; it is never left blank and never invented.

mod embedded;
mod fault;
mod frame;
mod render;
mod template;
mod value;

#[cfg(test)]
mod tests;

pub use fault::TemplateError;
pub use frame::Frame;
pub use render::{Draft, fill};
pub use template::Templates;
