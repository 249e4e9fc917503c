//! `incidents.json` of the status page of Google Cloud.

use super::fields::{Fields, services};
use super::order::{self, Habit, Span, Update};
use super::{Contents, Unreadable, html, split};
use crate::incident::past::{Past, Report, Skip, status_of};
use crate::incident::severity::Severity;
use crate::incident::time::Timestamp;
use jiff::tz::TimeZone;
use serde_json::value::RawValue;

/// The format's name.
pub const FORMAT: &str = "google-cloud";

/// Where addresses in the file begin.
const PAGE: &str = "https://status.cloud.google.com/";

pub fn read(text: &str, zone: &TimeZone) -> Result<Contents, Unreadable> {
    let list: Vec<&RawValue> = split::document(text)?;
    let slots = split::entries(text, &list, 0);
    Ok(split::each(slots.into_iter(), "id", |fields| incident(fields, zone)))
}

fn incident(fields: &Fields<'_>, zone: &TimeZone) -> Result<Past, Skip> {
    let source = fields.need("id", fields.id("id")?.or(fields.id("number")?))?;
    let title = fields.need("external_desc", fields.words("external_desc")?)?;
    let (begin, created) = (fields.time("begin", zone)?, fields.time("created", zone)?);
    let mut updates = Vec::new();
    let mut regions = Vec::new();
    for update in fields.objects("updates")? {
        let (when, written) = (update.readable_time("when", zone), update.readable_time("created", zone));
        let at = when.or(written);
        let status = update.words("status")?;
        let named = written.or(at).map(|at| format!("{at} ")).unwrap_or_default();
        let report = Report {
            source: format!("{named}{}", status.unwrap_or_default()),
            at: Timestamp::from_millis(0),
            about: false,
            status: status.map(str::to_owned),
            to: status.and_then(status_of),
            text: html::plain(update.text("text")?.unwrap_or_default()),
        };
        regions.extend(places(&update, "affected_locations")?);
        updates.push(Update { at, created: written, report });
    }
    for key in ["currently_affected_locations", "previously_affected_locations", "affected_locations"] {
        regions.extend(places(fields, key)?);
    }
    let ended = fields.time("end", zone)?;
    let span = Span { began: begin.or(created), ended };
    let mut reports = order::oldest_first(updates, Habit::NewestFirst, span).ok_or(Skip::NoTime)?;
    order::name_apart(&mut reports);
    let mut names: Vec<&str> = Vec::new();
    for product in fields.objects("affected_products")? {
        names.extend(product.words("title")?);
    }
    if names.is_empty() {
        names.extend(fields.words("service_name")?);
    }
    let (impact, severity) = (fields.words("status_impact")?, fields.words("severity")?);
    let first = reports.first().map(|report| report.at);
    let started_at = begin.or(created).or(first).ok_or(Skip::NoTime)?;
    Ok(Past {
        url: fields.words("uri")?.map(|uri| if uri.contains("://") { uri.to_owned() } else { format!("{PAGE}{uri}") }),
        impact: impact.or(severity).map(str::to_owned),
        stated: stated(impact, severity),
        severity: how_bad(impact, severity),
        services: services("affected_products", names)?,
        regions: services("affected_locations", regions)?,
        declared_at: created,
        resolved_at: ended,
        reports,
        ..Past::blank(FORMAT, source, html::plain(title), started_at)
    })
}

/// The names of places.
fn places<'a>(fields: &Fields<'a>, key: &str) -> Result<Vec<&'a str>, Skip> {
    let mut names = Vec::new();
    for place in fields.objects(key)? {
        names.extend(place.words("title")?.or(place.words("id")?));
    }
    Ok(names)
}

/// The words that a policy may read otherwise: an outage is one, and information is, whatever else is said of it.
fn stated(impact: Option<&str>, severity: Option<&str>) -> Vec<String> {
    let severity = severity.filter(|_| !matches!(impact, Some("SERVICE_OUTAGE" | "SERVICE_INFORMATION")));
    impact.into_iter().chain(severity).map(str::to_owned).collect()
}

/// An outage is sev1; a disruption is as bad as it is said to be, high sev2, medium sev3, low sev4.
fn how_bad(impact: Option<&str>, severity: Option<&str>) -> Severity {
    match (impact, severity) {
        (Some("SERVICE_OUTAGE"), _) => Severity::Sev1,
        (Some("SERVICE_INFORMATION"), _) | (_, Some("low")) => Severity::Sev4,
        (_, Some("high")) => Severity::Sev2,
        _ => Severity::Sev3,
    }
}
