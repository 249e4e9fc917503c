//! What an imported incident leads to: facts at their own times, and nothing that would start a clock.

use super::{Past, Report};
use crate::incident::fact::{
    Fact, IncidentClosed, IncidentDeclared, IncidentIdentified, IncidentImported, IncidentMonitoring, IncidentReopened,
    IncidentResolved, ReportImported,
};
use crate::incident::id::SpaceId;
use crate::incident::limits;
use crate::incident::state::Incident;
use crate::incident::status::Status;
use crate::incident::time::Timestamp;
use std::collections::HashMap;

/// What the store holds of an incident already.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// The incident.
    pub incident: Incident,
    /// The words of its updates, by what their source calls them; `None` where they were redacted.
    pub reports: HashMap<String, Option<String>>,
}

/// Where a new incident gets its number from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The space.
    pub space: SpaceId,
    /// The number.
    pub number: u32,
}

/// The facts that are not on record yet, each with the time at which it happened; none where all of them are.
pub fn facts(past: &Past, known: Option<&Known>, standing: Standing) -> Vec<(Timestamp, Fact)> {
    let mut found: Vec<(Timestamp, Fact)> = Vec::with_capacity(past.reports.len() + 5);
    if known.is_none() {
        found.extend(declaration(past, standing));
    }
    let mut course = Course::of(known.map(|known| &known.incident), past);
    for (order, report) in in_time(past) {
        let before = known.and_then(|known| known.reports.get(&report.source));
        let edited = match before {
            // Words that were redacted stay so.
            Some(None) => continue,
            Some(Some(text)) if *text == report.text => continue,
            Some(Some(_)) => true,
            None => false,
        };
        found.extend(parts(report, order, edited));
        if !edited {
            course.reach(report, &mut found);
        }
    }
    course.end(&mut found);
    found
}

fn declaration(past: &Past, standing: Standing) -> [(Timestamp, Fact); 2] {
    let at = past.started_at;
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
        started_at: Some(at),
        detected_at: None,
        detected_by: None,
        drill: false,
        restricted: false,
        near_miss: false,
    };
    let imported = IncidentImported {
        format: past.format.to_owned(),
        source: past.source.clone(),
        impact: past.impact.clone(),
        url: past.url.clone(),
    };
    [(at, declared.into()), (at, imported.into())]
}

/// The updates by time, those of one minute as their source orders them, each with its place there.
fn in_time(past: &Past) -> Vec<(u32, &Report)> {
    let mut sorted: Vec<(u32, &Report)> = (1..).zip(&past.reports).collect();
    sorted.sort_by_key(|(_, report)| report.at);
    sorted
}

/// An update as entries: one, or several where it is longer than one may be.
fn parts(report: &Report, order: u32, edited: bool) -> impl Iterator<Item = (Timestamp, Fact)> {
    let texts = limits::parts(&report.text);
    let split = texts.len() > 1;
    (1..).zip(texts).map(move |(part, text)| {
        let fact = ReportImported {
            source: report.source.clone(),
            order,
            status: report.status.clone(),
            part: split.then_some(part),
            edited,
            text: text.to_owned(),
        };
        (report.at, fact.into())
    })
}

/// Where the incident stands while its updates are gone through.
struct Course {
    status: Status,
    /// Since when it stands there.
    since: Timestamp,
    /// When it was over, where the source says so apart from the updates.
    over: Option<Timestamp>,
    resolved: Option<Timestamp>,
}

impl Course {
    fn of(incident: Option<&Incident>, past: &Past) -> Self {
        Self {
            status: incident.map_or(Status::Investigating, |incident| incident.status),
            since: past.started_at,
            over: past.resolved_at,
            resolved: incident.and_then(|incident| incident.times.resolved),
        }
    }

    fn reach(&mut self, report: &Report, found: &mut Vec<(Timestamp, Fact)>) {
        // What comes to light later than the end, and happened before it, changes nothing about where it stands.
        let late = self.resolved.is_some_and(|resolved| report.at < resolved);
        let (Some(to), false, from) = (report.to, late || self.status == Status::Cancelled, self.status) else {
            return;
        };
        let mut at = report.at;
        let fact: Fact = match to {
            Status::Resolved if from.is_unresolved() => {
                // People say that it is over when it has been for a while.
                at = self.over.filter(|over| (self.since..=at).contains(over)).unwrap_or(at);
                self.resolved = Some(at);
                IncidentResolved {
                    from,
                    summary: None,
                    cause: None,
                    postmortem_required: false,
                    postmortem_due_at: None,
                }
                .into()
            }
            Status::Identified if from < to => IncidentIdentified { from, cause: None }.into(),
            Status::Monitoring if from < to => IncidentMonitoring { from }.into(),
            _ if to < from && to.is_unresolved() => {
                self.resolved = None;
                let reason = report.status.clone().unwrap_or_else(|| to.as_str().to_owned());
                IncidentReopened { from, to, reason }.into()
            }
            _ => return,
        };
        (self.status, self.since) = (to, at);
        found.push((at, fact));
    }

    /// What its source calls over has nothing left to do here.
    fn end(&mut self, found: &mut Vec<(Timestamp, Fact)>) {
        if let Some(at) = self.over
            && self.status.is_unresolved()
            && self.resolved.is_none()
        {
            let from = self.status;
            let resolved = IncidentResolved {
                from,
                summary: None,
                cause: None,
                postmortem_required: false,
                postmortem_due_at: None,
            };
            found.push((at, resolved.into()));
            (self.status, self.resolved) = (Status::Resolved, Some(at));
        }
        if let (Status::Resolved, Some(at), false) = (self.status, self.resolved, found.is_empty()) {
            let closed = IncidentClosed { from: Status::Resolved, left_open: Vec::new(), reason: None };
            found.push((at, closed.into()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Known, Standing, facts};
    use crate::incident::fact::Fact;
    use crate::incident::id::{BatchId, EventId, SpaceId, uuid_v7};
    use crate::incident::past::{Past, Report, severity_of, status_of};
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
            status: Some((*status).to_owned()),
            to: status_of(status),
            text: (*text).to_owned(),
        };
        Past {
            format: "statuspage",
            source: "a".to_owned(),
            title: "API down".to_owned(),
            url: None,
            impact: None,
            severity: Severity::Sev3,
            services: Vec::new(),
            started_at: Timestamp::from_millis(updates[0].0),
            resolved_at: None,
            reports: updates.iter().enumerate().map(report).collect(),
        }
    }

    fn folded(found: &[(Timestamp, Fact)]) -> Incident {
        let event = |n: usize| EventId(Uuid::from_u128(n as u128));
        let meta = |n: usize, at: Timestamp| Meta { id: event(n), at, actor: "aki".to_owned() };
        let all: Vec<(Meta, Fact)> =
            found.iter().enumerate().map(|(n, (at, fact))| (meta(n, *at), fact.clone())).collect();
        fold(BatchId(uuid_v7(0, [0; 10])).incident(), all.iter().map(|(meta, fact)| (meta, fact)))
    }

    fn kinds(found: &[(Timestamp, Fact)]) -> Vec<&str> {
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

    #[test]
    fn what_is_on_record_is_not_recorded_again_and_what_is_new_is() {
        let first = past(&[(0, "Investigating", "a")]);
        let incident = folded(&facts(&first, None, STANDING));
        let reports = HashMap::from([("0".to_owned(), Some("a".to_owned()))]);
        let known = Known { incident, reports };
        assert_eq!(facts(&first, Some(&known), STANDING), []);
        let more = past(&[(0, "Investigating", "a"), (9, "Resolved", "b")]);
        let found = facts(&more, Some(&known), STANDING);
        assert_eq!(kinds(&found), ["report.imported", "incident.resolved", "incident.closed"]);
        let edited = facts(&past(&[(0, "Investigating", "a, corrected")]), Some(&known), STANDING);
        assert!(matches!(&edited[..], [(_, Fact::ReportImported(report))] if report.edited));
        let redacted = Known { reports: HashMap::from([("0".to_owned(), None)]), ..known };
        assert_eq!(facts(&first, Some(&redacted), STANDING), [], "redacted words don't come back");
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
                Fact::ReportImported(report) => Some((at.millis(), report.order, report.text.as_str())),
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
