//! The checks of `doctor`, each with what to do about what it finds.

use super::evidence;
use super::surroundings;
use crate::cli::desk::Desk;
use crate::engine::{EngineError, Session};
use crate::incident::time::Span;
use crate::owner::Foreign;
use crate::say;
use crate::store::{Reader, StoreError, owned};
use crate::text::{chain_break, one_line};
use crate::view::Finding;
use std::fs::Permissions;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// How far the last entry may lie in the future.
const SKEW: Span = Span::from_minutes(2);

type Check = fn(&Desk, &Reader<'_>) -> Result<Finding, StoreError>;

/// Everything that is looked at, in order; with `fix`, what can safely be done is done.
pub(super) fn all(desk: &Desk, fix: bool) -> Vec<Finding> {
    let mut findings = permissions(desk, fix);
    // A folder of somebody else's may not even say whether there is one.
    if desk.engine.path().exists() || owned(desk.engine.path()).is_err() {
        findings.extend(of_store(desk, fix));
    } else {
        let place = shown(desk.engine.path());
        findings.push(Finding::note(
            "store",
            say!(
                desk.lang,
                "none yet; the first command makes it at {place}",
                "まだありません。最初の記録時に {place} に作ります"
            ),
        ));
    }
    findings.extend(spool(desk, fix));
    findings.push(surroundings::disk(desk));
    findings.push(surroundings::clock(desk));
    findings.extend(surroundings::environment(desk));
    findings.extend(surroundings::configuration(desk));
    findings.extend(super::outbound::all(desk));
    findings
}

fn of_store(desk: &Desk, fix: bool) -> Vec<Finding> {
    let store = match desk.engine.read() {
        Ok(store) => store,
        Err(error) => {
            let failure = desk.failed(&error, None);
            let salvage = say!(
                desk.lang,
                "hikeshi restore BACKUP, or save what can be read: hikeshi doctor --salvage NEW.db",
                "hikeshi restore バックアップ、または読める分を取り出す: hikeshi doctor --salvage 新しい.db"
            );
            // Only what is damaged has anything to be saved from.
            let is_damaged = matches!(
                error,
                EngineError::Store(
                    StoreError::Damaged { .. } | StoreError::NotAStore { .. } | StoreError::Sqlite { .. }
                )
            );
            let remedy = failure.hint.filter(|_| !is_damaged).unwrap_or(salvage);
            return vec![Finding::bad("store", failure.message, remedy)];
        }
    };
    let mut findings = Vec::new();
    let reader = store.reader();
    let checks: [Check; 5] = [pages, schema, chain, evidence::whole, last_entry];
    for check in checks {
        findings.push(check(desk, &reader).unwrap_or_else(|error| unreadable(desk, &error)));
    }
    drop(store);
    findings.extend(written(desk, fix));
    findings
}

fn unreadable(desk: &Desk, error: &StoreError) -> Finding {
    let failure = crate::cli::failure::store(error, desk.lang);
    Finding::bad("store", failure.message, "hikeshi doctor --salvage NEW.db".to_owned())
}

fn pages(desk: &Desk, reader: &Reader<'_>) -> Result<Finding, StoreError> {
    let faults = reader.page_faults()?;
    Ok(match faults.first() {
        None => Finding::good("pages", say!(desk.lang, "sound", "正常")),
        Some(fault) => {
            let fault = one_line(fault);
            Finding::bad(
                "pages",
                say!(desk.lang, "damaged: {fault}", "破損: {fault}"),
                say!(
                    desk.lang,
                    "hikeshi restore BACKUP, or hikeshi doctor --salvage NEW.db",
                    "hikeshi restore バックアップ、または hikeshi doctor --salvage 新しい.db"
                ),
            )
        }
    })
}

fn schema(desk: &Desk, reader: &Reader<'_>) -> Result<Finding, StoreError> {
    let strangers = reader.strangers()?;
    Ok(match strangers.as_slice() {
        [] => Finding::good("schema", say!(desk.lang, "nothing foreign in it", "異物なし")),
        some => {
            let name = some.join(", ");
            let name = one_line(&name);
            Finding::bad(
                "schema",
                say!(
                    desk.lang,
                    "somebody put something into the file that hikeshi didn't; it is not acted upon: {name}",
                    "hikeshi のものではない定義がファイルにあります（実行はしません）: {name}"
                ),
                say!(
                    desk.lang,
                    "hikeshi doctor --salvage NEW.db leaves it behind",
                    "hikeshi doctor --salvage 新しい.db で除く"
                ),
            )
        }
    })
}

fn chain(desk: &Desk, reader: &Reader<'_>) -> Result<Finding, StoreError> {
    let total = reader.count()?;
    let bar = desk.ui.progress(total, &say!(desk.lang, "verifying", "検証中"));
    let found = reader.verify(None, Vec::new(), |walked| bar.set(walked))?;
    let entries = found.entries;
    Ok(match found.breaks.first() {
        None => Finding::good("chain", say!(desk.lang, "{entries} entries hold", "{entries}件の記録は正常")),
        Some(first) => Finding::bad("chain", chain_break(first, desk.lang), "hikeshi verify".to_owned()),
    })
}

fn last_entry(desk: &Desk, reader: &Reader<'_>) -> Result<Finding, StoreError> {
    let last = reader.last_recorded()?;
    let ahead = last.filter(|last| *last > desk.env.now().plus(SKEW));
    Ok(match ahead {
        None => Finding::good("order", say!(desk.lang, "no entry lies in the future", "未来の時刻の記録なし")),
        Some(last) => {
            let last = desk.moments().full(last);
            Finding::bad(
                "order",
                say!(
                    desk.lang,
                    "the last entry was recorded at {last}, which is still to come",
                    "最後の記録 {last} は未来の時刻です"
                ),
                say!(desk.lang, "set this machine's clock: timedatectl", "この端末の時計を合わせる: timedatectl"),
            )
        }
    })
}

/// Checks that need the writers' turn; a store that can't be written is spared them.
fn written(desk: &Desk, fix: bool) -> Vec<Finding> {
    let mut session = match desk.try_open() {
        Ok(session) => session,
        Err(error) => {
            let failure = desk.failed(&error, None);
            return vec![Finding::bad("writing", failure.message, failure.hint.unwrap_or_default())];
        }
    };
    let rows = rows(desk, &mut session, fix);
    let mut findings = Vec::new();
    if rows.check != "writing" {
        findings.push(Finding::good("writing", say!(desk.lang, "possible", "可能")));
    }
    findings.push(rows);
    findings.extend(redaction(desk, &mut session, fix));
    findings.extend(evidence::left(desk, &session, fix));
    if session.on_network() {
        findings.push(Finding::note(
            "place",
            say!(
                desk.lang,
                "on a network file system: another machine decides what is durable",
                "ネットワーク上にあり、永続性は相手の機器に左右されます"
            ),
        ));
    }
    findings
}

fn rows(desk: &Desk, session: &mut Session<'_>, fix: bool) -> Finding {
    match session.check_rows(fix) {
        Ok(true) => Finding::good("rows", say!(desk.lang, "follow from the log", "ログと一致")),
        Ok(false) if fix => Finding::good("rows", say!(desk.lang, "made again from the log", "ログから作り直しました")),
        Ok(false) => Finding::bad(
            "rows",
            say!(desk.lang, "don't follow from the log", "ログと一致しません"),
            "hikeshi doctor --rebuild".to_owned(),
        ),
        // Nothing is damaged there: it can't be written, or had of the file system what it needs.
        Err(EngineError::Store(error @ (StoreError::Unfit { .. } | StoreError::ReadOnly { .. }))) => {
            let failure = crate::cli::failure::store(&error, desk.lang);
            Finding::bad("writing", failure.message, failure.hint.unwrap_or_default())
        }
        Err(error) => {
            let failure = desk.failed(&error, None);
            Finding::bad("rows", failure.message, "hikeshi doctor --salvage NEW.db".to_owned())
        }
    }
}

fn redaction(desk: &Desk, session: &mut Session<'_>, fix: bool) -> Option<Finding> {
    let pending = session.reader().is_scrub_pending().unwrap_or(false);
    if !pending {
        return None;
    }
    if fix && session.scrub() {
        return Some(Finding::good(
            "redaction",
            say!(desk.lang, "finished: no byte is left", "バイトの消去が完了しました"),
        ));
    }
    Some(Finding::bad(
        "redaction",
        say!(
            desk.lang,
            "removed words may still be in the file",
            "消した本文のバイトがファイルに残っている可能性があります"
        ),
        say!(
            desk.lang,
            "end other hikeshi processes, then: hikeshi doctor --fix",
            "ほかの hikeshi を終了してから: hikeshi doctor --fix"
        ),
    ))
}

fn permissions(desk: &Desk, fix: bool) -> Vec<Finding> {
    let store = desk.engine.path();
    let mut wanted: Vec<(PathBuf, u32)> = Vec::new();
    if let Some(folder) = store.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let own = folder.file_name().is_some_and(|name| name == "hikeshi");
        wanted.extend(own.then(|| (folder.to_owned(), 0o700)));
    }
    let endings = ["-wal", "-shm"].map(|ending| {
        let mut name = store.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    });
    let beside = ["lock", "queue", "search"].map(|ending| store.with_extension(ending));
    wanted.extend([store.to_owned()].into_iter().chain(endings).chain(beside).map(|path| (path, 0o600)));
    let folders = [crate::cli::evidence::vault(&desk.engine).folder().to_owned(), store.with_extension("spool")];
    wanted.extend(folders.map(|folder| (folder, 0o700)));
    let lax = wanted
        .into_iter()
        .filter(|(path, mode)| path.symlink_metadata().is_ok_and(|found| found.mode() & 0o777 & !mode != 0));
    let lax: Vec<(PathBuf, u32)> = lax.collect();
    if lax.is_empty() {
        return vec![Finding::good("permissions", say!(desk.lang, "only the owner's", "所有者のみ"))];
    }
    let finding = |(path, mode): &(PathBuf, u32)| {
        let name = shown(path);
        let done = fix && std::fs::set_permissions(path, Permissions::from_mode(*mode)).is_ok();
        if done {
            Finding::good("permissions", say!(desk.lang, "{name} is {mode:03o} now", "{name} を {mode:03o} にしました"))
        } else {
            let quoted = shell_words::quote(&name).into_owned();
            let text = say!(desk.lang, "others may read or write {name}", "{name} を他者が読み書きできます");
            Finding::bad("permissions", text, format!("chmod {mode:03o} {quoted}"))
        }
    };
    lax.iter().map(finding).collect()
}

fn spool(desk: &Desk, fix: bool) -> Vec<Finding> {
    if fix {
        // Opening brings in what waits.
        drop(desk.try_open());
    }
    let (whole, torn, foreign) = desk.engine.waiting();
    let torn: Vec<String> = torn.iter().map(|path| shown(path)).collect();
    let mut findings = Vec::new();
    if whole > 0 {
        findings.push(Finding::bad(
            "spool",
            say!(desk.lang, "{whole} commands wait for the store", "{whole}件のコマンドがストアを待っています"),
            say!(
                desk.lang,
                "once it can be written: hikeshi doctor --fix",
                "書き込めるようになったら: hikeshi doctor --fix"
            ),
        ));
    }
    findings.extend(foreign.iter().map(|found| somebody_elses("spool", found, desk)));
    for name in torn {
        findings.push(Finding::bad(
            "spool",
            say!(desk.lang, "a file can't be read: {name}", "読めないファイル: {name}"),
            say!(desk.lang, "read it by hand, then remove it: less {name}", "内容を確認してから削除する: less {name}"),
        ));
    }
    if findings.is_empty() {
        findings.push(Finding::good("spool", say!(desk.lang, "empty", "空")));
    }
    findings
}

/// A file or folder that is not used, because somebody else owns it.
fn somebody_elses(check: &'static str, found: &Foreign, desk: &Desk) -> Finding {
    let (path, uid) = (shown(&found.path), found.owner);
    let text =
        say!(desk.lang, "{path} belongs to another user (uid {uid})", "{path} の所有者は別のユーザー（uid {uid}）です");
    Finding::bad(check, text, crate::cli::failure::chown(found))
}

fn shown(path: &Path) -> String {
    one_line(&path.display().to_string()).into_owned()
}
