//! Exercises (A5): what a scenario asks for, what is due of it by now, and how well it was done.

mod grade;
mod play;
mod rhythm;
mod scenario;
#[cfg(test)]
mod tests;

pub use grade::{Grading, deed_done_at, grade};
pub use play::{Play, Turn, Turns, turns};
pub use rhythm::{Drills, Held};
pub use scenario::{Expectation, Hint, Inject, Scenario};
