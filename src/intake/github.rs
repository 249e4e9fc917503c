//! The status page of GitHub as an open data set: an incident a line.

use super::fields::{Fields, services};
use super::{Contents, order, split};
use crate::incident::past::{Past, Report, Skip, severity_of, status_of};
use jiff::tz::TimeZone;

/// The format's name.
pub const FORMAT: &str = "github-statuses";

pub fn read(text: &str, zone: &TimeZone) -> Contents {
    split::each(split::lines(text), "id", |fields| incident(fields, zone))
}

fn incident(fields: &Fields<'_>, zone: &TimeZone) -> Result<Past, Skip> {
    let source = fields.need("id", fields.id("id")?)?;
    let title = fields.need("title", fields.words("title")?)?.to_owned();
    let reports = updates(fields, zone)?;
    let first = reports.iter().map(|report| report.at).min();
    let impact = fields.words("impact")?;
    Ok(Past {
        format: FORMAT,
        source,
        title,
        url: fields.words("url")?.map(str::to_owned),
        impact: impact.map(str::to_owned),
        severity: severity_of(impact),
        services: services("components", fields.texts("components")?)?,
        started_at: fields.time("started_at", zone)?.or(first).ok_or(Skip::NoTime)?,
        resolved_at: fields.time("resolved_at", zone)?,
        reports,
    })
}

fn updates(fields: &Fields<'_>, zone: &TimeZone) -> Result<Vec<Report>, Skip> {
    let mut reports = Vec::new();
    for update in fields.objects("updates")? {
        let at = update.time("at", zone)?.ok_or(Skip::NoTime)?;
        let status = update.words("status")?;
        // Updates have no names: their minute and status stay, and so does their order among those of one minute.
        let source = format!("{at} {}", status.unwrap_or_default());
        let text = update.text("message")?.unwrap_or_default().to_owned();
        let to = status.and_then(status_of);
        reports.push(Report { source, at, status: status.map(str::to_owned), to, text });
    }
    order::name_apart(&mut reports);
    Ok(reports)
}
