//! Running other programs for the responder.

pub mod ssh;
