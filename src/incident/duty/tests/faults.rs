//! Files that are refused, and why.

use crate::incident::duty::{Duties, DutyFault, faults};

/// A duty with an id, an event that starts it, and more lines.
fn duty(id: &str, starts: &str, more: &str) -> String {
    format!(
        "[[duty]]\nid = \"{id}\"\nregime = \"r\"\nsource = \"§ 1\"\nstarts = \"{starts}\"\n\
         title = {{ en = \"a\", ja = \"a\" }}\nto = {{ en = \"b\", ja = \"b\" }}\n{more}\n"
    )
}

fn found(text: &str) -> Vec<DutyFault> {
    faults(&toml::from_str::<Duties>(text).expect("it can be read"), &[])
}

#[test]
fn what_a_duty_names_must_be_there() {
    let id = |id: &str| id.to_owned();
    for (text, expected) in [
        (duty("a", "awareness", "due = \"1d\""), vec![]),
        (duty("A b", "awareness", ""), vec![DutyFault::NotSlug { id: id("A b") }]),
        (duty("a", "awareness", "").repeat(2), vec![DutyFault::Repeated { id: id("a") }]),
        (duty("a", "notice", ""), vec![DutyFault::AfterWhat { duty: id("a") }]),
        (duty("a", "awareness", "after = \"a\""), vec![DutyFault::AfterForNothing { duty: id("a") }]),
        (duty("a", "notice", "after = \"b\""), vec![DutyFault::NoSuchDuty { duty: id("a"), after: id("b") }]),
        (duty("a", "notice", "after = \"a\""), vec![DutyFault::Circle { duty: id("a") }]),
        (
            duty("a", "notice", "after = \"b\"")
                + &duty("b", "notice", "after = \"c\"")
                + &duty("c", "notice", "after = \"b\""),
            vec![DutyFault::Circle { duty: id("b") }, DutyFault::Circle { duty: id("c") }],
        ),
        (
            duty("a", "awareness", "calendar = \"moon\""),
            vec![DutyFault::NoSuchCalendar { duty: id("a"), calendar: id("moon") }],
        ),
        (
            duty("a", "awareness", "due = \"4h\"\nalso_within = { from = \"awareness\", due = \"24h\" }"),
            vec![DutyFault::SameEvent { duty: id("a") }],
        ),
        (
            duty("a", "classification", "due = \"4h\"\nalso_within = { from = \"notice\", due = \"24h\" }"),
            vec![DutyFault::AfterWhat { duty: id("a") }],
        ),
        (
            duty("a", "awareness", "warn = \"5d\"\ndue = \"5d\""),
            vec![DutyFault::WarnsLate { duty: id("a"), warn: id("5d"), due: id("5d") }],
        ),
        (
            duty(
                "a",
                "awareness",
                "warn = \"2d\"\ndue = \"5d\"\n\
                 variants = [{ id = \"b\", title = { en = \"b\", ja = \"b\" }, due = \"1d\" },\
                 { id = \"b\", title = { en = \"b\", ja = \"b\" }, due = \"3d\" }]",
            ),
            vec![
                DutyFault::Repeated { id: id("b") },
                DutyFault::WarnsLate { duty: id("a"), warn: id("2d"), due: id("1d") },
            ],
        ),
    ] {
        assert_eq!(found(&text), expected, "{text}");
    }
}

#[test]
fn what_cannot_be_read_names_the_value() {
    for (more, named) in [
        ("due = \"72 hours\"", "72 hours"),
        ("due = 72", "72"),
        ("due = \"0d\"", "0d"),
        ("until = \"25:00\"", "25:00"),
        ("checked = 2026-02-30", "2026-02-30"),
        ("checked = \"yesterday\"", "yesterday"),
        ("deadline = \"1d\"", "deadline"),
        ("[[calendar]]\nid = \"x\"\nzone = \"Asia/Tokio\"", "Asia/Tokio"),
        ("[[calendar]]\nid = \"x\"\nzone = \"Asia/Tokyo\"\nholidays = [2026-11-23T00:00:00Z]", "2026-11-23T00"),
        ("[[calendar]]\nid = \"x\"\nzone = \"Asia/Tokyo\"\nweekend = [\"caturday\"]", "caturday"),
    ] {
        let error = toml::from_str::<Duties>(&duty("a", "awareness", more)).expect_err(more).to_string();
        assert!(error.contains(named), "{more}: {error}");
    }
    let error = toml::from_str::<Duties>(&duty("a", "suspicion", "")).expect_err("refused").to_string();
    assert!(error.contains("suspicion") && error.contains("awareness"), "{error}");
}
