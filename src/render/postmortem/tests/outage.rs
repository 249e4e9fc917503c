//! An outage of an hour, with a little of everything.

use crate::incident::command::{Bridge, LinkKind, NoteKind};
use crate::incident::fact::{
    Activation, IncidentDeclared, IncidentFixed, IncidentIdentified, IncidentMitigated, IncidentMonitoring,
    IncidentResolved, LinkAdded, NoteAdded, PeopleCalled, PlaybookJoined, RoleAssigned, SeverityChanged, StepAdded,
    StepChecked, StepSkipped, StepsActivated,
};
use crate::incident::localized::Localized;
use crate::incident::playbook::Step;
use crate::incident::severity::Severity;
use crate::incident::status::Status;
use crate::view::postmortem::story::{Story, assigned, declared, minute, note, role};

fn step(id: &str, en: &str, ja: &str, required: bool) -> Step {
    Step {
        id: id.to_owned(),
        text: Localized { en: en.to_owned(), ja: ja.to_owned() },
        role: None,
        due: None,
        required,
        run: None,
        link: None,
        when: None,
    }
}

fn playbook() -> PlaybookJoined {
    PlaybookJoined {
        instance: "service-outage".to_owned(),
        playbook: "service-outage".to_owned(),
        version: 1,
        title: Localized { en: "Service outage".to_owned(), ja: "サービス停止".to_owned() },
        roles: vec![
            role("incident-manager", "incident manager", "インシデント マネージャー"),
            role("tech-lead", "tech lead", "テック リード"),
            role("scribe", "scribe", "書記係"),
        ],
        steps: vec![
            step("confirm-impact", "Confirm the outage with your own eyes", "停止を自分の目で確認", true),
            step("first-notice", "Send the first customer notice", "お客様へ第一報を発信", true),
            step("call-vendor", "Call the vendor", "ベンダーへ連絡", false),
            step("webinar", "Start the customer webinar", "お客様向けウェビナーを開始", false),
        ],
    }
}

fn begin(step: &str, due: i64) -> Activation {
    Activation { instance: "service-outage".to_owned(), step: step.to_owned(), due_at: Some(minute(due)) }
}

/// The outage, up to its resolution.
pub fn outage() -> Story {
    let done = |step: &str, result: &str| StepChecked {
        instance: "service-outage".to_owned(),
        step: step.to_owned(),
        result: Some(result.to_owned()),
    };
    let story = Story::new()
        .at(
            4,
            "aki",
            IncidentDeclared {
                started_at: Some(minute(0)),
                detected_at: Some(minute(3)),
                detected_by: Some("alert checkout-5xx".to_owned()),
                ..declared("決済 API が 5xx | checkout fails")
            },
        )
        .at(4, "aki", playbook())
        .at(4, "aki", assigned("incident-manager", "aki"))
        .at(
            4,
            "aki",
            StepsActivated {
                steps: vec![begin("confirm-impact", 9), begin("first-notice", 9), begin("call-vendor", 20)],
            },
        )
        .at(5, "aki", LinkAdded { kind: LinkKind::Bridge, target: "https://meet.example/abc".to_owned() })
        .at(6, "aki", assigned("tech-lead", "ben"))
        .at(
            7,
            "ben",
            NoteAdded {
                pinned: true,
                ..note(
                    NoteKind::Observation,
                    "db-3 at 100 % CPU\nload average: 98.2\n  SELECT * FROM orders | 4,210 waiting",
                )
            },
        )
        .at(8, "ben", note(NoteKind::Hypothesis, "the 13:50 release dropped an index"));
    let guess = story.last();
    story
        .at(8, "aki", done("confirm-impact", "all regions"))
        .at(
            12,
            "aki",
            SeverityChanged {
                from: Severity::Sev1,
                to: Severity::Sev0,
                reason: Some("no workaround, all customers".to_owned()),
            },
        )
        .at(12, "aki", PeopleCalled::new("database team".to_owned(), Some("locks on orders".to_owned())))
        .at(15, "chie", done("first-notice", "status page"))
        .late(10, 18, "ben", note(NoteKind::Change, "rolled back the release to 41"))
        .about()
        .at(
            20,
            "ben",
            NoteAdded {
                confirms: Some(guess),
                bridge: Some(Bridge::Technical),
                ..note(NoteKind::Observation, "index idx_orders_open is missing")
            },
        )
        .at(21, "ben", note(NoteKind::Change, "restarted db-2"))
        .undone(22)
        .at(
            22,
            "ben",
            IncidentIdentified {
                from: Status::Investigating,
                cause: Some("A migration dropped idx_orders_open; every checkout scanned the table.".to_owned()),
            },
        )
        .at(
            28,
            "ben",
            IncidentMitigated {
                from: Status::Identified,
                workaround: "checkout reads from the replica".to_owned(),
                fix_due_at: Some(minute(3 * 1440)),
            },
        )
        .at(
            30,
            "aki",
            RoleAssigned {
                relieved: vec!["aki".to_owned()],
                handover: Some("customers told until 15:00".to_owned()),
                ..assigned("incident-manager", "dai")
            },
        )
        .at(
            31,
            "dai",
            StepSkipped {
                instance: "service-outage".to_owned(),
                step: "call-vendor".to_owned(),
                reason: "no vendor involved".to_owned(),
            },
        )
        .at(
            33,
            "dai",
            StepAdded {
                step: "count-orders".to_owned(),
                text: "count the lost orders".to_owned(),
                role: None,
                person: Some("eri".to_owned()),
                due_at: None,
            },
        )
        .at(45, "ben", IncidentMonitoring { from: Status::Mitigated })
        .at(
            50,
            "ben",
            IncidentFixed { text: "index rebuilt, replica reads removed".to_owned(), reverts_workaround: true },
        )
        .at(
            64,
            "dai",
            IncidentResolved {
                from: Status::Monitoring,
                summary: Some("Checkout failed for all customers for an hour.\nThe index was rebuilt.".to_owned()),
                cause: None,
                postmortem_required: true,
                postmortem_due_at: Some(minute(3 * 1440)),
            },
        )
}
