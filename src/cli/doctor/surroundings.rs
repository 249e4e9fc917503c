//! What lies around the store: free space, the clock, the environment, the configuration.

use crate::cli::desk::Desk;
use crate::policy::{Level, Library, ProblemKind, Settings};
use crate::say;
use crate::text::{one_line, size};
use crate::view::Finding;
use std::path::Path;

/// Free space below which a store is in danger.
const SCARCE: u64 = 16 << 20;
/// Free space below which somebody should know.
const LITTLE: u64 = 200 << 20;

/// How much space is left where the store is.
pub(super) fn disk(desk: &Desk) -> Finding {
    let folder = desk.engine.path().ancestors().skip(1).find(|path| path.is_dir()).unwrap_or(Path::new("."));
    let Ok(found) = rustix::fs::statvfs(folder) else {
        return Finding::note("disk", say!(desk.lang, "free space is not known", "空き容量は不明"));
    };
    let free = found.f_bavail.saturating_mul(found.f_frsize);
    let told = say!(desk.lang, "{} free", "空き {}", size(free));
    if free < SCARCE {
        Finding::bad("disk", told, say!(desk.lang, "free some space", "空き容量を増やす"))
    } else if free < LITTLE {
        Finding::note("disk", told)
    } else {
        Finding::good("disk", told)
    }
}

/// What time it is, and whether somebody set it.
pub(super) fn clock(desk: &Desk) -> Finding {
    let now = desk.moments().full(desk.env.now());
    if desk.env.clock_overridden() {
        return Finding::note("clock", say!(desk.lang, "set by HIKESHI_NOW: {now}", "HIKESHI_NOW による指定: {now}"));
    }
    Finding::good("clock", now)
}

/// What the environment says and nobody can follow.
pub(super) fn environment(desk: &Desk) -> Vec<Finding> {
    desk.misreadings().into_iter().map(|(what, remedy)| Finding::bad("environment", what, remedy)).collect()
}

/// Whether every file of the configuration is in force.
pub(super) fn configuration(desk: &Desk) -> Vec<Finding> {
    let (_, mut problems) = Library::salvage(desk.config.as_deref());
    problems.extend(Settings::foreign(desk.config.as_deref()));
    let errors: Vec<_> = problems.iter().filter(|problem| problem.level == Level::Error).collect();
    if errors.is_empty() {
        return vec![Finding::good("configuration", say!(desk.lang, "can be read", "正常"))];
    }
    let finding = |problem: &&crate::policy::Problem| {
        let file = one_line(&problem.file).into_owned();
        if let ProblemKind::Foreign { .. } = problem.what {
            let what = crate::text::problem(&problem.what, desk.lang);
            return Finding::bad("configuration", format!("{file}: {what}"), "hikeshi playbook lint".to_owned());
        }
        let text = say!(desk.lang, "{file} is left out: it has errors", "{file} はエラーのため読み飛ばしています");
        Finding::bad("configuration", text, "hikeshi playbook lint".to_owned())
    };
    let mut findings: Vec<Finding> = errors.iter().map(finding).collect();
    findings.dedup();
    findings
}
