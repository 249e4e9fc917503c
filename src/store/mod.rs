//! The store: one SQLite file that holds the log, and the rows derived from it.
//!
//! Writers queue on a lock file, write in one immediate transaction, and are on disk when it ends.

mod checkup;
mod copy;
mod drills;
mod entries;
mod error;
mod fence;
mod figures;
mod guard;
mod index;
mod lock;
mod mark;
mod merge;
mod mount;
mod open;
mod origin;
mod raw;
mod reader;
mod rebuild;
mod removal;
mod rows;
mod salvage;
mod schema;
mod scrub;
mod sources;
mod spells;
mod spool;
mod tick;
mod verify;
mod watch;
mod writer;

pub use copy::{beside, publish};
pub use drills::DrillRow;
pub use entries::{Correction, Entry, Filter, Found, KeptItem, LastCommand};
pub use error::StoreError;
pub use figures::{Actions, Figures, Passed, Period, Roles, Updates, overdue};
pub use guard::owned;
pub use index::{Likely, Past, Sighting, Sought, Wanted};
pub use mark::{Marks, Noticed, PutBack};
pub use merge::{Merge, MergeError, Merged};
pub use open::Store;
pub use raw::RawEntry;
pub use reader::{Listing, Reader, Row};
pub use salvage::{Salvaged, salvage};
pub use spool::{Spool, Waiting};
pub use tick::{Turn, last_tick};
pub use watch::{Contact, Pending, Running, Watch};
pub use writer::{Identity, NewBatch, NewEntry, Writer};
