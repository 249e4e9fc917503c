//! `redact`: an entry's words are removed for good (E6).

use super::desk::Desk;
use super::freetext;
use crate::error::Failure;
use crate::render::json::{EntryDoc, IncidentDoc, RedactedDoc, SCHEMA};
use crate::say;

/// Remove an entry's words for good: a pasted password, personal data
///
/// The words, their corrections and attached evidence go from the store and from backups made afterwards. That
/// something was there stays known: by whom it was written, who removed it, when and why. Names, keys and role
/// holders can't be removed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The entry, four letters or more of its id
    #[arg(value_name = "ENTRY")]
    entry: String,
    /// Why; it stays readable, so don't repeat the words
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let reason = freetext::reason(desk, args.reason, "redact ENTRY")?;
    let mut session = desk.open()?;
    let stamp = desk.stamp()?;
    let done = session.redact(&args.entry, &reason, &stamp).map_err(|error| desk.failed(&error, None))?;
    drop(session);
    let vault = super::evidence::vault(&desk.engine);
    for sha256 in &done.evidence {
        vault.remove(sha256).map_err(|error| super::evidence::failed(desk, &error))?;
    }
    if let Err(error) = super::scribe::forget_words(desk, &done.words) {
        desk.ui.warning(&super::scribe::remembers(desk, &error).message);
    }
    let unreached = unreached(desk);
    if desk.ui.json {
        let document = RedactedDoc {
            schema: SCHEMA,
            incident: done.incident.as_ref().map(|incident| IncidentDoc::new(incident, desk.env.now())),
            entries: done.entries.iter().map(|entry| EntryDoc::new(entry, desk.lang)).collect(),
            pending: done.pending,
            also_in: done.also_in,
            unreached,
        };
        desk.print(|| document, |_| String::new());
        return Ok(());
    }
    let page = desk.page();
    let target = done.incident.as_ref().map(|incident| format!("{} · ", page.target(incident))).unwrap_or_default();
    for entry in &done.entries {
        let text = crate::text::entry(&entry.fact, desk.lang);
        let line = format!("{target}{} [{}]", crate::text::one_line(&text), entry.short);
        desk.ui.out(if desk.ui.quiet { &entry.short } else { &line });
    }
    if done.pending {
        desk.ui.warning(&say!(
            desk.lang,
            "redacted, bytes pending: another process has the store open; the next command that writes finishes it",
            "墨消し済み（バイトの消去待ち）: 他のプロセスがストアを開いています。次に書き込むコマンドが消去を完了します"
        ));
    }
    if !done.also_in.is_empty() {
        let entries = done.also_in.join(", ");
        desk.ui.warning(&say!(
            desk.lang,
            "the same words also stand in: {entries}",
            "同じ文言がほかの記録にもあります: {entries}"
        ));
    }
    desk.ui.remark(&say!(desk.lang, "what this can't reach:", "この操作では消えないもの:"));
    for place in &unreached {
        desk.ui.remark(&format!("  - {place}"));
    }
    Ok(())
}

/// Where the words may still be, out of reach.
fn unreached(desk: &Desk) -> Vec<String> {
    let backups = desk.engine.read().ok().and_then(|store| store.reader().backups().ok()).unwrap_or_default();
    let there = backups.iter().filter(|place| std::path::Path::new(place).exists());
    let mut places = vec![
        say!(
            desk.lang,
            "statements, postmortems and exports that were already written or sent",
            "すでに出力・送信した声明、ポストモーテム、エクスポート"
        ),
        say!(desk.lang, "backups and copies of the store made before now", "これより前のバックアップや複製"),
        say!(desk.lang, "other machines that have this log", "このログを持つほかの端末"),
        say!(desk.lang, "your shell's history and the terminal's scrollback", "シェルの履歴と端末のスクロールバック"),
    ];
    places.extend(there.map(|place| {
        let place = crate::text::one_line(place).into_owned();
        say!(desk.lang, "the backup {place}", "バックアップ {place}")
    }));
    places
}
