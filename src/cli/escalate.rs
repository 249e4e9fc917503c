//! `escalate`: the severity goes up, people are called in (A4, A8, D2).

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use crate::dispatch::reach as whom;
use crate::engine::{Receipt, Subject};
use crate::error::{Exit, Failure};
use crate::incident::command::{Called, Command, CommandMode, Escalate};
use crate::incident::fact::{Fact, PeopleCalled};
use crate::incident::roster::fold;
use crate::incident::severity::Severity;
use crate::incident::state::Incident;
use crate::incident::when::narrow;
use crate::render::json::{PlannedCallDoc, PlannedCallsDoc, SCHEMA};
use crate::say;
use crate::text::{on_call_error, one_line, tick};

/// Raise the severity, call people in, or both
///
/// Reaching sev0 opens unified command. --to takes a person, a ladder or a service of the policy; where that has a
/// channel, the call goes out, and until somebody answers (`ack`) `tick` calls the next tier. Calling is never refused.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The new severity: sev0 (worst) to sev4; or whom to call, as --to
    #[arg(value_name = "SEV|WHO")]
    severity: Option<String>,
    /// Why, as bare words; behind a severity a ladder, a service or a contact is called
    #[arg(value_name = "REASON")]
    words: Vec<String>,
    /// A team or person to call; several times for several
    #[arg(long, value_name = "TEAM|PERSON", add = super::complete::callable())]
    to: Vec<String>,
    /// Only say who would be called, and how
    #[arg(long)]
    dry_run: bool,
    /// Why, as an option
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

/// Whether somebody meant a severity, known or not: `sev9`, `7`.
fn looks_like_severity(typed: &str) -> bool {
    let typed = narrow(typed).to_lowercase();
    let digits = typed.strip_prefix("sev").unwrap_or(&typed);
    typed.starts_with("sev") || digits.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a name is one of somebody who can be called.
fn is_known(desk: &Desk, name: &str) -> bool {
    let policy = &desk.engine.library().policy;
    let contact = || {
        let contacts = desk.engine.read().and_then(|store| Ok(store.reader().contacts()?)).unwrap_or_default();
        contacts.iter().any(|contact| fold(&contact.name) == fold(name))
    };
    policy.ladder(name).is_some() || policy.service(name).is_some() || contact()
}

/// Words where options are meant: `escalate payments`, `escalate sev1 payments`, `escalate sev1 half of them fail`.
fn sorted(desk: &Desk, args: Args) -> Result<Args, Failure> {
    let mut args = args;
    let mut words = std::mem::take(&mut args.words);
    let who = args.severity.take_if(|typed| Severity::parse(typed).is_none() && !looks_like_severity(typed));
    if let Some(who) = who {
        if !words.is_empty() && !is_known(desk, &who) {
            let all = [&[who][..], &words].concat().join(" ");
            let message = say!(desk.lang, "whom to call, or why?", "呼び出す相手か、理由かを判断できません");
            let (to, why) = (["hikeshi", "escalate", "--to", &all], ["hikeshi", "escalate", "sev1", "--reason", &all]);
            let (to, why) = (shell_words::join(to), shell_words::join(why));
            let hint = say!(
                desk.lang,
                "to call somebody: {}\n  to raise the severity: {}",
                "人を呼ぶ: {}\n  重大度を上げる: {}",
                one_line(&to),
                one_line(&why)
            );
            return Err(Failure::usage(message).hint(hint));
        }
        args.to.push(who);
    } else if let [one] = words.as_slice()
        && is_known(desk, one)
    {
        args.to.push(words.remove(0));
    }
    let purpose = Purpose { verb: "escalate", question: ("reason", "理由") };
    args.reason = freetext::either(desk, &words, args.reason, (purpose, "--reason"))?;
    Ok(args)
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let args = sorted(desk, args)?;
    let to = args.severity.as_deref().map(|typed| severity(desk, typed)).transpose()?;
    let reach = if to.is_some() { Reach::Unresolved } else { Reach::NotOver };
    let about = about(desk, reach);
    let reason = match args.reason {
        None if !args.dry_run => desk.ask_once("why?", "理由は？")?,
        given => given,
    };
    let called = called(desk, &args.to, about.as_ref(), reason.as_deref());
    if args.dry_run {
        return preview(desk, &called);
    }
    let asked = Escalate { to, call: args.to, reason, called };
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
    if !receipt.duplicate {
        warnings.extend(by_voice(desk, &receipt));
        warnings.extend(stale(desk, &receipt));
    }
    desk.confirm(&receipt, warnings);
    desk.deliver(&receipt);
    Ok(())
}

/// The people whom a command called.
fn people(receipt: &Receipt) -> impl Iterator<Item = &PeopleCalled> {
    receipt.entries.iter().filter_map(|entry| match &entry.fact {
        Fact::PeopleCalled(called) => Some(called),
        _ => None,
    })
}

/// Whom nothing but a voice reaches: the call is written down, and nobody has heard of it.
fn by_voice(desk: &Desk, receipt: &Receipt) -> Option<String> {
    let quiet = people(receipt).filter(|called| called.channel.is_none());
    if receipt.incident.drill {
        let called = people(receipt).next().is_some();
        let note = || {
            say!(
                desk.lang,
                "(drill: nobody was called) it counts as called",
                "（演習: 呼び出しなし）演習上は招集済みとして扱います"
            )
        };
        return called.then(note);
    }
    let names = quiet.map(|called| one_line(&called.who).into_owned()).collect::<Vec<_>>().join(", ");
    (!names.is_empty()).then(|| {
        say!(
            desk.lang,
            "recorded, and sent to nobody: call {names} yourself",
            "記録のみで送信していません。{names} へは直接連絡してください"
        )
    })
}

/// Contacts among them that nobody has checked for too long (A7).
fn stale(desk: &Desk, receipt: &Receipt) -> Vec<String> {
    let contacts = desk.engine.read().and_then(|store| Ok(store.reader().contacts()?)).unwrap_or_default();
    let now = desk.env.now();
    let unchecked = contacts.iter().filter(|contact| contact.due_at().is_some_and(|due_at| due_at < now));
    let used = unchecked.filter(|contact| people(receipt).any(|called| called.who == contact.name));
    used.map(|contact| {
        let (name, day) = (one_line(&contact.name), desk.moments().day(contact.verified_at));
        let word = one_line(&shell_words::quote(&contact.name)).into_owned();
        say!(
            desk.lang,
            "the contact {name} was last checked on {day}: hikeshi contact verify {word}",
            "連絡先 {name} の最終確認は {day} です: hikeshi contact verify {word}"
        )
    })
    .collect()
}

/// The incident as a message names it, where it can be told without asking anybody.
fn about(desk: &Desk, reach: Reach) -> Option<Incident> {
    let Subject::Incident(id) = desk.place_quietly(reach).ok()? else { return None };
    desk.engine.read().ok()?.reader().incident(id).ok()?
}

/// Whom the names stand for now, with the message to each.
fn called(desk: &Desk, names: &[String], about: Option<&Incident>, reason: Option<&str>) -> Vec<Called> {
    let policy = &desk.engine.library().policy;
    let mut all = Vec::new();
    for name in names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let found = whom(policy, desk.config.as_deref(), name, desk.env.now());
        for problem in &found.problems {
            desk.ui.warning(&on_call_error(problem, desk.lang));
        }
        // A ladder on which nobody can be found is called by its name: somebody reads it.
        let who = if found.who.is_empty() { vec![name.to_owned()] } else { found.who.clone() };
        let subject = about.map(tick::Subject::of);
        for person in &who {
            let text =
                subject.as_ref().map(|about| tick::call_text(about, std::slice::from_ref(person), reason, desk.lang));
            all.push(Called {
                who: person.clone(),
                ladder: found.ladder.as_ref().map(|(ladder, _)| ladder.clone()),
                tier: found.ladder.as_ref().map(|(_, tier)| *tier),
                channel: found.channel.clone(),
                wait: found.wait,
                subject: subject.as_ref().map(|about| tick::call_subject(about, desk.lang)),
                text,
            });
        }
    }
    all
}

/// Says who would be called, and how.
fn preview(desk: &Desk, called: &[Called]) -> Result<(), Failure> {
    let wait = |called: &Called| called.wait.map(|wait| desk.moments().span(wait));
    desk.print(
        || PlannedCallsDoc { schema: SCHEMA, dry_run: true, calls: called.iter().map(PlannedCallDoc::new).collect() },
        |_| {
            let line = |called: &Called| {
                let who = one_line(&called.who);
                let channel = called.channel.as_deref().map(|channel| one_line(channel).into_owned());
                let how = channel.unwrap_or_else(|| say!(desk.lang, "by nobody but you", "自動通知なし（自分で連絡）"));
                let rung = match (&called.ladder, called.tier) {
                    (Some(ladder), Some(tier)) => format!(" ({} {tier})", one_line(ladder)),
                    _ => String::new(),
                };
                match wait(called) {
                    Some(wait) => {
                        say!(desk.lang, "{who}{rung}: {how}, {wait} to answer", "{who}{rung}: {how}、応答期限 {wait}")
                    }
                    None => format!("{who}{rung}: {how}"),
                }
            };
            called.iter().map(line).collect::<Vec<_>>().join("\n")
        },
    );
    Ok(())
}
