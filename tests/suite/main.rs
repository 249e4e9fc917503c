//! The end-to-end tests: one binary, a cleared environment, and a clock that ticks a second per command.

mod architecture;
mod bad_input;
mod crash;
mod flow;
mod json;
mod place;
mod store;
mod transcripts;
