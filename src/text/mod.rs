//! Every sentence that a person reads, in English and Japanese, side by side.

mod time;

pub use time::Moments;

/// The sentence in the reader's language; both are written at the same place, so that neither is forgotten.
#[macro_export]
macro_rules! say {
    ($lang:expr, $en:literal, $ja:literal $(, $($argument:tt)*)?) => {
        match $lang {
            $crate::incident::localized::Lang::En => format!($en $(, $($argument)*)?),
            $crate::incident::localized::Lang::Ja => format!($ja $(, $($argument)*)?),
        }
    };
}
