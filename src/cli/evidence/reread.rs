//! Reading evidence again: bytes are handed out as what was secured only where they are.

use super::{failed, named, of_incident, vault};
use crate::cli::desk::Desk;
use crate::error::{Exit, Failure};
use crate::evidence::{Condition, EvidenceError, Fault, Secured};
use crate::render::json::{EvidenceCheckDoc, EvidenceChecksDoc, SCHEMA};
use crate::say;
use crate::store::Reader;
use crate::text::{one_line, path};
use crate::view::Item;
use std::io::Read;

/// Prints a piece's bytes, once they were compared: other bytes only where that is insisted on, and never in silence.
pub(super) fn cat(desk: &Desk, typed: &str, force: bool) -> Result<(), Failure> {
    let store = desk.store()?;
    let item = named(desk, &store.reader(), typed)?;
    let name = format!("{} {}", item.short, one_line(&item.name));
    let vault = vault(&desk.engine);
    if item.redacted || !vault.has(&item.sha256) {
        return Err(failed(desk, &EvidenceError::Missing { name }));
    }
    let bar = desk.ui.progress(item.size, &say!(desk.lang, "reading again", "再読込中"));
    let examined = vault.examined(&item.sha256, |done| bar.set(done));
    drop(bar);
    let (mut file, condition) = examined.map_err(|error| failed(desk, &error))?;
    let unsound = (condition != Condition::Sound).then(|| {
        let insist = format!("hikeshi evidence cat {} --force", item.short);
        let hint = say!(
            desk.lang,
            "bring it back from a backup: hikeshi restore; to see what is there all the same: {insist}",
            "バックアップから戻す: hikeshi restore。それでも中身を見る: {insist}"
        );
        failed(desk, &EvidenceError::Unsound { name }).hint(hint)
    });
    if let (Some(failure), false) = (&unsound, force) {
        return Err(failure.clone());
    }
    let broken = |error: std::io::Error| Failure::new(Exit::Storage, "not-printed", error.to_string());
    if desk.ui.terminal && !force {
        // What steers a terminal is shown, as everywhere.
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(broken)?;
        desk.ui.out(&crate::text::visible(&String::from_utf8_lossy(&bytes)));
    } else {
        desk.ui.pour(&mut file).map_err(broken)?;
    }
    unsound.map_or(Ok(()), Err)
}

/// Reads an incident's evidence again.
pub(super) fn verify(desk: &Desk) -> Result<(), Failure> {
    let store = desk.store()?;
    let reader = store.reader();
    let (_, found) = of_incident(desk, &reader)?;
    let vault = vault(&desk.engine);
    let total = found.iter().map(|item| item.size).sum();
    let bar = desk.ui.progress(total, &say!(desk.lang, "reading again", "再読込中"));
    let mut before = 0;
    let mut checks = Vec::new();
    for item in found.iter().filter(|item| !item.redacted) {
        let condition = vault.condition(&item.sha256, |done| bar.set(before + done));
        before += item.size;
        checks.push((item, condition));
    }
    drop(bar);
    let unsound = checks.iter().filter(|(_, condition)| *condition != Condition::Sound).count();
    desk.print(
        || EvidenceChecksDoc {
            schema: SCHEMA,
            ok: unsound == 0,
            evidence: checks.iter().map(|(item, condition)| document(item, condition)).collect(),
        },
        |_| {
            let line = |(item, condition): &(&Item, Condition)| {
                format!("{} {}: {}", item.short, one_line(&item.name), told(desk, condition))
            };
            let lines: Vec<String> = checks.iter().map(line).collect();
            if lines.is_empty() { say!(desk.lang, "no evidence", "証拠はありません") } else { lines.join("\n") }
        },
    );
    if unsound == 0 {
        return Ok(());
    }
    let message = say!(
        desk.lang,
        "{unsound} pieces of evidence are missing or changed",
        "{unsound}件の証拠が失われたか変更されています"
    );
    Err(Failure::new(Exit::Attention, "evidence-unsound", message).hint(say!(
        desk.lang,
        "bring them back from a backup: hikeshi restore, or the folder {}",
        "バックアップから戻す: hikeshi restore、またはフォルダ {}",
        path(vault.folder())
    )))
}

fn document(item: &Item, condition: &Condition) -> EvidenceCheckDoc {
    match condition {
        Condition::Sound => EvidenceCheckDoc::new(item, "sound", None),
        Condition::Missing => EvidenceCheckDoc::new(item, "missing", None),
        Condition::Changed(found) => EvidenceCheckDoc::new(item, "changed", Some(found.clone())),
        Condition::Unreadable(_) => EvidenceCheckDoc::new(item, "unreadable", None),
    }
}

/// What is there, in words.
fn told(desk: &Desk, condition: &Condition) -> String {
    match condition {
        Condition::Sound => say!(desk.lang, "OK", "一致"),
        Condition::Missing => say!(desk.lang, "MISSING", "ファイルなし"),
        Condition::Changed(found) => {
            say!(desk.lang, "CHANGED, sha256 is now {found}", "変更あり。現在の sha256 は {found}")
        }
        Condition::Unreadable(why) => {
            let why = one_line(why);
            say!(desk.lang, "CAN'T BE READ: {why}", "読み込めません: {why}")
        }
    }
}

/// Evidence that is not what was secured, one piece a line, each by the entry that brought it in.
pub fn faults(desk: &Desk, reader: &Reader<'_>, faults: &[Fault]) -> Vec<String> {
    let line = |fault: &Fault| {
        let entry = reader.evidence_entry(&fault.sha256).ok().flatten();
        let name = entry.map_or_else(String::new, |short| format!("{short} "));
        let digest: String = fault.sha256.chars().take(12).collect();
        format!("{name}sha256 {digest}…: {}", told(desk, &fault.condition))
    };
    faults.iter().map(line).collect()
}

/// Says that other bytes lay where these were to lie.
pub fn mended(desk: &Desk, secured: &Secured) {
    let Some(place) = &secured.set_aside else { return };
    let (digest, place): (String, String) = (secured.sha256.chars().take(12).collect(), path(place));
    desk.ui.warning(&say!(
        desk.lang,
        "what lay there as {digest}… had other bytes: it is kept as {place}, and the right ones are in its place",
        "{digest}… として別の内容のファイルがありました。{place} に退避し、正しい内容に置き換えました"
    ));
}
