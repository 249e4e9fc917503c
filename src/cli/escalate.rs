//! `escalate`: the severity goes up, people are called in (A4, A8, D2).

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use crate::error::{Exit, Failure};
use crate::incident::command::{Command, CommandMode, Escalate};
use crate::incident::severity::Severity;
use crate::say;
use crate::text::one_line;

/// Raise the severity, call people in, or both
///
/// Reaching sev0 opens unified command. Calling people is never refused; the call is recorded, not yet sent.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The new severity: sev0 (worst) to sev4
    #[arg(value_name = "SEV")]
    severity: Option<String>,
    /// A team or person to call; several times for several
    #[arg(long, value_name = "TEAM|PERSON", add = super::complete::callable())]
    to: Vec<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    recording: Recording,
}

/// The severity that a person typed.
pub fn severity(desk: &Desk, typed: &str) -> Result<Severity, Failure> {
    Severity::parse(typed).ok_or_else(|| {
        let message = say!(desk.lang, "no severity `{}`", "重大度「{}」はありません", one_line(typed));
        let hint = say!(
            desk.lang,
            "severities: sev0 (worst), sev1, sev2, sev3, sev4",
            "重大度: sev0（最も重い）、sev1、sev2、sev3、sev4"
        );
        Failure::new(Exit::Reference, "unknown-severity", message).hint(hint)
    })
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let to = args.severity.as_deref().map(|typed| severity(desk, typed)).transpose()?;
    let asked = Escalate { to, call: args.to, reason: args.reason, called: Vec::new() };
    let reach = if to.is_some() { Reach::Unresolved } else { Reach::NotOver };
    let Some(receipt) = desk.record_silently(Command::Escalate(asked), &args.recording, reach)? else { return Ok(()) };
    let mut warnings = Vec::new();
    let raised = receipt.before.as_ref().is_some_and(|before| before.severity != receipt.incident.severity);
    if let (Some(to), false, false) = (to, raised, receipt.duplicate) {
        let current = receipt.incident.severity;
        warnings.push(say!(
            desk.lang,
            "the severity stays {current}: {to} is not worse",
            "重大度は {current} のままです（{to} は重くありません）"
        ));
    }
    let opened = receipt.before.as_ref().is_some_and(|before| before.command != CommandMode::Unified);
    if receipt.incident.command == CommandMode::Unified && opened {
        warnings.push(say!(
            desk.lang,
            "unified command is open: convene the unified bridge, name a unified commander",
            "統一コマンド発動: 統一ブリッジを招集し、統一コマンダーを指名する"
        ));
    }
    desk.confirm(&receipt, warnings);
    Ok(())
}
