//! Which keys each file knows, and what their values must be: the types of `incident`, as something to walk along.

use crate::incident::command::Customers;
use crate::incident::problem::ValueKind;
use crate::incident::severity::Severity;
use crate::incident::status::Status;

/// A key that a table knows.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) required: bool,
    pub(super) shape: Shape,
}

/// What a value must be.
#[derive(Debug)]
pub(super) enum Shape {
    /// An id: lowercase letters, digits, hyphens.
    Slug,
    /// Words on one line.
    Text,
    /// A person's name.
    Name,
    /// Words in both languages.
    Both,
    /// A number from 1.
    Version,
    /// The version of the file's shape.
    Schema,
    /// True or false.
    Flag,
    /// A day of the calendar.
    Day,
    /// A length of time above zero.
    Span,
    /// An address of the web.
    Link,
    /// A name in the time zone database.
    Zone,
    /// One of these words.
    OneOf(fn() -> Vec<&'static str>),
    /// A list of such values.
    List(&'static Shape),
    /// A table with these keys.
    Table(&'static [Key]),
    /// A list of tables with these keys.
    Entries(&'static [Key]),
    /// A list of tables laid over others with the same `id`, which must be there; the other keys may.
    Overlay(&'static [Key]),
}

impl Shape {
    /// The kind of value that it is written as.
    pub(super) const fn kind(&self) -> ValueKind {
        match self {
            Self::Slug | Self::Text | Self::Name | Self::Span | Self::Link | Self::Zone | Self::OneOf(_) => {
                ValueKind::Text
            }
            Self::Both => ValueKind::Both,
            Self::Version | Self::Schema => ValueKind::Number,
            Self::Flag => ValueKind::Flag,
            Self::Day => ValueKind::Day,
            Self::List(_) => ValueKind::List,
            Self::Table(_) => ValueKind::Table,
            Self::Entries(_) | Self::Overlay(_) => ValueKind::Entries,
        }
    }
}

const fn must(name: &'static str, shape: Shape) -> Key {
    Key { name, required: true, shape }
}

const fn may(name: &'static str, shape: Shape) -> Key {
    Key { name, required: false, shape }
}

const SEVERITY: Shape = Shape::OneOf(|| Severity::ALL.iter().map(|severity| severity.as_str()).collect());
const STATUS: Shape = Shape::OneOf(|| Status::ALL.iter().map(|status| status.as_str()).collect());
const CUSTOMERS: Shape = Shape::OneOf(|| Customers::ALL.iter().map(|customers| customers.as_str()).collect());

/// Words in both languages.
pub(super) const BOTH: &[Key] = &[must("en", Shape::Text), must("ja", Shape::Text)];

/// A playbook.
pub(super) const PLAYBOOK: &[Key] = &[
    must("id", Shape::Slug),
    must("version", Shape::Version),
    must("reviewed", Shape::Day),
    must("title", Shape::Both),
    must("purpose", Shape::Both),
    must("roles", Shape::List(&Shape::Text)),
    may("select", Shape::Table(SELECT)),
    may("role", Shape::Entries(ROLE)),
    may("step", Shape::Entries(STEP)),
];

const SELECT: &[Key] = &[
    may("categories", Shape::List(&Shape::Text)),
    may("severities", Shape::List(&SEVERITY)),
    may("customers", CUSTOMERS),
];

const STEP: &[Key] = &[
    must("id", Shape::Slug),
    must("text", Shape::Both),
    may("role", Shape::Text),
    may("due", Shape::Span),
    may("required", Shape::Flag),
    may("run", Shape::Text),
    may("link", Shape::Link),
    may("when", Shape::Table(CONDITION)),
];

const CONDITION: &[Key] = &[may("severity", SEVERITY), may("customers", CUSTOMERS), may("status", STATUS)];

/// A role of a playbook or of the policy.
pub(super) const ROLE: &[Key] = &[
    must("id", Shape::Slug),
    must("title", Shape::Both),
    must("primary", Shape::Both),
    may("secondary", Shape::Both),
    may("also", Shape::List(&Shape::Text)),
];

/// The policy. All of it may be left to the compiled-in one.
pub(super) const POLICY: &[Key] = &[
    may("schema", Shape::Schema),
    may("default_severity", SEVERITY),
    may("default_playbook", Shape::Text),
    may("unified_playbook", Shape::Text),
    may("strict_secrets", Shape::Flag),
    may("severity", Shape::Overlay(SEVERITY_RULE)),
    may("category", Shape::Overlay(CATEGORY)),
    may("role", Shape::Overlay(ROLE)),
];

const SEVERITY_RULE: &[Key] = &[
    must("id", SEVERITY),
    must("title", Shape::Both),
    must("definition", Shape::Both),
    must("response", Shape::Both),
    may("unified_command", Shape::Flag),
    may("postmortem_required", Shape::Flag),
    may("postmortem_due", Shape::Span),
];

/// A category of the policy.
pub(super) const CATEGORY: &[Key] =
    &[must("id", Shape::Slug), must("title", Shape::Both), may("also", Shape::List(&Shape::Text))];

/// The settings of one person.
pub(super) const SETTINGS: &[Key] =
    &[may("name", Shape::Name), may("lang", Shape::OneOf(|| vec!["en", "ja"])), may("zone", Shape::Zone)];
