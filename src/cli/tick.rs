//! `tick`: what cron runs every minute: reminds, calls the next tier, applies rules, delivers what is queued.

use super::desk::{Desk, given_up};
use crate::dispatch::{Deed, Drained, Plan, drain, plan, store_reminders};
use crate::engine::{EngineError, Request, Session, Subject};
use crate::error::{Exit, Failure};
use crate::incident::channel::Channel;
use crate::incident::command::Command;
use crate::incident::fact::ClockReminded;
use crate::notify::{Message, Outcome, send};
use crate::render::json::{SCHEMA, TickDoc, line};
use crate::store::Turn;
use crate::text::one_line;
use serde_json::json;
use std::time::{Duration, Instant};

/// How long it delivers: the next one comes after a minute.
const TIME: Duration = Duration::from_secs(45);

/// The most that one attempt may take.
const EACH: Duration = Duration::from_secs(20);

/// Remind, call the next tier, apply rules and deliver messages: run it every minute
///
/// Says nothing when there is nothing to do. Running it twice, late, or from two machines' crons sends nothing twice.
/// In a crontab: `* * * * * hikeshi tick`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only say what it would do
    #[arg(long)]
    dry_run: bool,
    /// Exit code 3 when something is overdue
    #[arg(long)]
    exit_code: bool,
}

/// What came of a tick.
#[derive(Default)]
struct Done {
    busy: bool,
    lines: Vec<String>,
    problems: Vec<String>,
    drained: Drained,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let failed = |error: EngineError| desk.failed(&error, None);
    let done = if args.dry_run { look(desk).map_err(failed)? } else { act(desk).map_err(failed)? };
    let overdue = overdue(desk)?;
    if desk.ui.json {
        desk.ui.out(&line(&TickDoc {
            schema: SCHEMA,
            now: desk.env.now().to_string(),
            dry_run: args.dry_run,
            busy: done.busy,
            done: done.lines,
            delivered: done.drained.delivered,
            postponed: done.drained.postponed,
            given_up: done.drained.given_up.len(),
            problems: done.problems,
            overdue,
        }));
    } else {
        done.lines.iter().for_each(|line| desk.ui.out(line));
        done.problems.iter().for_each(|problem| desk.ui.warning(problem));
        for line in given_up(&done.drained, desk.lang) {
            desk.ui.warning(&line);
        }
        done.drained.notes.iter().for_each(|note| desk.ui.warning(&one_line(note)));
    }
    if args.exit_code && overdue > 0 {
        desk.end_with(Exit::Attention as u8);
    }
    Ok(())
}

fn overdue(desk: &Desk) -> Result<u32, Failure> {
    let store = desk.store()?;
    let counts = store.reader().clock_counts(desk.env.now());
    Ok(counts.map_err(|error| desk.failed(&error.into(), None))?.0)
}

/// What there would be to do.
fn look(desk: &Desk) -> Result<Done, EngineError> {
    let store = desk.engine.read()?;
    let reader = store.reader();
    let now = desk.env.now();
    let plan = planned(desk, &reader)?;
    let mut lines: Vec<String> = plan.deeds.into_iter().map(|deed| deed.line).collect();
    lines.extend(exercises(desk, &reader)?.into_iter().map(|(_, line)| line));
    let waiting = reader.outbox(now, usize::MAX)?.len();
    if waiting > 0 {
        lines.push(crate::say!(desk.lang, "messages to deliver: {waiting}", "配信待ち: {waiting}件"));
    }
    Ok(Done { lines, problems: plan.problems, ..Done::default() })
}

/// The plan; none while the policy can't be read, since nobody can tell then who is next, and what reaches them.
fn planned(desk: &Desk, reader: &crate::store::Reader<'_>) -> Result<Plan, EngineError> {
    let library = desk.engine.library();
    if library.policy_left_out {
        let waits = reader.has_clocks()? || !reader.outbox(desk.env.now(), 1)?.is_empty();
        let held = crate::say!(
            desk.lang,
            "policy.toml can't be read: calls, reminders, rules and messages wait until it is mended (hikeshi playbook lint)",
            "policy.toml を読めません。修正するまで呼び出し、期限の通知、ルール、配信を保留します（hikeshi playbook lint）"
        );
        return Ok(Plan { problems: waits.then_some(held).into_iter().collect(), ..Plan::default() });
    }
    plan(reader, &library.policy, desk.config.as_deref(), &desk.moments(), desk.env.now())
}

/// Reminders of exercises that are to be held (A5).
fn exercises(desk: &Desk, reader: &crate::store::Reader<'_>) -> Result<Vec<(ClockReminded, String)>, EngineError> {
    let clocks = super::due::exercises(desk, reader)?;
    if clocks.is_empty() {
        return Ok(Vec::new());
    }
    store_reminders(reader, &desk.engine.library().policy, &clocks, &desk.moments(), desk.env.now())
}

fn act(desk: &Desk) -> Result<Done, EngineError> {
    let now = desk.env.now();
    if !desk.engine.path().exists() {
        // Nothing was ever recorded: a scheduler begins no store.
        return Ok(Done::default());
    }
    let Some(mut turn) = Turn::take(desk.engine.path())? else {
        return Ok(Done { busy: true, ..Done::default() });
    };
    let mut session = desk.try_open()?;
    let plan = planned(desk, &session.reader())?;
    let mut done = Done { problems: plan.problems, ..Done::default() };
    let undone = carry_out(desk, &mut session, plan.deeds, &mut done)?;
    for (reminded, line) in exercises(desk, &session.reader())? {
        let Some(stamp) = desk.own_stamp() else { break };
        session.say(&stamp, reminded.into())?;
        done.lines.push(line);
    }
    // What was just reminded of is looked at again when its next moment comes.
    let quiet: Vec<_> = plan.quiet.into_iter().filter(|(incident, ..)| !undone.contains(incident)).collect();
    session.quiet(&quiet)?;
    let budget = crate::dispatch::Budget { until: Instant::now() + TIME, each: EACH };
    let library = desk.engine.library();
    if !library.policy_left_out && !session.reader().outbox(now, 1)?.is_empty() {
        let policy = &library.policy;
        done.drained = drain(&mut session, policy, desk.lang, || desk.own_stamp(), budget)?;
    }
    turn.mark(now);
    drop(turn);
    drop(session);
    // What can't be taken in is taken in by whoever searches.
    drop(desk.store().map(|store| store.catch_up(|_, _| {})));
    if let Some(problem) = heartbeat(desk) {
        done.problems.push(problem);
    }
    Ok(done)
}

/// Does what the plan says; the incidents on which something failed.
fn carry_out(
    desk: &Desk,
    session: &mut Session<'_>,
    deeds: Vec<Deed>,
    done: &mut Done,
) -> Result<Vec<crate::incident::id::SubjectId>, EngineError> {
    let mut undone = Vec::new();
    for Deed { incident, tick, line } in deeds {
        let Some(stamp) = desk.own_stamp() else { return Ok(undone) };
        let command = Command::Tick(tick);
        let request =
            Request { subject: Subject::Incident(incident), command, at: None, key: None, named: None, stamp };
        match session.record(&request) {
            Ok(_) => done.lines.push(line),
            // Somebody was faster, or it no longer holds.
            Err(EngineError::Rejected(_)) => {}
            Err(error @ EngineError::Store(_)) => return Err(error),
            Err(error) => {
                done.problems.push(desk.failed(&error, None).message);
                undone.push(incident);
            }
        }
    }
    Ok(undone)
}

/// Touches the address that the policy names, so that somebody outside notices when this stops.
fn heartbeat(desk: &Desk) -> Option<String> {
    let wanted = &desk.engine.library().policy.heartbeat;
    let mut keys = json!({ "id": "heartbeat", "kind": "webhook" });
    match (&wanted.url, &wanted.url_env) {
        (Some(url), _) => keys["url"] = json!(url),
        (None, Some(name)) => keys["url_env"] = json!(name),
        (None, None) => return None,
    }
    let channel: Channel = serde_json::from_value(keys).ok()?;
    let now = desk.env.now();
    let message = Message {
        id: desk.own_stamp()?.batch.0,
        incident: 0,
        subject: "heartbeat".to_owned(),
        text: now.to_string(),
        who: Vec::new(),
        recipients: Vec::new(),
        data: json!({ "purpose": "heartbeat" }),
        lang: desk.lang,
    };
    match send(&channel, &message, Duration::from_secs(5), now) {
        Outcome::Delivered { .. } => None,
        Outcome::Failed { reason, .. } => Some(crate::say!(desk.lang, "heartbeat: {reason}", "ハートビート: {reason}")),
    }
}
