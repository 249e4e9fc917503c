//! The status page of GitHub as an open data set: an incident a line.

use super::fields::{Fields, services};
use super::order::{self, Habit, Span, Update};
use super::{Contents, split};
use crate::incident::past::{Past, Planned, Report, Skip, severity_of, status_of};
use crate::incident::time::Timestamp;
use jiff::tz::TimeZone;

/// The format's name.
pub const FORMAT: &str = "github-statuses";

pub fn read(text: &str, zone: &TimeZone) -> Contents {
    split::each(split::lines(text), "id", |fields| incident(fields, zone))
}

fn incident(fields: &Fields<'_>, zone: &TimeZone) -> Result<Past, Skip> {
    let source = fields.need("id", fields.id("id")?)?;
    let title = fields.need("title", fields.words("title")?)?.to_owned();
    let (told, published) = (fields.time("started_at", zone)?, fields.time("published_at", zone)?);
    // What is said of the service goes before what is said of the page.
    let began = fields.time("downtime_start", zone)?;
    let stated = fields.time("resolved_at", zone)?;
    let measured = fields.time("downtime_end", zone)?;
    // What the page says is not over is not over.
    let ended = measured.filter(|_| stated.is_some() || !fields.has("resolved_at")).or(stated);
    let reports = updates(fields, zone, Span { began: told.or(began).or(published), ended })?;
    let first = reports.first().map(|report| report.at);
    let impact = fields.words("impact")?;
    let started_at = began.or(told).or(first).ok_or(Skip::NoTime)?;
    Ok(Past {
        url: fields.words("url")?.map(str::to_owned),
        impact: impact.map(str::to_owned),
        stated: impact.map(str::to_owned).into_iter().collect(),
        severity: severity_of(impact),
        services: services("components", fields.texts("components")?)?,
        declared_at: told.filter(|told| *told != started_at),
        resolved_at: ended,
        planned: (impact == Some("maintenance")).then_some(Planned::Begun),
        reports,
        ..Past::blank(FORMAT, source, title, started_at)
    })
}

fn updates(fields: &Fields<'_>, zone: &TimeZone, span: Span) -> Result<Vec<Report>, Skip> {
    let mut updates = Vec::new();
    for update in fields.objects("updates")? {
        let at = update.readable_time("at", zone);
        let status = update.words("status")?;
        // Updates have no names: their minute and status stay, and so does their order among those of one minute.
        let named = at.map(|at| format!("{at} ")).unwrap_or_default();
        let report = Report {
            source: format!("{named}{}", status.unwrap_or_default()),
            at: Timestamp::from_millis(0),
            about: false,
            status: status.map(str::to_owned),
            to: status.and_then(status_of),
            text: update.text("message")?.unwrap_or_default().to_owned(),
        };
        updates.push(Update { at, created: None, report });
    }
    let mut reports = order::oldest_first(updates, Habit::OldestFirst, span).ok_or(Skip::NoTime)?;
    order::name_apart(&mut reports);
    Ok(reports)
}
