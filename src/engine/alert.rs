//! Alerts on their way in: to the incident that has them, or to a new one.

use super::EngineError;
use super::record::{Receipt, Session, carry_out, replay};
use super::request::{Request, Subject};
use crate::incident::alert::{Alert, filled};
use crate::incident::command::{Command, Declare, ReceiveAlerts};
use crate::incident::fact::Fact;
use crate::incident::id::SubjectId;
use crate::incident::limits;
use crate::incident::policy::Policy;
use crate::incident::rejection::Field;
use crate::incident::slug::AlertState;
use crate::incident::state::Incident;
use crate::incident::time::Timestamp;
use crate::store::{Reader, Writer};

/// What became of alerts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Received {
    /// What was recorded, the new incident last.
    pub receipts: Vec<Receipt>,
    /// Incidents that had heard it all before.
    pub unchanged: Vec<Incident>,
    /// How many told that they are over, of which no incident knows.
    pub unknown: usize,
}

/// Alerts by where they go.
#[derive(Default)]
struct Sorted {
    known: Vec<(SubjectId, Vec<Alert>)>,
    unchanged: Vec<Incident>,
    new: Vec<Alert>,
    unknown: usize,
}

impl Sorted {
    fn onto(&mut self, id: SubjectId, alert: Alert) {
        match self.known.iter_mut().find(|(known, _)| *known == id) {
            Some((_, alerts)) => alerts.push(alert),
            None => self.known.push((id, vec![alert])),
        }
    }

    /// The incident to which alerts of this group went.
    fn joined(&self) -> Option<SubjectId> {
        let changed = self.known.first().map(|(id, _)| *id);
        changed.or_else(|| self.unchanged.first().map(|incident| incident.id))
    }
}

impl Session<'_> {
    /// Takes a declaration with the alerts of one message in: those that are over go to their incidents, those that
    /// fire to a new one, or with `join` to the unresolved one that has them.
    pub fn receive(&mut self, request: &Request, declare: &Declare, join: bool) -> Result<Received, EngineError> {
        let writer = self.store.begin()?;
        if let Some(key) = &request.key {
            limits::name(Field::Key, key)?;
        }
        if let Some(receipt) = replay(&writer, request)? {
            return Ok(Received { receipts: vec![receipt], ..Received::default() });
        }
        let Sorted { known, unchanged, new, unknown } =
            sort(&writer, declare, join, (&self.engine.library().policy, request.stamp.now))?;
        let mut received = Received { unchanged, unknown, ..Received::default() };
        for (id, alerts) in known {
            let stamp = request.stamp.of_part(received.receipts.len());
            let asked = Request { stamp, ..request.clone() };
            let command = Command::Alert(ReceiveAlerts { alerts });
            let one = Request { subject: Subject::Incident(id), command, ..asked.clone() };
            received.receipts.push(carry_out(self.engine, &writer, &asked, &one)?);
        }
        if !new.is_empty() {
            let stamp = request.stamp.of_part(received.receipts.len());
            let asked = Request { stamp, ..request.clone() };
            let command = Command::Declare(Declare { alerts: new, ..declare.clone() });
            let one = Request { subject: Subject::New, command, ..asked.clone() };
            received.receipts.push(carry_out(self.engine, &writer, &asked, &one)?);
        }
        if !received.receipts.is_empty() {
            let pending = writer.commit()?;
            self.finish(pending);
        }
        Ok(received)
    }
}

fn sort(
    writer: &Writer<'_>,
    declare: &Declare,
    join: bool,
    (policy, now): (&Policy, Timestamp),
) -> Result<Sorted, EngineError> {
    let reader = writer.reader();
    let mut sorted = Sorted::default();
    for alert in &declare.alerts {
        let holder = holder(&reader, alert)?;
        match (alert.state, holder) {
            (AlertState::Resolved, None) => sorted.unknown += 1,
            (AlertState::Firing, Some(incident)) if !join || !incident.status.is_unresolved() => {
                sorted.new.push(alert.clone());
            }
            (AlertState::Firing, None) => sorted.new.push(alert.clone()),
            (_, Some(incident)) if is_known(&reader, &incident, alert)? => {
                if !sorted.unchanged.iter().any(|one| one.id == incident.id) {
                    sorted.unchanged.push(incident);
                }
            }
            (_, Some(incident)) => sorted.onto(incident.id, alert.clone()),
        }
    }
    if join && !sorted.new.is_empty() {
        let beside = match sorted.joined() {
            // Of one group, some are known: it is one trouble.
            Some(id) => reader.incident(id)?.filter(|incident| incident.status.is_unresolved()).map(|one| one.id),
            None => {
                let new = Declare { alerts: sorted.new.clone(), ..declare.clone() };
                alike(&reader, &new, policy, now)?
            }
        };
        if let Some(id) = beside {
            for alert in std::mem::take(&mut sorted.new) {
                sorted.onto(id, alert);
            }
        }
    }
    let changed: Vec<SubjectId> = sorted.known.iter().map(|(id, _)| *id).collect();
    sorted.unchanged.retain(|incident| !changed.contains(&incident.id));
    Ok(sorted)
}

/// The unresolved incident that has an alert; for one that is over, also one that isn't closed yet.
fn holder(reader: &Reader<'_>, alert: &Alert) -> Result<Option<Incident>, EngineError> {
    let mut resolved = None;
    for id in reader.holding(&alert.name())? {
        match reader.incident(id)? {
            Some(incident) if incident.status.is_unresolved() => return Ok(Some(incident)),
            Some(incident) if !incident.status.is_final() => resolved = resolved.or(Some(incident)),
            _ => {}
        }
    }
    Ok(resolved)
}

/// Whether an incident has heard just this.
fn is_known(reader: &Reader<'_>, incident: &Incident, alert: &Alert) -> Result<bool, EngineError> {
    let entries = reader.of_kind(incident.id, "alert.received")?;
    let heard = entries.into_iter().rev().find_map(|entry| match entry.fact {
        Fact::AlertReceived(one) if one.format == alert.format && one.fingerprint == alert.fingerprint => {
            Some((entry.redacted, one))
        }
        _ => None,
    });
    let Some((redacted, heard)) = heard else { return Ok(false) };
    let facts = heard.state == alert.state && heard.starts_at == alert.starts_at && heard.severity == alert.severity;
    let words =
        || heard.title == limits::headline(&alert.title).0 && said(heard.text.as_ref()) == said(alert.text.as_ref());
    // Words that were redacted stay so.
    Ok(facts && (redacted || words()))
}

/// What a text says, whether it was tidied on its way or not.
fn said(text: Option<&String>) -> &str {
    text.map_or("", |text| text.trim())
}

/// An unresolved incident that a declaration would be refused for: the alert has another fingerprint by now.
fn alike(
    reader: &Reader<'_>,
    declare: &Declare,
    policy: &Policy,
    now: Timestamp,
) -> Result<Option<SubjectId>, EngineError> {
    let filled = filled(declare, policy, now);
    Ok(reader.alike(filled.title.trim(), &filled.services, filled.drill)?.map(|row| row.id))
}
