//! Faults, and what they leave: the machinery that the long run and the suite's sample share.
//!
//! Whole processes of the built program are killed, cut off from power, or refused by the system in the middle of
//! their work. What they confirmed is written down here, outside the store, and looked for afterwards.

mod content;
mod dice;
mod disk;
mod full;
mod inject;
mod kill;
mod power;
mod scene;
mod strace;
mod table;
mod verdict;
mod writer;

pub use dice::Dice;
pub use full::full;
pub use inject::{Fault, inject};
pub use kill::kills;
pub use power::{Names, Session, power};
pub use table::{Row, Table};
pub use writer::{WRITERS, Writer};
