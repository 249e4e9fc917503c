//! Running other programs for the responder.

mod capture;
mod run;
pub mod ssh;
mod terminal;

pub use capture::Captured;
pub use run::{Ran, Show, run};
