//! `backup` and `restore`: a copy of the store, made while others write, and put back.

use super::arguments::number;
use super::desk::Desk;
use super::evidence;
use crate::error::{Exit, Failure};
use crate::evidence::{Copied, Vault};
use crate::incident::chain::head_line;
use crate::render::json::{BackupDoc, RestoreDoc, SCHEMA};
use crate::say;
use crate::store::{Store, StoreError, beside, owned, publish};
use crate::text::{chain_break, one_line};
use std::path::{Path, PathBuf};

/// Copy the store to a file while others use it, and verify the copy
///
/// Evidence goes to a folder beside the copy, named like it with `.evidence`.
#[derive(Debug, clap::Args)]
pub struct Backup {
    /// The file to write
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Keep so many: the one before becomes FILE.1, and so on
    #[arg(long, value_name = "N", value_parser = number(1..=1000))]
    keep: Option<u32>,
}

/// Put a backup in the place of the store, which is kept aside
///
/// The backup is verified first. What is recorded afterwards goes on as a new copy of the log.
#[derive(Debug, clap::Args)]
pub struct Restore {
    /// The backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub fn backup(desk: &Desk, args: Backup) -> Result<(), Failure> {
    let to = &args.file;
    let shown = one_line(&to.display().to_string()).into_owned();
    if !desk.engine.path().exists() {
        let place = desk.engine.path().display().to_string();
        return Err(Failure::new(
            Exit::Storage,
            "no-store",
            say!(desk.lang, "there is no store at {place} to back up", "バックアップするストアがありません: {place}"),
        )
        .hint("hikeshi --db PATH backup FILE"));
    }
    if same_file(to, desk.engine.path()) {
        return Err(Failure::usage(say!(desk.lang, "{shown} is the store itself", "{shown} はストアそのものです")));
    }
    let is_link = to.symlink_metadata().is_ok_and(|found| !found.is_file());
    if is_link || (to.exists() && args.keep.is_none()) {
        return Err(Failure::new(
            Exit::Refused,
            "exists",
            say!(desk.lang, "{shown} exists already", "{shown} はすでにあります"),
        )
        .hint(say!(
            desk.lang,
            "another name, or keep several: hikeshi backup {shown} --keep 7",
            "別の名前にするか、世代を残す: hikeshi backup {shown} --keep 7"
        )));
    }
    let failed = |error: StoreError| desk.failed(&error.into(), None);
    let store = desk.store()?;
    let part = Part(beside(to, "part"));
    let bar = desk.ui.progress(0, &say!(desk.lang, "copying", "複製中"));
    let copied = store.copy_to(&part.0, |done, all| bar.set_of(done, all));
    drop(bar);
    let (entries, head) = copied.and_then(|()| verified(&part.0, &part.0)).map_err(failed)?;
    if let Some(keep) = args.keep {
        rotate(to, keep);
    }
    // The log first: whatever became of the evidence, that is safe.
    publish(&part.0, to).map_err(failed)?;
    desk.remember_backup(to);
    let reader = store.reader();
    let kept = Vault::beside(to);
    let mut left = Vec::new();
    // What was redacted since an earlier copy goes from the folder that they share.
    for digest in reader.redacted_evidence().map_err(failed)? {
        if let Err(error) = kept.remove(&digest) {
            let why = evidence::failed(desk, &error).message;
            left.push(say!(
                desk.lang,
                "redacted evidence is still there: {why}",
                "墨消しした証拠が残っています: {why}"
            ));
        }
    }
    let digests = reader.evidence_digests().map_err(failed)?;
    let done = copy_evidence(desk, &evidence::vault(&desk.engine), &kept, &digests);
    let mut lines = evidence::faults(desk, &reader, &done.faults);
    desk.print(
        || BackupDoc {
            schema: SCHEMA,
            file: shown.clone(),
            entries,
            evidence: done.copied,
            unsound: done.faults.iter().map(|fault| fault.sha256.clone()).collect(),
            head: head.clone(),
        },
        |_| {
            let copied = done.copied;
            say!(
                desk.lang,
                "{entries} entries in {shown}, verified; evidence copied: {copied}\n{head}",
                "{shown} に{entries}件の記録を複製し、検証しました（証拠の複製: {copied}件）\n{head}"
            )
        },
    );
    lines.extend(left);
    let count = lines.len();
    let message = say!(
        desk.lang,
        "the log is copied; of the evidence, this needs attention: {count}",
        "ログは複製しました。確認が必要な証拠: {count}件"
    );
    unsound(desk, lines, message)
}

/// Copies evidence, reading it again on both sides.
fn copy_evidence(desk: &Desk, from: &Vault, to: &Vault, digests: &[String]) -> Copied {
    let bar = desk.ui.progress(0, &say!(desk.lang, "copying evidence", "証拠の複製中"));
    from.copy_to(to, digests, |done, all| bar.set_of(done, all))
}

/// What has to be looked at after everything else was done.
fn unsound(desk: &Desk, lines: Vec<String>, message: String) -> Result<(), Failure> {
    if lines.is_empty() {
        return Ok(());
    }
    let folder = crate::text::path(evidence::vault(&desk.engine).folder());
    Err(Failure::new(Exit::Attention, "evidence-unsound", message).details(lines).hint(say!(
        desk.lang,
        "bring it back into {folder} from an earlier backup, then: hikeshi evidence verify",
        "以前のバックアップから {folder} に戻してから: hikeshi evidence verify"
    )))
}

/// A copy on its way: whatever goes wrong, it is not left behind.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        // Once it is in its place there is none.
        drop(std::fs::remove_file(&self.0));
    }
}

pub fn restore(desk: &Desk, args: Restore) -> Result<(), Failure> {
    let from = &args.file;
    let to = desk.engine.path();
    let shown = one_line(&from.display().to_string()).into_owned();
    let failed = |error: StoreError| desk.failed(&error.into(), None);
    if !from.is_file() {
        return Err(Failure::new(
            Exit::Reference,
            "no-backup",
            say!(desk.lang, "there is no backup {shown}", "バックアップ {shown} はありません"),
        )
        .hint("hikeshi restore FILE"));
    }
    if same_file(from, to) {
        return Err(Failure::usage(say!(desk.lang, "{shown} is the store itself", "{shown} はストアそのものです")));
    }
    owned(from).map_err(failed)?;
    let backup = Store::open_for_reading(from).map_err(failed)?;
    let when = desk.env.now().to_string().replace([':', '-'], "");
    let when = when.split('.').next().unwrap_or_default();
    let aside = beside(to, &format!("before-restore-{when}Z"));
    if let Some(folder) = to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        make_folder(folder).map_err(|error| failed(StoreError::from_io(folder, &error)))?;
    }
    let bar = desk.ui.progress(0, &say!(desk.lang, "restoring", "復元中"));
    let mut entries = 0;
    let check = |part: &Path| verified(part, from).map(|found| entries = found.0);
    let kept = backup.restore(to, &aside, |done, all| bar.set_of(done, all), check).map_err(failed)?;
    drop(bar);
    let digests = backup.reader().evidence_digests().map_err(failed)?;
    let source = evidence_beside(from);
    let done = copy_evidence(desk, &source, &evidence::vault(&desk.engine), &digests);
    let lines = evidence::faults(desk, &backup.reader(), &done.faults);
    let copied = done.copied;
    drop(backup);
    // What comes from here on is another copy's history, and says from which head it went on.
    let mut session = desk.open()?;
    session.begin_origin(&desk.stamp()?).map_err(|error| desk.failed(&error, None))?;
    // That the store goes back to what it was is what was asked for.
    desk.engine.noticed().put_back.take();
    let kept = kept.map(|path| path.display().to_string());
    desk.print(
        || RestoreDoc {
            schema: SCHEMA,
            entries,
            evidence: copied,
            unsound: done.faults.iter().map(|fault| fault.sha256.clone()).collect(),
            aside: kept.clone(),
        },
        |_| {
            let mut line = say!(
                desk.lang,
                "{entries} entries restored from {shown}; evidence copied: {copied}",
                "{shown} から{entries}件の記録を復元しました（証拠の複製: {copied}件）"
            );
            if let Some(kept) = &kept {
                line.push('\n');
                line.push_str(&say!(desk.lang, "the store before is kept: {kept}", "以前のストア: {kept}"));
            }
            line
        },
    );
    let count = lines.len();
    let message = say!(
        desk.lang,
        "the log is restored; of the evidence, this needs attention: {count}",
        "ログは復元しました。確認が必要な証拠: {count}件"
    );
    unsound(desk, lines, message)
}

/// Reads a whole copy again; how many entries it has, and its heads. What is wrong is told of the file `named`.
fn verified(copy: &Path, named: &Path) -> Result<(u64, String), StoreError> {
    let store = Store::open_for_reading(copy)?;
    let reader = store.reader();
    let damaged = |reason: String| StoreError::Damaged { path: named.to_owned(), reason };
    if let Some(name) = reader.strangers()?.into_iter().next() {
        return Err(StoreError::Stranger { path: named.to_owned(), name });
    }
    if let Some(fault) = reader.page_faults()?.into_iter().next() {
        return Err(damaged(fault));
    }
    let found = reader.verify(None, Vec::new(), |_| {})?;
    if let Some(first) = found.breaks.first() {
        return Err(damaged(chain_break(first, crate::incident::localized::Lang::En)));
    }
    Ok((found.entries, head_line(&reader.heads()?)))
}

/// The evidence of a backup, whichever number it got since.
fn evidence_beside(backup: &Path) -> Vault {
    let own = Vault::beside(backup);
    let numbered = backup.extension().is_some_and(|ending| ending.to_string_lossy().parse::<u32>().is_ok());
    if numbered && !own.folder().is_dir() { Vault::beside(&backup.with_extension("")) } else { own }
}

/// Moves each backup one number up; the last one goes.
fn rotate(file: &Path, keep: u32) {
    let numbered = |number: u32| if number == 0 { file.to_owned() } else { beside(file, &number.to_string()) };
    for number in (0..keep.saturating_sub(1)).rev() {
        // One that is not there leaves a gap, and that is all.
        drop(std::fs::rename(numbered(number), numbered(number + 1)));
    }
}

fn same_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |path: &Path| path.metadata().ok().map(|found| (found.dev(), found.ino()));
    id(one).is_some_and(|found| Some(found) == id(other))
}

fn make_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}
