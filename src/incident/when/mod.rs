//! What a person types for a time or a length of time, in English and Japanese, read into instants.
//!
//! Whatever could be read two ways is refused, naming the readings: a wrong time in a timeline looks exactly like a
//! right one.

mod calendar_word;
mod clock;
mod day;
mod due;
mod duration;
mod error;
mod moment;
mod occurrence;
mod scribe;
#[cfg(test)]
mod tests;
mod width;
mod zone;

pub use due::parse_due;
pub use duration::parse_span;
pub use error::{SpanError, WhenError};
pub use moment::{When, leaves_open, parse, parse_start};
pub use scribe::leading_time;
pub use width::{figure, narrow};
pub use zone::{is_zone, zone_names};
