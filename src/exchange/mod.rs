//! The log as text: out of one store as lines of JSON, into another one as the same entries under the same hashes.

mod error;
mod line;
mod read;

pub use error::{ExchangeError, LineError};
pub use line::{Head, Line, MARK};
pub use read::read;
