//! The store: one SQLite file that holds the log, and the rows derived from it.
//!
//! Writers queue on a lock file, write in one immediate transaction, and are on disk when it ends.

mod entries;
mod error;
mod lock;
mod open;
mod origin;
mod reader;
mod rows;
mod schema;
mod writer;

pub use entries::{Entry, Filter, Found, KeptItem, LastCommand};
pub use error::StoreError;
pub use open::Store;
pub use reader::{Listing, Reader, Row};
pub use writer::{Identity, NewBatch, NewEntry, Writer};
