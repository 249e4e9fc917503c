//! Every sentence that a person reads, in English and Japanese, side by side.

mod chain;
mod channel;
mod duty;
mod entry;
mod intake;
pub mod label;
mod language;
pub mod no_longer;
mod oncall;
pub mod postmortem;
mod problem;
mod prompt;
mod rejection;
pub mod review;
mod shorten;
pub mod statement;
pub mod tick;
mod time;
mod visible;
mod waiting;
mod when;
mod wrap;

pub use chain::chain_break;
pub use channel::channel_fault;
pub use duty::{duty_fault, duty_start, term_error};
pub use entry::{entry, entry_with, first_line, is_shortened, no_end, words};
pub use intake::{change, skip};
use language::either;
pub use oncall::on_call_error;
pub use problem::problem;
pub use prompt::in_prompt;
pub use rejection::{Refusal, due_forms, rejection};
pub use shorten::shorten;
pub use time::{Moments, size};
pub use visible::{is_hidden, one_line, path, visible};
pub use waiting::waiting;
pub use when::{span_error, when_error};
pub use wrap::{cell_lines, columns, shortened, wrapped};

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
