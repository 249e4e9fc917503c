//! Events of the health dashboard of AWS: `data.json` of the old one, `historyevents` and `currentevents` of the new one.

use super::fields::{Fields, services};
use super::order::{self, Habit, Span, Update};
use super::split::Slot;
use super::when::{self, Doubt};
use super::{Contents, Unreadable, html, restored, split, zone};
use crate::incident::past::{Past, Report, Skip};
use crate::incident::severity::Severity;
use crate::incident::status::Status;
use crate::incident::time::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The format's name.
pub const FORMAT: &str = "aws";

/// Where the old dashboard's times are.
const SEATTLE: &str = "America/Los_Angeles";

/// What stands before the summary of an event that is over.
const OVER: &str = "[RESOLVED]";

/// The list of what is over in the old dashboard's file.
const ARCHIVE: &str = "archive";

pub fn read(text: &str, zone: &TimeZone) -> Result<Contents, Unreadable> {
    // A list, or lists by the name of a service, or `archive` and `current`: the events are alike.
    let lists: BTreeMap<String, Vec<&RawValue>> = if text.trim_start().starts_with('[') {
        BTreeMap::from([(String::new(), split::document(text)?)])
    } else {
        split::document(text)?
    };
    let mut slots: Vec<(bool, Slot<'_>)> = lists
        .iter()
        .flat_map(|(name, list)| split::entries(text, list, 0).into_iter().map(move |slot| (name == ARCHIVE, slot)))
        .collect();
    slots.sort_by_key(|(_, slot)| slot.json.as_ptr() as usize);
    let mut contents = Contents::default();
    for ((archived, slot), record) in slots.into_iter().zip(1..) {
        let slots = [Slot { record, ..slot }].into_iter();
        contents.extend(split::each(slots, "arn", |fields| event(fields, archived, zone)));
    }
    Ok(contents)
}

fn event(fields: &Fields<'_>, archived: bool, zone: &TimeZone) -> Result<Past, Skip> {
    let began = fields.need("date", fields.time("date", zone)?)?;
    let service = fields.words("service")?;
    let source = match fields.id("arn")? {
        Some(arn) => arn,
        None => format!("{} {}", service.unwrap_or("aws"), began.millis() / 1000),
    };
    let summary = html::plain(fields.need("summary", fields.words("summary")?)?);
    let over = summary.trim_start().starts_with(OVER);
    let title = summary.trim_start().trim_start_matches(OVER).trim().to_owned();
    let mut reports = logged(fields, began, zone)?;
    if reports.is_empty() {
        reports = described(fields, began)?;
    }
    order::name_apart(&mut reports);
    let last = reports.last().map(|report| report.at);
    let end = fields.time("end_time", zone)?;
    let told = reports.iter().any(|report| report.to == Some(Status::Resolved));
    if over
        && !told
        && let Some(report) = reports.last_mut()
    {
        report.to = Some(Status::Resolved);
    }
    let level = fields.id("status")?;
    // What stands in the archive, or has come back to all is well, is over, though nothing says when.
    let guessed = (archived || level.as_deref() == Some("0")) && !over && !told && end.is_none();
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
    let worst = worst(fields, level.as_deref())?;
    let nothing_said = (over || guessed) && reports.is_empty();
    let past = Past {
        severity: how_bad(worst.as_deref()),
        stated: worst.into_iter().collect(),
        impact: level,
        services: services("service_name", names)?,
        resolved_at: end.or(last.or(nothing_said.then_some(began)).filter(|_| guessed || nothing_said)),
        about: end.is_none() && (guessed || nothing_said),
        // What was posted earlier had begun earlier.
        ..Past::blank(
            FORMAT,
            source,
            if title.is_empty() { summary } else { title },
            reports.first().map_or(began, |first| began.min(first.at)),
        )
    };
    Ok(Past { reports, ..past })
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
fn logged(fields: &Fields<'_>, began: Timestamp, zone: &TimeZone) -> Result<Vec<Report>, Skip> {
    let mut updates = Vec::new();
    for entry in fields.objects("event_log")? {
        let at = entry.readable_time("timestamp", zone);
        let level = entry.id("status")?;
        let summary = entry.words("summary")?;
        let text = [summary, entry.words("message")?.or(entry.words("description")?)];
        let text: Vec<String> = text.into_iter().flatten().map(html::plain).collect();
        let over = level.as_deref() == Some("0") || summary.is_some_and(|summary| summary.trim().starts_with(OVER));
        let source = at.map(|at| at.to_string()).unwrap_or_default();
        let report =
            Report { status: level, to: over.then_some(Status::Resolved), ..post(source, began, text.join("\n")) };
        updates.push(Update { at, created: None, report });
    }
    let span = Span { began: Some(began), ended: None };
    let mut reports = order::oldest_first(updates, Habit::NewestFirst, span).ok_or(Skip::NoTime)?;
    end(&mut reports);
    Ok(reports)
}

fn post(source: String, at: Timestamp, text: String) -> Report {
    Report { source, at, about: false, status: None, to: None, text }
}

/// The first post that says that it is over ends it; later ones are follow-ups.
fn end(reports: &mut [Report]) {
    if !reports.iter().any(|report| report.to == Some(Status::Resolved))
        && let Some(first) = reports.iter_mut().find(|report| restored::says_so(&report.text))
    {
        first.to = Some(Status::Resolved);
    }
    let over = reports.iter().position(|report| report.to == Some(Status::Resolved));
    reports.iter_mut().skip(over.map_or(usize::MAX, |over| over + 1)).for_each(|report| report.to = None);
}

/// The updates of the old dashboard: one text, in which each begins with its time of day in Seattle.
fn described(fields: &Fields<'_>, began: Timestamp) -> Result<Vec<Report>, Skip> {
    let text = fields.words("description")?.or(fields.words("details")?).map(html::plain).unwrap_or_default();
    let seattle = TimeZone::get(SEATTLE).unwrap_or(TimeZone::UTC);
    let mut reports: Vec<Report> = Vec::new();
    let mut before = began;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let labelled = label(line).and_then(|label| Some((label.at(before, &seattle)?, label)));
        match (labelled, reports.last_mut()) {
            (Some((at, label)), _) => {
                if let Some(Doubt { name, taken }) = label.doubt(at, &seattle) {
                    fields.tell(Skip::DoubtfulZone { name, taken });
                }
                before = at;
                reports.push(post(at.to_string(), at, label.rest.to_owned()));
            }
            (None, Some(report)) => {
                if !report.text.is_empty() {
                    report.text.push('\n');
                }
                report.text.push_str(line);
            }
            (None, None) => reports.push(post(began.to_string(), began, line.to_owned())),
        }
    }
    reports.sort_by_key(|report| report.at);
    end(&mut reports);
    Ok(reports)
}

/// What stands before a post: `9:37 AM PDT`, `Jan 5, 9:37 AM PST`.
struct Label<'a> {
    /// The month and the day, where they stand there.
    day: Option<(i8, i8)>,
    time: Time,
    zone: Option<&'a str>,
    rest: &'a str,
}

/// Reads the label of a post.
fn label(line: &str) -> Option<Label<'_>> {
    const GAP: [char; 2] = [' ', '\u{a0}'];
    let line = line.strip_prefix('[').unwrap_or(line);
    let (first, rest) = line.split_once(GAP)?;
    let (day, rest) = match when::month(first) {
        Some(month) => {
            let (day, rest) = rest.trim_start_matches(GAP).split_once([',', ' ', '\u{a0}'])?;
            (Some((month, day.parse().ok()?)), rest.trim_start_matches(GAP))
        }
        None => (None, line),
    };
    let (hands, rest) = rest.split_once(GAP)?;
    let (half, rest) = rest.trim_start_matches(GAP).split_once(GAP).unwrap_or((rest, ""));
    let (hour, minute) = hands.split_once(':')?;
    let hour: i8 = hour.parse().ok().filter(|hour| (1..=12).contains(hour))?;
    let hour = match half {
        "AM" => hour % 12,
        "PM" => hour % 12 + 12,
        _ => return None,
    };
    let time = Time::new(hour, minute.parse().ok()?, 0, 0).ok()?;
    let rest = rest.trim_start_matches(GAP);
    let word = rest.split([' ', '\u{a0}', ':', ']']).next().unwrap_or_default();
    let near = Date::constant(2000, 1, 1).to_datetime(time);
    let zone = zone::meaning(word, near, &TimeZone::UTC).filter(|own| own.known).map(|_| word);
    let rest = rest.strip_prefix(zone.unwrap_or_default()).unwrap_or(rest);
    Some(Label { day, time, zone, rest: rest.trim_start_matches([' ', '\u{a0}', ':', ']', '-']) })
}

impl Label<'_> {
    fn own(&self, near: DateTime, home: &TimeZone) -> Option<zone::Meaning> {
        zone::meaning(self.zone?, near, home).filter(|own| own.known)
    }

    fn doubt(&self, at: Timestamp, home: &TimeZone) -> Option<Doubt> {
        let near = local(at, home)?;
        let own = self.own(near, home).filter(|own| own.doubtful)?;
        Some(Doubt { name: self.zone?.to_owned(), taken: own.shown() })
    }

    /// When it was: after the post before it, or the beginning, or not long before that. A label's minute holds the
    /// second at which it all began.
    fn at(&self, before: Timestamp, home: &TimeZone) -> Option<Timestamp> {
        let near = local(before, home)?;
        let instant = |date: Date| {
            let civil = date.to_datetime(self.time);
            let zone = self.own(civil, home).map_or_else(|| home.clone(), |own| own.zone);
            when::millis(civil, &zone)
        };
        let days: Vec<Date> = match self.day {
            // A January's post may belong to what began in December.
            Some((month, day)) => {
                let years = [near.year() - 1, near.year(), near.year() + 1];
                years.iter().filter_map(|year| Date::new(*year, month, day).ok()).collect()
            }
            None => [near.date().yesterday().ok(), Some(near.date()), near.date().tomorrow().ok()]
                .into_iter()
                .flatten()
                .collect(),
        };
        let all = days.into_iter().filter_map(instant);
        let far = |at: &i64| (at - before.millis()).abs();
        let at = if self.day.is_some() {
            all.min_by_key(far)?
        } else {
            all.filter(|at| *at > before.millis() - LATE).min()?
        };
        let same_minute = (at..at + MINUTE).contains(&before.millis());
        Some(if same_minute { before } else { Timestamp::from_millis(at) })
    }
}

/// A post whose label is less than so many milliseconds before that of the one above it came late; otherwise it is of
/// the next day.
const LATE: i64 = 4 * 3_600_000;

/// Milliseconds of the minute that a label leaves open.
const MINUTE: i64 = 60_000;

fn local(at: Timestamp, zone: &TimeZone) -> Option<DateTime> {
    let at = jiff::Timestamp::from_millisecond(at.millis()).ok()?;
    Some(at.to_zoned(zone.clone()).datetime())
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::incident::id::SpaceId;
    use crate::incident::past::{Standing, ended};
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
        let standing = Standing { space: SpaceId(uuid::Uuid::nil()), number: 1 };
        assert_eq!(ended(past, standing).map(|end| end.at.to_string()).as_deref(), Some("2017-03-01T08:05:00.000Z"));
    }

    /// The posts of an old event that began at these seconds since 1970, its start and its end.
    fn event(date: u64, summary: &str, posts: &[(&str, &str)]) -> (Vec<String>, String, Option<String>) {
        let posts = posts.iter().map(|(label, text)| format!("<div><span>{label}</span>&nbsp;{text}</div>"));
        let event = serde_json::json!({"service": "s3", "summary": summary, "date": date.to_string(), "status": "1",
            "description": posts.collect::<String>()});
        let contents = read(&serde_json::json!({"current": [event]}).to_string(), &TimeZone::UTC).expect("read");
        assert_eq!(contents.skipped, []);
        let past = &contents.pasts[0];
        let standing = Standing { space: SpaceId(uuid::Uuid::nil()), number: 1 };
        let end = ended(past, standing).map(|end| end.at.to_string());
        (past.reports.iter().map(|one| one.at.to_string()).collect(), past.started_at.to_string(), end)
    }

    #[test]
    fn a_label_to_the_minute_holds_the_second_of_the_beginning() {
        let text = "Between 12:15 PM and 12:21 PM PDT we observed connectivity issues. The issue has been resolved.";
        let (at, began, end) = event(1_624_564_393, "[RESOLVED] Internet Connectivity", &[("12:53 PM PDT", text)]);
        assert_eq!((at[0].as_str(), began.as_str()), ("2021-06-24T19:53:13.000Z", "2021-06-24T19:53:13.000Z"));
        assert_eq!(end.as_deref(), Some("2021-06-24T19:53:13.000Z"));
        let (at, began, _) = event(1_624_564_393, "Errors", &[("12:51 PM PDT", "We are investigating.")]);
        assert_eq!((at[0].as_str(), began), ("2021-06-24T19:51:00.000Z", at[0].clone()), "never before the beginning");
    }

    #[test]
    fn a_labels_zone_decides_on_the_night_the_clocks_change() {
        // 2021-11-07T08:20:00Z is 01:20 PDT; at 09:00Z it is 01:00 PST.
        let posts = [("1:20 AM PDT", "a"), ("1:50 AM PDT", "b"), ("1:10 AM PST", "c"), ("2:30 AM PST", "d")];
        let (at, ..) = event(1_636_273_200, "Errors", &posts);
        assert_eq!(
            at.iter().map(|at| &at[..16]).collect::<Vec<_>>(),
            ["2021-11-07T08:20", "2021-11-07T08:50", "2021-11-07T09:10", "2021-11-07T10:30"]
        );
    }

    #[test]
    fn the_first_post_that_says_so_ends_it_and_a_report_days_later_does_not() {
        let over = "The issue has been resolved and the service is operating normally.";
        let posts = [
            ("8:00 AM PDT", "We are investigating."),
            ("11:00 AM PDT", over),
            ("Sep 7, 9:00 AM PDT", "A report of it."),
        ];
        let (at, _, end) = event(1_630_594_800, "[RESOLVED] Errors", &posts);
        assert_eq!((end.as_deref(), at[2].as_str()), (Some("2021-09-02T18:00:00.000Z"), "2021-09-07T16:00:00.000Z"));
        let silent = [("8:00 AM PDT", "We are investigating."), ("11:00 AM PDT", "All is well.")];
        assert_eq!(event(1_630_594_800, "[RESOLVED] Errors", &silent).2.as_deref(), Some("2021-09-02T18:00:00.000Z"));
        assert_eq!(event(1_630_594_800, "Errors", &silent).2, None);
    }
}
