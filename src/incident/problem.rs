//! What is wrong with a file of policy, playbooks or settings, as data: the words that people read are in `text`.
//!
//! Strings in it can be printed as they are: long ones are cut, control characters are shown as escapes.

use super::channel::ChannelFault;
use super::duty::DutyFault;
use super::when::SpanError;

/// One fault of a file, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, as people named it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The line as it stands in the file; its beginning, where it is very long.
    pub source_line: String,
    /// Whether the file can be used in spite of it.
    pub level: Level,
    /// What is wrong.
    pub what: ProblemKind,
}

/// Whether a file can be used in spite of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The file is not used.
    Error,
    /// The file works; somebody should look at it.
    Warning,
}

/// What a value in a TOML file is, or should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// `"…"`
    Text,
    /// `{ en = "…", ja = "…" }`
    Both,
    /// `1`
    Number,
    /// `1.5`
    Fraction,
    /// `true`
    Flag,
    /// `2026-11-21`
    Day,
    /// `[…]`
    List,
    /// `[name]` or `{…}`
    Table,
    /// `[[name]]`, once for each entry.
    Entries,
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// A line is not TOML.
    Syntax {
        /// What the parser expected, in English.
        message: String,
    },
    /// It is TOML, and still not what the file should hold.
    Unfit {
        /// What the reader expected, in English.
        message: String,
    },
    /// It is not UTF-8.
    NotUtf8 {
        /// The first byte that is not, from 0.
        offset: usize,
    },
    /// It is larger than such files are.
    TooLarge {
        /// Its size in bytes, as far as it was read.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// It isn't there.
    NoFile,
    /// A folder, a device or a pipe stands where a file should.
    NotAFile,
    /// Others than its owner may write the file or its folder.
    Exposed {
        /// The permission bits.
        mode: u32,
    },
    /// Somebody else owns it, its folder, or what a link leads to: what it would run or send is left out.
    Foreign {
        /// What they own.
        owned: String,
        /// The owner's number.
        owner: u32,
        /// The number of who should own it.
        me: u32,
    },
    /// The system refuses to read it.
    Unreadable {
        /// What the system said.
        reason: String,
    },
    /// More problems than are worth listing.
    More {
        /// How many were left out.
        left_out: usize,
    },
    /// A value is of another kind.
    WrongKind {
        /// Its key.
        key: String,
        /// The kind it should be.
        wanted: ValueKind,
        /// The kind it is.
        found: ValueKind,
    },
    /// A key that must be there is not.
    MissingKey {
        /// The key.
        key: String,
    },
    /// Nothing here has such a key.
    UnknownKey {
        /// The key.
        key: String,
        /// The known key that comes nearest.
        near: Option<String>,
    },
    /// A key of the top of the file stands below a `[table]`, which it then belongs to.
    MisplacedKey {
        /// The key.
        key: String,
    },
    /// A text or a list that must say something is empty.
    Empty {
        /// Its key.
        key: String,
    },
    /// A text has a character that acts on a screen, such as a line break.
    ControlCharacter {
        /// The text's key.
        key: String,
        /// The code point.
        code: u32,
    },
    /// A text is longer than is taken.
    TooLong {
        /// Its key.
        key: String,
        /// Its length.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// A step says more than fits on a line.
    LongStep {
        /// The text's key.
        key: String,
        /// Its length.
        chars: usize,
        /// The most that reads well.
        most: usize,
    },
    /// An id is not made of lowercase letters, digits and hyphens.
    BadSlug {
        /// Its key.
        key: String,
        /// The id.
        value: String,
    },
    /// A step's id would be taken for its number.
    DigitsOnly {
        /// The id.
        id: String,
    },
    /// A playbook's id differs from its file's name.
    NotFileName {
        /// The id.
        id: String,
        /// The file's name without its ending.
        stem: String,
    },
    /// Something stands twice.
    Duplicate {
        /// What it is: a key of the file.
        key: String,
        /// Its id.
        id: String,
        /// The line of the first one.
        first_line: usize,
    },
    /// No role has this slug.
    UnknownRole {
        /// The slug.
        role: String,
        /// The known slug that was probably meant.
        near: Option<String>,
    },
    /// A step's role is none of those that the playbook fills.
    RoleNotListed {
        /// The slug.
        role: String,
    },
    /// A playbook describes a role that the policy describes already; the policy's description holds.
    RoleKnown {
        /// The slug.
        role: String,
    },
    /// No category has this slug.
    UnknownCategory {
        /// The slug.
        category: String,
        /// The known slug that was probably meant.
        near: Option<String>,
    },
    /// Two categories answer to one name; only the first is ever found by it.
    SharedName {
        /// The name.
        name: String,
        /// The slug of the first.
        first: String,
    },
    /// No playbook has this id.
    UnknownPlaybook {
        /// The key that names it.
        key: String,
        /// The id.
        playbook: String,
        /// The known id that comes nearest.
        near: Option<String>,
    },
    /// A value is none of those there are.
    NotOneOf {
        /// Its key.
        key: String,
        /// The value.
        value: String,
        /// Those there are.
        known: Vec<&'static str>,
    },
    /// A length of time can't be read.
    BadSpan {
        /// Its key.
        key: String,
        /// The text.
        value: String,
        /// Why not.
        why: SpanError,
    },
    /// A period of law can't be read.
    BadTerm {
        /// Its key.
        key: String,
        /// Why not.
        why: super::duty::TermError,
    },
    /// A time of day can't be read.
    BadTime {
        /// Its key.
        key: String,
        /// The text.
        value: String,
    },
    /// A name that stands for nothing: of a role, an audience, a channel, a ladder, a regime.
    UnknownName {
        /// The key that names it.
        key: String,
        /// The name.
        name: String,
        /// The known name that comes nearest.
        near: Option<String>,
    },
    /// The keys of a channel don't fit together.
    Channel(ChannelFault),
    /// The keys of a duty don't fit together.
    Duty(DutyFault),
    /// A length of time is zero.
    ZeroSpan {
        /// Its key.
        key: String,
    },
    /// A text is no day of the calendar.
    BadDay {
        /// Its key.
        key: String,
        /// The text.
        value: String,
    },
    /// A review lies in the future (E12).
    ReviewedLater {
        /// Its day.
        day: String,
        /// Today.
        today: String,
    },
    /// The last review is more than a year ago (E12).
    ReviewedLongAgo {
        /// Its day.
        day: String,
    },
    /// A number is not one that can stand here.
    BadNumber {
        /// Its key.
        key: String,
        /// The number as written.
        value: String,
        /// The least that can.
        least: u32,
    },
    /// The file was written for another version of hikeshi.
    UnknownSchema {
        /// The version of its shape.
        found: String,
        /// The version that this program knows.
        known: u32,
    },
    /// A link is no address of the web.
    NotHttp {
        /// The link.
        link: String,
    },
    /// The time zone database has no such name.
    UnknownZone {
        /// The name.
        zone: String,
        /// The known name that comes nearest.
        near: Option<String>,
    },
    /// A playbook has no step.
    NoStep,
    /// A playbook has more steps than anybody can take.
    TooManySteps {
        /// How many.
        count: usize,
        /// The limit.
        most: usize,
    },
    /// A selection asks for nothing, and so never selects.
    SelectsNothing,
    /// An inject says neither when it happens nor after what, or both.
    AtOrAfter,
    /// A time of a scenario comes when everything is over.
    AfterTheEnd {
        /// Its key.
        key: String,
        /// The time.
        value: String,
    },
    /// Two playbooks select the same incidents; one of them is never used.
    SameSelection {
        /// The other's id.
        other: String,
    },
}

impl ProblemKind {
    /// Whether a file with it can be used.
    pub const fn level(&self) -> Level {
        match self {
            Self::LongStep { .. } | Self::ReviewedLongAgo { .. } | Self::RoleKnown { .. } | Self::SharedName { .. } => {
                Level::Warning
            }
            _ => Level::Error,
        }
    }
}
