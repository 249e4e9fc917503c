//! `declare`: from a title to an incident with a number, a playbook and somebody who leads (A2, A3, D1, D2).

use super::arguments::{Recording, one_of};
use super::desk::{Desk, Reach};
use super::escalate::severity;
use super::freetext::{self, Purpose};
use super::interview::{Interview, Outcome};
use super::similar::at_declare;
use crate::engine::{EngineError, Receipt, Subject};
use crate::error::Failure;
use crate::incident::command::{Command, Customers, Declare};
use crate::incident::severity::Severity;
use crate::intake::AlertFormat;
use crate::render::json::{AlikeDoc, DeclaredDoc};
use crate::render::{declared, similar_at_declare};
use crate::text::one_line;
use crate::{say, slug_parser};
use clap::builder::TypedValueParser;

/// Declare an incident
///
/// Picks the playbook, copies its checklist, and makes you the incident manager unless --commander names another.
/// Without arguments on a terminal it asks.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What is wrong, in a few words; `-` reads it from standard input
    #[arg(value_name = "TITLE")]
    pub(super) title: Vec<String>,
    /// How bad: sev0 (worst) to sev4; default: the policy's
    #[arg(long, value_name = "SEV")]
    severity: Option<String>,
    /// What kind: outage, release, security, … (see `playbook list`)
    #[arg(long, value_name = "CATEGORY", add = super::complete::categories())]
    category: Option<String>,
    /// A service it hits; several times for several
    #[arg(long, value_name = "NAME")]
    service: Vec<String>,
    /// Whether it hits one customer or many
    #[arg(long, value_name = "HOW MANY", value_parser = slug_parser!(Customers))]
    customers: Option<Customers>,
    /// What is known so far
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,
    /// When it began
    #[arg(long, value_name = "TIME")]
    started_at: Option<String>,
    /// When it was noticed
    #[arg(long, value_name = "TIME")]
    detected_at: Option<String>,
    /// Who or what noticed it
    #[arg(long, value_name = "TEXT")]
    detected_by: Option<String>,
    /// A playbook to use instead of the selected one; several times for several
    #[arg(long, value_name = "ID", add = super::complete::playbooks())]
    playbook: Vec<String>,
    /// The incident manager, where it isn't you
    #[arg(long, value_name = "NAME")]
    commander: Option<String>,
    /// An exercise, kept apart from real incidents
    #[arg(long)]
    drill: bool,
    /// Kept out of lists and reports
    #[arg(long)]
    restricted: bool,
    /// It came to nothing that customers noticed: a near miss
    #[arg(long)]
    near_miss: bool,
    /// Open it beside an unresolved one with the same title and services
    #[arg(long)]
    force: bool,
    /// Begin with the alerts of a webhook's body: then TITLE is its file, or `-` for standard input
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    from: Option<AlertFormat>,
    /// With --from: an alert that an unresolved incident has joins it instead
    #[arg(long, requires = "from")]
    pub(super) join: bool,
    #[command(flatten)]
    pub(super) recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let recording = args.recording.clone();
    if let Some(format) = args.from {
        return super::alert::run(desk, &args, format);
    }
    let bare = args.title.is_empty();
    let mut command = from(desk, &args)?;
    let mut remarks = Vec::new();
    if bare && desk.ui.interactive {
        match Interview::new(desk).hold(command)? {
            Outcome::Join(id) => {
                let store = desk.store()?;
                super::show::present(desk, &store.reader(), id)?;
                if let Some(words) = desk.ui.words().first() {
                    let number = desk.load(&store.reader(), id)?.number;
                    let note = format!("hikeshi -i {number} note {}", shell_words::quote(words));
                    desk.ui.remark(&say!(
                        desk.lang,
                        "to add your words: {}",
                        "入力内容を追記するには: {}",
                        one_line(&note)
                    ));
                }
                return Ok(());
            }
            Outcome::Declare(asked) => command = *asked,
        }
    } else {
        let purpose = Purpose { verb: "declare", question: ("what is wrong?", "何が起きていますか") };
        command.title = freetext::required(desk, &args.title, purpose)?;
        remarks.extend(severity_of_title(desk, &mut command));
        if command.title.is_empty() && desk.ui.interactive {
            command.title = freetext::required(desk, &[], purpose)?;
        }
        if command.title.is_empty() {
            let severity = command.severity.unwrap_or(Severity::Sev1);
            let message = say!(
                desk.lang,
                "`{severity}` says how bad it is, not what is wrong",
                "{severity} だけでは、何が起きているかわかりません"
            );
            return Err(Failure::usage(message).hint(format!("hikeshi declare TITLE --severity {severity}")));
        }
    }
    let request = desk.request(Subject::New, Command::Declare(command), &recording)?;
    let recorded = desk.try_open().and_then(|mut session| session.record(&request));
    match recorded {
        Ok(receipt) => confirm(desk, &receipt, remarks),
        Err(error @ EngineError::Store(_)) => desk.spool(request, Reach::Unresolved, error),
        Err(error) => Err(desk.failed(&error, None)),
    }
}

/// What was said on the command line, without the title.
pub(super) fn from(desk: &Desk, args: &Args) -> Result<Declare, Failure> {
    Ok(Declare {
        title: String::new(),
        severity: args.severity.as_deref().map(|typed| severity(desk, typed)).transpose()?,
        category: args.category.clone(),
        services: args.service.clone(),
        customers: args.customers,
        summary: args.summary.clone(),
        started_at: desk.maybe_when(args.started_at.as_ref())?,
        detected_at: desk.maybe_when(args.detected_at.as_ref())?,
        detected_by: args.detected_by.clone(),
        playbooks: args.playbook.clone(),
        commander: args.commander.clone(),
        drill: args.drill,
        restricted: args.restricted,
        near_miss: args.near_miss,
        force: args.force,
        alerts: Vec::new(),
    })
}

/// The formats of webhooks.
fn formats() -> impl TypedValueParser<Value = AlertFormat> {
    one_of(AlertFormat::ALL.iter().map(|format| format.as_str()))
        .try_map(|word| AlertFormat::parse(&word).ok_or("no such format"))
}

/// Takes a severity that stands at an end of the title as what it is, and says so: nobody is asked while it burns.
fn severity_of_title(desk: &Desk, command: &mut Declare) -> Option<String> {
    if desk.is_literal() {
        return None;
    }
    let mentioned = || {
        command.title.split_whitespace().find_map(|word| Severity::in_title(word).filter(|(_, rest)| rest.is_empty()))
    };
    match (Severity::in_title(&command.title), command.severity) {
        (Some((found, title)), None) => {
            command.severity = Some(found);
            command.title = title;
            Some(say!(
                desk.lang,
                "{found} was taken from the title as the severity; as part of the title: hikeshi declare -- TITLE",
                "件名の {found} を重大度として扱いました。件名に含めるには: hikeshi declare -- 件名"
            ))
        }
        (Some((found, _)), Some(given)) if found != given => Some(say!(
            desk.lang,
            "the title says {found}; it is declared as {given}",
            "件名には {found} とありますが、{given} で宣言しました"
        )),
        (None, None) => mentioned().map(|(found, _)| {
            say!(
                desk.lang,
                "the title mentions {found}, which was not taken as the severity; to set it: hikeshi escalate {found}",
                "件名に {found} とありますが、重大度には使っていません。変えるには: hikeshi escalate {found}"
            )
        }),
        _ => None,
    }
}

/// Says what was declared, and what is to be known of it.
pub(super) fn confirm(desk: &Desk, receipt: &Receipt, remarks: Vec<String>) -> Result<(), Failure> {
    if desk.ui.json {
        let similar = if receipt.duplicate { Vec::new() } else { at_declare(desk, &receipt.incident) };
        let similar = similar.iter().map(|one| AlikeDoc::new(one, desk.lang)).collect();
        desk.ui.out(&crate::render::json::line(&DeclaredDoc { recorded: desk.recorded(receipt, remarks), similar }));
        return Ok(());
    }
    for remark in &remarks {
        desk.ui.warning(remark);
    }
    if desk.ui.quiet {
        desk.ui.out(&receipt.incident.number.to_string());
        return Ok(());
    }
    if receipt.duplicate {
        desk.confirm(receipt, Vec::new());
        return Ok(());
    }
    desk.secrets_in(receipt).iter().for_each(|warning| desk.ui.warning(warning));
    let library = desk.engine.library();
    let by_default = receipt.entries.iter().any(
        |entry| matches!(&entry.fact, crate::incident::fact::Fact::IncidentDeclared(fact) if fact.severity_by_default),
    );
    let definition = library
        .policy
        .rule(receipt.incident.severity)
        // What came to nothing is not treated as higher.
        .filter(|_| by_default && !receipt.incident.near_miss)
        .map(|rule| one_line(rule.definition.get(desk.lang)).into_owned());
    desk.ui.show(&declared(&desk.page(), &receipt.incident, definition.as_deref()));
    let similar = at_declare(desk, &receipt.incident);
    if !similar.is_empty() {
        desk.ui.remark(&similar_at_declare(&desk.page(), &similar));
    }
    Ok(())
}
