//! `contact`: who can be reached, and whether that is still so (A7, B2).

use super::arguments::Recording;
use super::desk::Desk;
use super::freetext::{self, Purpose};
use crate::engine::{EngineError, Request, Said, Subject};
use crate::error::{Exit, Failure};
use crate::incident::command::Command;
use crate::incident::contact::{NewContact, added, audience, removed, verified};
use crate::incident::fact::Fact;
use crate::incident::rejection::Rejection;
use crate::render::contact_list;
use crate::render::json::{ContactDoc, ContactsDoc, EntryDoc, RecordedDoc, SCHEMA};
use crate::say;
use crate::store::Reader;
use crate::text::{entry, one_line};
use crate::view::{ContactFilter, ContactItem, contacts};
use serde::Serialize;

/// Keep the people and teams who can be reached, and check that they still can
///
/// The policy says how long a contact may go unchecked; after that it is stale, and shown as such wherever it is used.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// List contacts, and when each was last verified
    List(List),
    /// Add a contact
    Add(Add),
    /// Say that contacts are current
    Verify {
        /// Their names
        #[arg(value_name = "NAME", required = true, add = super::complete::contacts())]
        name: Vec<String>,
        #[command(flatten)]
        recording: Recording,
    },
    /// List the contacts that are to be checked; exit 3 when there are some
    Stale(Whose),
    /// Remove a contact; what was recorded stays readable
    Remove {
        /// Its name
        #[arg(value_name = "NAME", add = super::complete::contacts())]
        name: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        #[command(flatten)]
        recording: Recording,
    },
}

/// Which contacts.
#[derive(Debug, clap::Args)]
struct Whose {
    /// Only those of this stakeholder group
    #[arg(long, value_name = "AUDIENCE", add = super::complete::audiences())]
    audience: Option<String>,
    /// Only those of this service
    #[arg(long, value_name = "NAME", add = super::complete::services())]
    service: Option<String>,
}

#[derive(Debug, clap::Args)]
struct List {
    #[command(flatten)]
    whose: Whose,
    /// Only those that are to be checked
    #[arg(long)]
    stale: bool,
}

#[derive(Debug, clap::Args)]
struct Add {
    /// The name by which they are called: a person, a team, a vendor's desk
    #[arg(value_name = "NAME")]
    name: String,
    /// Their stakeholder group
    #[arg(long, value_name = "AUDIENCE", add = super::complete::audiences())]
    audience: Option<String>,
    /// A service that they belong to; several times for several
    #[arg(long, value_name = "NAME", add = super::complete::services())]
    service: Vec<String>,
    /// A mail address or a telephone number; several times for several
    #[arg(long, value_name = "ADDRESS")]
    reach: Vec<String>,
    /// Replace the contact with this name
    #[arg(long)]
    force: bool,
    /// What else to know; `-` reads standard input
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    match args.action {
        Action::List(List { whose, stale }) => list(desk, whose, stale).map(drop),
        Action::Stale(whose) => match list(desk, whose, true)?.first() {
            None => Ok(()),
            Some(first) => {
                let message = say!(desk.lang, "contacts are to be checked", "確認が必要な連絡先があります");
                let word = shell_words::quote(&first.contact.name);
                Err(Failure::new(Exit::Attention, "stale-contacts", message)
                    .hint(format!("hikeshi contact verify {}", one_line(&word))))
            }
        },
        Action::Add(args) => add(desk, args),
        Action::Verify { name, recording } => {
            let asked = ("verify", &name);
            record(desk, &recording, &asked, |known| Ok(verified(&name, known)?.into_iter().map(Fact::from).collect()))
        }
        Action::Remove { name, reason, recording } => {
            let asked = ("remove", &name, &reason);
            record(desk, &recording, &asked, |known| Ok(vec![removed(&name, reason.as_deref(), known)?.into()]))
        }
    }
}

fn list(desk: &Desk, whose: Whose, stale: bool) -> Result<Vec<ContactItem>, Failure> {
    let policy = &desk.engine.library().policy;
    let group = whose.audience.map(|typed| audience(&typed, policy)).transpose();
    let group = group.map_err(|rejection| desk.failed(&rejection.into(), None))?;
    let filter = ContactFilter { audience: group, service: whose.service, stale };
    let now = desk.env.now();
    let store = desk.store()?;
    let items = contacts(&store.reader(), &filter, policy, now);
    let items = items.map_err(|error| desk.failed(&error.into(), None))?;
    if desk.ui.quiet && !desk.ui.json {
        for item in &items {
            desk.ui.out(&one_line(&item.contact.name));
        }
        return Ok(items);
    }
    let document =
        || ContactsDoc { schema: SCHEMA, contacts: items.iter().map(|item| ContactDoc::new(item, now)).collect() };
    desk.print(document, |page| {
        if stale && items.is_empty() {
            return say!(desk.lang, "no contact is stale", "確認が必要な連絡先はありません");
        }
        contact_list(page, &items)
    });
    Ok(items)
}

fn add(desk: &Desk, args: Add) -> Result<(), Failure> {
    let purpose = Purpose { verb: "contact add", question: ("note", "備考") };
    let note = freetext::optional(desk, &args.text, purpose)?;
    let new = NewContact {
        name: args.name,
        audience: args.audience,
        services: args.service,
        reach: args.reach,
        note,
        force: args.force,
    };
    let policy = &desk.engine.library().policy;
    record(desk, &args.recording, &("add", &new), |known| Ok(vec![added(&new, policy, known)?.into()]))?;
    if new.reach.is_empty() {
        desk.ui.remark(&say!(
            desk.lang,
            "nobody knows yet how to reach them: --reach ADDRESS (again with --force)",
            "連絡方法が未登録です: --force を付けて --reach 連絡先 で登録し直す"
        ));
    }
    Ok(())
}

/// Records facts about contacts, as the store has them at that moment; what was asked for is what a key stands for.
fn record(
    desk: &Desk,
    recording: &Recording,
    asked: &impl Serialize,
    facts: impl FnOnce(&[String]) -> Result<Vec<Fact>, Rejection>,
) -> Result<(), Failure> {
    let mut request: Request = desk.request(Subject::Store, Command::Undo, recording)?;
    request.named = serde_json::to_string(asked).ok();
    let decide = |reader: &Reader<'_>| -> Result<Vec<Fact>, EngineError> {
        let known: Vec<String> = reader.contacts()?.into_iter().map(|contact| contact.name).collect();
        Ok(facts(&known)?)
    };
    let mut session = desk.open()?;
    let said = session.say_asked(&request, decide).map_err(|error| desk.failed(&error, None))?;
    confirm(desk, &said);
    Ok(())
}

fn confirm(desk: &Desk, said: &Said) {
    let warnings = desk.secret_warnings(&said.secrets);
    for warning in &warnings {
        desk.ui.warning(warning);
    }
    if desk.ui.quiet && !desk.ui.json {
        desk.ui.out(&said.entries.first().map(|entry| entry.short.clone()).unwrap_or_default());
        return;
    }
    let document = || RecordedDoc {
        schema: SCHEMA,
        incident: None,
        entries: said.entries.iter().map(|entry| EntryDoc::new(entry, desk.lang)).collect(),
        duplicate: said.duplicate,
        warnings,
    };
    desk.print(document, |_| {
        let before = if said.duplicate {
            say!(desk.lang, " (recorded before under this key)", "（このキーで記録済み）")
        } else {
            String::new()
        };
        let line =
            |one: &crate::view::Entry| format!("{} [{}]{before}", one_line(&entry(&one.fact, desk.lang)), one.short);
        said.entries.iter().map(line).collect::<Vec<_>>().join("\n")
    });
}
