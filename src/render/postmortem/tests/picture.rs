//! The picture, from a minute to years, from one entry to thousands.

use super::moments;
use super::outage::outage;
use crate::incident::command::NoteKind;
use crate::incident::fact::{
    IncidentDeclared, IncidentIdentified, IncidentMitigated, IncidentReopened, IncidentResolved, RoleAssigned,
};
use crate::incident::localized::Lang;
use crate::incident::status::Status;
use crate::render::postmortem::html;
use crate::render::postmortem::svg::{chart, lanes};
use crate::view::postmortem::Postmortem;
use crate::view::postmortem::story::{Story, assigned, declared, minute, note};

const DAY: i64 = 24 * 60;

fn resolved(from: Status) -> IncidentResolved {
    IncidentResolved { from, summary: None, cause: None, postmortem_required: false, postmortem_due_at: None }
}

fn attribute(element: &str, name: &str) -> Option<i64> {
    let (_, rest) = element.split_once(&format!(" {name}=\""))?;
    rest.split_once('"')?.0.parse().ok()
}

/// The texts of a picture: where each begins and ends, and its line.
fn texts(svg: &str) -> Vec<(i64, i64, i64, String)> {
    let text = |element: &str| {
        let (head, rest) = element.split_once('>').expect("a tag");
        let words = rest.split_once("</text>").expect("an end").0.to_owned();
        let (x, y) = (attribute(head, "x").expect("x"), attribute(head, "y").expect("y"));
        let width = lanes::width(&words);
        let from = match head.split_once("text-anchor=\"").map(|(_, anchor)| &anchor[..3]) {
            Some("mid") => x - width / 2,
            Some("end") => x - width,
            _ => x,
        };
        (from, from + width, y, words)
    };
    svg.split("<text").skip(1).map(text).collect()
}

/// Every text inside the picture, and none over another.
fn assert_readable(made: &Postmortem) {
    for lang in [Lang::En, Lang::Ja] {
        let (svg, _) = chart(made, &moments("Asia/Tokyo", lang), true);
        let all = texts(&svg);
        for (index, (from, until, y, words)) in all.iter().enumerate() {
            assert!(*from >= -2 && *until <= 862, "{words} at {from}–{until}");
            for (other_from, other_until, other_y, other) in &all[index + 1..] {
                let apart = until <= other_from || other_until <= from || (y - other_y).abs() >= 12;
                assert!(apart, "{words} covers {other}");
            }
        }
        assert!(svg.contains("<title id=\"chart-title\">") && svg.contains("<desc id=\"chart-desc\">"));
    }
}

/// Every milestone, spread over so many minutes.
fn lasting(minutes: i64) -> Story {
    let at = |part: i64| minutes * part / 20;
    let started = IncidentDeclared { started_at: Some(minute(0)), detected_at: Some(minute(at(1))), ..declared("t") };
    Story::new()
        .at(at(2), "aki", started)
        .at(at(2), "aki", assigned("incident-manager", "aki"))
        .at(at(4), "aki", IncidentIdentified { from: Status::Investigating, cause: None })
        .at(at(5), "aki", IncidentMitigated { from: Status::Identified, workaround: "w".to_owned(), fix_due_at: None })
        .at(at(20), "aki", resolved(Status::Mitigated))
}

#[test]
fn minutes_and_years_are_readable() {
    for minutes in [0, 1, 20, 64, 300, DAY, 12 * DAY, 400 * DAY, 9000 * DAY] {
        assert_readable(&lasting(minutes).postmortem(minutes + 10));
    }
    assert_readable(&outage().postmortem(90));
}

#[test]
fn labels_in_a_crowd_are_readable() {
    for spread in 0..20 {
        let story = Story::new()
            .at(spread, "aki", IncidentDeclared { started_at: Some(minute(0)), ..declared("t") })
            .at(2 * spread, "aki", IncidentIdentified { from: Status::Investigating, cause: None })
            .at(1000, "aki", resolved(Status::Identified));
        assert_readable(&story.postmortem(2000));
        let late = Story::new()
            .at(0, "aki", declared("t"))
            .at(1000 - 2 * spread, "aki", IncidentIdentified { from: Status::Investigating, cause: None })
            .at(
                1000 - spread,
                "aki",
                IncidentMitigated { from: Status::Identified, workaround: "w".to_owned(), fix_due_at: None },
            )
            .at(1000, "aki", resolved(Status::Mitigated));
        assert_readable(&late.postmortem(2000));
    }
}

#[test]
fn one_entry_makes_a_picture() {
    let made = Story::new().at(0, "aki", declared("t")).postmortem(0);
    assert_readable(&made);
    let (svg, left_out) = chart(&made, &moments("UTC", Lang::En), true);
    assert_eq!((svg.matches("<path class=\"event\"").count(), left_out.len()), (2, 0), "the entry and its sample");
    assert!(html(&Story::new().postmortem(0), &moments("UTC", Lang::En)).contains("<svg"), "nor does none break it");
}

#[test]
fn thousands_of_entries_are_thinned_and_said_to_be() {
    let mut story = Story::new().at(0, "aki", declared("t"));
    for index in 0..5000 {
        story = story.at(index / 50, "ben", note(NoteKind::Observation, "n"));
    }
    let made = story.at(100, "aki", resolved(Status::Investigating)).postmortem(120);
    let (svg, left_out) = chart(&made, &moments("UTC", Lang::En), true);
    assert_eq!(svg.matches("<title>").count() - made.phases.len(), 400);
    assert_eq!(left_out, ["Drawn: 400 of 5002 entries."]);
    let page = html(&made, &moments("UTC", Lang::En));
    assert!(page.contains("<figcaption>Drawn: 400 of 5002 entries.</figcaption>"));
    assert_eq!(page.matches("<td>n</td>").count(), 5000, "the timeline has them all");
}

#[test]
fn entries_outside_are_counted_not_drawn() {
    let story = Story::new()
        .at(0, "aki", declared("t"))
        .late(-90, 3, "ben", note(NoteKind::Change, "released 42"))
        .at(60, "aki", resolved(Status::Investigating))
        .at(5 * DAY, "ben", note(NoteKind::Decision, "keep the replica"));
    let (svg, left_out) = chart(&story.postmortem(6 * DAY), &moments("UTC", Lang::En), true);
    assert_eq!(left_out, ["Entries outside the picture: 1 earlier, 1 later."]);
    assert!(!svg.contains("released 42") && !svg.contains("keep the replica"));
}

#[test]
fn holders_side_by_side_have_a_bar_each() {
    let mut story = Story::new().at(0, "aki", declared("t"));
    for (index, name) in ["ben", "chie", "dai"].into_iter().enumerate() {
        let at = i64::try_from(index).expect("small");
        story = story.at(at, "aki", RoleAssigned { beside_others: true, ..assigned("tech-lead", name) });
    }
    let crowd = (0..30).fold(story.clone(), |story, index| {
        story.at(5, "aki", RoleAssigned { beside_others: true, ..assigned("expert", &format!("person {index}")) })
    });
    let made = story.at(60, "aki", resolved(Status::Investigating)).postmortem(90);
    assert_readable(&made);
    let (svg, _) = chart(&made, &moments("UTC", Lang::En), true);
    assert_eq!(svg.matches("class=\"role\"").count(), 3);
    let (_, left_out) = chart(&crowd.postmortem(90), &moments("UTC", Lang::En), true);
    assert_eq!(left_out, ["Tenures not drawn: 30."]);
}

#[test]
fn a_reopened_incident_shows_both_rounds() {
    let again = IncidentReopened { from: Status::Resolved, to: Status::Investigating, reason: "back".to_owned() };
    let made = Story::new()
        .at(0, "aki", declared("t"))
        .at(30, "aki", resolved(Status::Investigating))
        .at(40, "aki", again)
        .at(90, "aki", resolved(Status::Investigating))
        .postmortem(100);
    assert_readable(&made);
    let (svg, _) = chart(&made, &moments("UTC", Lang::En), true);
    assert_eq!(svg.matches("<rect class=\"investigating\"").count(), 3, "two rounds and the legend");
}

#[test]
fn the_picture_is_told_in_words() {
    let (svg, _) = chart(&outage().postmortem(90), &moments("Asia/Tokyo", Lang::En), true);
    let told = "From 14:00 to 15:10. Stages: not yet declared 14:00–14:04, investigating 14:04–14:22, \
        identified 14:22–14:28, mitigated 14:28–14:45, monitoring 14:45–15:04, resolved from 15:04. Entries drawn: 21;";
    assert!(svg.contains(told), "{svg}");
}
