//! What a brief makes of a story.

use super::{Brief, Gone};
use crate::incident::fact::{
    AnswerAdded, ClockMet, ClockStarted, IncidentMitigated, PeopleBriefed, StatementDrafted, StatementSent,
};
use crate::incident::id::EventId;
use crate::incident::policy::Policy;
use crate::incident::slug::{Conveyance, Stage};
use crate::incident::status::Status;
use crate::view::postmortem::story::{Story, declared, minute};

fn policy() -> Policy {
    toml::from_str(include_str!("../../../playbooks/policy.toml")).expect("the policy")
}

fn drafted(audience: &str, text: &str, corrects: Option<EventId>) -> StatementDrafted {
    StatementDrafted {
        audiences: vec![audience.to_owned()],
        stage: if corrects.is_some() { Stage::Correction } else { Stage::Progress },
        channels: Vec::new(),
        corrects,
        needs: Vec::new(),
        approval_unknown: false,
        template: None,
        next_at: None,
        subject: None,
        text: text.to_owned(),
    }
}

/// Tells an audience something in this minute; the story, and the statement's id.
fn told(story: Story, at: i64, audience: &str, text: &str, corrects: Option<EventId>) -> (Story, EventId) {
    let story = story.at(at, "cho", drafted(audience, text, corrects));
    let id = story.last();
    let sent = StatementSent {
        statement: id,
        audiences: vec![audience.to_owned()],
        stage: Stage::Progress,
        how: Conveyance::ByHand,
        channels: Vec::new(),
        corrects,
        next_at: None,
    };
    (story.at(at, "cho", sent), id)
}

fn briefed(names: &[&str], audience: Option<&str>) -> PeopleBriefed {
    PeopleBriefed {
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        audience: audience.map(str::to_owned),
    }
}

fn answered(question: &str, answer: &str) -> AnswerAdded {
    AnswerAdded { question: question.to_owned(), answer: answer.to_owned() }
}

fn mitigated(text: &str) -> IncidentMitigated {
    IncidentMitigated { from: Status::Investigating, workaround: text.to_owned(), fix_due_at: None }
}

fn brief(story: &Story, asked: Option<&str>) -> Brief {
    Brief::assemble(story.incident(), &story.entries(), &policy(), asked)
}

/// Each who was briefed, for whom, and the minute in which it changed after that.
fn people(brief: &Brief) -> Vec<(&str, Option<&str>, Option<i64>)> {
    let minutes = |at: crate::incident::time::Timestamp| (at.millis() - minute(0).millis()) / 60_000;
    brief.briefed.iter().map(|one| (one.name.as_str(), one.audience.as_deref(), one.changed_at.map(minutes))).collect()
}

fn start() -> Story {
    Story::new().at(0, "aki", declared("API down"))
}

#[test]
fn b5_the_last_statement_stands_for_each_audience_those_directly_hit_first() {
    let (story, _) = told(start(), 1, "staff", "all hands", None);
    let (story, _) = told(story, 2, "customers", "we look into it", None);
    let (story, _) = told(story, 9, "customers", "we have found it", None);
    let made = brief(&story, None);
    let said: Vec<(&str, Option<&str>)> = made
        .audiences
        .iter()
        .map(|told| (told.audience.as_str(), told.statement.as_ref().and_then(|said| said.text.as_deref())))
        .collect();
    assert_eq!(said, [("customers", Some("we have found it")), ("staff", Some("all hands"))]);
    assert!(made.gone.is_empty(), "what was said before is old, not wrong");
    assert_eq!(brief(&story, Some("executives")).audiences[0].statement, None);
}

#[test]
fn a_draft_is_not_said_and_removed_words_are_said_to_be_removed() {
    let story = start().at(1, "cho", drafted("customers", "not yet", None));
    assert!(brief(&story, None).audiences.is_empty());
    let story = start().at(1, "cho", drafted("customers", "a customer's name", None)).redacted();
    let id = story.last();
    let sent = StatementSent {
        statement: id,
        audiences: vec!["customers".to_owned()],
        stage: Stage::Initial,
        how: Conveyance::Held,
        channels: Vec::new(),
        corrects: None,
        next_at: None,
    };
    let made = brief(&story.at(2, "cho", sent), None);
    assert_eq!(made.audiences[0].statement.as_ref().expect("one").text, None);
}

#[test]
fn b6_what_is_no_longer_true_stands_beside_what_replaced_it() {
    let (story, wrong) = told(start(), 1, "customers", "no data was lost", None);
    let (story, _) = told(story, 20, "customers", "some data was lost", Some(wrong));
    let story = story.at(5, "ben", mitigated("restart hourly")).at(30, "ben", mitigated("use the old site"));
    let made = brief(&story, None);
    let texts: Vec<(&str, Option<&str>)> = made
        .gone
        .iter()
        .map(|gone| match gone {
            Gone::Workaround { was, .. } => (was.as_deref().expect("words"), None),
            Gone::Statement { was, now } => {
                (was.text.as_deref().expect("words"), now.as_ref().and_then(|now| now.text.as_deref()))
            }
        })
        .collect();
    assert_eq!(texts, [("restart hourly", None), ("no data was lost", Some("some data was lost"))]);
    assert_eq!(made.audiences[0].statement.as_ref().expect("one").text.as_deref(), Some("some data was lost"));
    assert_eq!(brief(&story, Some("staff")).gone.len(), 1, "staff never heard the wrong statement");
}

#[test]
fn the_same_question_has_its_last_answer() {
    let story = start()
        .at(1, "eri", answered("Is my data safe?", "we are checking"))
        .at(2, "eri", answered("When is it back?", "by noon"))
        .at(3, "eri", answered("is my data safe? ", "yes"))
        .at(4, "eri", answered("wrong", "wrong"))
        .undone(5);
    // The store marks what was taken back; a story tells it as an entry.
    let undone = story.entries().iter().rposition(|entry| entry.header.kind == "answer.added").expect("one");
    let mut entries = story.entries();
    entries[undone].marks.push(("undone".to_owned(), "bcdf".to_owned()));
    let made = Brief::assemble(story.incident(), &entries, &policy(), None);
    let told: Vec<(Option<&str>, &str)> =
        made.answers.iter().map(|one| (one.question.as_deref(), one.answer.as_str())).collect();
    assert_eq!(told, [(Some("is my data safe? "), "yes"), (Some("When is it back?"), "by noon")]);
}

#[test]
fn b5_whoever_was_briefed_before_it_changed_must_be_told_again() {
    let (story, _) = told(start(), 10, "customers", "we look into it", None);
    let story = story.at(11, "aki", briefed(&["ben", "chie"], None)).at(12, "aki", briefed(&["dai"], Some("staff")));
    assert_eq!(people(&brief(&story, None)), [("ben", None, None), ("chie", None, None), ("dai", Some("staff"), None)]);
    let (story, _) = told(story, 20, "customers", "we have found it", None);
    let story = story.at(21, "aki", briefed(&["chie"], None));
    assert_eq!(
        people(&brief(&story, None)),
        [("ben", None, Some(20)), ("dai", Some("staff"), None), ("chie", None, None)],
        "staff heard nothing new"
    );
    assert_eq!(
        people(&brief(&story, Some("staff"))),
        [("ben", None, None), ("dai", Some("staff"), None), ("chie", None, None)]
    );
    let story = story.at(30, "eri", answered("When is it back?", "by noon"));
    assert_eq!(people(&brief(&story, None)).iter().filter(|(.., changed)| *changed == Some(30)).count(), 3);
    let all = story.at(31, "aki", briefed(&["dai"], None));
    assert_eq!(people(&brief(&all, None))[2], ("dai", None, None), "told everything, and no longer only for staff");
}

#[test]
fn the_next_update_is_the_first_deadline_of_the_audience() {
    let clock = |name: &str, due| ClockStarted {
        clock: name.to_owned(),
        audience: "customers".to_owned(),
        channel: None,
        stage: None,
        by: None,
        role: None,
        every: None,
        due_at: minute(due),
    };
    let met = ClockMet { clock: "comms:b".to_owned(), due_at: minute(15), next_due_at: Some(minute(60)) };
    let story = start().at(0, "aki", clock("comms:a", 45)).at(0, "aki", clock("comms:b", 15)).at(10, "cho", met);
    assert_eq!(brief(&story, None).audiences[0].next, Some((minute(45), "a".to_owned())));
}
