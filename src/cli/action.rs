//! `action`: measures of prevention, from agreed to found to work (E10).

use super::arguments::{Recording, one_of};
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use crate::error::{Exit, Failure};
use crate::incident::command::{AddAction, Command, CompleteAction, DropAction, SetAction, VerifyAction};
use crate::incident::slug::Priority;
use crate::incident::when::When;
use crate::render::json::{ActionDoc, ActionsDoc, SCHEMA};
use crate::render::{action_csv, action_list};
use crate::text::one_line;
use crate::view::{ActionFilter, actions};
use crate::{say, slug_parser};

/// Agree on measures of prevention, and follow them until they are found to work
///
/// An action is finished only when its effect was checked: `done`, then `verify`. Ids are known across incidents.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Agree on an action
    Add {
        /// What is to be done; `-` reads standard input
        #[arg(value_name = "TEXT")]
        text: Vec<String>,
        /// Who sees to it: a person, or a role of the incident
        #[arg(long, value_name = "NAME", add = super::complete::contacts())]
        owner: Option<String>,
        /// By when: 30d, 2026-12-24, tomorrow 17:00
        #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
        due: Option<String>,
        /// How urgent it is
        #[arg(long, value_name = "PRIORITY", value_parser = slug_parser!(Priority))]
        priority: Option<Priority>,
        /// The cause that it takes away
        #[arg(long, value_name = "ID")]
        prevents: Option<String>,
        #[command(flatten)]
        recording: Recording,
    },
    /// Show open actions across incidents, the worst first
    List(List),
    /// Change who does it, by when, how urgent it is, or which cause it takes away
    Set {
        /// The action
        #[arg(value_name = "ID")]
        action: String,
        /// Who sees to it: a person, or a role of the incident
        #[arg(long, value_name = "NAME", add = super::complete::contacts())]
        owner: Option<String>,
        /// By when: 30d, 2026-12-24, tomorrow 17:00
        #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
        due: Option<String>,
        /// How urgent it is
        #[arg(long, value_name = "PRIORITY", value_parser = slug_parser!(Priority))]
        priority: Option<Priority>,
        /// The cause that it takes away
        #[arg(long, value_name = "ID")]
        prevents: Option<String>,
        #[command(flatten)]
        recording: Recording,
    },
    /// Say that it was carried out; its effect is checked later
    Done {
        /// The action
        #[arg(value_name = "ID")]
        action: String,
        /// What was done; `-` reads standard input
        #[arg(value_name = "TEXT")]
        text: Vec<String>,
        /// When its effect is checked: 30d, 2026-12-24; default: as the policy says
        #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
        check: Option<String>,
        #[command(flatten)]
        recording: Recording,
    },
    /// Say whether it works; without effect it is open again
    Verify {
        /// The action
        #[arg(value_name = "ID")]
        action: String,
        /// Whether it works
        #[arg(long, value_name = "YES|NO", value_parser = one_of(["yes", "no"]))]
        effective: String,
        /// What shows that; `-` reads standard input
        #[arg(value_name = "TEXT")]
        text: Vec<String>,
        /// By when it is to be done, where it is open again; default: as the policy says
        #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
        due: Option<String>,
        #[command(flatten)]
        recording: Recording,
    },
    /// Give it up
    Drop {
        /// The action
        #[arg(value_name = "ID")]
        action: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        #[command(flatten)]
        recording: Recording,
    },
}

#[derive(Debug, clap::Args, Default)]
struct List {
    /// Finished and dropped ones, and those of exercises too
    #[arg(long)]
    all: bool,
    /// Only what this person or role sees to
    #[arg(long, value_name = "NAME|ROLE")]
    owner: Option<String>,
    /// Only what is past its date; exit code 3 when something is
    #[arg(long)]
    overdue: bool,
    /// csv (for spreadsheets and trackers) or json
    #[arg(long, value_name = "FORMAT", value_parser = one_of(["csv", "json"]))]
    format: Option<String>,
    /// Restricted incidents too
    #[arg(long)]
    restricted: bool,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let (command, recording) = match args.action.unwrap_or_else(|| Action::List(List::default())) {
        Action::List(args) => return list(desk, args),
        Action::Add { text, owner, due, priority, prevents, recording } => {
            let text = freetext::required(desk, &text, Purpose { verb: "action add", question: ("action", "対策") })?;
            let due = due_at(desk, due, &recording)?;
            (Command::AddAction(AddAction { text, owner, due, priority, prevents }), recording)
        }
        Action::Set { action, owner, due, priority, prevents, recording } => {
            let due = due_at(desk, due, &recording)?;
            (Command::SetAction(SetAction { action, owner, due, priority, prevents }), recording)
        }
        Action::Done { action, text, check, recording } => {
            let purpose = Purpose { verb: "action done", question: ("result", "結果") };
            let result = freetext::optional(desk, &text, purpose)?;
            let check = due_at(desk, check, &recording)?;
            (Command::CompleteAction(CompleteAction { action, result, check }), recording)
        }
        Action::Verify { action, effective, text, due, recording } => {
            let purpose = Purpose { verb: "action verify", question: ("what shows that", "その根拠") };
            let text = freetext::required(desk, &text, purpose)?;
            let effective = effective == "yes";
            if effective && due.is_some() {
                let message = say!(
                    desk.lang,
                    "--due is for an action that is open again",
                    "--due は効果がなかった対策にだけ指定できます"
                );
                let action = one_line(&shell_words::quote(&action)).into_owned();
                return Err(Failure::usage(message)
                    .hint(format!("hikeshi action verify {action} --effective no TEXT --due 14d")));
            }
            let due = due_at(desk, due, &recording)?;
            (Command::VerifyAction(VerifyAction { action, effective, text, due }), recording)
        }
        Action::Drop { action, reason, recording } => {
            let reason =
                freetext::reason(desk, reason, &format!("action drop {}", one_line(&shell_words::quote(&action))))?;
            (Command::DropAction(DropAction { action, reason }), recording)
        }
    };
    desk.record(command, &recording, Reach::NotOver).map(drop)
}

fn due_at(desk: &Desk, typed: Option<String>, recording: &Recording) -> Result<Option<When>, Failure> {
    let Some(typed) = typed else { return Ok(None) };
    let agreed_at = desk.maybe_when(recording.at.as_ref())?.map_or_else(|| desk.env.now(), |when| when.at);
    desk.due(&typed, agreed_at).map(Some)
}

fn list(desk: &Desk, args: List) -> Result<(), Failure> {
    let csv = args.format.as_deref() == Some("csv");
    if csv && desk.ui.json {
        let message =
            say!(desk.lang, "--json prints JSON, and --format csv doesn't", "--json と --format csv は併用できません");
        return Err(Failure::usage(message).hint("hikeshi action list --format csv"));
    }
    let now = desk.env.now();
    desk.remark_spool();
    let store = desk.store()?;
    let reader = store.reader();
    let named = desk.names_incident();
    let incident = if named { Some(desk.incident(&reader, Reach::NotOver)?) } else { None };
    let filter = ActionFilter {
        incident,
        all: args.all,
        owner: args.owner.as_deref().map(|typed| super::due::owner(desk, typed)),
        overdue: args.overdue,
        drills: args.all,
        // Whoever names an incident has a right to all of it.
        restricted: args.restricted || named,
    };
    let found = actions(&reader, &filter, now).map_err(|error| desk.failed(&error.into(), None))?;
    let document = || ActionsDoc {
        schema: SCHEMA,
        now: now.to_string(),
        actions: found.iter().map(|item| ActionDoc::new(item, now)).collect(),
    };
    if csv {
        desk.ui.out(&action_csv(&found, now));
    } else if args.format.is_some() {
        desk.ui.out(&crate::render::json::line(&document()));
    } else if desk.ui.quiet && !desk.ui.json {
        for item in &found {
            desk.ui.out(&item.short);
        }
    } else {
        desk.print(document, |page| action_list(page, &found));
    }
    if args.overdue && !found.is_empty() {
        desk.end_with(Exit::Attention as u8);
    }
    Ok(())
}
