//! Small choices that people make by name: one slug each, the same everywhere.

use super::when::narrow;
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
                let typed = narrow(typed);
                Self::ALL.iter().copied().find(|value| value.as_str().eq_ignore_ascii_case(&typed))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    )*};
}

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

    /// Whether an alert still holds.
    AlertState {
        /// It holds.
        Firing = "firing",
        /// It no longer does.
        Resolved = "resolved",
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
        /// It was planned: maintenance.
        Maintenance = "maintenance",
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

    /// What a deadline is about.
    ClockKind {
        /// The next statement to an audience (A6).
        Comms = "comms",
        /// The answer of somebody who was called (D3).
        Ack = "ack",
        /// A step of a checklist.
        Step = "step",
        /// The permanent fix (B3).
        Fix = "fix",
        /// A legal duty (E6).
        Legal = "legal",
        /// The postmortem.
        Postmortem = "postmortem",
        /// A measure of prevention (E10).
        Action = "action",
        /// News that somebody was promised (B7).
        FollowUp = "followup",
        /// An exercise (A5).
        Drill = "drill",
        /// The handing over of a role.
        Handover = "handover",
        /// The checking of a contact (A7), or of a playbook (E12).
        Contact = "contact",
    }

    /// What a statement to stakeholders is there for (A6, E7).
    Stage {
        /// The first word of it.
        Initial = "initial",
        /// How it stands.
        Progress = "progress",
        /// What helps until the fix.
        Workaround = "workaround",
        /// It is over.
        Resolved = "resolved",
        /// Where to hear more.
        Invitation = "invitation",
        /// What was said before was wrong (B6).
        Correction = "correction",
    }

    /// How a statement reached its audience.
    Conveyance {
        /// Through the channels of the policy.
        Sent = "sent",
        /// By phone, by a web form, on a vendor's page.
        ByHand = "by-hand",
        /// In a webinar, a call, a room.
        Held = "held",
    }

    /// What a message in the outbox is there for.
    Purpose {
        /// A statement to stakeholders.
        Statement = "statement",
        /// Calling somebody in.
        Call = "call",
        /// A deadline that comes or has passed.
        Reminder = "reminder",
    }

    /// Who answers for a layer of a service (E1).
    Party {
        /// Ourselves.
        Own = "own",
        /// Somebody whom we pay.
        Vendor = "vendor",
    }

    /// How much depends on a service (E3).
    Importance {
        /// The business stops without it.
        Critical = "critical",
        /// Much depends on it.
        High = "high",
        /// Some depend on it.
        Normal = "normal",
        /// Nobody notices at once.
        Low = "low",
    }

    /// What is known of lost data (E3).
    DataLoss {
        /// None.
        None = "none",
        /// Possible.
        Suspected = "suspected",
        /// Certain.
        Confirmed = "confirmed",
    }

    /// What kind of factor a cause is (E9).
    CauseKind {
        /// A machine or a program did it.
        Technical = "technical",
        /// Somebody did what the situation led them to do.
        Human = "human",
        /// Somebody else's service, the weather, the law.
        External = "external",
        /// The way of working let it happen.
        Process = "process",
    }

    /// How far a postmortem has come.
    DocumentStatus {
        /// It is being written.
        Draft = "draft",
        /// It is being reviewed.
        Review = "review",
        /// It was approved.
        Approved = "approved",
    }

    /// How urgent a measure of prevention is (E10).
    Priority {
        /// Before anything else.
        High = "high",
        /// As planned.
        Medium = "medium",
        /// When there is time.
        Low = "low",
    }

    /// What starts the clock of a duty to report (E6): each law names its own.
    DutyStart {
        /// It happened, known or not.
        Occurrence = "occurrence",
        /// Somebody of the organisation learned of it.
        Awareness = "awareness",
        /// It was classified as one that must be reported.
        Classification = "classification",
        /// It was determined to be material.
        Materiality = "materiality",
        /// The notice before was sent.
        Notice = "notice",
    }

    /// What kind of exercise it is (A5).
    DrillKind {
        /// A short one, weekly.
        Exercise = "exercise",
        /// A full one, monthly.
        Drill = "drill",
    }

    /// What a scenario expects to be done (A5).
    Deed {
        /// The incident was declared.
        Declared = "declared",
        /// Somebody leads (A1).
        Commander = "commander",
        /// Roles were given to people (C).
        Roles = "roles",
        /// The severity is the right one (D2).
        Severity = "severity",
        /// Somebody was called in (D2).
        Escalated = "escalated",
        /// An audience heard of it for the first time (A6).
        FirstNotice = "first-notice",
        /// An audience never waited too long for news (A6).
        Cadence = "cadence",
        /// Those who answer customers know what to say (B5).
        Briefed = "briefed",
        /// What is broken became known.
        Identified = "identified",
        /// Steps of the checklist were done.
        Steps = "steps",
        /// A workaround was in place, or service restored (B3).
        Workaround = "workaround",
        /// Service was restored.
        Resolved = "resolved",
        /// The postmortem was filed.
        Postmortem = "postmortem",
    }

    /// How well something expected was done (A5).
    Mark {
        /// Done in time.
        Fully = "fully",
        /// Done late, within twice the time.
        Partly = "partly",
        /// Not done, or later than that.
        Not = "not",
    }
}
