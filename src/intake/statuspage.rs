//! Status pages of Atlassian: `incidents.json` of their interface, and `history.json` of the page itself.

use super::fields::{Fields, services};
use super::split::{self, Slot};
use super::{Contents, Unreadable, html, order, when};
use crate::incident::past::{Past, Report, Skip, Skipped, severity_of, status_of};
use crate::incident::time::Timestamp;
use jiff::civil::{Date, Time};
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

pub fn read(text: &str, zone: &TimeZone) -> Result<Contents, Unreadable> {
    let document: Document<'_> = split::document(text)?;
    let own = document.page.as_ref().and_then(|page| page.get("time_zone")).and_then(Value::as_str);
    let zone = own.and_then(|name| TimeZone::get(name).ok()).unwrap_or_else(|| zone.clone());
    let mut contents = Contents::default();
    let lists = [document.incidents, document.scheduled_maintenances];
    if lists.iter().all(Option::is_none) && document.months.is_none() {
        return Err(Unreadable::NoList { field: "incidents" });
    }
    for list in lists.into_iter().flatten() {
        let slots = split::entries(text, &list, contents.len());
        contents.extend(split::each(slots.into_iter(), "id", |fields| incident(fields, &zone)));
    }
    for slot in split::entries(text, &document.months.unwrap_or_default(), 0) {
        match serde_json::from_str::<Month<'_>>(slot.json) {
            Ok(month) => {
                let slots = split::entries(text, &month.incidents, contents.len());
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

/// An incident of the interface, or of a webhook.
pub fn incident(fields: &Fields<'_>, zone: &TimeZone) -> Result<Past, Skip> {
    let source = fields.need("id", fields.id("id")?)?;
    let title = fields.need("name", fields.words("name")?)?;
    let mut reports = Vec::new();
    for update in fields.objects("incident_updates")? {
        let at = [update.time("display_at", zone)?, update.time("created_at", zone)?].into_iter().flatten().next();
        let at = at.ok_or(Skip::NoTime)?;
        let status = update.words("status")?;
        let id = match update.id("id")? {
            Some(id) => id,
            None => format!("{at} {}", status.unwrap_or_default()),
        };
        let text = html::plain(update.text("body")?.unwrap_or_default());
        reports.push(Report {
            source: id,
            at,
            status: status.map(str::to_owned),
            to: status.and_then(status_of),
            text,
        });
    }
    order::oldest_first(&mut reports);
    let mut names: Vec<&str> = Vec::new();
    for component in fields.objects("components")? {
        names.extend(component.words("name")?);
    }
    let impact = fields.words("impact_override")?.or(fields.words("impact")?);
    let first = reports.iter().map(|report| report.at).min();
    let started = [fields.time("started_at", zone)?, fields.time("created_at", zone)?, first];
    Ok(Past {
        format: FORMAT,
        source,
        title: html::plain(title),
        url: fields.words("shortlink")?.map(str::to_owned),
        impact: impact.map(str::to_owned),
        severity: severity_of(impact),
        services: services("components", names)?,
        started_at: started.into_iter().flatten().next().ok_or(Skip::NoTime)?,
        resolved_at: fields.time("resolved_at", zone)?,
        reports,
    })
}

/// An incident as the page remembers it: one line of when, and the last that was said.
fn remembered(fields: &Fields<'_>, month: &Month<'_>, zone: &TimeZone) -> Result<Past, Skip> {
    let source = fields.need("code", fields.id("code")?)?;
    let title = html::plain(fields.need("name", fields.words("name")?)?);
    let written = fields.need("timestamp", fields.words("timestamp")?)?;
    let bad = || Skip::BadTime { field: fields.path("timestamp"), value: html::plain(written) };
    let (started_at, ended_at) = span(&html::plain(written), month, zone).ok_or_else(bad)?;
    let impact = fields.words("impact")?;
    let text = html::plain(fields.text("message")?.unwrap_or_default());
    let at = ended_at.unwrap_or(started_at);
    // The page shows its last words only, which are nearly always that it is over.
    let to = ended_at.map(|_| crate::incident::status::Status::Resolved);
    let report = Report { source: source.clone(), at, status: None, to, text };
    Ok(Past {
        format: FORMAT,
        source,
        title,
        url: None,
        impact: impact.map(str::to_owned),
        severity: severity_of(impact),
        services: Vec::new(),
        started_at,
        resolved_at: ended_at,
        reports: vec![report],
    })
}

/// `Nov 20, 14:05 - 16:00 UTC`, `Nov 20, 22:05 - Nov 21, 01:00 UTC`, `Nov 20, 14:05 UTC`.
fn span(written: &str, month: &Month<'_>, zone: &TimeZone) -> Option<(Timestamp, Option<Timestamp>)> {
    let mut words: Vec<&str> = written.split([' ', ',', '-', '–']).filter(|word| !word.is_empty()).collect();
    let own = words.last().and_then(|word| when::of_abbreviation(word));
    if own.is_some() {
        words.pop();
    }
    let zone = own.unwrap_or_else(|| zone.clone());
    let mut day: Option<Date> = None;
    let mut times: Vec<i64> = Vec::new();
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        if let Some((hour, minute)) = word.split_once(':') {
            let time = Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?;
            times.push(when::millis(day?.to_datetime(time), &zone)?);
        } else {
            let number = when::month(word)?;
            // A December's incident may end in January.
            let year = if number < when::month(&month.name)? { month.year.checked_add(1)? } else { month.year };
            day = Some(Date::new(year, number, words.next()?.parse().ok()?).ok()?);
        }
    }
    let at = |millis: &i64| Timestamp::from_millis(*millis);
    Some((times.first().map(at)?, times.get(1).map(at)))
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::incident::past::Skip;
    use crate::incident::status::Status;
    use jiff::tz::TimeZone;

    #[test]
    fn the_page_remembers_days_in_its_own_way() {
        let text = r#"{"months": [{"name": "December", "year": 2020, "incidents": [
            {"code": "a1", "name": "API errors", "impact": "major", "message": "<p>This is <b>resolved</b>.</p>",
             "timestamp": "Dec <var data-var='date'>31</var>, <var data-var='time'>22:12</var> - Jan <var data-var='date'> 1</var>, <var data-var='time'>01:20</var> PST"},
            {"code": "a2", "name": "Odd", "timestamp": "soon"}]}, {"name": 7}]}"#;
        let contents = read(text, &TimeZone::UTC).expect("read");
        let past = &contents.pasts[0];
        assert_eq!(past.started_at.to_string(), "2021-01-01T06:12:00.000Z");
        assert_eq!(past.resolved_at.map(|at| at.to_string()).as_deref(), Some("2021-01-01T09:20:00.000Z"));
        assert_eq!((past.reports[0].text.as_str(), past.reports[0].to), ("This is resolved.", Some(Status::Resolved)));
        assert!(matches!(&contents.skipped[0].why, Skip::BadTime { value, .. } if value == "soon"));
        assert_eq!((contents.skipped[0].line, contents.skipped[1].line, contents.skipped.len()), (4, 4, 2));
    }
}
