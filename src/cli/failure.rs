//! From what went wrong inside to what a person is told: kind, message, hint, exit code.

use crate::engine::{EngineError, TargetError};
use crate::env::EnvError;
use crate::error::{Exit, Failure};
use crate::incident::localized::Lang;
use crate::incident::rejection::{Nature, Rejection};
use crate::owner::Foreign;
use crate::render::{self, Page};
use crate::say;
use crate::store::StoreError;
use crate::text::{self, Moments, one_line, visible};

/// What the engine reports, in words; `number` is the incident that the command was about.
pub fn engine(error: &EngineError, number: Option<u32>, page: &Page) -> Failure {
    let lang = page.lang();
    match error {
        EngineError::Rejected(rejection) => rejected(rejection, number, &page.moments),
        EngineError::Store(error) => store(error, lang),
        EngineError::Target(error) => target(error, page),
        EngineError::KeyReused { key, number, kind } => {
            let key = one_line(key);
            let place = number.map(|number| format!(" #{number}")).unwrap_or_default();
            let message = say!(
                lang,
                "the key `{key}` was used for another request ({kind}{place})",
                "キー「{key}」は別の内容（{kind}{place}）で使用済みです"
            );
            Failure::new(Exit::Refused, "key-reused", message).hint(say!(
                lang,
                "use a key of its own for each request",
                "依頼ごとに別のキーを使う"
            ))
        }
    }
}

/// What the rules refuse, in words.
pub fn rejected(rejection: &Rejection, number: Option<u32>, moments: &Moments) -> Failure {
    let refusal = text::rejection(rejection, number, moments);
    let exit = match rejection.nature() {
        Nature::Rule => Exit::Refused,
        Nature::Usage => Exit::Usage,
        Nature::Reference => Exit::Reference,
    };
    // Names of roles and steps come from the store, which another machine may have written.
    let shown = |text: String| visible(&text).into_owned();
    let details = refusal.details.into_iter().map(shown).collect();
    let failure = Failure::new(exit, rejection.kind(), shown(refusal.message)).details(details);
    Failure { hint: refusal.hint.map(shown), ..failure }
}

fn target(error: &TargetError, page: &Page) -> Failure {
    let lang = page.lang();
    match error {
        TargetError::NoReference { typed } => Failure::new(
            Exit::Usage,
            "reference",
            say!(lang, "`{}` is no incident number", "「{}」はインシデント番号ではありません", one_line(typed)),
        )
        .hint(say!(
            lang,
            "a number, such as -i 12; see: hikeshi list",
            "番号で指定: -i 12　一覧: hikeshi list"
        )),
        TargetError::NoIncident { typed } => Failure::new(
            Exit::Reference,
            "no-incident",
            say!(lang, "there is no incident {}", "インシデント {} はありません", one_line(typed)),
        )
        .hint("hikeshi list --all"),
        TargetError::NoneOpen { resolved_too } => {
            let message = if *resolved_too {
                say!(lang, "no incident is open", "クローズ前のインシデントはありません")
            } else {
                say!(lang, "no incident is unresolved", "未解決のインシデントはありません")
            };
            Failure::new(Exit::Reference, "none-open", message).hint(say!(
                lang,
                "hikeshi declare TITLE, or name one: -i NUMBER",
                "hikeshi declare 件名、または -i 番号 で指定"
            ))
        }
        TargetError::Several { rows, resolved_too } => {
            let message = if *resolved_too {
                say!(lang, "{} incidents are open; which one?", "クローズ前のインシデントが{}件あります", rows.len())
            } else {
                say!(lang, "{} incidents are unresolved; which one?", "未解決のインシデントが{}件あります", rows.len())
            };
            let line = |row: &crate::store::Row| {
                format!(
                    "#{} {} {}  {}",
                    row.number,
                    row.severity,
                    text::label::status(row.status, lang),
                    render::shown_title(row, lang)
                )
            };
            let first = rows.first().map_or(1, |row| row.number);
            Failure::new(Exit::Reference, "several-open", message).details(rows.iter().map(line).collect()).hint(say!(
                lang,
                "name it: -i {first}, or for this shell: eval \"$(hikeshi use {first})\"",
                "-i {first} で指定。シェル全体なら: eval \"$(hikeshi use {first})\""
            ))
        }
        TargetError::NoEntry { typed } => Failure::new(
            Exit::Reference,
            "no-entry",
            say!(lang, "there is no entry `{}`", "記録「{}」はありません", one_line(typed)),
        )
        .hint("hikeshi timeline"),
        TargetError::SeveralEntries { typed, entries } => Failure::new(
            Exit::Reference,
            "several-entries",
            say!(lang, "`{}` could be several entries", "「{}」に当てはまる記録が複数あります", one_line(typed)),
        )
        .details(entries.clone())
        .hint(say!(lang, "type more letters", "文字を追加して指定する")),
        TargetError::Store(error) => store(error, lang),
    }
}

/// What the store reports, in words.
pub fn store(error: &StoreError, lang: Lang) -> Failure {
    let (message, hint) = match error {
        StoreError::Locked { path, waited } => (
            say!(
                lang,
                "{} is locked: waited {} s for another process",
                "{} が使用中です（{}秒待機）",
                path.display(),
                waited.as_secs()
            ),
            say!(
                lang,
                "try again; see who has it open: fuser {}",
                "もう一度実行する。使用中のプロセス: fuser {}",
                path.display()
            ),
        ),
        StoreError::Full { path } => (
            say!(lang, "the disk that holds {} is full", "{} のディスクが満杯です", path.display()),
            say!(lang, "free some space, or use another place: --db PATH", "空きを作るか、別の場所を使う: --db パス"),
        ),
        StoreError::ReadOnly { path, reason } => (
            say!(lang, "{} can't be written: {reason}", "{} に書き込めません: {reason}", path.display()),
            say!(
                lang,
                "make it writable, or use another place: --db PATH",
                "書き込めるようにするか、別の場所を使う: --db パス"
            ),
        ),
        StoreError::NotAStore { path, reason, .. } => (
            say!(
                lang,
                "{} is no hikeshi store: {reason}",
                "{} は hikeshi のストアではありません: {reason}",
                path.display()
            ),
            say!(lang, "name the store: --db PATH or HIKESHI_DB", "ストアを指定する: --db パス または HIKESHI_DB"),
        ),
        StoreError::Newer { path, found, known } => (
            say!(
                lang,
                "{} was written by a newer hikeshi (store version {found}, this one knows {known})",
                "{} は新しい hikeshi のストアです（版 {found}、この版は {known} まで）",
                path.display()
            ),
            say!(lang, "update hikeshi; the store was not touched", "hikeshi を更新する。ストアには触れていません"),
        ),
        StoreError::Damaged { path, reason } => (
            say!(lang, "{} is damaged: {reason}", "{} が破損しています: {reason}", path.display()),
            say!(
                lang,
                "what can still be read: hikeshi doctor --salvage NEW.db; record elsewhere meanwhile: --db PATH",
                "読める記録を取り出す: hikeshi doctor --salvage 新しい.db　当面は別の場所に記録: --db パス"
            ),
        ),
        StoreError::Foreign(found) => (
            say!(
                lang,
                "{} belongs to another user (uid {}): whoever owns it can change the record",
                "{} の所有者は別のユーザー（uid {}）です。記録を書き換えられる状態です",
                found.path.display(),
                found.owner
            ),
            chown(found),
        ),
        StoreError::Stranger { path, name } => (
            say!(
                lang,
                "{} holds something that hikeshi didn't put there: {name}",
                "{} に hikeshi のものではない定義があります: {name}",
                path.display()
            ),
            say!(
                lang,
                "leave it behind: hikeshi --db {} doctor --salvage NEW.db",
                "取り除く: hikeshi --db {} doctor --salvage 新しい.db",
                shell_words::quote(&path.display().to_string())
            ),
        ),
        StoreError::Numbers { path } => (
            say!(
                lang,
                "{}: what it notes of its incident numbers contradicts its log, so no number can be given",
                "{}: インシデント番号の控えがログと矛盾するため、番号を付けられません",
                path.display()
            ),
            "hikeshi doctor --rebuild".to_owned(),
        ),
        StoreError::Exposed { path, mode } => (
            say!(
                lang,
                "{} can be written by others (mode {mode:03o}): whoever can write it can change the record",
                "{} に他者が書き込めます（モード {mode:03o}）。記録を書き換えられる状態です",
                path.display()
            ),
            format!("chmod go-w {}", shell_words::quote(&path.display().to_string())),
        ),
        StoreError::Unopenable { path, reason } => (
            say!(lang, "can't open {}: {reason}", "{} を開けません: {reason}", path.display()),
            say!(
                lang,
                "check the folder, or use another place: --db PATH",
                "フォルダを確認するか、別の場所を使う: --db パス"
            ),
        ),
        StoreError::Unfit { path, file_system, reason } => (
            say!(
                lang,
                "the file system of {} ({file_system}) refuses the shared memory that the store needs: {reason}; nothing is damaged",
                "{} のファイルシステム（{file_system}）では共有メモリを使えません: {reason}。データは壊れていません",
                path.display()
            ),
            say!(
                lang,
                "move the store to a local disk and name it: --db PATH or HIKESHI_DB=PATH",
                "ストアをローカルディスクに移し、場所を指定する: --db パス または HIKESHI_DB=パス"
            ),
        ),
        StoreError::Sqlite { path, source } => (
            say!(lang, "{}: {source}", "{}: {source}", path.display()),
            say!(
                lang,
                "nothing was recorded; try again, or use another place: --db PATH",
                "記録されていません。再実行するか別の場所を使う: --db パス"
            ),
        ),
    };
    // Paths and what SQLite says of them come from outside.
    Failure::new(Exit::Storage, error.kind(), one_line(&message)).hint(one_line(&hint))
}

/// The line that gives a file to who should own it.
pub fn chown(found: &Foreign) -> String {
    let sudo = if found.me == 0 { "" } else { "sudo " };
    format!("{sudo}chown -R {} {}", found.me, shell_words::quote(&found.path.display().to_string()))
}

/// What the environment lacks, in words.
pub fn environment(error: &EnvError, lang: Lang) -> Failure {
    match error {
        EnvError::Now(typed) => Failure::usage(say!(
            lang,
            "HIKESHI_NOW is `{}`, which is no RFC 3339 time",
            "HIKESHI_NOW の「{}」は RFC 3339 の時刻ではありません",
            one_line(typed)
        )),
        EnvError::Random(reason) => Failure::new(
            Exit::Refused,
            "random",
            say!(lang, "the system gives no random bytes: {reason}", "乱数を取得できません: {reason}"),
        ),
        EnvError::NoHome => Failure::new(
            Exit::Storage,
            "no-home",
            say!(
                lang,
                "neither XDG_DATA_HOME nor HOME says where the store is",
                "XDG_DATA_HOME も HOME もなく、ストアの場所がわかりません"
            ),
        )
        .hint("--db PATH"),
        EnvError::RelativeHome(typed) => Failure::usage(say!(
            lang,
            "HOME is `{}`, which is no absolute path: the store would be another one in each folder",
            "HOME の「{}」は絶対パスではありません。フォルダごとに別のストアになります",
            one_line(typed)
        ))
        .hint(say!(
            lang,
            "set HOME to an absolute path, or name the store: --db /PATH/hikeshi.db",
            "HOME を絶対パスにするか、--db /パス/hikeshi.db で指定する"
        )),
        EnvError::Tilde { variable, typed, meant, again } => {
            let (typed, again) = (one_line(typed), one_line(again));
            let message = say!(
                lang,
                "`{typed}` begins with `~`, which only a shell understands: it would be a folder of that name",
                "「{typed}」の「~」を展開するのはシェルだけです。そのままでは「~」というフォルダになります"
            );
            match meant {
                Some(_) => Failure::usage(message).hint(again.into_owned()),
                None => Failure::usage(message).hint(say!(
                    lang,
                    "write the whole path: {variable}=/…",
                    "パスを最初から書く: {variable}=/…"
                )),
            }
        }
    }
}
