//! What `doctor` looks at in the evidence: all of it, and what has no business beside it.

use crate::cli::desk::Desk;
use crate::cli::evidence::{faults, vault};
use crate::engine::Session;
use crate::evidence::{Condition, Fault};
use crate::say;
use crate::store::{Reader, StoreError};
use crate::text::path;
use crate::view::Finding;

/// Reads every piece again.
pub(super) fn whole(desk: &Desk, reader: &Reader<'_>) -> Result<Finding, StoreError> {
    let vault = vault(&desk.engine);
    let digests = reader.evidence_digests()?;
    let all = digests.len();
    let bar = desk.ui.progress(all as u64, &say!(desk.lang, "reading evidence again", "証拠の再読込中"));
    let mut unsound = Vec::new();
    for (index, sha256) in digests.into_iter().enumerate() {
        bar.set(index as u64);
        let condition = vault.condition(&sha256, |_| {});
        if condition != Condition::Sound {
            unsound.push(Fault { sha256, condition });
        }
    }
    drop(bar);
    if unsound.is_empty() {
        return Ok(Finding::good("evidence", say!(desk.lang, "{all} files are what was secured", "{all}件すべて一致")));
    }
    let (folder, count) = (path(vault.folder()), unsound.len());
    let lines = faults(desk, reader, &unsound).join("; ");
    Ok(Finding::bad(
        "evidence",
        say!(
            desk.lang,
            "{count} of {all} files in {folder} are missing or not what was secured: {lines}",
            "{folder} の{all}件中{count}件が失われたか変更されています: {lines}"
        ),
        say!(desk.lang, "copy them back from a backup's folder", "バックアップのフォルダから戻す"),
    ))
}

/// What is left of a redaction that ended in the middle and of additions that were killed, and what was set aside.
pub(super) fn left(desk: &Desk, session: &Session<'_>, fix: bool) -> Vec<Finding> {
    let vault = vault(&desk.engine);
    let mut findings = Vec::new();
    let digests = session.reader().redacted_evidence().unwrap_or_default();
    let redacted: Vec<String> = digests.into_iter().filter(|digest| vault.has(digest)).collect();
    if !redacted.is_empty() {
        let gone = fix && redacted.iter().all(|digest| vault.remove(digest).is_ok());
        let count = redacted.len();
        findings.push(if gone {
            Finding::good("redaction", say!(desk.lang, "redacted evidence is removed", "墨消しした証拠を削除しました"))
        } else {
            Finding::bad(
                "redaction",
                say!(desk.lang, "redacted evidence is still there: {count}", "墨消しした証拠が残っています: {count}件"),
                "hikeshi doctor --fix".to_owned(),
            )
        });
    }
    if fix {
        vault.sweep();
    }
    let names = |paths: &[std::path::PathBuf]| paths.iter().map(|one| path(one)).collect::<Vec<_>>().join(", ");
    let dead = vault.leftovers();
    if !dead.is_empty() {
        let names = names(&dead);
        findings.push(Finding::bad(
            "evidence",
            say!(desk.lang, "left by an addition that was killed: {names}", "中断された追加の残り: {names}"),
            "hikeshi doctor --fix".to_owned(),
        ));
    }
    let aside = vault.aside();
    if !aside.is_empty() {
        let names = names(&aside);
        findings.push(Finding::note(
            "evidence",
            say!(
                desk.lang,
                "set aside, because it lay where other bytes belong: {names}",
                "別の内容があるべき場所にあったため退避: {names}"
            ),
        ));
    }
    findings
}
