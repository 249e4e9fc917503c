//! `declare --from`: alerts of monitoring tools, as an incident of their own or on the one that has them (D1).

use super::declare::{Args, confirm, from};
use super::desk::{Desk, Reach};
use super::import::{read, unreadable};
use crate::engine::{EngineError, Received, Subject};
use crate::error::Failure;
use crate::incident::alert::Alert;
use crate::incident::command::{Command, Declare};
use crate::incident::fact::Fact;
use crate::intake::{AlertFormat, Unreadable, is_cut};
use crate::render::json::{EntryDoc, IncidentDoc, RecordedDoc, SCHEMA};
use crate::say;
use crate::text::one_line;
use std::path::PathBuf;

pub fn run(desk: &Desk, args: &Args, format: AlertFormat) -> Result<(), Failure> {
    let file = match args.title.as_slice() {
        [] => PathBuf::from("-"),
        [file] => PathBuf::from(file),
        _ => {
            let message = say!(
                desk.lang,
                "with --from one file is read, and the title comes from the alert",
                "--from で読むファイルは1つで、件名はアラートから取ります"
            );
            return Err(Failure::usage(message).hint(format!("hikeshi declare --from {} FILE", format.as_str())));
        }
    };
    let help = |failure: Failure| failure.hint("hikeshi help declare");
    let bytes = read(desk, &file).map_err(help)?;
    let alerts = format.read(&bytes).map_err(|error| match &error {
        Unreadable::Other(_) => unreadable(desk, &file, &error),
        _ => help(unreadable(desk, &file, &error)),
    })?;
    let cut: Vec<String> = alerts.iter().filter(|alert| is_cut(alert)).map(|alert| shortened(desk, alert)).collect();
    let declare = Declare { alerts, ..from(desk, args)? };
    let request = desk.request(Subject::New, Command::Declare(declare.clone()), &args.recording)?;
    if declare.alerts.is_empty() {
        return tell(desk, &Received::default(), cut);
    }
    match desk.try_open().and_then(|mut session| session.receive(&request, &declare, args.join)) {
        Ok(received) => tell(desk, &received, cut),
        // What is over begins no incident, in the spool as little as in the store.
        Err(EngineError::Store(error)) if declare.alerts.iter().any(Alert::fires) => {
            for warning in &cut {
                desk.ui.warning(warning);
            }
            desk.spool(request, Reach::Unresolved, error.into())
        }
        Err(error) => Err(desk.failed(&error, None)),
    }
}

/// That a text was too long to be kept whole.
fn shortened(desk: &Desk, alert: &Alert) -> String {
    let title = one_line(&alert.title);
    say!(
        desk.lang,
        "the text of `{title}` is longer than 64 KiB; what is beyond was left out",
        "「{title}」の本文は64 KiBを超えるため、超えた分は記録していません"
    )
}

/// Says what became of the alerts, and what was left out of them.
fn tell(desk: &Desk, received: &Received, cut: Vec<String>) -> Result<(), Failure> {
    if desk.ui.json {
        desk.ui.out(&crate::render::json::line(&document(desk, received, cut)));
        return Ok(());
    }
    for receipt in &received.receipts {
        let declares = receipt.entries.iter().any(|entry| matches!(entry.fact, Fact::IncidentDeclared(_)));
        if declares {
            confirm(desk, receipt, Vec::new())?;
        } else if desk.ui.quiet {
            desk.ui.out(&receipt.incident.number.to_string());
        } else {
            desk.confirm(receipt, Vec::new());
        }
    }
    for incident in &received.unchanged {
        let number = incident.number;
        if desk.ui.quiet {
            desk.ui.out(&number.to_string());
        } else {
            desk.ui.show(&say!(desk.lang, "#{number} has this alert already", "#{number} に記録済みのアラートです"));
        }
    }
    for warning in &cut {
        desk.ui.warning(warning);
    }
    for remark in remarks(desk, received) {
        desk.ui.remark(&remark);
    }
    Ok(())
}

fn document(desk: &Desk, received: &Received, cut: Vec<String>) -> RecordedDoc {
    let now = desk.env.now();
    let last = received.receipts.last().map(|receipt| &receipt.incident);
    let incident = last.or_else(|| received.unchanged.first()).map(|incident| IncidentDoc::new(incident, now));
    let entries = received.receipts.iter().flat_map(|receipt| &receipt.entries);
    let mut warnings = cut;
    warnings.extend(remarks(desk, received));
    for receipt in &received.receipts {
        warnings.extend(desk.secrets_in(receipt));
    }
    RecordedDoc {
        schema: SCHEMA,
        incident,
        entries: entries.map(|entry| EntryDoc::new(entry, desk.lang)).collect(),
        duplicate: !received.unchanged.is_empty() && received.receipts.is_empty()
            || received.receipts.iter().any(|receipt| receipt.duplicate),
        warnings,
    }
}

/// What became of alerts that left nothing behind.
fn remarks(desk: &Desk, received: &Received) -> Vec<String> {
    let lang = desk.lang;
    let mut remarks = Vec::new();
    if received.unknown > 0 {
        let count = received.unknown;
        remarks.push(say!(
            lang,
            "alerts that are over, of which no open incident knows: {count}; nothing recorded of them",
            "解消済みで、対応中のどのインシデントにもないアラート: {count}件（記録していません）"
        ));
    }
    if received.unknown == 0 && received.receipts.is_empty() && received.unchanged.is_empty() {
        remarks.push(say!(lang, "there is no alert in it; nothing recorded", "アラートがありません。記録していません"));
    }
    remarks
}
