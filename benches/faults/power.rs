//! Power cuts: a session's writes are recorded, and replayed onto a modelled disk that is cut off after each.

use super::content::Leaves;
use super::dice::Dice;
use super::disk::{Disk, Image, files, lay_out};
use super::scene::{Call, Ended, Scene};
use super::strace::{self, Traced};
use super::table::Row;
use super::verdict::{Depth, Fact, judge};
use super::writer::Writer;
use rusqlite::Connection;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

pub use super::disk::Names;

/// In what company the commands run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Session {
    /// Alone: the last connection moves the log of writes into the file each time.
    Alone,
    /// Beside a reader, so that the log of writes stays.
    Beside,
    /// Beside a reader, with a log of writes so long that it is moved, and begun anew, in the middle.
    Long,
}

impl Session {
    const fn name(self) -> &'static str {
        match self {
            Self::Alone => "power cut at each call",
            Self::Beside => "power cut, beside a reader",
            Self::Long => "power cut, at a checkpoint",
        }
    }
}

/// How many pages SQLite lets the log of writes grow to before it moves them.
const CHECKPOINT: u64 = 1000;

/// Bytes of a page with its header in the log of writes.
const FRAME: u64 = 4096 + 24;

/// Cuts the power after each call of a session of so many commands, or after a sample of the calls.
pub fn power(
    under: &Path,
    writer: &Writer,
    (session, names): (Session, Names),
    commands: usize,
    sample: Option<usize>,
    dice: &mut Dice,
) -> Row {
    let how = match names {
        Names::Ordered => "",
        Names::Strict => ", strict",
        Names::Never => ", forgotten",
    };
    let mut row = Row::new(&format!("{}{how}", session.name()), writer.name);
    let scene = writer.scene(under);
    let other = (session != Session::Alone && !writer.from_nothing).then(|| reader(&scene));
    if session == Session::Long {
        lengthen(&scene);
    }
    let mut disk = Disk::of(scene.root(), names);
    scene.trace();
    let mut ran: Vec<(Option<Call>, Ended, Vec<Traced>)> = Vec::new();
    for _ in 0..commands {
        let call = writer.call(&scene);
        let ended = scene.run(&call.arguments, &call.lines);
        let mut logs = scene.traced();
        scene.trace();
        let last = logs.pop().expect("a trace");
        // What was done to prepare it changed the disk too.
        for log in logs {
            ran.push((None, Ended::default(), read(&log)));
        }
        ran.push((Some(call), ended, read(&last)));
    }
    scene.traced();
    let moments = cuts(&ran, &mut disk.clone());
    let chosen: HashSet<usize> = dice.some((0..moments).collect(), sample).into_iter().collect();
    let mut seen = HashSet::new();
    let mut moment = 0;
    let mut facts: Vec<Fact> = Vec::new();
    for (call, ended, traced) in &ran {
        let mut said = Ended { code: None, ..Ended::default() };
        let before = facts.len();
        for one in traced {
            let spoke = speaks(one, &mut said);
            if !disk.follow(one) && !spoke {
                continue;
            }
            if let Some(call) = call {
                facts.truncate(before);
                facts.extend(writer.facts(call, &said));
            }
            moment += 1;
            if chosen.contains(&(moment - 1)) {
                let shown = format!("call {moment} of the session, {}", one.name);
                cut(under, &disk, &facts, (&shown, &mut seen), &mut row, dice);
            }
        }
        if let Some(call) = call {
            facts.truncate(before);
            facts.extend(writer.facts(call, ended));
        }
    }
    // The model is only worth something as long as it knows every byte that a process sees.
    let differs = disk.seen() != files(scene.root());
    drop(other);
    if differs {
        row.wrong.push(format!("{}: the model and the files differ", scene.root().display()));
    }
    row
}

/// The ways in which the power can go at one moment; images that were tried before are not tried again.
fn cut(
    under: &Path,
    disk: &Disk,
    facts: &[Fact],
    (shown, seen): (&str, &mut HashSet<u64>),
    row: &mut Row,
    dice: &mut Dice,
) {
    for leaves in [Leaves::Nothing, Leaves::Everything, Leaves::Prefix, Leaves::Sectors, Leaves::Sectors] {
        let image: Image = disk.cut(leaves, dice);
        let mut hasher = DefaultHasher::new();
        (&image, facts.iter().filter(|fact| fact.confirmed).count()).hash(&mut hasher);
        if !seen.insert(hasher.finish()) {
            continue;
        }
        row.tried += 1;
        let mut scene = Scene::empty(under);
        lay_out(&image, scene.root());
        let verdict = judge(&scene, facts, Depth::Write);
        if !verdict.wrong.is_empty() {
            // What the program has mended, or made worse, since is of less use than what it found.
            scene.keep();
            lay_out(&image, &scene.root().with_extension("as-found"));
        }
        let shown = format!("{}, {shown}, {leaves:?}", scene.root().display());
        row.add(verdict, &shown);
    }
}

/// How many moments there are.
fn cuts(ran: &[(Option<Call>, Ended, Vec<Traced>)], disk: &mut Disk) -> usize {
    let mut said = Ended::default();
    let calls = ran.iter().flat_map(|(_, _, traced)| traced);
    calls.filter(|one| speaks(one, &mut said) | disk.follow(one)).count()
}

/// Adds what a call says to standard output or standard error.
fn speaks(call: &Traced, said: &mut Ended) -> bool {
    let Some((number @ (1 | 2), _)) = strace::file(call.arguments.first().map_or("", String::as_str)) else {
        return false;
    };
    if !matches!(call.name.as_str(), "write" | "writev") || call.result.starts_with('-') {
        return false;
    }
    let text = String::from_utf8_lossy(&call.bytes(1)).into_owned();
    if number == 1 { &mut said.out } else { &mut said.err }.push_str(&text);
    true
}

fn read(log: &Path) -> Vec<Traced> {
    let trace = std::fs::read_to_string(log).expect("a trace");
    let _ = std::fs::remove_file(log);
    strace::parse(&trace)
}

/// Somebody who has the store open and asks nothing.
fn reader(scene: &Scene) -> Connection {
    let connection = Connection::open(scene.store()).expect("opens");
    connection.query_row("SELECT count(*) FROM log", [], |row| row.get::<_, i64>(0)).expect("asked");
    connection
}

/// Fills the log of writes to shortly before SQLite moves it.
fn lengthen(scene: &Scene) {
    let log = scene.store().with_extension("db-wal");
    let mut command = Command::new(env!("CARGO_BIN_EXE_hikeshi"));
    command.env_clear().env("HIKESHI_DB", scene.store()).env("HIKESHI_ACTOR", "aki");
    command.args(["-i", "1", "-q", "note", "--each-line", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("starts");
    let mut input = child.stdin.take().expect("a pipe");
    let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut line = String::new();
    let length = || log.metadata().map(|file| file.len()).unwrap_or_default();
    while length() < (CHECKPOINT - 12) * FRAME {
        writeln!(input, "one more").expect("taken");
        output.read_line(&mut line).expect("confirmed");
    }
    drop(input);
    child.wait().expect("ended");
}
