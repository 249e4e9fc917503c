//! What a deed is worth, by hand; and that whoever acts earlier never loses by it.

use super::{Drills, Held, Play, grade, turns};
use crate::incident::fact::{
    Criterion, DrillStarted, Fact, IncidentMitigated, IncidentResolved, PeopleCalled, PlannedInject, RoleAssigned,
    SeverityChanged, StatementSent, StepChecked, StepReopened,
};
use crate::incident::id::{EventId, uuid_v7};
use crate::incident::localized::Localized;
use crate::incident::severity::Severity;
use crate::incident::slug::{Conveyance, Deed, DrillKind, Mark, Stage};
use crate::incident::state::Meta;
use crate::incident::status::Status;
use crate::incident::time::{Span, Timestamp};
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_oneof, proptest};

const ZERO: Timestamp = Timestamp::from_millis(1_795_000_000_000);

fn at(minutes: i64) -> Timestamp {
    ZERO.plus(Span::from_minutes(minutes))
}

fn criterion(deed: Deed, minutes: i64) -> Criterion {
    Criterion {
        id: deed.as_str().to_owned(),
        deed,
        within: Span::from_minutes(minutes),
        weight: 1,
        role: None,
        severity: (deed == Deed::Severity).then_some(Severity::Sev1),
        audience: matches!(deed, Deed::FirstNotice | Deed::Cadence).then(|| "customers".to_owned()),
        roles: if deed == Deed::Roles { vec!["scribe".to_owned(), "tech-lead".to_owned()] } else { Vec::new() },
        steps: if deed == Deed::Steps { vec!["contain".to_owned()] } else { Vec::new() },
    }
}

fn play(criteria: Vec<Criterion>, speed: u32) -> Play {
    let inject = |id: &str, at: Option<i64>, after: Option<Deed>, delay: i64| PlannedInject {
        id: id.to_owned(),
        at: at.map(Span::from_minutes),
        after,
        delay: Span::from_minutes(delay),
        text: Localized::same(id),
    };
    Play {
        started: DrillStarted {
            scenario: "s".to_owned(),
            version: 1,
            title: Localized::same("s"),
            kind: DrillKind::Exercise,
            team: None,
            speed,
            length: Span::from_minutes(60),
            stand_in: Some("aki".to_owned()),
            criteria,
            injects: vec![
                inject("later", Some(40), None, 0),
                inject("first", Some(5), None, 0),
                inject("ceo", None, Some(Deed::FirstNotice), 10),
            ],
            next_due_at: None,
        },
        at: ZERO,
        injected: Vec::new(),
        score: None,
    }
}

fn entry(minutes: i64, fact: impl Into<Fact>) -> (Meta, Fact) {
    (Meta { id: EventId(uuid_v7(0, [0; 10])), at: at(minutes), actor: "aki".to_owned() }, fact.into())
}

fn assigned(role: &str, holder: &str) -> RoleAssigned {
    RoleAssigned {
        role: role.to_owned(),
        holder: holder.to_owned(),
        beside_others: false,
        relieved: Vec::new(),
        spec: None,
        scope: None,
        duty: None,
        handover: None,
        hand_over_by: None,
    }
}

fn sent(audience: &str) -> StatementSent {
    StatementSent {
        statement: EventId(uuid_v7(0, [0; 10])),
        audiences: vec![audience.to_owned()],
        stage: Stage::Progress,
        how: Conveyance::ByHand,
        channels: Vec::new(),
        corrects: None,
        next_at: None,
    }
}

fn raised() -> SeverityChanged {
    SeverityChanged { from: Severity::Sev3, to: Severity::Sev1, reason: None }
}

fn resolved() -> IncidentResolved {
    serde_json::from_str("{\"from\":\"investigating\"}").expect("a fact")
}

/// The mark of the only criterion, and how long it took in minutes.
fn marked(deed: Deed, within: i64, facts: &[(Meta, Fact)]) -> (Mark, Option<i64>) {
    let grading = grade(&play(vec![criterion(deed, within)], 1), facts, at(60));
    let result = &grading.graded.results[0];
    (result.mark, result.actual.map(|actual| actual.millis() / 60_000))
}

#[test]
fn a5_in_time_is_fully_late_within_twice_the_time_partly_else_not() {
    for (minutes, mark) in
        [(9, Mark::Fully), (10, Mark::Fully), (11, Mark::Partly), (20, Mark::Partly), (21, Mark::Not)]
    {
        assert_eq!(marked(Deed::FirstNotice, 10, &[entry(minutes, sent("customers"))]), (mark, Some(minutes)));
    }
    assert_eq!(marked(Deed::FirstNotice, 10, &[entry(3, sent("staff"))]), (Mark::Not, None), "another audience");
    assert_eq!(marked(Deed::Severity, 10, &[entry(12, raised())]), (Mark::Partly, Some(12)));
}

#[test]
fn whoever_declared_for_the_team_does_not_lead_it() {
    let stand_in = entry(0, assigned("incident-manager", "aki"));
    assert_eq!(marked(Deed::Commander, 5, std::slice::from_ref(&stand_in)), (Mark::Not, None));
    let taken = entry(4, assigned("incident-manager", "ben"));
    assert_eq!(marked(Deed::Commander, 5, &[stand_in, taken]), (Mark::Fully, Some(4)));
}

#[test]
fn roles_count_when_the_last_is_filled_and_steps_when_they_stay_done() {
    let scribe = entry(2, assigned("scribe", "chie"));
    assert_eq!(marked(Deed::Roles, 10, std::slice::from_ref(&scribe)), (Mark::Not, None));
    assert_eq!(marked(Deed::Roles, 10, &[scribe, entry(15, assigned("tech-lead", "ben"))]), (Mark::Partly, Some(15)));
    let step = || ("i".to_owned(), "contain".to_owned());
    let tick = |minutes| {
        let (instance, step) = step();
        entry(minutes, StepChecked { instance, step, result: None })
    };
    let reopen = |minutes| {
        let (instance, step) = step();
        entry(minutes, StepReopened { instance, step })
    };
    assert_eq!(marked(Deed::Steps, 10, &[tick(3), reopen(5)]), (Mark::Not, None));
    assert_eq!(marked(Deed::Steps, 10, &[tick(3), reopen(5), tick(8)]), (Mark::Fully, Some(8)));
}

#[test]
fn a_cadence_is_the_longest_silence_until_it_is_over() {
    let told = |minutes: &[i64]| minutes.iter().map(|at| entry(*at, sent("customers"))).collect::<Vec<_>>();
    assert_eq!(marked(Deed::Cadence, 20, &told(&[10, 30, 45])), (Mark::Fully, Some(20)));
    assert_eq!(marked(Deed::Cadence, 20, &told(&[10, 45])), (Mark::Partly, Some(35)));
    assert_eq!(marked(Deed::Cadence, 20, &told(&[10])), (Mark::Not, Some(50)), "silence to the end");
    assert_eq!(marked(Deed::Cadence, 20, &[]), (Mark::Not, None));
    let mut ended = told(&[10]);
    ended.push(entry(25, resolved()));
    assert_eq!(marked(Deed::Cadence, 20, &ended), (Mark::Fully, Some(15)), "nobody waits for news of what is over");
}

#[test]
fn ten_times_the_speed_makes_a_minute_ten() {
    let grading = grade(&play(vec![criterion(Deed::FirstNotice, 10)], 10), &[entry(1, sent("customers"))], at(6));
    assert_eq!(grading.graded.results[0].actual, Some(Span::from_minutes(10)));
    assert_eq!(grading.graded.score, 100);
}

#[test]
fn the_score_weighs_and_each_role_answers_for_its_own() {
    let mut notice = criterion(Deed::FirstNotice, 10);
    (notice.weight, notice.role) = (2, Some("communications-manager".to_owned()));
    let mut severity = criterion(Deed::Severity, 10);
    severity.role = Some("incident-manager".to_owned());
    let mut workaround = criterion(Deed::Workaround, 10);
    workaround.role = Some("tech-lead".to_owned());
    let facts = [
        entry(0, assigned("incident-manager", "aki")),
        entry(1, assigned("incident-manager", "ben")),
        entry(2, assigned("communications-manager", "chie")),
        entry(9, raised()),
        entry(15, sent("customers")),
    ];
    let graded = grade(&play(vec![notice, severity, workaround], 1), &facts, at(60)).graded;
    // (2 × ½ + 1 × 1 + 1 × 0) of 4.
    assert_eq!(graded.score, 50);
    let people: Vec<(&str, Option<&str>, u32)> =
        graded.people.iter().map(|one| (one.role.as_str(), one.person.as_deref(), one.score)).collect();
    assert_eq!(
        people,
        [
            ("communications-manager", Some("chie"), 50),
            ("incident-manager", Some("ben"), 100),
            ("tech-lead", Some("ben"), 0),
        ],
        "what nobody holds the incident manager carries"
    );
}

#[test]
fn injects_come_at_their_time_or_after_a_deed_and_once() {
    let mut play = play(vec![criterion(Deed::FirstNotice, 10)], 10);
    let ids = |play: &Play, facts: &[(Meta, Fact)], millis: i64| {
        let found = turns(play, facts, ZERO.plus(Span::from_millis(millis)));
        let due: Vec<String> = found.due.iter().map(|turn| turn.inject.id.clone()).collect();
        (due, found.next.map(|turn| turn.inject.id), found.waiting.len())
    };
    let due = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(ids(&play, &[], 29_999), (due(&[]), Some("first".to_owned()), 1));
    assert_eq!(ids(&play, &[], 30_000), (due(&["first"]), Some("later".to_owned()), 1));
    let told = [entry(1, sent("customers"))];
    assert_eq!(ids(&play, &told, 119_000), (due(&["first"]), Some("ceo".to_owned()), 0), "a minute after the notice");
    assert_eq!(ids(&play, &told, 120_000), (due(&["first", "ceo"]), Some("later".to_owned()), 0));
    play.injected = due(&["first", "ceo"]);
    assert_eq!(ids(&play, &told, 120_000), (due(&[]), Some("later".to_owned()), 0));
    assert!(!play.is_over(Status::Monitoring, at(5)) && play.is_over(Status::Monitoring, at(6)));
    assert!(play.is_over(Status::Resolved, at(0)) && play.is_over(Status::Cancelled, at(0)));
}

#[test]
fn a5_the_next_exercise_is_due_after_the_last_one_of_each_team() {
    let held = |kind, team: Option<&str>, minutes| Held {
        kind,
        team: team.map(str::to_owned),
        at: at(minutes),
        next_due_at: Some(at(minutes + 100)),
    };
    let exercise = DrillKind::Exercise;
    let rows = [held(exercise, None, 0), held(exercise, None, 50), held(exercise, Some("web"), 10)];
    let names = |drills: &Drills| {
        let clocks = drills.clocks(&rows, Some(ZERO));
        clocks.into_iter().map(|clock| (clock.name, clock.due_at)).collect::<Vec<_>>()
    };
    let none = [("drill:exercise:web".to_owned(), at(110)), ("drill:exercise".to_owned(), at(150))];
    assert_eq!(names(&Drills::default()), none);
    let teams = vec!["web".to_owned(), "db".to_owned()];
    let asked = Drills { exercise: Some("1h".to_owned()), teams, ..Drills::default() };
    assert_eq!(names(&asked).first(), Some(&("drill:exercise:db".to_owned(), at(60))), "from the first day on");
    assert_eq!(names(&asked).len(), 3, "no rhythm of drills, no clock");
    assert_eq!(names(&Drills { quiet: true, ..asked }), []);
}

/// A deed at some minute of the exercise.
fn deed() -> impl Strategy<Value = (Meta, Fact)> {
    let fact = prop_oneof![
        Just(Fact::from(sent("customers"))),
        Just(Fact::from(raised())),
        Just(Fact::from(assigned("incident-manager", "ben"))),
        Just(Fact::from(assigned("scribe", "chie"))),
        Just(Fact::from(assigned("tech-lead", "dan"))),
        Just(Fact::from(resolved())),
        Just(Fact::from(StepChecked { instance: "i".to_owned(), step: "contain".to_owned(), result: None })),
        Just(serde_json::from_str::<PeopleCalled>("{\"who\":\"dba\"}").map(Fact::from).expect("a fact")),
        Just(
            serde_json::from_str::<IncidentMitigated>("{\"from\":\"investigating\"}").map(Fact::from).expect("a fact")
        ),
    ];
    (0_i64..70, fact).prop_map(|(minutes, fact)| entry(minutes, fact))
}

proptest! {
    #[test]
    fn an_earlier_deed_never_lowers_the_score(
        mut facts in proptest::collection::vec(deed(), 0..12),
        more in deed(),
        within in 1_i64..40,
        speed in any::<bool>(),
    ) {
        let all = Deed::ALL.iter().map(|deed| criterion(*deed, within)).collect();
        let play = play(all, if speed { 3 } else { 1 });
        let score = |facts: &mut Vec<(Meta, Fact)>| {
            facts.sort_by_key(|(meta, _)| meta.at);
            grade(&play, facts, at(65)).graded.score
        };
        let before = score(&mut facts);
        facts.push(more);
        prop_assert!(score(&mut facts) >= before);
    }
}
