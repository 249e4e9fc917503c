//! A sample of the faults that `cargo bench --bench faults` tries at every call: the same machinery, a few moments.

#[path = "../../benches/faults/mod.rs"]
mod harness;

use harness::{Dice, Fault, Names, Row, Session, Table, WRITERS, Writer, full, inject, kills, power};
use std::path::Path;

/// Tries this on these writers.
fn tried<'a>(writers: impl Iterator<Item = &'a Writer>, trial: impl Fn(&Path, &Writer, &mut Dice) -> Row) -> Table {
    let folder = tempfile::tempdir().expect("a folder");
    let mut dice = Dice::new(1);
    let rows = writers.map(|writer| {
        assert!(writer.exists(), "{} needs `{}`", writer.name, writer.needs);
        trial(folder.path(), writer, &mut dice)
    });
    Table(rows.collect())
}

/// Nothing may be lost, doubled, or otherwise wrong.
fn assert_well(table: &Table) {
    assert!(table.is_well(), "\n{table}");
    assert!(table.0.iter().all(|row| row.tried > 0), "every fault struck\n{table}");
}

fn replayable() -> impl Iterator<Item = &'static Writer> {
    WRITERS.iter().filter(|writer| writer.is_replayable())
}

fn older() -> impl Iterator<Item = &'static Writer> {
    WRITERS.iter().filter(|writer| !writer.from_nothing)
}

#[test]
fn a_kill_loses_nothing_that_was_confirmed() {
    assert_well(&tried(WRITERS.iter(), |folder, writer, dice| kills(folder, writer, 3, dice)));
    assert_well(&tried(WRITERS.iter(), |folder, writer, dice| inject(folder, writer, Fault::Kill, Some(3), dice)));
}

#[test]
fn an_input_or_output_error_loses_nothing_that_was_confirmed() {
    assert_well(&tried(WRITERS.iter(), |folder, writer, dice| inject(folder, writer, Fault::Io, Some(5), dice)));
}

#[test]
fn a_full_disk_loses_nothing_that_was_confirmed() {
    assert_well(&tried(WRITERS.iter(), |folder, writer, dice| inject(folder, writer, Fault::Full, Some(3), dice)));
    let table = tried(WRITERS.iter(), |folder, writer, dice| full(folder, writer, 16, Some(2), dice));
    // Whether a store can be read while its disk is full is held elsewhere: SQLite wants room for its shared memory.
    assert!(table.0.iter().all(|row| row.kept == row.confirmed && row.doubled == 0), "\n{table}");
}

#[test]
fn a_power_cut_loses_nothing_that_was_confirmed() {
    for (session, commands) in [(Session::Alone, 2), (Session::Beside, 2)] {
        assert_well(&tried(replayable(), |folder, writer, dice| {
            power(folder, writer, (session, Names::Ordered), commands, Some(2), dice)
        }));
    }
    assert_well(&tried(older().take(1), |folder, writer, dice| {
        power(folder, writer, (Session::Long, Names::Ordered), 10, Some(4), dice)
    }));
}

#[test]
fn a_store_that_is_there_needs_no_more_than_posix_promises() {
    assert_well(&tried(older(), |folder, writer, dice| {
        power(folder, writer, (Session::Alone, Names::Strict), 2, Some(2), dice)
    }));
}

#[test]
fn a_disk_that_forgets_is_noticed() {
    let table = tried(older().take(1), |folder, writer, dice| {
        power(folder, writer, (Session::Alone, Names::Never), 3, Some(20), dice)
    });
    assert!(table.0.iter().all(|row| row.kept < row.confirmed), "what no sync kept is missed\n{table}");
}
