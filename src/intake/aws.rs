//! Events of the health dashboard of AWS: `data.json` of the old one, `historyevents` and `currentevents` of the new one.

use super::fields::{Fields, services};
use super::split::Slot;
use super::{Contents, Unreadable, html, order, split, when};
use crate::incident::past::{Past, Report, Skip};
use crate::incident::severity::Severity;
use crate::incident::status::Status;
use crate::incident::time::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The format's name.
pub const FORMAT: &str = "aws";

/// Where the old dashboard's times are.
const SEATTLE: &str = "America/Los_Angeles";

/// What stands before the summary of an event that is over.
const OVER: &str = "[RESOLVED]";

pub fn read(text: &str, zone: &TimeZone) -> Result<Contents, Unreadable> {
    let mut contents = Contents::default();
    // A list, or lists by the name of a service, or `archive` and `current`: the events are alike.
    let lists: Vec<Vec<&RawValue>> = if text.trim_start().starts_with('[') {
        vec![split::document(text)?]
    } else {
        split::document::<BTreeMap<String, Vec<&RawValue>>>(text)?.into_values().collect()
    };
    let mut slots: Vec<Slot<'_>> = lists.iter().flat_map(|list| split::entries(text, list, 0)).collect();
    slots.sort_by_key(|slot| slot.json.as_ptr() as usize);
    for (slot, record) in slots.iter_mut().zip(1..) {
        slot.record = record;
    }
    contents.extend(split::each(slots.into_iter(), "arn", |fields| event(fields, zone)));
    Ok(contents)
}

fn event(fields: &Fields<'_>, zone: &TimeZone) -> Result<Past, Skip> {
    let began = fields.need("date", fields.time("date", zone)?)?;
    let service = fields.words("service")?;
    let source = match fields.id("arn")? {
        Some(arn) => arn,
        None => format!("{} {}", service.unwrap_or("aws"), began.millis() / 1000),
    };
    let summary = html::plain(fields.need("summary", fields.words("summary")?)?);
    let over = summary.trim_start().starts_with(OVER);
    let title = summary.trim_start().trim_start_matches(OVER).trim().to_owned();
    let mut reports = logged(fields, zone)?;
    if reports.is_empty() {
        reports = described(fields, began)?;
    }
    let last = reports.iter().map(|report| report.at).max();
    if let Some(report) = reports.last_mut().filter(|_| over) {
        report.to = Some(Status::Resolved);
    }
    let level = fields.id("status")?;
    let mut names: Vec<&str> = Vec::new();
    if let Some(hit) = fields.object("impacted_services")? {
        for key in hit.keys() {
            names.push(hit.object(key)?.map_or(Ok(None), |one| one.words("service_name"))?.unwrap_or(key));
        }
    }
    let named = fields.words("service_name")?.or(service);
    if names.is_empty() {
        names.extend(named);
    }
    Ok(Past {
        format: FORMAT,
        source,
        title: if title.is_empty() { summary } else { title },
        url: None,
        severity: how_bad(worst(fields, level.as_deref())?.as_deref()),
        impact: level,
        services: services("service_name", names)?,
        started_at: began,
        resolved_at: fields.time("end_time", zone)?.or(last.filter(|_| over)),
        reports,
    })
}

/// The worst level that an event had: the last one of an event that is over is that all is well.
fn worst(fields: &Fields<'_>, level: Option<&str>) -> Result<Option<String>, Skip> {
    let mut levels: Vec<String> = level.into_iter().map(str::to_owned).collect();
    for entry in fields.objects("event_log")? {
        levels.extend(entry.id("status")?);
    }
    Ok(levels.into_iter().max())
}

/// 3 is a disruption, 2 a degradation, 1 an information.
fn how_bad(level: Option<&str>) -> Severity {
    match level {
        Some("3") => Severity::Sev1,
        Some("2") => Severity::Sev2,
        Some("0") => Severity::Sev4,
        _ => Severity::Sev3,
    }
}

/// The updates of the new dashboard.
fn logged(fields: &Fields<'_>, zone: &TimeZone) -> Result<Vec<Report>, Skip> {
    let mut reports = Vec::new();
    for entry in fields.objects("event_log")? {
        let at = entry.time("timestamp", zone)?.ok_or(Skip::NoTime)?;
        let level = entry.id("status")?;
        let text = [entry.words("summary")?, entry.words("message")?.or(entry.words("description")?)];
        let text: Vec<String> = text.into_iter().flatten().map(html::plain).collect();
        let to = (level.as_deref() == Some("0")).then_some(Status::Resolved);
        reports.push(Report { source: at.to_string(), at, status: level, to, text: text.join("\n") });
    }
    order::oldest_first(&mut reports);
    order::name_apart(&mut reports);
    Ok(reports)
}

/// The updates of the old dashboard: one text, in which each begins with its time of day in Seattle.
fn described(fields: &Fields<'_>, began: Timestamp) -> Result<Vec<Report>, Skip> {
    let text = fields.words("description")?.or(fields.words("details")?).map(html::plain).unwrap_or_default();
    let zone = TimeZone::get(SEATTLE).unwrap_or(TimeZone::UTC);
    let report = |at: Timestamp, text: String| Report { source: at.to_string(), at, status: None, to: None, text };
    let mut reports: Vec<Report> = Vec::new();
    let Some(mut day) =
        jiff::Timestamp::from_millisecond(began.millis()).ok().map(|at| at.to_zoned(zone.clone()).date())
    else {
        return Ok(reports);
    };
    let mut last = None;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match clock(line, day) {
            Some((date, time, rest)) => {
                day = date.unwrap_or(day);
                if date.is_none() && last.is_some_and(|last| time < last) {
                    day = day.tomorrow().unwrap_or(day);
                }
                last = Some(time);
                let at = when::millis(day.to_datetime(time), &zone).map_or(began, Timestamp::from_millis);
                reports.push(report(at, rest.to_owned()));
            }
            None => match reports.last_mut() {
                Some(report) => {
                    if !report.text.is_empty() {
                        report.text.push('\n');
                    }
                    report.text.push_str(line);
                }
                None => reports.push(report(began, line.to_owned())),
            },
        }
    }
    order::name_apart(&mut reports);
    Ok(reports)
}

/// `9:37 AM PDT We …`, `Jan 5, 9:37 AM PST We …`: the day where there is one, the time, and what follows.
fn clock(line: &str, near: Date) -> Option<(Option<Date>, Time, &str)> {
    let (first, rest) = line.split_once(' ')?;
    let (date, rest) = match when::month(first) {
        Some(month) => {
            let (day, rest) = rest.trim_start().split_once([',', ' '])?;
            (Some(Date::new(near.year(), month, day.parse().ok()?).ok()?), rest.trim_start())
        }
        None => (None, line),
    };
    let (hands, rest) = rest.split_once(' ')?;
    let (half, rest) = rest.trim_start().split_once([' ', '\u{a0}']).unwrap_or((rest, ""));
    let (hour, minute) = hands.split_once(':')?;
    let hour: i8 = hour.parse().ok().filter(|hour| (1..=12).contains(hour))?;
    let hour = match half {
        "AM" => hour % 12,
        "PM" => hour % 12 + 12,
        _ => return None,
    };
    let time = Time::new(hour, minute.parse().ok()?, 0, 0).ok()?;
    let rest = rest.trim_start();
    let rest = ["PDT", "PST", "PT"].iter().find_map(|zone| rest.strip_prefix(zone)).unwrap_or(rest);
    Some((date, time, rest.trim_start_matches([' ', '\u{a0}', ':', '-'])))
}

#[cfg(test)]
mod tests {
    use super::read;
    use jiff::tz::TimeZone;

    #[test]
    fn the_old_dashboard_puts_all_updates_into_one_text() {
        let text = r#"{"archive": [{"service_name": "Amazon S3 (N. Virginia)", "summary": "[RESOLVED] Increased Error Rates",
            "date": "1488303240", "status": "1", "service": "s3-us-east-1", "details": "", "description":
            "<div><span class=\"yellowfg\"> 9:37 PM PST</span>&nbsp;We are investigating.</div><div><span class=\"yellowfg\">12:05 AM PST</span>&nbsp;It is over.</div>"}],
            "current": []}"#;
        let contents = read(text, &TimeZone::UTC).expect("read");
        let past = &contents.pasts[0];
        let said: Vec<(String, &str)> =
            past.reports.iter().map(|one| (one.at.to_string(), one.text.as_str())).collect();
        assert_eq!(
            said,
            [
                ("2017-03-01T05:37:00.000Z".to_owned(), "We are investigating."),
                ("2017-03-01T08:05:00.000Z".to_owned(), "It is over.")
            ]
        );
        assert_eq!(past.title, "Increased Error Rates");
        assert_eq!(past.resolved_at.map(|at| at.to_string()).as_deref(), Some("2017-03-01T08:05:00.000Z"));
    }
}
