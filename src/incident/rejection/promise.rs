//! What the rules refuse about calls, statements, follow-ups, duties and figures.

use super::Nature;

/// Why a command about what is owed was refused.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PromiseRejection {
    /// Nobody knows such an audience.
    #[error("no audience {typed}")]
    UnknownAudience {
        /// As typed.
        typed: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// For whom?
    #[error("for whom is the statement?")]
    NoAudience {
        /// Those there are.
        known: Vec<String>,
    },
    /// The policy has no such channel.
    #[error("no channel {typed}")]
    UnknownChannel {
        /// As typed.
        typed: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// The policy says of no channel that it reaches these people.
    #[error("no channel reaches {audience}")]
    NoChannel {
        /// The audience.
        audience: String,
    },
    /// The policy has an error: who has to approve, and what reaches whom, can't be told.
    #[error("the policy can't be read")]
    PolicyUnreadable,
    /// It promises the next update for a time that has passed.
    #[error("{entry} promises the next update for a time that has passed")]
    PromisePast {
        /// The statement's id.
        entry: String,
        /// For whom it is.
        audiences: Vec<String>,
    },
    /// What goes out goes out now.
    #[error("what is sent is sent now")]
    SendsNow,
    /// The entry is no statement.
    #[error("{entry} is no statement")]
    NoStatement {
        /// The entry's id.
        entry: String,
    },
    /// What never went out can't be corrected.
    #[error("{entry} never went out")]
    NeverSent {
        /// The statement's id.
        entry: String,
    },
    /// What went out is corrected by a new one.
    #[error("{entry} went out already")]
    SentAlready {
        /// The statement's id.
        entry: String,
    },
    /// It was approved as it stands.
    #[error("{entry} was approved as it stands")]
    ApprovedAlready {
        /// The statement's id.
        entry: String,
    },
    /// Another one has corrected it.
    #[error("{entry} was corrected by {by}")]
    Superseded {
        /// The statement's id.
        entry: String,
        /// The one that corrected it.
        by: String,
    },
    /// Somebody has to approve it first (E7).
    #[error("{entry} has to be approved by {roles:?}")]
    NotApproved {
        /// The statement's id.
        entry: String,
        /// The roles.
        roles: Vec<String>,
        /// Who carries them.
        people: Vec<String>,
    },
    /// Not this person's to approve.
    #[error("{person} can't approve {entry}")]
    NotTheirsToApprove {
        /// The statement's id.
        entry: String,
        /// Who tried.
        person: String,
        /// The roles that can.
        roles: Vec<String>,
    },
    /// Nobody has to approve it.
    #[error("{entry} needs no approval")]
    NothingToApprove {
        /// The statement's id.
        entry: String,
    },
    /// Nobody of that name was called and hasn't answered.
    #[error("{person} has no call to answer")]
    NoCall {
        /// Who.
        person: String,
        /// Those who have.
        called: Vec<String>,
    },
    /// Nobody of that name waits for news.
    #[error("no follow-up {typed}")]
    NoFollowUp {
        /// As typed.
        typed: String,
        /// Those there are.
        open: Vec<String>,
    },
    /// A figure that can't be.
    #[error("{figure}: {value} is not possible")]
    Impossible {
        /// Which figure.
        figure: &'static str,
        /// As given.
        value: String,
    },
    /// No figure at all.
    #[error("nothing was measured")]
    NothingMeasured,
    /// Nobody knows such a duty.
    #[error("no duty {typed}")]
    UnknownDuty {
        /// As typed.
        typed: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// The duty has no such case.
    #[error("{duty} has no case {typed}")]
    UnknownVariant {
        /// The duty.
        duty: String,
        /// As typed.
        typed: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// The duty runs already.
    #[error("{duty} runs already")]
    DutyRuns {
        /// The duty.
        duty: String,
    },
    /// The duty doesn't run, or was settled.
    #[error("{duty} doesn't run")]
    DutyDoesNotRun {
        /// The duty.
        duty: String,
    },
    /// The duty was settled.
    #[error("{duty} was settled already")]
    DutySettled {
        /// The duty.
        duty: String,
        /// Whether it was decided that no notice is due.
        waived: bool,
    },
    /// The notice before it was not given yet.
    #[error("{duty} runs from the notice {after}, which was not given")]
    NoticeBefore {
        /// The duty.
        duty: String,
        /// The one before.
        after: String,
    },
    /// Nobody can hand over to themselves.
    #[error("{person} hands over to themselves")]
    ToThemselves {
        /// Who.
        person: String,
    },
    /// Nothing to hand over.
    #[error("{person} holds no such role")]
    HoldsNothing {
        /// Who.
        person: String,
    },
    /// Nobody offered them anything.
    #[error("nothing was offered to {person}")]
    NoOffer {
        /// Who.
        person: String,
        /// Those to whom something was.
        offered: Vec<String>,
    },
    /// A contact has this name already.
    #[error("the contact {contact} is there already")]
    ContactThere {
        /// The contact.
        contact: String,
    },
    /// No contact has this name.
    #[error("no contact {typed}")]
    UnknownContact {
        /// As typed.
        typed: String,
        /// Some of those there are.
        known: Vec<String>,
    },
    /// An exercise is played on a drill only.
    #[error("incident {number} is no drill")]
    NotADrill {
        /// The incident.
        number: u32,
    },
    /// An exercise is played on it already.
    #[error("{scenario} is played on {number} already")]
    DrillRuns {
        /// The incident.
        number: u32,
        /// What is played.
        scenario: String,
    },
    /// No exercise was played on it.
    #[error("no scenario was played on {number}")]
    NoDrill {
        /// The incident.
        number: u32,
    },
    /// No scenario has this id.
    #[error("no scenario {typed}")]
    UnknownScenario {
        /// As typed.
        typed: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// The clock brings about only what still holds.
    #[error("this no longer holds")]
    Outdated,
}

impl PromiseRejection {
    /// What kind of refusal this is.
    pub const fn nature(&self) -> Nature {
        match self {
            Self::UnknownAudience { .. }
            | Self::UnknownChannel { .. }
            | Self::NoStatement { .. }
            | Self::NoCall { .. }
            | Self::NoFollowUp { .. }
            | Self::UnknownDuty { .. }
            | Self::UnknownVariant { .. }
            | Self::UnknownContact { .. }
            | Self::UnknownScenario { .. }
            | Self::NoOffer { .. } => Nature::Reference,
            Self::NoAudience { .. } | Self::SendsNow | Self::NothingMeasured | Self::Impossible { .. } => Nature::Usage,
            _ => Nature::Rule,
        }
    }

    /// Its name in JSON, which scripts may match on.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::UnknownAudience { .. } => "unknown-audience",
            Self::NoAudience { .. } => "no-audience",
            Self::UnknownChannel { .. } => "unknown-channel",
            Self::NoChannel { .. } => "no-channel",
            Self::PolicyUnreadable => "policy-unreadable",
            Self::PromisePast { .. } => "promise-past",
            Self::SendsNow => "sends-now",
            Self::NoStatement { .. } => "no-statement",
            Self::NeverSent { .. } => "never-sent",
            Self::SentAlready { .. } => "sent-already",
            Self::ApprovedAlready { .. } => "approved-already",
            Self::Superseded { .. } => "superseded",
            Self::NotApproved { .. } => "not-approved",
            Self::NotTheirsToApprove { .. } => "not-theirs-to-approve",
            Self::NothingToApprove { .. } => "nothing-to-approve",
            Self::NoCall { .. } => "no-call",
            Self::NoFollowUp { .. } => "no-followup",
            Self::Impossible { .. } => "impossible",
            Self::NothingMeasured => "nothing-measured",
            Self::UnknownDuty { .. } => "unknown-duty",
            Self::UnknownVariant { .. } => "unknown-variant",
            Self::DutyRuns { .. } => "duty-runs",
            Self::DutyDoesNotRun { .. } => "duty-does-not-run",
            Self::DutySettled { .. } => "duty-settled",
            Self::NoticeBefore { .. } => "notice-before",
            Self::ToThemselves { .. } => "to-themselves",
            Self::HoldsNothing { .. } => "holds-nothing",
            Self::NoOffer { .. } => "no-offer",
            Self::ContactThere { .. } => "contact-there",
            Self::UnknownContact { .. } => "unknown-contact",
            Self::NotADrill { .. } => "not-a-drill",
            Self::DrillRuns { .. } => "drill-runs",
            Self::NoDrill { .. } => "no-drill",
            Self::UnknownScenario { .. } => "unknown-scenario",
            Self::Outdated => "outdated",
        }
    }
}

impl From<PromiseRejection> for super::Rejection {
    fn from(rejection: PromiseRejection) -> Self {
        Self::Promise(Box::new(rejection))
    }
}
