//! What an imported incident leads to: facts at their own times, and nothing that would start a clock.

use super::changes::Known;
use super::course::Course;
use super::{Past, Planned, Report};
use crate::incident::fact::{Fact, ImpactMeasured, IncidentDeclared, IncidentImported, ReportImported};
use crate::incident::id::SpaceId;
use crate::incident::limits;
use crate::incident::time::Timestamp;

/// Where a new incident gets its number from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The space.
    pub space: SpaceId,
    /// The number.
    pub number: u32,
}

/// When something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Happened {
    /// The time.
    pub at: Timestamp,
    /// Whether it is only approximately known.
    pub about: bool,
}

impl Happened {
    /// At a time that is known.
    pub const fn exactly(at: Timestamp) -> Self {
        Self { at, about: false }
    }
}

/// The facts that are not on record yet, each with the time at which it happened; none where all of them are.
///
/// What the source says otherwise than it did is none of them: see [`super::changes()`].
pub fn facts(past: &Past, known: Option<&Known>, standing: Standing) -> Vec<(Happened, Fact)> {
    let mut found: Vec<(Happened, Fact)> = Vec::with_capacity(past.reports.len() + 5);
    if known.is_none() {
        found.extend(declaration(past, standing));
        found.extend(regions(past));
    }
    let mut course = Course::of(known.map(|known| &known.incident), past);
    for (order, report) in in_time(past) {
        // Words that were redacted stay so.
        if known.is_some_and(|known| known.has(past, report)) {
            continue;
        }
        found.extend(parts(report, order, false));
        course.reach(report, &mut found);
    }
    course.end(&mut found);
    found
}

/// When a record is over, were it taken over now.
pub fn ended(past: &Past, standing: Standing) -> Option<Happened> {
    let found = facts(past, None, standing);
    found.into_iter().rev().find(|(_, fact)| matches!(fact, Fact::IncidentResolved(_))).map(|(at, _)| at)
}

impl Past {
    /// When it was declared: when the source began to tell of it.
    pub fn declared(&self) -> Timestamp {
        self.declared_at.unwrap_or(self.started_at)
    }

    /// When it began, as an incident records it: what was only announced has not begun.
    pub fn began(&self) -> Option<Timestamp> {
        (self.planned != Some(Planned::Announced)).then_some(self.started_at)
    }
}

fn declaration(past: &Past, standing: Standing) -> [(Happened, Fact); 2] {
    let at = Happened::exactly(past.declared());
    let (title, whole) = limits::headline(&past.title);
    let declared = IncidentDeclared {
        space: standing.space,
        number: standing.number,
        title,
        severity: past.severity,
        severity_by_default: false,
        category: None,
        services: past.services.clone(),
        customers: None,
        summary: whole,
        started_at: past.began(),
        detected_at: None,
        detected_by: None,
        drill: false,
        restricted: false,
        near_miss: false,
    };
    [(at, declared.into()), (at, imported(past))]
}

/// That a record was taken over, as it stands.
pub(super) fn imported(past: &Past) -> Fact {
    let imported = IncidentImported {
        format: past.format.to_owned(),
        source: past.source.clone(),
        impact: past.impact.clone(),
        url: past.url.clone(),
    };
    imported.into()
}

/// The regions that it hit, as a measure of its impact.
pub(super) fn regions(past: &Past) -> Option<(Happened, Fact)> {
    let measured = ImpactMeasured {
        users: None,
        requests_failed: None,
        regions: past.regions.clone(),
        services: Vec::new(),
        downtime: None,
        units_done: None,
        units_total: None,
        data_loss: None,
        cost: None,
        text: None,
    };
    (!past.regions.is_empty()).then(|| (Happened::exactly(past.declared()), measured.into()))
}

/// The updates by time, those of one minute as their source orders them, each with its place there.
fn in_time(past: &Past) -> Vec<(u32, &Report)> {
    let mut sorted: Vec<(u32, &Report)> = (1..).zip(&past.reports).collect();
    sorted.sort_by_key(|(_, report)| report.at);
    sorted
}

/// An update as entries: one, or several where it is longer than one may be.
pub(super) fn parts(report: &Report, order: u32, edited: bool) -> impl Iterator<Item = (Happened, Fact)> {
    let texts = limits::parts(&report.text);
    let split = texts.len() > 1;
    let at = Happened { at: report.at, about: report.about };
    (1..).zip(texts).map(move |(part, text)| {
        let fact = ReportImported {
            source: report.source.clone(),
            order,
            status: report.status.clone(),
            part: split.then_some(part),
            edited,
            text: text.to_owned(),
        };
        (at, fact.into())
    })
}

#[cfg(test)]
mod tests {
    use super::{Happened, Standing, facts};
    use crate::incident::fact::Fact;
    use crate::incident::id::{BatchId, EventId, SpaceId, uuid_v7};
    use crate::incident::past::{Kept, Known, Past, Report, Taken, changes, severity_of, status_of};
    use crate::incident::severity::Severity;
    use crate::incident::state::{Incident, Meta, fold};
    use crate::incident::status::Status;
    use crate::incident::time::Timestamp;
    use std::collections::HashMap;
    use uuid::Uuid;

    const STANDING: Standing = Standing { space: SpaceId(Uuid::nil()), number: 1 };

    fn past(updates: &[(i64, &str, &str)]) -> Past {
        let report = |(n, (at, status, text)): (usize, &(i64, &str, &str))| Report {
            source: n.to_string(),
            at: Timestamp::from_millis(*at),
            about: false,
            status: Some((*status).to_owned()),
            to: status_of(status),
            text: (*text).to_owned(),
        };
        Past {
            reports: updates.iter().enumerate().map(report).collect(),
            ..Past::blank("statuspage", "a".to_owned(), "API down".to_owned(), Timestamp::from_millis(updates[0].0))
        }
    }

    fn folded(found: &[(Happened, Fact)]) -> Incident {
        let event = |n: usize| EventId(Uuid::from_u128(n as u128));
        let meta = |n: usize, at: Timestamp| Meta { id: event(n), at, actor: "aki".to_owned() };
        let all: Vec<(Meta, Fact)> =
            found.iter().enumerate().map(|(n, (at, fact))| (meta(n, at.at), fact.clone())).collect();
        fold(BatchId(uuid_v7(0, [0; 10])).incident(), all.iter().map(|(meta, fact)| (meta, fact)))
    }

    fn kinds(found: &[(Happened, Fact)]) -> Vec<&str> {
        found.iter().map(|(_, fact)| fact.kind()).collect()
    }

    #[test]
    fn an_incident_that_is_over_ends_closed_without_a_clock() {
        let found = facts(
            &past(&[(0, "Investigating", "a"), (1, "Identified", "b"), (2, "Monitoring", "c"), (3, "Resolved", "d")]),
            None,
            STANDING,
        );
        let incident = folded(&found);
        let times = incident.times;
        let at = |millis| Some(Timestamp::from_millis(millis));
        assert_eq!((times.identified, times.monitoring, times.resolved, times.closed), (at(1), at(2), at(3), at(3)));
        assert_eq!((incident.status, incident.conflicts.len()), (Status::Closed, 0));
        assert!(incident.open_clocks().is_empty() && incident.waiting_for().is_empty());
    }

    fn known(past: &Past) -> Known {
        let found = facts(past, None, STANDING);
        let entries: Vec<(EventId, &(Happened, Fact))> =
            found.iter().enumerate().map(|(n, one)| (EventId(Uuid::from_u128(n as u128)), one)).collect();
        let mut reports = HashMap::new();
        let mut milestones = Vec::new();
        for (id, (at, fact)) in &entries {
            match fact {
                Fact::ReportImported(report) => {
                    reports.insert(report.source.clone(), Kept::new(*id, at.at, report.clone(), false));
                }
                Fact::IncidentDeclared(_) => milestones.push((*id, "incident.declared", at.at)),
                Fact::IncidentResolved(_) => milestones.push((*id, "incident.resolved", at.at)),
                _ => {}
            }
        }
        let taken = Taken {
            title: Some(past.title.clone()),
            severity: Some(past.severity),
            impact: past.impact.clone(),
            url: Some(past.url.clone()),
            services: past.services.clone(),
            regions: past.regions.clone(),
            started_at: Some(past.started_at),
        };
        Known { incident: folded(&found), taken, reports, milestones }
    }

    #[test]
    fn what_is_on_record_is_not_recorded_again_and_what_is_new_is() {
        let first = past(&[(0, "Investigating", "a")]);
        let known = known(&first);
        assert_eq!(facts(&first, Some(&known), STANDING), []);
        let more = past(&[(0, "Investigating", "a"), (9, "Resolved", "b")]);
        let found = facts(&more, Some(&known), STANDING);
        assert_eq!(kinds(&found), ["report.imported", "incident.resolved", "incident.closed"]);
    }

    #[test]
    fn what_a_source_says_otherwise_is_a_change_and_no_news() {
        let first = past(&[(0, "Investigating", "a"), (9, "Resolved", "b")]);
        let known = known(&first);
        let now = Timestamp::from_millis(99);
        assert_eq!(changes(&first, &known, false, now), crate::incident::past::Changes::default());
        let mut other = past(&[(0, "Investigating", "a, corrected"), (7, "Resolved", "b")]);
        other.title = "API and web down".to_owned();
        other.impact = Some("minor".to_owned());
        other.services = vec!["web".to_owned()];
        assert_eq!(facts(&other, Some(&known), STANDING), []);
        let found = changes(&other, &known, false, now);
        let told: Vec<(&str, Option<u32>)> = found.changes.iter().map(|one| (one.field, one.update)).collect();
        let updates = [("update.text", Some(1)), ("update.at", Some(2))];
        assert_eq!(told[..4], [("title", None), ("impact", None), ("services", None), ("resolved_at", None)]);
        assert_eq!(told[4..], updates);
        let kinds = kinds(&found.facts);
        let of = |kind: &str| kinds.iter().filter(|one| **one == kind).count();
        assert_eq!((of("incident.imported"), of("incident.changed"), of("entry.amended")), (1, 1, 2));
        let redacted = Known {
            reports: HashMap::from([("0".to_owned(), Kept { text: None, ..known.reports["0"].clone() })]),
            ..known
        };
        let left = past(&[(0, "Investigating", "x")]);
        assert_eq!(facts(&left, Some(&redacted), STANDING), [], "redacted words don't come back");
        assert!(changes(&left, &redacted, true, now).changes.is_empty());
    }

    #[test]
    fn a_stated_end_is_the_end_whatever_the_updates_say() {
        let ended = |over: i64, updates: &[(i64, &str, &str)]| {
            let past = Past { resolved_at: Some(Timestamp::from_millis(over)), ..past(updates) };
            let incident = folded(&facts(&past, None, STANDING));
            assert_eq!((incident.status, incident.conflicts.len()), (Status::Closed, 0));
            incident.times.resolved.map(Timestamp::millis)
        };
        let updates = [(0, "Investigating", "a"), (5, "Resolved", "b"), (9, "Resolved", "report")];
        assert_eq!(ended(7, &updates), Some(7), "later than the first word of it");
        assert_eq!(ended(3, &updates), Some(3), "earlier than any word of it");
        assert_eq!(ended(20, &updates), Some(20));
        assert_eq!(ended(4, &[(0, "Investigating", "a"), (6, "Monitoring", "b")]), Some(4));
        assert_eq!(ended(9, &[(0, "Resolved", "a"), (5, "Investigating", "b"), (8, "Resolved", "c")]), Some(9));
    }

    #[test]
    fn updates_of_one_minute_keep_their_order_and_late_ones_their_time() {
        let found = facts(
            &past(&[(5, "Investigating", "a"), (9, "Update", "b"), (9, "Resolved", "c"), (7, "Update", "d")]),
            None,
            STANDING,
        );
        let said: Vec<(i64, u32, &str)> = found
            .iter()
            .filter_map(|(at, fact)| match fact {
                Fact::ReportImported(report) => Some((at.at.millis(), report.order, report.text.as_str())),
                _ => None,
            })
            .collect();
        assert_eq!(said, [(5, 1, "a"), (7, 4, "d"), (9, 2, "b"), (9, 3, "c")]);
    }

    #[test]
    fn an_incident_that_came_back_is_reopened_and_closed_again() {
        let updates = [(0, "Resolved", "a"), (1, "Investigating", "b"), (2, "Resolved", "c")];
        let incident = folded(&facts(&past(&updates), None, STANDING));
        assert_eq!((incident.status, incident.times.resolved), (Status::Closed, Some(Timestamp::from_millis(2))));
    }

    #[test]
    fn a_text_longer_than_an_entry_is_kept_in_parts() {
        let long = "あ".repeat(100_000);
        let found = facts(&past(&[(0, "Update", &long)]), None, STANDING);
        let texts: String = found
            .iter()
            .filter_map(|(_, fact)| if let Fact::ReportImported(report) = fact { Some(&*report.text) } else { None })
            .collect();
        assert_eq!((texts == long, kinds(&found).len()), (true, 4));
    }

    #[test]
    fn levels_of_status_pages_have_a_severity() {
        let levels = [Some("critical"), Some("major"), Some("minor"), None, Some("maintenance"), Some("none")];
        let expected = [Severity::Sev1, Severity::Sev2, Severity::Sev3, Severity::Sev3, Severity::Sev4, Severity::Sev4];
        assert_eq!(levels.map(severity_of), expected);
    }
}
