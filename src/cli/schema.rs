//! `schema`: the JSON Schema of every JSON output and of the TOML files.

use super::arguments::one_of;
use super::desk::Desk;
use crate::error::Failure;
use crate::incident::drill::Scenario;
use crate::incident::playbook::Playbook;
use crate::incident::policy::Policy;
use crate::render::json::{
    ActionsDoc, BackupDoc, BriefDoc, CausesDoc, ChatDoc, ChecklistsDoc, ClockDoc, ContactsDoc, DeclaredDoc, DoctorDoc,
    DrillGradeDoc, DrillHistoryDoc, DrillListDoc, DrillRunDoc, DueDoc, EntryDoc, EvidenceChecksDoc, EvidenceListDoc,
    ExportAllDoc, ExportedDoc, FollowUpsDoc, HandoffDoc, HeadsDoc, ImportDoc, InboxDoc, IncidentDoc, LegalDoc, ListDoc,
    MergedDoc, MetricsDoc, PlannedCallsDoc, PlaybookDoc, PlaybooksDoc, PostmortemCheckDoc, PostmortemDoc, PromptDoc,
    ReaderDocumentDoc, RecordedDoc, RedactedDoc, RestoreDoc, RolesDoc, SalvagedDoc, SearchDoc, ServiceShowDoc,
    ServicesDoc, ShowDoc, SimilarDoc, SpooledDoc, TickDoc, TimelineDoc, VerifyDoc,
};
use schemars::{Schema, schema_for};
use serde_json::{Map, Value};

/// Print the JSON Schema of the JSON outputs and of the TOML files
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only this one
    #[arg(value_name = "NAME", value_parser = one_of(names()))]
    name: Option<String>,
}

fn schemas() -> Vec<(&'static str, Schema)> {
    vec![
        ("incident", schema_for!(IncidentDoc)),
        ("entry", schema_for!(EntryDoc)),
        ("clock", schema_for!(ClockDoc)),
        ("recorded", schema_for!(RecordedDoc)),
        ("spooled", schema_for!(SpooledDoc)),
        ("show", schema_for!(ShowDoc)),
        ("list", schema_for!(ListDoc)),
        ("timeline", schema_for!(TimelineDoc)),
        ("roles", schema_for!(RolesDoc)),
        ("checklist", schema_for!(ChecklistsDoc)),
        ("inbox", schema_for!(InboxDoc)),
        ("due", schema_for!(DueDoc)),
        ("escalate-dry-run", schema_for!(PlannedCallsDoc)),
        ("brief", schema_for!(BriefDoc)),
        ("handoff", schema_for!(HandoffDoc)),
        ("cause-list", schema_for!(CausesDoc)),
        ("action-list", schema_for!(ActionsDoc)),
        ("followup-list", schema_for!(FollowUpsDoc)),
        ("declared", schema_for!(DeclaredDoc)),
        ("similar", schema_for!(SimilarDoc)),
        ("search", schema_for!(SearchDoc)),
        ("tick", schema_for!(TickDoc)),
        ("prompt", schema_for!(PromptDoc)),
        ("redacted", schema_for!(RedactedDoc)),
        ("evidence-list", schema_for!(EvidenceListDoc)),
        ("evidence-verify", schema_for!(EvidenceChecksDoc)),
        ("evidence-export", schema_for!(ExportedDoc)),
        ("export", schema_for!(ExportAllDoc)),
        ("export.ndjson-head", schema_for!(crate::exchange::Head)),
        ("export.ndjson", schema_for!(crate::exchange::Line)),
        ("import-hikeshi", schema_for!(MergedDoc)),
        ("backup", schema_for!(BackupDoc)),
        ("restore", schema_for!(RestoreDoc)),
        ("doctor", schema_for!(DoctorDoc)),
        ("doctor-salvage", schema_for!(SalvagedDoc)),
        ("heads", schema_for!(HeadsDoc)),
        ("verify", schema_for!(VerifyDoc)),
        ("import", schema_for!(ImportDoc)),
        ("import-chat", schema_for!(ChatDoc)),
        ("postmortem", schema_for!(PostmortemDoc)),
        ("metrics", schema_for!(MetricsDoc)),
        ("postmortem-for", schema_for!(ReaderDocumentDoc)),
        ("postmortem-check", schema_for!(PostmortemCheckDoc)),
        ("playbook-list", schema_for!(PlaybooksDoc)),
        ("playbook-show", schema_for!(PlaybookDoc)),
        ("service-list", schema_for!(ServicesDoc)),
        ("service-show", schema_for!(ServiceShowDoc)),
        ("contact-list", schema_for!(ContactsDoc)),
        ("legal-list", schema_for!(LegalDoc)),
        ("drill-list", schema_for!(DrillListDoc)),
        ("drill-run", schema_for!(DrillRunDoc)),
        ("drill-grade", schema_for!(DrillGradeDoc)),
        ("drill-history", schema_for!(DrillHistoryDoc)),
        ("drill.toml", schema_for!(Scenario)),
        ("playbook.toml", schema_for!(Playbook)),
        ("policy.toml", schema_for!(Policy)),
    ]
}

const fn names() -> [&'static str; 56] {
    [
        "incident",
        "entry",
        "clock",
        "recorded",
        "spooled",
        "show",
        "list",
        "timeline",
        "roles",
        "checklist",
        "inbox",
        "due",
        "escalate-dry-run",
        "brief",
        "handoff",
        "cause-list",
        "action-list",
        "followup-list",
        "declared",
        "similar",
        "search",
        "tick",
        "prompt",
        "redacted",
        "evidence-list",
        "evidence-verify",
        "evidence-export",
        "export",
        "export.ndjson-head",
        "export.ndjson",
        "import-hikeshi",
        "backup",
        "restore",
        "doctor",
        "doctor-salvage",
        "heads",
        "verify",
        "import",
        "import-chat",
        "postmortem",
        "metrics",
        "postmortem-for",
        "postmortem-check",
        "playbook-list",
        "playbook-show",
        "service-list",
        "service-show",
        "contact-list",
        "legal-list",
        "drill-list",
        "drill-run",
        "drill-grade",
        "drill-history",
        "drill.toml",
        "playbook.toml",
        "policy.toml",
    ]
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let wanted = |name: &str| args.name.as_deref().is_none_or(|only| only == name);
    let mut found: Map<String, Value> = Map::new();
    for (name, schema) in schemas().into_iter().filter(|(name, _)| wanted(name)) {
        found.insert(name.to_owned(), schema.to_value());
    }
    let document = match &args.name {
        Some(name) => found.remove(name).unwrap_or_default(),
        None => Value::Object(found),
    };
    desk.ui.out(&serde_json::to_string_pretty(&document).unwrap_or_default());
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_schema_can_be_named() {
        let known: Vec<&str> = super::schemas().into_iter().map(|(name, _)| name).collect();
        assert_eq!(known, super::names());
    }
}
