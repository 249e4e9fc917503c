//! Whole documents, and what must never come out of one.

mod document;
mod hostile;
mod outage;
mod picture;

use crate::incident::localized::Lang;
use crate::text::Moments;
use jiff::tz::TimeZone;

/// Times in a zone.
fn moments(zone: &str, lang: Lang) -> Moments {
    Moments::new(TimeZone::get(zone).expect("a zone"), lang)
}
