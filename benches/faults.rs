//! Faults, and what they leave: `cargo bench --bench faults`.
//!
//! Whole processes of the built program are harmed in the middle of their work: killed at random moments and at each
//! call, refused by the system at each call (`EIO`, `ENOSPC`), run on a disk that is full at each page, and cut off
//! from power at each call, where what was not synced is dropped, kept, or torn at its sectors. What they confirmed is
//! written down outside the store. After each: the store opens, its chains hold, every confirmed fact is there, none
//! is there twice, and the same command again records what is missing once.
//!
//! Ends with a table, and with exit code 1 if anything is wrong in it; what went wrong stays in the folder. It needs
//! strace, and root for the full disk. Variables:
//!
//! - `HIKESHI_FAULTS_KILLS`: random kills in all (default 1000);
//! - `HIKESHI_FAULTS_SAMPLE`: at most so many moments of each other fault for each writer (default: every one);
//! - `HIKESHI_FAULTS_ONLY`: the faults and writers to try, as parts of their names, with commas: `power,note`;
//! - `HIKESHI_FAULTS_SEED`: which torn sectors and moments are tried (default 1);
//! - `HIKESHI_FAULTS_STRICT`: with any value, names too are lost at a power cut unless their folder was synced, as on
//!   no file system in wide use;
//! - `HIKESHI_FAULTS_DIR`: the folder to work in (default: the system's for temporary files).
//!
//! A new command is one more row in `benches/faults/writer.rs`.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a harness stops where it can't go on, and prints a table"
)]

#[path = "faults/mod.rs"]
mod harness;

use harness::{Dice, Fault, Names, Row, Session, Table, WRITERS, Writer, full, inject, kills, power};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// Room for more pages than any command needs.
const PAGES: usize = 48;

struct Run<'a> {
    folder: &'a Path,
    sample: Option<usize>,
    kills: usize,
    names: Names,
    dice: Dice,
}

/// A kind of fault: its name for choosing, and how it is tried on one writer.
type Trial = (&'static str, fn(&mut Run<'_>, &Writer) -> Row);

const TRIALS: &[Trial] = &[
    ("kill", |run, writer| kills(run.folder, writer, run.kills, &mut run.dice)),
    ("call-kill", |run, writer| inject(run.folder, writer, Fault::Kill, run.sample, &mut run.dice)),
    ("io", |run, writer| inject(run.folder, writer, Fault::Io, run.sample, &mut run.dice)),
    ("full", |run, writer| inject(run.folder, writer, Fault::Full, run.sample, &mut run.dice)),
    ("full-disk", |run, writer| full(run.folder, writer, PAGES, run.sample, &mut run.dice)),
    ("power", |run, writer| cut(run, writer, Session::Alone)),
    ("power-beside", |run, writer| cut(run, writer, Session::Beside)),
    ("power-long", |run, writer| cut(run, writer, Session::Long)),
];

fn main() -> ExitCode {
    let begin = Instant::now();
    let folder = variable("HIKESHI_FAULTS_DIR").map_or_else(std::env::temp_dir, PathBuf::from);
    let mut folder = tempfile::Builder::new().prefix("hikeshi-faults-").tempdir_in(folder).expect("a folder");
    let path = folder.path().to_owned();
    let seed = number("HIKESHI_FAULTS_SEED").unwrap_or(1);
    println!("in {}, seed {seed}", path.display());
    let writers: Vec<&Writer> = WRITERS.iter().filter(|writer| chosen(writer.name, &names_of_writers())).collect();
    let kills = number("HIKESHI_FAULTS_KILLS").unwrap_or(1000).div_ceil(writers.len().max(1));
    let strict = variable("HIKESHI_FAULTS_STRICT").is_some();
    let mut run = Run {
        folder: &path,
        sample: number("HIKESHI_FAULTS_SAMPLE"),
        kills,
        names: if strict { Names::Strict } else { Names::Ordered },
        dice: Dice::new(u64::try_from(seed).expect("fits")),
    };
    let mut table = Table::default();
    for (fault, trial) in TRIALS.iter().filter(|(name, _)| chosen(name, &names_of_trials())) {
        for writer in &writers {
            // A store from nothing has no reader beside it, and no long log of writes.
            if writer.from_nothing && matches!(*fault, "power-beside" | "power-long") {
                continue;
            }
            if fault.starts_with("power") && !writer.is_replayable() {
                continue;
            }
            let row = if writer.exists() {
                trial(&mut run, writer)
            } else {
                Row::left_out(fault, writer.name, &format!("there is no `{}`", writer.needs))
            };
            println!("{row}");
            table.0.push(row);
        }
    }
    let well = table.is_well();
    println!("\n{table}\n{:.0} s", begin.elapsed().as_secs_f64());
    if !well {
        folder.disable_cleanup(true);
        println!("what went wrong is in {}", path.display());
    }
    if well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn cut(run: &mut Run<'_>, writer: &Writer, session: Session) -> Row {
    // A long log of writes is moved after some commands, and begun anew by the next.
    let commands = match session {
        Session::Alone | Session::Beside => 3,
        Session::Long => 12,
    };
    power(run.folder, writer, (session, run.names), commands, run.sample, &mut run.dice)
}

fn names_of_writers() -> Vec<&'static str> {
    WRITERS.iter().map(|writer| writer.name).collect()
}

fn names_of_trials() -> Vec<&'static str> {
    TRIALS.iter().map(|(name, _)| *name).collect()
}

/// Whether a name is asked for: by itself, or because nothing of its kind is.
fn chosen(name: &str, kind: &[&str]) -> bool {
    let only = variable("HIKESHI_FAULTS_ONLY").unwrap_or_default();
    let asked: Vec<&str> = only.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let of_kind = |part: &&&str| kind.iter().any(|one| one.contains(**part));
    let mut own = asked.iter().filter(of_kind).peekable();
    own.peek().is_none() || own.any(|part| name.contains(*part))
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn number(name: &str) -> Option<usize> {
    variable(name).and_then(|value| value.parse().ok())
}
