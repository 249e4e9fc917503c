//! `incidents.json` of the status page of Google Cloud.

use super::fields::{Fields, services};
use super::{Contents, Unreadable, html, order, split};
use crate::incident::past::{Past, Report, Skip, status_of};
use crate::incident::severity::Severity;
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
    let mut reports = Vec::new();
    for update in fields.objects("updates")? {
        let at = [update.time("when", zone)?, update.time("created", zone)?].into_iter().flatten().next();
        let at = at.ok_or(Skip::NoTime)?;
        let status = update.words("status")?;
        let named = [update.time("created", zone)?, Some(at)].into_iter().flatten().next().unwrap_or(at);
        let source = format!("{named} {}", status.unwrap_or_default());
        let text = html::plain(update.text("text")?.unwrap_or_default());
        reports.push(Report { source, at, status: status.map(str::to_owned), to: status.and_then(status_of), text });
    }
    order::oldest_first(&mut reports);
    order::name_apart(&mut reports);
    let mut names: Vec<&str> = Vec::new();
    for product in fields.objects("affected_products")? {
        names.extend(product.words("title")?);
    }
    if names.is_empty() {
        names.extend(fields.words("service_name")?);
    }
    let (impact, severity) = (fields.words("status_impact")?, fields.words("severity")?);
    let first = reports.iter().map(|report| report.at).min();
    let started = [fields.time("begin", zone)?, fields.time("created", zone)?, first];
    Ok(Past {
        format: FORMAT,
        source,
        title: html::plain(title),
        url: fields.words("uri")?.map(|uri| if uri.contains("://") { uri.to_owned() } else { format!("{PAGE}{uri}") }),
        impact: impact.or(severity).map(str::to_owned),
        severity: how_bad(impact, severity),
        services: services("affected_products", names)?,
        started_at: started.into_iter().flatten().next().ok_or(Skip::NoTime)?,
        resolved_at: fields.time("end", zone)?,
        reports,
    })
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
