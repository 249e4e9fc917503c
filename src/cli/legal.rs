//! `legal`: what the law and contracts want told, to whom, and by when (E6). Not legal advice.

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use crate::engine::{Receipt, only_incident};
use crate::error::Failure;
use crate::incident::command::{Command, SettleDuty, StartDuty};
use crate::incident::duty::{Duty, beyond_holidays};
use crate::incident::roster::fold;
use crate::incident::state::{Incident, LegalDuty};
use crate::render::json::{DutyDoc, LegalDoc, SCHEMA};
use crate::render::{duty_list, no_advice, no_figure};
use crate::say;
use crate::text::{duty_start, one_line};
use crate::view;

/// Follow what the law and contracts want told, to whom, and by when
///
/// Not legal advice. No duty runs until the organisation turns its regime on: `legal = ["gdpr"]` in policy.toml.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// List the duties that are turned on, and how they stand in the incident
    List {
        /// Those that are not turned on too
        #[arg(long)]
        all: bool,
    },
    /// Say that what a duty hangs on has happened: its clock runs from then
    Start {
        /// Its id
        #[arg(value_name = "DUTY", add = super::complete::duties())]
        duty: String,
        /// The case of it that applies
        #[arg(long, value_name = "CASE")]
        case: Option<String>,
        /// When the organisation became aware
        #[arg(long, value_name = "TIME")]
        aware_at: Option<String>,
        #[command(flatten)]
        recording: Recording,
    },
    /// Say that the notice was given
    Notify {
        /// The duty's id
        #[arg(value_name = "DUTY", add = super::complete::duties())]
        duty: String,
        /// To whom, how, under which number; `-` reads standard input
        #[arg(value_name = "TEXT")]
        text: Vec<String>,
        #[command(flatten)]
        recording: Recording,
    },
    /// Record the decision not to notify, and why
    Waive {
        /// The duty's id
        #[arg(value_name = "DUTY", add = super::complete::duties())]
        duty: String,
        /// Why no notice is due
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        #[command(flatten)]
        recording: Recording,
    },
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    match args.action {
        Action::List { all } => list(desk, all),
        Action::Start { duty, case, aware_at, recording } => {
            let aware_at = desk.maybe_when(aware_at.as_ref())?.map(|when| when.at);
            let command = Command::StartDuty(StartDuty { duty: duty.clone(), variant: case, aware_at });
            started(desk, &duty, command, &recording)
        }
        Action::Notify { duty, text, recording } => {
            let purpose = Purpose { verb: "legal notify", question: ("to whom, how", "報告先と方法") };
            let text = freetext::optional(desk, &text, purpose)?;
            let command = Command::SettleDuty(SettleDuty { duty: duty.clone(), waive: false, text });
            let Some(receipt) = desk.record_silently(command, &recording, Reach::NotOver)? else { return Ok(()) };
            let late = find_run(&receipt.incident, &duty)
                .filter(|run| run.notified_at.zip(run.due_at).is_some_and(|(given, due)| given > due));
            let warnings = late.map(|_| {
                say!(
                    desk.lang,
                    "it was due earlier: say in the notice why it is late",
                    "期限を過ぎています。遅れた理由を報告に添えてください"
                )
            });
            confirm(desk, &receipt, warnings.into_iter().collect(), following(desk, &receipt, &duty, true));
            Ok(())
        }
        Action::Waive { duty, reason, recording } => {
            let reason = freetext::reason(desk, reason, "legal waive")?;
            let command = Command::SettleDuty(SettleDuty { duty, waive: true, text: Some(reason) });
            desk.record(command, &recording, Reach::NotOver).map(drop)
        }
    }
}

fn list(desk: &Desk, all: bool) -> Result<(), Failure> {
    let store = desk.store()?;
    let reader = store.reader();
    // Duties can be read without an incident; one that was named must be there.
    let id = if desk.names_incident() {
        Some(desk.incident(&reader, Reach::NotOver)?)
    } else {
        only_incident(&reader, true).ok()
    };
    let incident = id.map(|id| desk.load(&reader, id)).transpose()?;
    let number = incident.as_ref().map(|incident| incident.number);
    let items = view::duties(&desk.engine.library().policy, incident.as_ref(), all, desk.env.now());
    if desk.ui.quiet && !desk.ui.json {
        for item in &items {
            desk.ui.out(&one_line(&item.id));
        }
        return Ok(());
    }
    desk.print(
        || LegalDoc {
            schema: SCHEMA,
            incident: number,
            duties: items.iter().map(DutyDoc::new).collect(),
            notice: no_advice(desk.lang),
        },
        |page| duty_list(page, &items, number),
    );
    Ok(())
}

fn started(desk: &Desk, typed: &str, command: Command, recording: &Recording) -> Result<(), Failure> {
    let Some(receipt) = desk.record_silently(command, recording, Reach::NotOver)? else { return Ok(()) };
    let run = find_run(&receipt.incident, typed).cloned();
    let duty = find(desk, typed);
    let warnings: Vec<String> =
        run.as_ref().zip(duty).and_then(|(run, duty)| holidays(desk, run, duty)).into_iter().collect();
    let mut remarks: Vec<String> = Vec::new();
    if let Some(run) = run {
        let since = desk.moments().full(run.since);
        let due = run
            .due_at
            .map_or_else(|| no_figure(desk.lang), |due| say!(desk.lang, "due {}", "期限 {}", desk.moments().full(due)));
        let event = duty.map(|duty| duty_start(duty.starts, desk.lang)).unwrap_or_default();
        remarks.push(say!(desk.lang, "{due}; counted from {since} ({event})", "{due}。起算 {since}（{event}）"));
        remarks.extend(following(desk, &receipt, typed, false));
    }
    if receipt.incident.drill {
        remarks.push(say!(desk.lang, "(drill: no duty really runs)", "（演習: 実際の義務は発生しません）"));
    }
    remarks.push(no_advice(desk.lang));
    confirm(desk, &receipt, warnings, remarks);
    Ok(())
}

/// Confirms what was recorded, with what else to know; in JSON that stands among the warnings.
fn confirm(desk: &Desk, receipt: &Receipt, mut warnings: Vec<String>, remarks: Vec<String>) {
    if desk.ui.json {
        warnings.extend(remarks);
        desk.confirm(receipt, warnings);
    } else {
        desk.confirm(receipt, warnings);
        for remark in &remarks {
            desk.ui.remark(remark);
        }
    }
}

/// That the calendar of a duty's office knows no holidays as far as its deadline.
fn holidays(desk: &Desk, run: &LegalDuty, duty: &Duty) -> Option<String> {
    let policy = &desk.engine.library().policy;
    let calendar = policy.calendar.iter().find(|calendar| Some(&calendar.id) == duty.calendar.as_ref())?;
    let last = beyond_holidays(duty, run.variant.as_deref(), calendar, run.due_at?)?;
    let id = one_line(&calendar.id);
    Some(say!(
        desk.lang,
        "the calendar {id} knows no holidays after {last}: the deadline may be too early; add them to policy.toml",
        "暦 {id} は {last} より後の休日を含まないため、期限が実際より早い可能性があります。policy.toml に追加してください"
    ))
}

/// The duties that begin with a duty's notice, and, once it was `given`, the command for each.
fn following(desk: &Desk, receipt: &Receipt, typed: &str, given: bool) -> Vec<String> {
    let Some(before) = find(desk, typed) else { return Vec::new() };
    let number = receipt.incident.number;
    let duties = desk.engine.library().policy.duties();
    let next = duties.into_iter().filter(|duty| duty.after.as_ref() == Some(&before.id));
    next.map(|duty| {
        let (id, title) = (one_line(&duty.id), one_line(duty.title.get(desk.lang)));
        if given {
            return say!(
                desk.lang,
                "next: hikeshi -i {number} legal start {id} ({title}; it runs from this notice)",
                "次: hikeshi -i {number} legal start {id}（{title}。この報告から起算）"
            );
        }
        let term = duty.due.map_or_else(|| no_figure(desk.lang), |due| due.to_string());
        say!(
            desk.lang,
            "after its notice follows {id} ({title}): {term}",
            "この報告の後に {id}（{title}）が続きます: {term}"
        )
    })
    .collect()
}

fn find<'a>(desk: &'a Desk, typed: &str) -> Option<&'a Duty> {
    let wanted = fold(typed);
    desk.engine.library().policy.duty.iter().find(|duty| fold(&duty.id) == wanted)
}

fn find_run<'a>(incident: &'a Incident, typed: &str) -> Option<&'a LegalDuty> {
    let wanted = fold(typed);
    incident.promises.duties.iter().find(|run| fold(&run.id) == wanted)
}
