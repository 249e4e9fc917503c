//! `import hikeshi`: what another store exported, as the same incidents and entries, under the same hashes.

use super::desk::Desk;
use crate::error::{Exit, Failure};
use crate::exchange::{ExchangeError, LineError, read};
use crate::incident::bounds::{self, Excess};
use crate::incident::localized::Lang;
use crate::render::json::{MergedDoc, SCHEMA};
use crate::say;
use crate::store::MergeError;
use crate::text::one_line;
use std::io::BufRead;

/// Takes an export in; with `dry` only says what would come of it.
pub fn run(desk: &Desk, lines: &mut dyn BufRead, dry: bool) -> Result<(), Failure> {
    let mut session = desk.open()?;
    let bar = desk.ui.progress(0, &say!(desk.lang, "importing", "インポート中"));
    let taken = read(session.store(), lines, !dry, |done, all| bar.set_of(done, all));
    drop(bar);
    let taken = taken.map_err(|error| failed(desk, error))?;
    // What was redacted there is gone here too.
    let pending = !dry && session.reader().is_scrub_pending().map_err(|error| desk.failed(&error.into(), None))?;
    if pending {
        session.scrub();
    }
    let (added, known, erased, incidents) = (taken.added, taken.known, taken.erased, taken.incidents);
    desk.print(
        || MergedDoc { schema: SCHEMA, added, known, erased, incidents },
        |_| {
            let would = if dry { say!(desk.lang, "dry run: ", "試行: ") } else { String::new() };
            let gone = match erased {
                0 => String::new(),
                _ => say!(
                    desk.lang,
                    "; words removed, as redacted there: {erased}",
                    "、先方の墨消しにより本文を消した記録: {erased}件"
                ),
            };
            say!(
                desk.lang,
                "{would}entries added: {added}, in {incidents} incidents; here already: {known}{gone}",
                "{would}追加した記録: {added}件（インシデント {incidents}件）、取り込み済み: {known}件{gone}"
            )
        },
    );
    if added > 0 && !dry {
        desk.ui.remark(&say!(
            desk.lang,
            "evidence files come with `evidence export` or `backup`; next: hikeshi verify",
            "証拠ファイルは evidence export か backup で移す　次: hikeshi verify"
        ));
    }
    Ok(())
}

fn failed(desk: &Desk, error: ExchangeError) -> Failure {
    let lang = desk.lang;
    let complete = "hikeshi export --all --restricted -o FILE.ndjson";
    let refused = |kind: &'static str, message: String| Failure::new(Exit::Refused, kind, message);
    match error {
        ExchangeError::Store(error) => desk.failed(&error.into(), None),
        ExchangeError::NotAnExport { reason } => {
            let reason = one_line(&reason).into_owned();
            refused(
                "not-an-export",
                say!(lang, "no export of hikeshi's: {reason}", "hikeshi のエクスポートではありません: {reason}"),
            )
            .hint(complete)
        }
        ExchangeError::Newer { found, known } => refused(
            "newer",
            say!(
                lang,
                "the export is in format {found}, this hikeshi knows {known}",
                "エクスポートの形式 {found} に未対応です（対応: {known}）"
            ),
        )
        .hint(say!(lang, "import it with a newer hikeshi", "新しい hikeshi で取り込む")),
        ExchangeError::Partial => refused(
            "partial",
            say!(
                lang,
                "the export left entries out: what is missing can't be checked",
                "一部だけのエクスポートのため、欠けた記録を検証できません"
            ),
        )
        .hint(complete),
        ExchangeError::OtherStore { space } => refused(
            "other-store",
            say!(
                lang,
                "the export is of another store ({space}), whose #1 is not this one's",
                "別のストア（{space}）のエクスポートです。番号が重なるため混ぜられません"
            ),
        )
        .hint("hikeshi --db NEW.db import hikeshi FILE"),
        ExchangeError::CutOff { found, entries } => refused(
            "cut-off",
            say!(
                lang,
                "the export ends early: {found} of {entries} entries",
                "エクスポートが途中で終わっています（{entries}件中{found}件）"
            ),
        )
        .hint(complete),
        ExchangeError::Io(error) => refused("input", say!(lang, "can't read it: {error}", "読み取れません: {error}")),
        ExchangeError::Unfit(error) => unfit(desk, None, error),
        ExchangeError::Line { number, error: LineError::Entry(error) } => unfit(desk, Some(number), error),
        ExchangeError::Line { number, error: LineError::TooLong { most } } => {
            let most = most >> 20;
            refused(
                "line",
                say!(
                    lang,
                    "line {number}: longer than {most} MiB, which no line of an export is",
                    "{number} 行目: 長すぎます（上限 {most} MiB）"
                ),
            )
            .hint(complete)
        }
        ExchangeError::Line { number, error: LineError::Shape(reason) } => {
            let reason = one_line(&reason).into_owned();
            refused("line", say!(lang, "line {number}: {reason}", "{number} 行目: {reason}")).hint(complete)
        }
    }
}

/// Why an entry doesn't fit into this store.
fn unfit(desk: &Desk, line: Option<u64>, error: MergeError) -> Failure {
    let lang = desk.lang;
    let place = line.map(|line| say!(lang, "line {line}: ", "{line} 行目: ")).unwrap_or_default();
    let (kind, message) = match error {
        MergeError::Store(error) => return desk.failed(&error.into(), None),
        MergeError::Unreadable { reason } => {
            let reason = one_line(&reason).into_owned();
            ("line", say!(lang, "{place}not an entry: {reason}", "{place}記録として読めません: {reason}"))
        }
        MergeError::Gap { origin, seq, last } => (
            "gap",
            say!(
                lang,
                "{place}entry {seq} of copy {origin} doesn't follow {last}: entries are missing",
                "{place}写し {origin} の記録 {seq} は {last} に続きません（記録の欠落）"
            ),
        ),
        MergeError::Altered { origin, seq } => (
            "altered",
            say!(
                lang,
                "{place}entry {seq} of copy {origin} was altered: its hash is another one",
                "{place}写し {origin} の記録 {seq} は改変されています（ハッシュ不一致）"
            ),
        ),
        MergeError::Other { origin, seq } => (
            "conflict",
            say!(
                lang,
                "{place}entry {seq} of copy {origin} is another one in this store: one of the two was altered",
                "{place}写し {origin} の記録 {seq} がこのストアのものと異なります（どちらかが改変）"
            ),
        ),
        MergeError::Blanked { origin, seq } => (
            "blanked",
            say!(
                lang,
                "entry {seq} of copy {origin} lost its words, and nothing in the export says that they were redacted",
                "写し {origin} の記録 {seq} の本文がなく、墨消しの記録もありません"
            ),
        ),
        MergeError::Beginning { origin } => (
            "beginning",
            say!(
                lang,
                "{place}copy {origin} doesn't begin as every copy of a store does",
                "{place}写し {origin} の最初の記録が正しくありません"
            ),
        ),
        MergeError::Beyond { origin, seq, excess } => {
            let excess = beyond(&excess, lang);
            (
                "bounds",
                say!(
                    lang,
                    "{place}entry {seq} of copy {origin}: {excess}",
                    "{place}写し {origin} の記録 {seq}: {excess}"
                ),
            )
        }
        MergeError::Number { number } => (
            "conflict",
            say!(lang, "#{number} is another incident in this store", "#{number} はこのストアでは別のインシデントです"),
        ),
    };
    Failure::new(Exit::Refused, kind, message).hint(say!(
        lang,
        "nothing was imported; check both: hikeshi verify, hikeshi --db NEW.db import hikeshi FILE",
        "何も取り込んでいません。確認: hikeshi verify、hikeshi --db NEW.db import hikeshi FILE"
    ))
}

/// What of an entry no store takes.
fn beyond(excess: &Excess, lang: Lang) -> String {
    match excess {
        Excess::Long { field, bytes, most } => say!(
            lang,
            "`{field}` has {bytes} bytes, at most {most} are taken",
            "`{field}` が {bytes} バイトあります（上限 {most}）"
        ),
        Excess::Number { number } => say!(
            lang,
            "incident number {number}, which is not between 1 and {}",
            "インシデント番号 {number} は範囲外です（1〜{}）",
            bounds::NUMBER
        ),
        Excess::Time { field, value } => say!(
            lang,
            "`{}` is {value}, no time between the years 1 and 9999",
            "`{}` の {value} は西暦1〜9999年の時刻ではありません",
            one_line(field)
        ),
        Excess::Shape { field } => {
            say!(lang, "`{field}` is no JSON object", "`{field}` が JSON オブジェクトではありません")
        }
        Excess::Deep => say!(lang, "its values are nested without end", "値の入れ子が深すぎます"),
    }
}
