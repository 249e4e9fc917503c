//! What people ask to see: data, no layout.

mod shown;

pub use shown::Shown;
