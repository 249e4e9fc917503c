//! The end-to-end tests: one binary, a cleared environment, and a clock that ticks a second per command.
#![expect(clippy::expect_used, reason = "a test stops where something is not as it should be")]

mod architecture;
mod bad_input;
mod briefing;
mod corpus;
mod crash;
mod damage;
mod drills;
mod evidence;
mod exchange;
mod faults;
mod finding;
mod flow;
mod garbage;
mod hostile;
mod house;
mod intake;
mod json;
mod keep;
mod metrics;
mod people;
mod place;
mod promises;
mod prompt;
mod proof;
mod random;
mod remedies;
mod spool;
mod store;
mod targets;
mod templates;
mod terminal;
mod transcripts;
mod writing;
