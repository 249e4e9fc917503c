//! Documents about services, those who answer for them, and whom to reach.

use crate::incident::localized::Localized;
use crate::incident::service::{Ladder, Layer};
use crate::incident::severity::Severity;
use crate::incident::slug::Importance;
use crate::incident::status::Status;
use crate::incident::time::Timestamp;
use crate::view::{ContactItem, Named, Row, ServiceItem};
use schemars::JsonSchema;
use serde::Serialize;

/// Somebody who can be reached.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ContactDoc {
    /// The name by which they are called.
    pub name: String,
    /// The stakeholder group.
    pub audience: Option<String>,
    /// The services.
    pub services: Vec<String>,
    /// How to reach them; empty where the words were redacted.
    pub reach: Vec<String>,
    /// What else to know.
    pub note: Option<String>,
    /// When it was last found to be current.
    pub verified_at: String,
    /// When it is to be checked again.
    pub check_by: Option<String>,
    /// Whether that time is over.
    pub stale: bool,
    /// The entry by which it was added.
    pub entry: String,
    /// Whether the words of that entry were removed.
    pub redacted: bool,
}

/// `contact list --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ContactsDoc {
    /// The document's version.
    pub schema: u32,
    /// The contacts.
    pub contacts: Vec<ContactDoc>,
}

/// A service of the policy.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ServiceDoc {
    /// Its slug.
    pub id: String,
    /// Its name.
    pub title: Localized,
    /// Other names.
    pub also: Vec<String>,
    /// How much depends on it.
    pub importance: Option<Importance>,
    /// The team that owns it.
    pub owner: Option<String>,
    /// The ladder by which its people are called.
    pub ladder: Option<String>,
    /// Whether that is the one for what has none of its own.
    pub default_ladder: bool,
    /// Unresolved incidents that hit it.
    pub incidents: Vec<HitDoc>,
}

/// An incident that hits a service.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HitDoc {
    /// Its number.
    #[serde(rename = "ref")]
    pub reference: u32,
    /// What is wrong.
    pub title: String,
    /// Where it stands.
    pub status: Status,
    /// How bad it is.
    pub severity: Severity,
}

/// `service list --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ServicesDoc {
    /// The document's version.
    pub schema: u32,
    /// The services.
    pub services: Vec<ServiceDoc>,
}

/// `service show --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ServiceShowDoc {
    /// The document's version.
    pub schema: u32,
    /// The service.
    pub service: ServiceDoc,
    /// The responsibility matrix: who answers for each layer.
    pub layers: Vec<Layer>,
    /// Whom to call, and whom next.
    pub ladder: Option<Ladder>,
    /// Whom to reach.
    pub contacts: Vec<NamedDoc>,
}

/// A contact as the policy names it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct NamedDoc {
    /// The name.
    pub name: String,
    /// The contact; `null` where nobody added one.
    pub contact: Option<ContactDoc>,
}

impl ContactDoc {
    /// A contact, as it is now.
    pub fn new(item: &ContactItem, now: Timestamp) -> Self {
        let contact = &item.contact;
        Self {
            name: contact.name.clone(),
            audience: contact.audience.clone(),
            services: contact.services.clone(),
            reach: item.reach.clone(),
            note: item.note.clone(),
            verified_at: contact.verified_at.to_string(),
            check_by: contact.due_at().map(|due| due.to_string()),
            stale: item.is_stale(now),
            entry: item.entry.clone(),
            redacted: item.redacted,
        }
    }
}

impl ServiceDoc {
    /// A service, as it stands.
    pub fn new(item: &ServiceItem) -> Self {
        let service = &item.service;
        let hit = |row: &Row| HitDoc {
            reference: row.number,
            title: row.title.clone(),
            status: row.status,
            severity: row.severity,
        };
        Self {
            id: service.id.clone(),
            title: service.title.clone(),
            also: service.also.clone(),
            importance: service.importance,
            owner: service.owner.clone(),
            ladder: item.ladder.as_ref().map(|ladder| ladder.id.clone()),
            default_ladder: item.default_ladder,
            incidents: item.incidents.iter().map(hit).collect(),
        }
    }
}

impl ServiceShowDoc {
    /// A service with who answers for it.
    pub fn new(item: &ServiceItem, now: Timestamp) -> Self {
        let named = |named: &Named| NamedDoc {
            name: named.name.clone(),
            contact: named.contact.as_ref().map(|contact| ContactDoc::new(contact, now)),
        };
        Self {
            schema: super::SCHEMA,
            service: ServiceDoc::new(item),
            layers: item.service.layer.clone(),
            ladder: item.ladder.clone(),
            contacts: item.contacts.iter().map(named).collect(),
        }
    }
}
