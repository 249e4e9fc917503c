//! The small outage as a whole, and the shape of times in documents.

use super::moments;
use super::outage::outage;
use crate::incident::command::{Customers, NoteKind};
use crate::incident::fact::{
    IncidentCancelled, IncidentClosed, IncidentDeclared, IncidentMitigated, IncidentResolved, NoteAdded, RoleAssigned,
};
use crate::incident::localized::Lang;
use crate::incident::status::Status;
use crate::render::postmortem::{html, markdown};
use crate::view::postmortem::story::{Story, assigned, declared, minute, note};

const DAY: i64 = 24 * 60;

fn resolved(from: Status) -> IncidentResolved {
    IncidentResolved { from, summary: None, cause: None, postmortem_required: false, postmortem_due_at: None }
}

fn english(story: &Story, now: i64) -> String {
    markdown(&story.postmortem(now), &moments("Asia/Tokyo", Lang::En))
}

#[test]
fn the_whole_in_english() {
    assert_eq!(english(&outage(), 90), include_str!("outage.en.md"));
}

#[test]
fn the_whole_in_japanese() {
    let made = markdown(&outage().postmortem(90), &moments("Asia/Tokyo", Lang::Ja));
    assert_eq!(made, include_str!("outage.ja.md"));
}

#[test]
fn e2_the_sections_follow_the_explanation_frame() {
    for lang in [Lang::En, Lang::Ja] {
        let made = outage().postmortem(90);
        let (text, page) = (markdown(&made, &moments("Asia/Tokyo", lang)), html(&made, &moments("Asia/Tokyo", lang)));
        let headings: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        let wanted = match lang {
            Lang::En => ["Summary", "Cause", "Impact", "Response", "Lessons", "Prevention"],
            Lang::Ja => ["概要", "原因", "影響", "対応", "学び", "再発防止"],
        };
        assert_eq!(headings, wanted);
        let places: Vec<Option<usize>> = wanted.iter().map(|name| page.find(&format!("\">{name}</h2>"))).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
    }
}

#[test]
fn html_is_one_file_with_language_and_headed_tables() {
    for (lang, code) in [(Lang::En, "en"), (Lang::Ja, "ja")] {
        let page = html(&outage().postmortem(90), &moments("Asia/Tokyo", lang));
        assert!(page.starts_with(&format!("<!DOCTYPE html>\n<html lang=\"{code}\">")));
        for outside in ["<script", "<link", "<img", "<iframe", "src=", "url(", "@import", "http-equiv=\"refresh"] {
            assert!(!page.contains(outside), "{outside}");
        }
        assert_eq!(page.matches("<h1>").count(), 1);
        assert!(page.contains("<th scope=\"col\">") && page.contains("<th scope=\"row\">"));
        assert!(page.contains("<time datetime=\"2026-11-20T05:10:00.000Z\">"), "times can be read by programs");
    }
}

#[test]
fn dates_stand_where_several_days_are_told() {
    let story = Story::new().at(0, "aki", declared("t")).at(12 * DAY, "aki", resolved(Status::Investigating));
    let text = english(&story, 13 * DAY);
    assert!(text.contains("| declared → resolved | 12 d 0 h | 2026-11-20 14:00 | 2026-12-02 14:00 |"), "{text}");
    let story = Story::new().at(0, "aki", declared("t")).late(1, 2 * DAY, "aki", note(NoteKind::Decision, "n"));
    let text = english(&story, 3 * DAY);
    assert!(text.contains("| 14:01 | aki | n | decision; late: recorded 2026-11-22 14:00 |"), "{text}");
}

#[test]
fn zones_stand_where_the_clocks_changed() {
    let berlin = moments("Europe/Berlin", Lang::En);
    // 2026-10-25 01:00 UTC ends summer time.
    let change = -26 * DAY - 4 * 60;
    let story =
        Story::new().at(change - 30, "aki", declared("t")).at(change + 30, "aki", resolved(Status::Investigating));
    let text = markdown(&story.postmortem(0), &berlin);
    assert!(text.contains("The clocks changed meanwhile"), "{text}");
    assert!(text.contains("| declared → resolved | 1 h 0 min | 02:30 CEST | 02:30 CET |"), "{text}");
}

#[test]
fn what_is_not_known_is_said_not_guessed() {
    let bare = IncidentDeclared { category: None, services: Vec::new(), customers: None, ..declared("t") };
    let text = english(&Story::new().at(0, "aki", bare), 10);
    for line in [
        "| Category | not recorded |",
        "| Detected by | not recorded |",
        "| Services | not recorded |",
        "| Customers | not recorded |",
        "| Duration (started → resolved) | unknown (started, resolved: not recorded) |",
        "| started → detected | unknown (started, detected: not recorded) | unknown | unknown |",
        "No summary was recorded.",
        "No cause was recorded.",
        "Nobody was called in.",
        "No change to a system was recorded.",
        "No workaround or permanent fix was recorded.",
        "No role was assigned.",
        "There was no checklist.",
        "The severity never changed.",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(!text.contains("Still open"));
}

#[test]
fn a_negative_stretch_is_out_of_order() {
    let early = IncidentMitigated { from: Status::Investigating, workaround: "w".to_owned(), fix_due_at: None };
    let story =
        Story::new().at(10, "aki", declared("t")).late(20, 40, "aki", early).at(15, "aki", resolved(Status::Mitigated));
    let text = english(&story, 60);
    assert!(text.contains("| mitigated → resolved | out of order (resolved 5 min before mitigated) |"), "{text}");
}

#[test]
fn drills_restriction_and_cancelling_are_shown() {
    let drill = IncidentDeclared { drill: true, restricted: true, customers: Some(Customers::One), ..declared("t") };
    let cancelled = IncidentCancelled {
        from: Status::Investigating,
        because: None,
        of: None,
        of_number: Some(7),
        reason: "same cause".to_owned(),
    };
    let story = Story::new().at(0, "aki", drill).at(5, "aki", cancelled);
    let text = english(&story, 10);
    assert!(text.contains("> **This was a drill"), "{text}");
    assert!(text.contains("> **Restricted:"), "{text}");
    assert!(text.contains("| Status | cancelled; #7; same cause |"), "{text}");
    let page = html(&story.postmortem(10), &moments("Asia/Tokyo", Lang::Ja));
    assert!(page.contains("演習の記録") && page.contains("閲覧制限あり"));
}

#[test]
fn removed_words_are_said_to_be_removed() {
    let story = Story::new()
        .at(0, "aki", declared("secret"))
        .redacted()
        .at(1, "aki", note(NoteKind::Change, "secret"))
        .redacted();
    let text = english(&story, 10);
    assert!(!text.contains("secret"));
    assert!(text.contains("| 14:01 | aki | (words removed) | change; words removed |"), "{text}");
    assert!(text.starts_with("# Postmortem: #12 (words removed)\n"), "{text}");
}

#[test]
fn a_handover_of_several_lines_is_told_in_full() {
    let handover = RoleAssigned {
        relieved: vec!["aki".to_owned()],
        handover: Some("vendor calls at four\nask for ticket 81".to_owned()),
        ..assigned("incident-manager", "dai")
    };
    let closed = IncidentClosed { from: Status::Resolved, left_open: vec!["postmortem".to_owned()], reason: None };
    let story = Story::new()
        .at(0, "aki", declared("t"))
        .at(0, "aki", assigned("incident-manager", "aki"))
        .at(9, "aki", handover)
        .at(20, "dai", resolved(Status::Investigating))
        .at(30, "dai", closed);
    let text = english(&story, 60);
    assert!(text.contains("| incident-manager | dai | 14:09 | 14:30 | took over from aki: vendor calls at four … |"));
    assert!(
        text.contains("In full, incident-manager dai:\n\n```\nvendor calls at four\nask for ticket 81\n```"),
        "{text}"
    );
}

#[test]
fn a_postmortem_that_was_filed_says_where() {
    let asked = IncidentResolved {
        postmortem_required: true,
        postmortem_due_at: Some(minute(DAY)),
        ..resolved(Status::Investigating)
    };
    let filed = crate::incident::fact::PostmortemFiled { place: "https://wiki.example/12".to_owned() };
    let open = Story::new().at(0, "aki", declared("t")).at(9, "aki", asked);
    assert!(english(&open, 2 * DAY).contains("| postmortem | 2026-11-21 14:00 | overdue |"));
    let text = english(&open.at(90, "aki", filed), 2 * DAY);
    assert!(text.contains("| Postmortem | due 2026-11-21 14:00; filed 15:30: https://wiki.example/12 |"), "{text}");
}

#[test]
fn a_note_has_its_kind_beside_it() {
    let pinned = NoteAdded { pinned: true, ..note(NoteKind::Question, "who has the key?") };
    let text = english(&Story::new().at(0, "aki", declared("t")).at(1, "ben", pinned), 10);
    assert!(text.contains("| 14:01 | ben | who has the key? | question; pinned |"), "{text}");
}
