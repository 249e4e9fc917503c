//! The texts that a command can hold.

/// What a text was for, so that a refusal can name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// An incident's title.
    Title,
    /// An incident's summary.
    Summary,
    /// A note.
    Note,
    /// A reason.
    Reason,
    /// A person's or a team's name.
    Person,
    /// A role's name.
    Role,
    /// A service's name.
    Service,
    /// A category's name.
    Category,
    /// Part of the work.
    Scope,
    /// What somebody is there for.
    Duty,
    /// What one tells the next.
    Handover,
    /// What came of a step.
    ResultText,
    /// A task.
    Step,
    /// A cause.
    Cause,
    /// A measure of prevention.
    Action,
    /// What shows a cause.
    Evidence,
    /// A workaround.
    Workaround,
    /// A permanent fix.
    Fix,
    /// A link's address.
    Link,
    /// Who or what noticed.
    DetectedBy,
    /// Where a postmortem is.
    Place,
    /// A section of the postmortem.
    Section,
    /// A playbook's id.
    Playbook,
    /// A statement's words.
    Statement,
    /// A subject line.
    Subject,
    /// A channel's name.
    Channel,
    /// A question or its answer.
    Answer,
    /// What somebody was promised.
    FollowUp,
    /// What figures mean.
    Impact,
    /// A region's name.
    Region,
    /// A cost with its currency.
    Cost,
    /// A contact's name, address or note.
    Contact,
    /// An idempotency key.
    Key,
}
