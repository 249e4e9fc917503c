//! The search index: a file of its own beside the store, `hikeshi.search`.
//!
//! Recording never touches it: whoever searches, and every `tick`, takes in what was recorded since. It lies outside
//! the store's file so that the store's tables and its writers' turn know nothing of it, and so that it can be thrown
//! away: when it is damaged, when another log was put in the store's place, and when words are redacted, since
//! nothing less leaves no byte of them behind (FTS5 keeps a word in its inner pages after the last entry with it is
//! gone). Where it can't be written, what it lacks is read from the log.

mod ask;
mod fill;
mod find;
mod open;
mod past;

pub use find::{Sighting, Sought, Wanted};
pub(super) use open::drop_index;
pub use past::{Likely, Past};

use ask::{Range, rowids};
use open::Index;
