//! Alerts: an incident that begins with them, and what else they say of it (D1).

use super::Draft;
use crate::incident::alert::Alert;
use crate::incident::command::{LinkKind, ReceiveAlerts};
use crate::incident::fact::{AlertReceived, LinkAdded};
use crate::incident::limits;
use crate::incident::rejection::{Field, Rejection};

/// How many alerts one command may bring.
const MOST: usize = 1000;

/// How many links alerts may bring an incident to.
const LINKS: usize = 20;

/// Records alerts, and links to them where the incident has none yet, and what they link to besides.
pub(super) fn record(draft: &mut Draft<'_>, alerts: &[Alert]) -> Result<(), Rejection> {
    if alerts.len() > MOST {
        return Err(Rejection::TooMany { field: Field::Title, given: alerts.len(), most: MOST });
    }
    for alert in alerts {
        let text = alert.text.as_deref().filter(|text| !text.trim().is_empty());
        let link = alert.link.as_deref().filter(|link| !link.trim().is_empty());
        let link = link.map(|link| limits::line(Field::Link, link)).transpose()?;
        draft.push(AlertReceived {
            format: alert.format.clone(),
            fingerprint: alert.fingerprint.clone(),
            state: alert.state,
            severity: alert.severity.clone(),
            starts_at: alert.starts_at,
            ends_at: alert.ends_at,
            title: limits::headline(&alert.title).0,
            text: text.map(|text| limits::text(Field::Note, text)).transpose()?,
            link: link.clone(),
        });
        if let Some(target) = link.filter(|_| draft.incident.links.is_empty()) {
            draft.push(LinkAdded { kind: LinkKind::Dashboard, target });
        }
        for link in &alert.links {
            let target = limits::line(Field::Link, &link.target)?;
            let known = &draft.incident.links;
            if known.len() < LINKS && known.iter().all(|one| one.target != target) {
                draft.push(LinkAdded { kind: link.kind, target });
            }
        }
    }
    Ok(())
}

/// Notes alerts on an incident that there is; whether they hold or not, it stands where it stood.
pub(super) fn receive(draft: &mut Draft<'_>, receive: &ReceiveAlerts) -> Result<(), Rejection> {
    record(draft, &receive.alerts)
}
