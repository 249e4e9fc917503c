//! `doctor`: whether the store is sound, what to do where it isn't, and what can be done at once.

mod checks;
mod evidence;
mod outbound;
mod surroundings;

use super::desk::Desk;
use crate::error::{Exit, Failure};
use crate::incident::fact::StoreSalvaged;
use crate::render::doctor;
use crate::render::json::{DoctorDoc, SCHEMA};
use crate::say;
use crate::store::salvage;
use crate::text::one_line;
use crate::view::{Finding, Grade};
use std::path::{Path, PathBuf};

/// Check the store and what it needs, and say what to do
///
/// Pages, chain, rows, evidence, permissions, spool, clock, configuration and free space. The rows (titles, marks,
/// inbox, deadlines, contacts, figures) are made again from the log and compared; others wait meanwhile.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Do what can safely be done
    #[arg(long)]
    fix: bool,
    /// Make all rows again from the log
    #[arg(long)]
    rebuild: bool,
    /// Save every entry that can still be read into a new store
    #[arg(long, value_name = "NEW.db", conflicts_with_all = ["fix", "rebuild"])]
    salvage: Option<PathBuf>,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    if let Some(to) = &args.salvage {
        return save(desk, to);
    }
    let mut findings = Vec::new();
    if args.rebuild {
        // What waits in the spool comes in afterwards: it may wait for just this.
        let rebuilt = desk.engine.open().and_then(|mut session| session.rebuild());
        rebuilt.map_err(|error| desk.failed(&error, None))?;
        findings.push(Finding::good("rows", say!(desk.lang, "made again from the log", "ログから作り直しました")));
    }
    findings.extend(checks::all(desk, args.fix));
    let bad = findings.iter().filter(|finding| finding.grade == Grade::Bad).count();
    desk.print(|| DoctorDoc::new(&findings), |page| doctor(page, &findings));
    if bad == 0 {
        return Ok(());
    }
    let message = say!(desk.lang, "findings that need attention: {bad}", "対処が必要な項目: {bad}件");
    let remedy = findings.iter().find_map(|finding| finding.remedy.clone());
    Err(Failure { hint: remedy, ..Failure::new(Exit::Attention, "unsound", message) })
}

/// Saves what can still be read.
fn save(desk: &Desk, to: &Path) -> Result<(), Failure> {
    let shown = one_line(&to.display().to_string()).into_owned();
    if to.symlink_metadata().is_ok() {
        return Err(Failure::new(
            Exit::Refused,
            "exists",
            say!(desk.lang, "{shown} exists already", "{shown} はすでにあります"),
        )
        .hint("hikeshi doctor --salvage NEW.db"));
    }
    let saved = salvage(desk.engine.path(), to).map_err(|error| desk.failed(&error.into(), None))?;
    let missing: u64 = saved.missing.iter().map(|gap| gap.to - gap.from + 1).sum();
    if saved.entries > 0 {
        let fact = StoreSalvaged { missing: saved.missing.clone() };
        let engine = crate::engine::Engine::new(to.to_owned(), desk.config.clone(), None);
        let mut session = engine.open().map_err(|error| desk.failed(&error, None))?;
        session.say(&desk.stamp()?, fact.into()).map_err(|error| desk.failed(&error, None))?;
        let vault = super::evidence::vault(&desk.engine);
        let digests = session.reader().evidence_digests().map_err(|error| desk.failed(&error.into(), None))?;
        let done = vault.copy_to(&crate::evidence::Vault::beside(to), &digests, |_, _| {});
        for line in super::evidence::faults(desk, &session.reader(), &done.faults) {
            desk.ui.warning(&say!(desk.lang, "evidence {line}", "証拠 {line}"));
        }
    }
    let entries = saved.entries;
    desk.print(
        || crate::render::json::SalvagedDoc { schema: SCHEMA, file: shown.clone(), entries, missing, faults: saved.faults.clone() },
        |_| {
            let mut lines = vec![say!(
                desk.lang,
                "{entries} entries saved in {shown}; missing: {missing}",
                "{entries}件の記録を {shown} に取り出しました（失われた記録: {missing}件）"
            )];
            for gap in &saved.missing {
                let origin = gap.origin.0.simple().to_string();
                let origin = origin.get(..8).unwrap_or_default().to_owned();
                lines.push(say!(desk.lang, "  lost: {origin}/{}–{}", "  失われた記録: {origin}/{}–{}", gap.from, gap.to));
            }
            lines.extend(saved.faults.iter().map(|fault| format!("  {}", one_line(fault))));
            lines.push(say!(
                desk.lang,
                "what was written after the last entry that could be read is not known; to go on with it: hikeshi --db {shown} …",
                "読めた最後の記録より後については不明です。これで続けるには: hikeshi --db {shown} …"
            ));
            lines.join("\n")
        },
    );
    if entries == 0 {
        let message = say!(desk.lang, "nothing could be read", "読める記録がありません");
        return Err(Failure::new(Exit::Storage, "nothing-saved", message).hint("hikeshi restore BACKUP"));
    }
    Ok(())
}
