//! `due`: what is overdue and next, across incidents, the worst first.

use super::arguments::limit;
use super::desk::{Desk, Reach};
use crate::error::{Exit, Failure};
use crate::incident::clock::{Clock, ClockKind};
use crate::incident::time::{Span, Timestamp};
use crate::incident::when::parse_span;
use crate::render::json::{ClockDoc, DueDoc, SCHEMA};
use crate::render::{CalendarClock, calendar, due};
use crate::store::{Reader, Watch};
use crate::text::label;
use crate::view::{Due, contact_clocks, drill_clocks};
use crate::{say, slug_parser};

/// How many deadlines are shown when nobody says.
const LIMIT: usize = 50;

/// How far ahead people look when they don't say.
const AHEAD: Span = Span::from_minutes(24 * 60);

/// A year, which a playbook may go unreviewed where nobody says otherwise.
const YEAR: Span = Span::from_minutes(365 * 24 * 60);

/// Show what is overdue and what is due next, across incidents, the worst first
///
/// Exit code 3 when something is overdue. Shows a day ahead; with -i only one incident.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// However far ahead, and exercises too
    #[arg(long)]
    all: bool,
    /// Only what is overdue or due within this time: 15m
    #[arg(long, value_name = "DURATION")]
    within: Option<String>,
    /// Only what this person or role must keep
    #[arg(long, value_name = "NAME|ROLE")]
    owner: Option<String>,
    /// Only of this kind
    #[arg(long, value_name = "KIND", value_parser = slug_parser!(ClockKind))]
    kind: Option<ClockKind>,
    /// So many at the most (default 50)
    #[arg(long, value_name = "N", value_parser = limit())]
    limit: Option<usize>,
    /// Restricted incidents too
    #[arg(long)]
    restricted: bool,
    /// Print an iCalendar file that a calendar reads
    #[arg(long, conflicts_with = "json")]
    ical: bool,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    if args.ical && desk.ui.json {
        // The parser sees the two together only where both stand behind the verb.
        let message = say!(desk.lang, "--json prints JSON, and --ical doesn't", "--json と --ical は併用できません");
        return Err(Failure::usage(message).hint("hikeshi due --ical"));
    }
    let now = desk.env.now();
    let ahead = match &args.within {
        Some(typed) => Some(desk.span(typed)?),
        None if args.all || args.ical => None,
        None => Some(AHEAD),
    };
    desk.remark_spool();
    let store = desk.store()?;
    let reader = store.reader();
    let failed = |error: crate::store::StoreError| desk.failed(&error.into(), None);
    let named = desk.names_incident();
    let incident = if named { Some(desk.incident(&reader, Reach::NotOver)?) } else { None };
    let owner = args.owner.as_deref().map(|typed| owner(desk, typed));
    let everything = args.ical || desk.ui.json;
    let watch = Watch {
        incident,
        until: ahead.map(|ahead| now.plus(ahead)),
        kind: args.kind,
        owner,
        // Whoever names an incident has a right to all of it.
        drills: args.all || named,
        restricted: args.restricted || named,
        limit: args.limit.or((!everything).then_some(LIMIT)),
    };
    let mut own = contact_clocks(&reader).map_err(failed)?;
    own.extend(playbook_clocks(desk));
    own.extend(exercises(desk, &reader).map_err(failed)?);
    let found = Due::gather(&reader, &watch, own, now).map_err(failed)?;
    if args.ical {
        desk.ui.out(calendar(&events(&found, &reader, desk), now, "hikeshi").trim_end_matches("\r\n"));
    } else if desk.ui.quiet && !desk.ui.json {
        found.deadlines.iter().for_each(|one| desk.ui.out(&one.clock.name));
    } else {
        let number = |one: &crate::view::Deadline| one.incident.as_ref().map(|incident| incident.number);
        let clocks = || found.deadlines.iter().map(|one| ClockDoc::new(&one.clock, number(one), now)).collect();
        let document =
            || DueDoc { schema: SCHEMA, now: now.to_string(), clocks: clocks(), more: found.more, later: found.later };
        desk.print(document, |page| due(page, &found));
    }
    if found.is_overdue(now) {
        desk.end_with(Exit::Attention as u8);
    }
    Ok(())
}

/// The role's slug, where the name is one; the name itself where it isn't. The policy is asked only for what can be one.
pub fn owner(desk: &Desk, typed: &str) -> String {
    let roles = &desk.engine.library().policy.role;
    let found = crate::incident::roster::find(typed, roles);
    found.map_or_else(|_| typed.trim().to_owned(), |role| role.id.clone())
}

/// When which exercise is due (A5); the policy is read only where one was held or it may ask for them.
pub fn exercises(desk: &Desk, reader: &Reader<'_>) -> Result<Vec<Clock>, crate::store::StoreError> {
    let asks = desk.config.as_ref().is_some_and(|folder| folder.join("policy.toml").exists());
    if !asks && reader.drills()?.is_empty() {
        return Ok(Vec::new());
    }
    drill_clocks(reader, &desk.engine.library().policy.drills)
}

/// When the organisation's own playbooks are to be reviewed (E12).
fn playbook_clocks(desk: &Desk) -> Vec<Clock> {
    let own = desk.config.as_ref().is_some_and(|folder| folder.join("playbooks").is_dir());
    if !own {
        return Vec::new();
    }
    let library = desk.engine.library();
    let limit = library.policy.limits.playbook.as_deref().and_then(|span| parse_span(span).ok()).unwrap_or(YEAR);
    let compiled_in = crate::policy::Library::load(None).map(|library| library.playbooks).unwrap_or_default();
    let mine = library.playbooks.iter().filter(|playbook| !compiled_in.contains(playbook));
    let clock = |playbook: &crate::incident::playbook::Playbook| {
        let reviewed = desk.moments().start_of_day(&playbook.reviewed)?;
        Some(Clock {
            name: format!("playbook:{}", playbook.id),
            kind: ClockKind::Contact,
            owner: None,
            role: None,
            started_at: reviewed,
            warn_at: None,
            due_at: reviewed.plus(limit),
        })
    };
    mine.filter_map(clock).collect()
}

/// Deadlines as events of a calendar.
fn events(found: &Due, reader: &Reader<'_>, desk: &Desk) -> Vec<CalendarClock> {
    let space = reader.space().ok().flatten().map(|space| space.to_string()).unwrap_or_default();
    let now: Timestamp = desk.env.now();
    let event = |one: &crate::view::Deadline| {
        let clock = &one.clock;
        let (subject, title) = match &one.incident {
            // A calendar is often shared: of a restricted incident it shows the number alone.
            Some(incident) if incident.restricted => (incident.id.to_string(), format!("#{}", incident.number)),
            Some(incident) => {
                let mark = if incident.drill { crate::say!(desk.lang, "[drill] ", "[演習] ") } else { String::new() };
                (incident.id.to_string(), format!("{mark}#{} {}", incident.number, incident.title))
            }
            None => (space.clone(), String::new()),
        };
        CalendarClock {
            uid: format!("{subject}/{}@hikeshi", clock.name),
            summary: format!("{} {title}", clock.name).trim().to_owned(),
            description: clock.owner.clone().unwrap_or_default(),
            started_at: clock.started_at,
            due_at: clock.due_at,
            overdue: clock.due_at < now,
            url: None,
            categories: vec![label::clock_kind(clock.kind, desk.lang).to_owned()],
        }
    };
    found.deadlines.iter().map(event).collect()
}
