//! The JSON that scripts lean on: every field is written, absent values are `null`, lists are never `null`.

mod brief;
mod communication;
mod drill;
mod due;
mod entry;
mod evidence;
mod exported;
mod handoff;
mod incident;
mod intake;
mod legal;
mod listing;
mod metrics;
mod people;
mod postmortem;
mod proof;
mod reader;
mod remedy;
mod review;
mod search;
mod similar;

use super::escape;
pub use brief::{AnswerDoc, BriefDoc, BriefedDoc, DraftDoc, GoneDoc, HeldDoc, SaidDoc, ToldDoc, UndeliveredDoc};
pub use communication::{CommunicationDoc, StatementDoc, UpdateDoc};
pub use drill::{
    DrillGradeDoc, DrillHistoryDoc, DrillListDoc, DrillRunDoc, HeldDrillDoc, InjectedDoc, NextDoc, PersonDoc,
    ResultDoc, ScenarioDoc, TrendDoc,
};
pub use due::{DueDoc, FollowUpDoc, FollowUpsDoc, PlannedCallDoc, PlannedCallsDoc, TickDoc};
pub use entry::{EntryDoc, WasDoc};
pub use evidence::{
    EvidenceCheckDoc, EvidenceChecksDoc, EvidenceDoc, EvidenceListDoc, ExportedDoc, HandoverDoc, UnfinishedDoc,
};
pub use exported::{ExportAllDoc, ExportedIncidentDoc, MergedDoc};
pub use handoff::{CallDoc, HandoffDoc, OfferDoc, OwedDutyDoc, ReachDoc};
pub use incident::{ClockDoc, HolderDoc, IncidentDoc, LinkDoc, RoleDoc, WaitingDoc};
pub use intake::{ChangeDoc, ChatDoc, ImportDoc, ImportedDoc, SkippedDoc};
pub use legal::{DutyDoc, LegalDoc};
pub use listing::{
    ChecklistDoc, ChecklistsDoc, InboxDoc, InboxItemDoc, ListDoc, ListedDoc, PlaybookDoc, PlaybooksDoc, PromptDoc,
    RecordedDoc, RolesDoc, ShowDoc, SpooledDoc, StepDoc, TimelineDoc,
};
pub use metrics::{AgainDoc, CountDoc, GroupDoc, LeftOutDoc, MeasureDoc, MetricsDoc, NearMissesDoc, ShareDoc};
pub use people::{ContactDoc, ContactsDoc, HitDoc, NamedDoc, ServiceDoc, ServiceShowDoc, ServicesDoc};
pub use postmortem::{PostmortemActionDoc, PostmortemCauseDoc, PostmortemDoc, PostmortemSectionDoc};
pub use proof::{
    BackupDoc, BreakDoc, DoctorDoc, FindingDoc, HeadDoc, HeadsDoc, RedactedDoc, RestoreDoc, SalvagedDoc, SealDoc,
    VerifyDoc,
};
pub use remedy::{ActionDoc, ActionsDoc, CauseDoc, CausesDoc};
pub use search::{FoundDoc, SearchDoc};
pub use similar::{AlikeDoc, DeclaredDoc, SimilarDoc};

pub use reader::{ReaderBlockDoc, ReaderDocumentDoc};
pub use review::{PostmortemCheckDoc, WeaknessDoc};

/// The version of every document.
pub const SCHEMA: u32 = 1;

/// A document as one line of JSON, harmless on a terminal.
pub fn line<T: serde::Serialize>(document: &T) -> String {
    escape::json(serde_json::to_string(document).unwrap_or_else(|error| format!("{{\"error\":\"{error}\"}}")))
}
