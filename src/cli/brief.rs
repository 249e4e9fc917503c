//! `brief`: what to say now, and who knows it (B5, B6).

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use super::sheets::{self, Format};
use crate::error::Failure;
use crate::incident::command::{AddAnswer, Brief as Told, Command};
use crate::incident::rejection::PromiseRejection;
use crate::incident::state::Incident;
use crate::render::json::BriefDoc;
use crate::render::{brief, briefed, questions};
use crate::say;
use crate::view::Brief;

/// Say what to say now: the statements that stand, the workaround, what is no longer true
///
/// For everybody who answers a phone: the same, current thing. With --briefed it is recorded who was told, and --who
/// shows who must be told again since it changed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only what this audience was told: customers, support, executives
    #[arg(long, value_name = "WHO")]
    audience: Option<String>,
    /// For reading here, or for pasting into a chat
    #[arg(long, value_name = "FORMAT", value_enum, hide_possible_values = false)]
    format: Option<Format>,
    /// The questions and answers alone; `--faq add QUESTION ANSWER` writes one down
    #[arg(
        long,
        num_args = 0..,
        value_names = ["add", "QUESTION", "ANSWER"],
        conflicts_with_all = ["briefed", "who"]
    )]
    faq: Option<Vec<String>>,
    /// Record who has been told what to say
    #[arg(long, value_name = "NAME", num_args = 1.., conflicts_with_all = ["who", "format"])]
    briefed: Vec<String>,
    /// Who was briefed when, and who not since it changed
    #[arg(long)]
    who: bool,
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    if !args.briefed.is_empty() {
        let command = Command::Brief(Told { names: args.briefed, audience: args.audience });
        return desk.record(command, &args.recording, Reach::NotOver).map(drop);
    }
    match args.faq.as_deref() {
        None | Some([]) => show(desk, &args),
        Some([add, question, answer @ ..]) if add == "add" => {
            let purpose = Purpose { verb: "brief --faq add", question: ("answer", "回答") };
            let answer = freetext::required(desk, answer, purpose)?;
            let command = Command::AddAnswer(AddAnswer { question: question.clone(), answer });
            desk.record(command, &args.recording, Reach::NotOver).map(drop)
        }
        Some(_) => Err(Failure::usage(say!(
            desk.lang,
            "`--faq` takes `add`, a question and its answer",
            "`--faq` には add、質問、回答を指定してください"
        ))
        .hint("hikeshi brief --faq add 'QUESTION' ANSWER…")),
    }
}

fn show(desk: &Desk, args: &Args) -> Result<(), Failure> {
    let store = desk.store()?;
    let reader = store.reader();
    let incident = desk.load(&reader, desk.incident(&reader, Reach::NotOver)?)?;
    let policy = &desk.engine.library().policy;
    let asked = args.audience.as_deref().map(|typed| audience(desk, &incident, typed)).transpose()?;
    let gathered = Brief::gather(&reader, incident, policy, asked.as_deref());
    let gathered = gathered.map_err(|error| desk.failed(&error.into(), None))?;
    let document = || BriefDoc::new(&gathered, desk.env.now(), desk.lang);
    sheets::print(desk, args.format, document, |page| match (args.who, &args.faq) {
        (true, _) => briefed(page, &gathered),
        (false, Some(_)) => questions(page, &gathered),
        (false, None) => brief(page, &gathered),
    })
}

/// The audience that is meant: one of the policy, or one that was told something under a name the policy had once.
fn audience(desk: &Desk, incident: &Incident, typed: &str) -> Result<String, Failure> {
    let policy = &desk.engine.library().policy;
    if let Some(audience) = policy.audience(typed) {
        return Ok(audience.id.clone());
    }
    let told = incident.promises.statements.iter().flat_map(|statement| &statement.audiences);
    if told.into_iter().any(|audience| audience == typed) {
        return Ok(typed.to_owned());
    }
    let known = policy.audience.iter().map(|audience| audience.id.clone()).collect();
    let unknown = PromiseRejection::UnknownAudience { typed: typed.to_owned(), known };
    let rejection = crate::incident::rejection::Rejection::from(unknown);
    Err(desk.failed(&rejection.into(), Some(incident.number)))
}
