//! What people wrote in a fact, in full.

use crate::incident::fact::Fact;

/// The free text of a fact in full, a paragraph for each field; `None` where it has none, or none any more.
pub fn words(fact: &Fact) -> Option<String> {
    let fields = fields(fact);
    (!fields.is_empty()).then(|| fields.join("\n\n"))
}

/// Whether [`entry`](super::entry) leaves part of the fact's words out.
pub fn is_shortened(fact: &Fact) -> bool {
    fields(fact).iter().any(|field| field.contains('\n'))
        || matches!(fact, Fact::IncidentDeclared(declared) if declared.summary.is_some())
}

fn fields(fact: &Fact) -> Vec<&str> {
    let found: [Option<&str>; 3] = match fact {
        Fact::IncidentDeclared(f) => [Some(&f.title), f.summary.as_deref(), f.detected_by.as_deref()],
        Fact::IncidentChanged(f) => [f.title.as_deref(), f.public_title.as_deref(), f.summary.as_deref()],
        Fact::LinkAdded(f) => [Some(&f.target), None, None],
        Fact::SeverityChanged(f) => [f.reason.as_deref(), None, None],
        Fact::PeopleCalled(f) => [f.reason.as_deref(), None, None],
        Fact::RoleAssigned(f) => [f.scope.as_deref(), f.duty.as_deref(), f.handover.as_deref()],
        Fact::NoteAdded(f) => [Some(&f.text), None, None],
        Fact::StepAdded(f) => [Some(&f.text), None, None],
        Fact::StepChecked(f) => [f.result.as_deref(), None, None],
        Fact::StepSkipped(f) => [Some(&f.reason), None, None],
        Fact::IncidentIdentified(f) => [f.cause.as_deref(), None, None],
        Fact::IncidentMitigated(f) => [Some(&f.workaround), None, None],
        Fact::IncidentFixed(f) => [Some(&f.text), None, None],
        Fact::IncidentResolved(f) => [f.summary.as_deref(), f.cause.as_deref(), None],
        Fact::IncidentClosed(f) => [f.reason.as_deref(), None, None],
        Fact::IncidentReopened(f) => [Some(&f.reason), None, None],
        Fact::IncidentCancelled(f) => [Some(&f.reason), None, None],
        Fact::PostmortemFiled(f) => [Some(&f.place), None, None],
        Fact::EntryAmended(f) => [f.text.as_deref(), None, None],
        Fact::EntryRedacted(f) => [Some(&f.reason), None, None],
        Fact::EvidenceAdded(f) => [Some(&f.name), f.note.as_deref(), f.source.as_deref()],
        Fact::EvidenceTransferred(f) => [Some(&f.reason), None, None],
        Fact::CommandStarted(f) => [Some(&f.line), None, None],
        Fact::CommandRun(f) => [Some(&f.line), None, None],
        Fact::CallAnswered(f) => [f.text.as_deref(), None, None],
        Fact::HandoffOffered(f) => [f.brief.as_deref(), None, None],
        Fact::HandoffAnswered(f) => [f.reason.as_deref(), None, None],
        Fact::StatementDrafted(f) => [f.subject.as_deref(), Some(&f.text), None],
        Fact::MessageQueued(f) => [f.subject.as_deref(), f.text.as_deref(), None],
        Fact::MessageFailed(f) => [Some(&f.reason), None, None],
        Fact::AnswerAdded(f) => [Some(&f.question), Some(&f.answer), None],
        Fact::FollowUpAdded(f) => [Some(&f.text), None, None],
        Fact::FollowUpDone(f) => [f.result.as_deref(), None, None],
        Fact::ImpactMeasured(f) => [f.text.as_deref(), f.cost.as_deref(), None],
        Fact::PostmortemWritten(f) => [Some(&f.text), None, None],
        Fact::PostmortemApproved(f) => [f.reason.as_deref(), None, None],
        Fact::CauseAdded(f) => [Some(&f.text), None, None],
        Fact::CauseRemoved(f) => [f.reason.as_deref(), None, None],
        Fact::ActionAdded(f) => [Some(&f.text), None, None],
        Fact::ActionDone(f) => [f.result.as_deref(), None, None],
        Fact::ActionVerified(f) => [Some(&f.text), None, None],
        Fact::ActionDropped(f) => [Some(&f.reason), None, None],
        Fact::DutyMet(f) => [f.text.as_deref(), None, None],
        Fact::DutyWaived(f) => [Some(&f.reason), None, None],
        Fact::ContactAdded(f) => [f.note.as_deref(), None, None],
        Fact::ContactRemoved(f) => [f.reason.as_deref(), None, None],
        Fact::IncidentImported(f) => [f.url.as_deref(), None, None],
        Fact::ReportImported(f) => [Some(&f.text), None, None],
        Fact::ChatImported(f) => [Some(&f.author), Some(&f.text), None],
        Fact::AlertReceived(f) => [Some(&f.title), f.text.as_deref(), f.link.as_deref()],
        Fact::InboxDiscarded(f) => [Some(&f.reason), None, None],
        _ => [None; 3],
    };
    found.into_iter().flatten().filter(|field| !field.is_empty()).collect()
}

/// The first line, with ` …` where there are more.
pub fn first_line(text: &str) -> String {
    match text.trim().split_once('\n') {
        Some((first, _)) => format!("{} …", first.trim_end()),
        None => text.trim().to_owned(),
    }
}
