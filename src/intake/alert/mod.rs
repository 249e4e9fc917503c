//! Alerts as monitoring tools send them: what a webhook's body says, whatever is missing from it.

mod address;
mod datadog;
mod loose;
mod opsgenie;
mod pagerduty;
mod prometheus;
mod statuspage;

use super::{Shape, Unreadable, decode, other_than, split};
use crate::incident::alert::Alert;
use loose::Loose;
use serde_json::Value;

/// The most bytes of a text that an alert keeps; what is beyond stays where the alert came from, and is said to.
const TEXT: usize = 64 * 1024;

/// The formats of monitoring tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlertFormat {
    /// The webhook of Prometheus Alertmanager, version 4.
    Alertmanager,
    /// The webhook of Grafana, of its unified alerts and of the older ones.
    Grafana,
    /// The webhook of PagerDuty, version 3.
    Pagerduty,
    /// The webhook of Opsgenie.
    Opsgenie,
    /// The webhook of a status page of Atlassian.
    Statuspage,
    /// The webhook of Datadog.
    Datadog,
}

impl AlertFormat {
    /// Every format.
    pub const ALL: &[Self] =
        &[Self::Alertmanager, Self::Grafana, Self::Pagerduty, Self::Opsgenie, Self::Statuspage, Self::Datadog];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Alertmanager => "alertmanager",
            Self::Grafana => "grafana",
            Self::Pagerduty => "pagerduty",
            Self::Opsgenie => "opsgenie",
            Self::Statuspage => "statuspage",
            Self::Datadog => "datadog",
        }
    }

    /// Reads a name, in any case; `None` for anything else.
    pub fn parse(typed: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.as_str().eq_ignore_ascii_case(typed.trim()))
    }

    /// Reads a webhook's body: its alerts, none where it carries none.
    pub fn read(self, bytes: &[u8]) -> Result<Vec<Alert>, Unreadable> {
        let text = decode(bytes)?;
        let body = split::document(&text).map_err(|error| self.other(&text).unwrap_or(error))?;
        self.alerts(&body).map_err(|error| self.other(&text).unwrap_or(error))
    }

    /// That a body of which nothing could be read looks like something else.
    fn other(self, text: &str) -> Option<Unreadable> {
        other_than(Shape::Alert(self), text, true)
    }

    fn alerts(self, body: &Value) -> Result<Vec<Alert>, Unreadable> {
        if !body.is_object() {
            return Err(Unreadable::NoList { field: self.root() });
        }
        let body = Loose(body);
        let found = match self {
            Self::Alertmanager => prometheus::group(body, self.as_str()),
            Self::Grafana => prometheus::grafana(body, self.as_str()),
            Self::Pagerduty => pagerduty::event(body),
            Self::Opsgenie => opsgenie::action(body),
            Self::Statuspage => statuspage::notice(body),
            Self::Datadog => datadog::event(body),
        };
        let mut alerts = found.ok_or_else(|| self.lacks(body))?;
        alerts.iter_mut().for_each(fit);
        Ok(alerts)
    }

    /// What a body lacks of which no alert could be made.
    fn lacks(self, body: Loose<'_>) -> Unreadable {
        match self {
            Self::Opsgenie if body.object("alert").is_some() => {
                Unreadable::Nameless { fields: "alias, alertId, tinyId" }
            }
            Self::Pagerduty if body.object("event").is_some() => {
                Unreadable::Nameless { fields: "id, incident_key, number" }
            }
            Self::Statuspage if body.object("incident").is_some() || body.object("component").is_some() => {
                Unreadable::Nameless { fields: "name" }
            }
            _ => Unreadable::NoList { field: self.root() },
        }
    }

    /// What every body of the format has.
    const fn root(self) -> &'static str {
        match self {
            Self::Alertmanager | Self::Grafana => "alerts",
            Self::Pagerduty => "event",
            Self::Opsgenie => "alert",
            Self::Statuspage => "incident",
            Self::Datadog => "title",
        }
    }
}

/// Whether a text was longer than an alert keeps.
pub fn is_cut(alert: &Alert) -> bool {
    alert.text.as_ref().is_some_and(|text| text.len() > TEXT)
}

/// Brings texts to a length that an entry takes.
fn fit(alert: &mut Alert) {
    for text in [&mut alert.text, &mut alert.link, &mut alert.severity].into_iter().flatten() {
        *text = text.replace('\0', "␀");
    }
    alert.title = alert.title.replace('\0', "␀");
    alert.links.iter_mut().for_each(|link| link.target = link.target.replace('\0', "␀"));
    if let Some(text) = alert.text.as_mut().filter(|text| text.len() > TEXT) {
        let left = text.len() - TEXT;
        text.truncate(text.floor_char_boundary(TEXT));
        text.push_str(&format!("… ({left} bytes more)"));
    }
    let line = |text: &String| text.len() <= crate::incident::limits::LINE;
    alert.link = alert.link.take().filter(line);
    alert.severity = alert.severity.take().filter(line);
    let named = |name: &String| name.len() <= crate::incident::limits::NAME && !name.chars().any(char::is_control);
    alert.services.retain(named);
}

#[cfg(test)]
mod tests;
