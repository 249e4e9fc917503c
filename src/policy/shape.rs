//! Which keys each file knows, and what their values must be: the types of `incident`, as something to walk along.

use crate::incident::command::Customers;
use crate::incident::communication::CadenceStart;
use crate::incident::problem::ValueKind;
use crate::incident::severity::Severity;
use crate::incident::slug::{Conveyance, DutyStart, Importance, Party, Stage};
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
    /// A clock time: `17:30`.
    Time,
    /// A period of law: `72h`, `5d`, `1mo`, `4bd`.
    Term,
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
            Self::Slug
            | Self::Text
            | Self::Name
            | Self::Span
            | Self::Link
            | Self::Zone
            | Self::OneOf(_)
            | Self::Time
            | Self::Term => ValueKind::Text,
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

pub(super) const fn must(name: &'static str, shape: Shape) -> Key {
    Key { name, required: true, shape }
}

pub(super) const fn may(name: &'static str, shape: Shape) -> Key {
    Key { name, required: false, shape }
}

pub(super) const SEVERITY: Shape = Shape::OneOf(|| Severity::ALL.iter().map(|severity| severity.as_str()).collect());
const STATUS: Shape = Shape::OneOf(|| Status::ALL.iter().map(|status| status.as_str()).collect());
pub(super) const CUSTOMERS: Shape =
    Shape::OneOf(|| Customers::ALL.iter().map(|customers| customers.as_str()).collect());

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
    may("audience", Shape::Overlay(AUDIENCE)),
    may("cadence", Shape::Overlay(CADENCE)),
    may("channel", Shape::Overlay(CHANNEL)),
    may("service", Shape::Overlay(SERVICE)),
    may("ladder", Shape::Overlay(LADDER)),
    may("default_ladder", Shape::Slug),
    may("classification", Shape::Overlay(CLASSIFICATION)),
    may("reminders", Shape::Table(REMINDERS)),
    may("limits", Shape::Table(LIMITS)),
    may("drills", Shape::Table(DRILLS)),
    may("alerts", Shape::Table(ALERTS)),
    may("heartbeat", Shape::Table(HEARTBEAT)),
    may("postmortem", Shape::Table(POSTMORTEM)),
    may("legal", Shape::List(&Shape::Slug)),
    may("duty", Shape::Overlay(DUTY)),
    may("calendar", Shape::Overlay(CALENDAR)),
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

const STAGE: Shape = Shape::OneOf(|| Stage::ALL.iter().map(|stage| stage.as_str()).collect());
const CONVEYANCE: Shape = Shape::OneOf(|| Conveyance::ALL.iter().map(|how| how.as_str()).collect());
pub(super) const TEXTS: Shape = Shape::List(&Shape::Text);
pub(super) const SLUGS: Shape = Shape::List(&Shape::Slug);
const SPANS: Shape = Shape::List(&Shape::Span);

/// A stakeholder group of the policy.
pub(super) const AUDIENCE: &[Key] = &[
    must("id", Shape::Slug),
    must("title", Shape::Both),
    may("external", Shape::Flag),
    may("priority", Shape::Version),
    may("approval", SLUGS),
    may("channels", SLUGS),
];

/// How often the policy wants an audience told.
pub(super) const CADENCE: &[Key] = &[
    must("id", Shape::Slug),
    must("audience", Shape::Slug),
    may("channel", Shape::Slug),
    must("severities", Shape::List(&SEVERITY)),
    may("customers", CUSTOMERS),
    must("starts", Shape::OneOf(|| CadenceStart::ALL.iter().map(|start| start.as_str()).collect())),
    may("first", Shape::Span),
    may("every", Shape::Span),
    may("stage", STAGE),
    may("by", CONVEYANCE),
    may("role", Shape::Slug),
];

/// A service of the policy.
pub(super) const SERVICE: &[Key] = &[
    must("id", Shape::Slug),
    must("title", Shape::Both),
    may("also", TEXTS),
    may("importance", Shape::OneOf(|| Importance::ALL.iter().map(|one| one.as_str()).collect())),
    may("owner", Shape::Text),
    may("ladder", Shape::Slug),
    may("contacts", TEXTS),
    may("layer", Shape::Entries(LAYER)),
];

const LAYER: &[Key] = &[
    must("name", Shape::Text),
    must("by", Shape::OneOf(|| Party::ALL.iter().map(|party| party.as_str()).collect())),
    may("owner", Shape::Text),
    may("contacts", TEXTS),
];

/// A ladder of the policy.
pub(super) const LADDER: &[Key] =
    &[must("id", Shape::Slug), may("title", Shape::Both), must("tier", Shape::Entries(TIER))];

const TIER: &[Key] = &[
    may("call", TEXTS),
    may("calendar", Shape::Text),
    may("command", TEXTS),
    may("channel", Shape::Slug),
    may("wait", Shape::Span),
];

/// A rule of the policy that says when an incident is worse than it is classified.
pub(super) const CLASSIFICATION: &[Key] = &[
    must("id", Shape::Slug),
    must("title", Shape::Both),
    must("after", Shape::Span),
    must("severity", SEVERITY),
    may("from", SEVERITY),
    may("customers", CUSTOMERS),
    may("without_workaround", Shape::Flag),
    may("apply", Shape::Flag),
];

const REMINDERS: &[Key] = &[may("before", SPANS), may("after", SPANS), may("up", SLUGS), may("channels", SLUGS)];

const LIMITS: &[Key] = &[
    may("handover", Shape::Span),
    may("handover_roles", SLUGS),
    may("answer", Shape::Span),
    may("follow_up", Shape::Span),
    may("contact", Shape::Span),
    may("playbook", Shape::Span),
    may("action_check", Shape::Span),
    may("action_again", Shape::Span),
    may("tick", Shape::Span),
];

const DRILLS: &[Key] =
    &[may("exercise", Shape::Span), may("drill", Shape::Span), may("teams", TEXTS), may("quiet", Shape::Flag)];

/// Words of monitoring tools by the severity that they stand for.
pub(super) const ALERTS: &[Key] =
    &[may("sev0", TEXTS), may("sev1", TEXTS), may("sev2", TEXTS), may("sev3", TEXTS), may("sev4", TEXTS)];

const POSTMORTEM: &[Key] = &[may("section", Shape::Overlay(SECTION))];

/// A section of the postmortem.
pub(super) const SECTION: &[Key] = &[
    must("id", Shape::Slug),
    must("title", Shape::Both),
    may("question", Shape::Both),
    may("required", Shape::Flag),
    may("customers", Shape::Flag),
    may("omit", Shape::Flag),
];

const HEARTBEAT: &[Key] = &[may("url", Shape::Link), may("url_env", Shape::Text)];

/// A channel of the policy; which keys go together is for the channel to say.
pub(super) const CHANNEL: &[Key] = &[
    must("id", Shape::Slug),
    must("kind", Shape::OneOf(|| vec!["slack", "webhook", "email", "command", "file"])),
    may("title", Shape::Both),
    may("url", Shape::Link),
    may("url_env", Shape::Text),
    may("url_command", TEXTS),
    may("url_file", Shape::Text),
    may("secret_env", Shape::Text),
    may("secret_command", TEXTS),
    may("secret_file", Shape::Text),
    may("to", TEXTS),
    may("from", Shape::Text),
    may("server", Shape::Text),
    may("port", Shape::Version),
    may("tls", Shape::OneOf(|| vec!["implicit", "starttls", "none"])),
    may("user", Shape::Text),
    may("ca_file", Shape::Text),
    may("command", TEXTS),
    may("path", Shape::Text),
];

const DUTY_START: Shape = Shape::OneOf(|| DutyStart::ALL.iter().map(|start| start.as_str()).collect());

/// A legal or contractual duty of the policy.
pub(super) const DUTY: &[Key] = &[
    must("id", Shape::Slug),
    must("regime", Shape::Slug),
    must("title", Shape::Both),
    must("to", Shape::Both),
    must("starts", DUTY_START),
    may("after", Shape::Slug),
    may("due", Shape::Term),
    may("warn", Shape::Term),
    may("first_day_counts", Shape::Flag),
    may("moves_to_open_day", Shape::Flag),
    may("until", Shape::Time),
    may("calendar", Shape::Slug),
    may("variants", Shape::Entries(VARIANT)),
    may("also_within", Shape::Table(ALSO_WITHIN)),
    must("source", Shape::Text),
    may("checked", Shape::Day),
    may("unverified", Shape::Both),
    may("note", Shape::Both),
];

const VARIANT: &[Key] =
    &[must("id", Shape::Slug), must("title", Shape::Both), must("due", Shape::Term), may("warn", Shape::Term)];

const ALSO_WITHIN: &[Key] = &[must("from", DUTY_START), must("due", Shape::Term)];

/// The days on which an office of the policy is open.
pub(super) const CALENDAR: &[Key] = &[
    must("id", Shape::Slug),
    must("zone", Shape::Zone),
    may("weekend", Shape::List(&Shape::OneOf(weekdays))),
    may("holidays", Shape::List(&Shape::Day)),
];

fn weekdays() -> Vec<&'static str> {
    vec!["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
}
