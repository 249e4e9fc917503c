//! Status pages of Atlassian: `incidents.json` of their interface, and `history.json` of the page itself.

use super::fields::{Fields, services};
use super::order::{self, Habit, Span, Update};
use super::split::{self, Slot};
use super::when::{self, Doubt};
use super::{Contents, Reading, Unreadable, html, zone};
use crate::incident::past::{Past, Planned, Report, Skip, Skipped, severity_of, status_of};
use crate::incident::status::Status;
use crate::incident::time::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// The format's name.
pub const FORMAT: &str = "statuspage";

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(default)]
    page: Option<Value>,
    #[serde(borrow, default)]
    incidents: Option<Vec<&'a RawValue>>,
    #[serde(borrow, default)]
    scheduled_maintenances: Option<Vec<&'a RawValue>>,
    #[serde(borrow, default)]
    months: Option<Vec<&'a RawValue>>,
}

#[derive(Deserialize)]
struct Month<'a> {
    name: String,
    year: i16,
    #[serde(borrow)]
    incidents: Vec<&'a RawValue>,
}

pub fn read(text: &str, reading: &Reading) -> Result<Contents, Unreadable> {
    let document: Document<'_> = split::document(text)?;
    let own = document.page.as_ref().and_then(|page| page.get("time_zone")).and_then(Value::as_str);
    let known = own.and_then(|name| TimeZone::get(name).ok());
    let mut contents = Contents::default();
    if let (Some(name), None, None) = (own, &known, &reading.zone) {
        let why = Skip::DoubtfulZone { name: name.to_owned(), taken: "UTC".to_owned() };
        contents.skipped.push(Skipped { line: 1, record: None, source: None, why });
    }
    // What was asked for goes before what the page says.
    let zone = reading.zone.clone().or(known).unwrap_or(TimeZone::UTC);
    let lists = [(document.incidents, false), (document.scheduled_maintenances, true)];
    if lists.iter().all(|(list, _)| list.is_none()) && document.months.is_none() {
        return Err(Unreadable::NoList { field: "incidents" });
    }
    for (list, planned) in lists {
        let slots = split::entries(text, &list.unwrap_or_default(), contents.records());
        contents.extend(split::each(slots.into_iter(), "id", |fields| incident(fields, planned, &zone)));
    }
    for slot in split::entries(text, &document.months.unwrap_or_default(), 0) {
        match serde_json::from_str::<Month<'_>>(slot.json) {
            Ok(month) => {
                let slots = split::entries(text, &month.incidents, contents.records());
                let read = |fields: &Fields<'_>| remembered(fields, &month, &zone);
                contents.extend(split::each(slots.into_iter(), "code", read));
            }
            Err(error) => contents.skipped.push(bad_month(&slot, &error)),
        }
    }
    Ok(contents)
}

fn bad_month(slot: &Slot<'_>, error: &serde_json::Error) -> Skipped {
    let why = Skip::NotJson { column: error.column().max(1), message: split::reason(error) };
    Skipped { line: slot.line + error.line().saturating_sub(1), record: None, source: None, why }
}

/// An incident of the interface, or planned maintenance.
fn incident(fields: &Fields<'_>, listed: bool, zone: &TimeZone) -> Result<Past, Skip> {
    let source = fields.need("id", fields.id("id")?)?;
    let title = fields.need("name", fields.words("name")?)?;
    let times = |keys: &[&str]| {
        let read = keys.iter().map(|key| fields.time(key, zone));
        read.collect::<Result<Vec<_>, _>>().map(|times| times.into_iter().flatten().collect::<Vec<Timestamp>>())
    };
    let status = fields.words("status")?;
    let stands = status.and_then(status_of);
    let stated = fields.time("resolved_at", zone)?.filter(|_| !stands.is_some_and(Status::is_unresolved));
    let begun = times(&["started_at", "created_at"])?;
    let reports = updates(fields, zone, Span { began: begun.first().copied(), ended: stated })?;
    let mut names: Vec<&str> = Vec::new();
    for component in fields.objects("components")? {
        names.extend(component.words("name")?);
    }
    let impact = fields.words("impact_override")?.or(fields.words("impact")?);
    let scheduled = fields.time("scheduled_for", zone)?;
    let stage = if status == Some("scheduled") { Planned::Announced } else { Planned::Begun };
    let planned = (listed || scheduled.is_some() || is_planned(impact, status)).then_some(stage);
    let first = reports.first().map(|report| report.at);
    let started_at = begun.first().copied().or(first).ok_or(Skip::NoTime)?;
    let created = fields.time("created_at", zone)?;
    // An end of which only the status tells is where the last trace is.
    let tells = |report: &Report| report.to == Some(Status::Resolved) && !report.about && !is_postmortem(report);
    let guessed = stated.is_none() && stands == Some(Status::Resolved) && !reports.iter().any(tells);
    let last = || {
        let traces = times(&["created_at", "started_at", "monitoring_at", "updated_at"])?;
        let said = reports.iter().map(|report| report.at);
        Ok::<_, Skip>(traces.into_iter().chain(said).max())
    };
    Ok(Past {
        url: fields.words("shortlink")?.map(str::to_owned),
        impact: impact.map(str::to_owned),
        stated: impact.map(str::to_owned).into_iter().collect(),
        severity: severity_of(impact),
        services: services("components", names)?,
        declared_at: created.map(|created| first.map_or(created, |first| created.min(first))),
        resolved_at: if guessed { last()? } else { stated },
        about: guessed,
        planned,
        reports,
        ..Past::blank(FORMAT, source, html::plain(title), started_at)
    })
}

fn updates(fields: &Fields<'_>, zone: &TimeZone, span: Span) -> Result<Vec<Report>, Skip> {
    let mut updates = Vec::new();
    for update in fields.objects("incident_updates")? {
        let (shown, created) = (update.readable_time("display_at", zone), update.readable_time("created_at", zone));
        let at = shown.or(created);
        let status = update.words("status")?;
        let named = || at.map(|at| format!("{at} ")).unwrap_or_default() + status.unwrap_or_default();
        let report = Report {
            source: update.id("id")?.unwrap_or_else(named),
            at: Timestamp::from_millis(0),
            about: false,
            status: status.map(str::to_owned),
            to: status.and_then(status_of),
            text: html::plain(update.text("body")?.unwrap_or_default()),
        };
        updates.push(Update { at, created, report });
    }
    let mut reports = order::oldest_first(updates, Habit::NewestFirst, span).ok_or(Skip::NoTime)?;
    order::name_apart(&mut reports);
    Ok(reports)
}

fn is_postmortem(report: &Report) -> bool {
    report.status.as_deref() == Some("postmortem")
}

/// Whether these words are of planned maintenance.
fn is_planned(impact: Option<&str>, status: Option<&str>) -> bool {
    impact == Some("maintenance") || matches!(status, Some("scheduled" | "in_progress" | "completed"))
}

/// An incident as the page remembers it: one line of when, and the last that was said.
fn remembered(fields: &Fields<'_>, month: &Month<'_>, zone: &TimeZone) -> Result<Past, Skip> {
    let source = fields.need("code", fields.id("code")?)?;
    let title = html::plain(fields.need("name", fields.words("name")?)?);
    let written = html::plain(fields.need("timestamp", fields.words("timestamp")?)?);
    let bad = || Skip::BadTime { field: fields.path("timestamp"), value: written.clone() };
    let Written { began, ended, doubt } = span(&written, month, zone).ok_or_else(bad)?;
    if let Some(Doubt { name, taken }) = doubt {
        fields.tell(Skip::DoubtfulZone { name, taken });
    }
    let impact = fields.words("impact")?;
    // The page shows its last words only, which are nearly always that it is over.
    let report = Report {
        source: source.clone(),
        at: ended.unwrap_or(began),
        about: false,
        status: None,
        to: ended.map(|_| Status::Resolved),
        text: html::plain(fields.text("message")?.unwrap_or_default()),
    };
    Ok(Past {
        impact: impact.map(str::to_owned),
        stated: impact.map(str::to_owned).into_iter().collect(),
        severity: severity_of(impact),
        resolved_at: ended,
        planned: is_planned(impact, None).then_some(Planned::Begun),
        reports: vec![report],
        ..Past::blank(FORMAT, source, title, began)
    })
}

/// When something was, as the page writes it.
struct Written {
    began: Timestamp,
    ended: Option<Timestamp>,
    doubt: Option<Doubt>,
}

/// `Nov 20, 14:05 - 16:00 UTC`, `Nov 20, 22:05 - Nov 21, 01:00 +08`, `Nov 20, 14:05 UTC`.
fn span(written: &str, month: &Month<'_>, home: &TimeZone) -> Option<Written> {
    let (before, last) = written.trim().rsplit_once(' ')?;
    let word = Some(last).filter(|last| !last.contains(':') || last.starts_with(['+', '-']));
    let times = civil(if word.is_some() { before } else { written }, month)?;
    let own = match word {
        Some(word) => Some(zone::meaning(word, *times.first()?, home)?),
        None => None,
    };
    let doubt = own.as_ref().zip(word).filter(|(own, _)| own.doubtful);
    let doubt = doubt.map(|(own, word)| Doubt { name: word.to_owned(), taken: own.shown() });
    let zone = own.map_or_else(|| home.clone(), |own| own.zone);
    let at = |civil: &DateTime| when::millis(*civil, &zone).map(Timestamp::from_millis);
    let began = at(times.first()?)?;
    let ended = match times.get(1) {
        Some(civil) => Some(at(civil)?),
        None => None,
    };
    Some(Written { began, ended, doubt })
}

/// The times of day with their days.
fn civil(written: &str, month: &Month<'_>) -> Option<Vec<DateTime>> {
    let mut words = written.split([' ', ',', '-', '–']).filter(|word| !word.is_empty());
    let mut day: Option<Date> = None;
    let mut times = Vec::new();
    while let Some(word) = words.next() {
        if let Some((hour, minute)) = word.split_once(':') {
            let time = Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?;
            times.push(day?.to_datetime(time));
        } else {
            let number = when::month(word)?;
            // A December's incident may end in January.
            let year = if number < when::month(&month.name)? { month.year.checked_add(1)? } else { month.year };
            day = Some(Date::new(year, number, words.next()?.parse().ok()?).ok()?);
        }
    }
    Some(times)
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::incident::past::Skip;
    use crate::incident::status::Status;
    use crate::intake::Reading;

    #[test]
    fn the_page_remembers_days_in_its_own_way() {
        let text = r#"{"months": [{"name": "December", "year": 2020, "incidents": [
            {"code": "a1", "name": "API errors", "impact": "major", "message": "<p>This is <b>resolved</b>.</p>",
             "timestamp": "Dec <var data-var='date'>31</var>, <var data-var='time'>22:12</var> - Jan <var data-var='date'> 1</var>, <var data-var='time'>01:20</var> PST"},
            {"code": "a2", "name": "Odd", "timestamp": "soon"}]}, {"name": 7}]}"#;
        let contents = read(text, &Reading::default()).expect("read");
        let past = &contents.pasts[0];
        assert_eq!(past.started_at.to_string(), "2021-01-01T06:12:00.000Z");
        assert_eq!(past.resolved_at.map(|at| at.to_string()).as_deref(), Some("2021-01-01T09:20:00.000Z"));
        assert_eq!((past.reports[0].text.as_str(), past.reports[0].to), ("This is resolved.", Some(Status::Resolved)));
        assert!(matches!(&contents.skipped[0].why, Skip::BadTime { value, .. } if value == "soon"));
        assert_eq!((contents.skipped[0].line, contents.skipped[1].line, contents.skipped.len()), (4, 4, 2));
    }
}
