//! `playbook`: what the playbooks say, and whether a file of one is right.

use super::desk::Desk;
use crate::error::{Exit, Failure};
use crate::incident::localized::Lang;
use crate::incident::playbook::Playbook;
use crate::incident::rejection::Rejection;
use crate::policy::{Level, Problem, lint_file, new_playbook};
use crate::render::json::{PlaybookDoc, PlaybooksDoc, SCHEMA};
use crate::render::{playbook, playbooks};
use crate::say;
use crate::text;
use std::path::{Path, PathBuf};

/// List, show, check and make playbooks
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// List the playbooks, and which incidents they fit
    List,
    /// Show a playbook
    Show {
        /// Its id
        #[arg(value_name = "ID", add = super::complete::playbooks())]
        id: String,
    },
    /// Report every problem of TOML files in one go; without a file, of the whole configuration folder
    Lint {
        /// Files: playbooks, policy.toml, config.toml, scenarios in a folder drills
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Print a new playbook to fill in
    New {
        /// Its id: lower-case letters, digits, hyphens
        #[arg(value_name = "ID")]
        id: String,
    },
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    match args.action {
        Action::List => list(desk),
        Action::Show { id } => show(desk, &id),
        Action::Lint { files } => lint(desk, &files),
        Action::New { id } => new(desk, &id),
    }
}

fn list(desk: &Desk) -> Result<(), Failure> {
    let library = desk.engine.library();
    desk.print(
        || PlaybooksDoc { schema: SCHEMA, playbooks: library.playbooks.clone() },
        |page| playbooks(page, &library.playbooks, &library.policy),
    );
    Ok(())
}

fn show(desk: &Desk, id: &str) -> Result<(), Failure> {
    let library = desk.engine.library();
    let found: Option<&Playbook> = library.playbooks.iter().find(|playbook| playbook.id == id.trim());
    let Some(found) = found else {
        let known = library.playbooks.iter().map(|playbook| playbook.id.clone()).collect();
        let rejection = Rejection::UnknownPlaybook { typed: id.to_owned(), known };
        return Err(desk.failed(&rejection.into(), None));
    };
    desk.print(|| PlaybookDoc { schema: SCHEMA, playbook: found.clone() }, |page| playbook(page, found));
    Ok(())
}

fn lint(desk: &Desk, files: &[PathBuf]) -> Result<(), Failure> {
    let files: Vec<PathBuf> = if files.is_empty() { configured(desk) } else { files.to_vec() };
    let today = desk.moments().day(desk.env.now());
    let mut problems: Vec<Problem> = Vec::new();
    for file in &files {
        problems.extend(lint_file(file, desk.config.as_deref(), Some(&today)));
    }
    report_problems(desk, files.len(), &problems)
}

/// Tells every problem of so many files; a failure where one of them keeps a file from being used.
pub fn report_problems(desk: &Desk, files: usize, problems: &[Problem]) -> Result<(), Failure> {
    let errors = problems.iter().filter(|problem| problem.level == Level::Error).count();
    let document = || {
        let one = |problem: &Problem| {
            serde_json::json!({
                "file": problem.file, "line": problem.line, "column": problem.column,
                "source": problem.source_line, "level": if problem.level == Level::Error { "error" } else { "warning" },
                "message": text::problem(&problem.what, desk.lang),
            })
        };
        serde_json::json!({ "schema": SCHEMA, "files": files, "errors": errors, "problems": problems.iter().map(one).collect::<Vec<_>>() })
    };
    desk.print(document, |_| {
        let mut lines: Vec<String> = problems.iter().flat_map(|problem| problem_lines(problem, desk.lang)).collect();
        let warnings = problems.len() - errors;
        lines.push(say!(
            desk.lang,
            "{files} files: {errors} errors, {warnings} warnings",
            "{files} ファイル: エラー {errors} 件、警告 {warnings} 件"
        ));
        lines.join("\n")
    });
    if errors == 0 {
        return Ok(());
    }
    Err(Failure::new(Exit::Attention, "lint", say!(desk.lang, "{errors} problems", "{errors} 件の問題があります")))
}

/// Every file of the configuration folder that can be checked.
fn configured(desk: &Desk) -> Vec<PathBuf> {
    let Some(folder) = &desk.config else { return Vec::new() };
    let mut files: Vec<PathBuf> = ["config.toml", "policy.toml"].iter().map(|name| folder.join(name)).collect();
    files.retain(|path| path.exists());
    let is_toml = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "toml");
    for below in ["playbooks", "drills"] {
        let listed = std::fs::read_dir(folder.join(below)).into_iter().flatten().flatten().map(|entry| entry.path());
        let mut found: Vec<PathBuf> = listed.filter(is_toml).collect();
        found.sort();
        files.extend(found);
    }
    files
}

fn new(desk: &Desk, id: &str) -> Result<(), Failure> {
    let today = desk.moments().day(desk.env.now());
    let Ok(text) = new_playbook(id, &today) else {
        let id = text::one_line(id);
        let message = say!(
            desk.lang,
            "`{id}` is no playbook id: lower-case letters, digits, hyphens",
            "「{id}」はプレイブックの ID にできません（英小文字・数字・ハイフン）"
        );
        return Err(Failure::usage(message).hint("hikeshi playbook new my-service"));
    };
    desk.print(|| serde_json::json!({ "schema": SCHEMA, "toml": text }), |_| text.clone());
    let folder = desk.config.as_deref().unwrap_or(Path::new("."));
    desk.ui.remark(&say!(
        desk.lang,
        "save it as {}",
        "保存先: {}",
        text::path(&folder.join("playbooks").join(format!("{id}.toml")))
    ));
    Ok(())
}

/// A problem of a file: where, what, and the offending line with a caret.
pub fn problem_lines(problem: &Problem, lang: Lang) -> Vec<String> {
    let level = match problem.level {
        Level::Error => say!(lang, "error", "エラー"),
        Level::Warning => say!(lang, "warning", "警告"),
    };
    let what = text::problem(&problem.what, lang);
    let place = format!("{}:{}:{}", text::one_line(&problem.file), problem.line, problem.column);
    let mut lines = vec![format!("{place}: {level}: {what}")];
    if !problem.source_line.trim().is_empty() {
        lines.push(format!("    {}", text::one_line(&problem.source_line)));
    }
    lines
}
