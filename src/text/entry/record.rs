//! One line about each fact of the record itself: corrections, evidence, the store.

use super::intake::intake;
use super::{because, first_line, required};
use crate::incident::fact::{CommandRun, CommandStarted, EntryAmended, EvidenceAdded, Fact};
use crate::incident::id::{EventId, TAG_SHORTEST};
use crate::incident::localized::Lang;
use crate::incident::time::Span;
use crate::say;
use crate::text::size;
use crate::text::time::span;

/// How many letters of a digest are shown.
const SHOWN: usize = 8;

pub(super) fn record(fact: &Fact, lang: Lang) -> String {
    match fact {
        Fact::EntryAmended(amended) => correction(amended, lang),
        Fact::EntryRedacted(redacted) => {
            let entry = short(redacted.entry);
            let reason = required(&redacted.reason, lang);
            let by = &redacted.by;
            say!(lang, "redacted {entry} by {by}: {reason}", "{by} の記録 {entry} を墨消し：{reason}")
        }
        Fact::EvidenceAdded(added) => evidence(added, lang),
        Fact::EvidenceTransferred(transfer) => {
            let (from, to, reason) = (&transfer.from, &transfer.to, required(&transfer.reason, lang));
            let entry = short(transfer.evidence);
            say!(
                lang,
                "evidence {entry} handed from {from} to {to}: {reason}",
                "証拠 {entry} を {from} から {to} へ引き渡し：{reason}"
            )
        }
        Fact::CommandStarted(started) => command_started(started, lang),
        Fact::CommandRun(run) => command(run, lang),
        _ => store(fact, lang),
    }
}

fn correction(amended: &EntryAmended, lang: Lang) -> String {
    let entry = short(amended.entry);
    let corrected = say!(lang, "corrected {entry}", "{entry} を訂正");
    because(corrected, amended.text.as_deref(), lang)
}

fn evidence(added: &EvidenceAdded, lang: Lang) -> String {
    let name = required(&added.name, lang);
    let (size, digest) = (size(added.size), start(&added.sha256, SHOWN));
    let line = say!(lang, "evidence {name} ({size}, sha256 {digest}…)", "証拠 {name}（{size}、sha256 {digest}…）");
    because(line, added.note.as_deref(), lang)
}

fn command_started(started: &CommandStarted, lang: Lang) -> String {
    let (line, host) = (required(&started.line, lang), &started.host);
    say!(lang, "$ {line} – started on {host}", "$ {line} – {host} で開始")
}

/// What is said of a command of whose end nothing is recorded: it runs, or whoever watched it was killed.
pub fn no_end(lang: Lang) -> String {
    say!(lang, "no end recorded", "終了の記録なし")
}

fn command(run: &CommandRun, lang: Lang) -> String {
    let (line, host) = (required(&run.line, lang), &run.host);
    let took = span(Span::from_millis(i64::try_from(run.duration).unwrap_or(i64::MAX)), lang);
    let end = match (run.exit_code, run.signal) {
        (Some(code), _) => say!(lang, "exit {code}", "終了コード {code}"),
        (None, Some(signal)) => say!(lang, "ended by signal {signal}", "シグナル {signal} で終了"),
        (None, None) => say!(lang, "did not start", "開始できず"),
    };
    say!(lang, "$ {line} – {end}, {took}, on {host}", "$ {line} – {end}、{took}、{host}")
}

/// The letters of an entry's display id that are nearly always enough.
fn short(entry: EventId) -> String {
    entry.tag()[..TAG_SHORTEST].to_owned()
}

fn start(text: &str, letters: usize) -> &str {
    text.get(..letters).unwrap_or(text)
}

fn store(fact: &Fact, lang: Lang) -> String {
    match fact {
        Fact::OriginStarted(started) => {
            let program = &started.program;
            say!(lang, "a copy of the log begins (hikeshi {program})", "ログの新しい写しを開始（hikeshi {program}）")
        }
        Fact::InboxKept(kept) => {
            let verb = &kept.verb;
            match &kept.refused {
                Some(why) => {
                    let why = first_line(why);
                    say!(lang, "refused, kept in the inbox: {verb}: {why}", "受け付けられず受信箱に保管：{verb}：{why}")
                }
                None => say!(lang, "kept in the inbox: {verb}", "受信箱に保管：{verb}"),
            }
        }
        Fact::InboxFiled(filed) => {
            let number = filed.number;
            say!(lang, "filed from the inbox to #{number}", "受信箱から #{number} へ登録")
        }
        Fact::InboxDiscarded(discarded) => {
            let reason = required(&discarded.reason, lang);
            say!(lang, "discarded from the inbox: {reason}", "受信箱から破棄：{reason}")
        }
        Fact::StoreSealed(sealed) => {
            let signer = sealed.signer.split(' ').next().unwrap_or_default();
            say!(lang, "the log was sealed ({signer})", "ログに封印を付与（{signer}）")
        }
        Fact::StoreSalvaged(salvaged) => {
            let missing: u64 = salvaged.missing.iter().map(|gap| gap.to - gap.from + 1).sum();
            say!(
                lang,
                "salvaged from a damaged store; entries that could not be read: {missing}",
                "破損したストアから復旧（読めなかった記録: {missing}件）"
            )
        }
        other => intake(other, lang),
    }
}
