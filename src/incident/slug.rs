//! Small choices that people make by name: one slug each, the same everywhere.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Declares an enum whose values have one slug each, the same in the log, in JSON, in TOML and on the command line.
macro_rules! slugs {
    ($($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $slug:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum $name {
            $($(#[$value_doc])* #[serde(rename = $slug)] $value,)*
        }

        impl $name {
            /// Every value, in order.
            pub const ALL: &[Self] = &[$(Self::$value),*];

            /// Its slug.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $slug,)*
                }
            }

            /// Reads a slug, in any case; `None` for anything else.
            pub fn parse(typed: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str().eq_ignore_ascii_case(typed.trim()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    )*};
}
pub(super) use slugs;

slugs! {
    /// Whether an incident hits one customer or many (A2).
    Customers {
        /// One customer.
        One = "one",
        /// Several customers.
        Many = "many",
    }

    /// How an incident is commanded (A4).
    CommandMode {
        /// One incident manager, one bridge.
        Standard = "standard",
        /// A unified bridge beside the technical one.
        Unified = "unified",
    }

    /// What kind of remark a note is.
    NoteKind {
        /// What somebody saw.
        Observation = "observation",
        /// What somebody thinks is the cause.
        Hypothesis = "hypothesis",
        /// What was decided.
        Decision = "decision",
        /// What somebody did to a system.
        Change = "change",
        /// What somebody needs to know.
        Question = "question",
    }

    /// The bridge on which something was said (A4).
    Bridge {
        /// The bridge of leaders and communication.
        Unified = "unified",
        /// The bridge of those who repair.
        Technical = "technical",
    }

    /// Why an incident is cancelled.
    CancelCause {
        /// Another incident is the same.
        Duplicate = "duplicate",
        /// There was nothing.
        FalseAlarm = "false-alarm",
        /// Another incident has taken it in.
        Superseded = "superseded",
    }

    /// What kind of place a link leads to.
    LinkKind {
        /// Where people talk.
        Bridge = "bridge",
        /// Where people write.
        Chat = "chat",
        /// Where the work is tracked.
        Ticket = "ticket",
        /// Where to look.
        Dashboard = "dashboard",
        /// Where to read.
        Doc = "doc",
    }
}
