//! What can be wrong with a configuration file, as data: the words that people read are in `text`.

/// What is wrong with a place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// It is no TOML; what the parser says.
    Syntax(String),
    /// It is not UTF-8.
    NotUtf8,
    /// The file is larger than a configuration can be.
    TooLarge {
        /// Its bytes.
        bytes: u64,
        /// The most.
        most: u64,
    },
    /// The file can't be read; what the system says.
    Unreadable(String),
    /// A key that means nothing here.
    UnknownKey {
        /// The key.
        key: String,
        /// The nearest one that does.
        near: Option<String>,
    },
    /// A key that must be there.
    MissingKey(String),
    /// A value of another type than the key takes.
    WrongType {
        /// The key.
        key: String,
        /// What it takes.
        wanted: &'static str,
        /// What is there.
        found: &'static str,
    },
    /// A text that says nothing.
    EmptyText(String),
    /// A text longer than a line on a screen.
    LongText {
        /// Its characters.
        letters: usize,
        /// The most.
        most: usize,
    },
    /// A control character.
    ControlCharacter(u32),
    /// An id that isn't lower-case letters, digits and hyphens.
    BadId(String),
    /// An id of digits, which would be taken for a number.
    NumericId(String),
    /// A playbook whose id isn't its file's name.
    IdIsNotFile {
        /// The id.
        id: String,
        /// The file's name.
        file: String,
    },
    /// An id that stands twice.
    Duplicate(String),
    /// A role that nobody defined.
    UnknownRole {
        /// The slug.
        role: String,
        /// The nearest one.
        near: Option<String>,
    },
    /// A step's role that the playbook doesn't list.
    RoleNotListed(String),
    /// Something that is no length of time.
    BadLength(String),
    /// A value that isn't one of those known.
    UnknownValue {
        /// The value.
        value: String,
        /// Those known.
        known: Vec<String>,
    },
    /// Another playbook is selected for the same incidents.
    SameSelection(String),
    /// A playbook without a step.
    NoStep,
    /// A version of zero.
    VersionZero,
    /// A review that lies in the future.
    ReviewedInFuture(String),
    /// A review more than a year ago (E12).
    ReviewedLongAgo(String),
    /// Something that is no day.
    BadDay(String),
    /// A link that is no web address.
    BadLink(String),
    /// More steps than anybody can follow.
    TooManySteps {
        /// How many.
        steps: usize,
        /// The most.
        most: usize,
    },
    /// A playbook that there isn't.
    UnknownPlaybook(String),
    /// A time zone that there isn't.
    UnknownZone(String),
    /// Anything else; what the parser says.
    Other(String),
}
