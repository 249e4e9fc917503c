//! Running other programs for the responder.

mod capture;
mod edit;
mod run;
pub mod ssh;
mod terminal;

pub use capture::Captured;
pub use edit::{EditError, Editor, Workfile, edit};
pub use run::{Ran, Show, run};
