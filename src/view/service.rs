//! The services of the policy with who answers for them, whom to reach, and what is wrong with them now (E1).

use super::contact::{ContactFilter, ContactItem, contacts};
use crate::incident::policy::Policy;
use crate::incident::roster::fold;
use crate::incident::service::{Ladder, Service};
use crate::incident::time::Timestamp;
use crate::store::{Listing, Reader, Row, StoreError};

/// A service as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceItem {
    /// What the policy says of it.
    pub service: Service,
    /// The ladder by which its people are called.
    pub ladder: Option<Ladder>,
    /// Whether that is the one for what has none of its own.
    pub default_ladder: bool,
    /// Unresolved incidents that hit it; exercises and restricted ones apart.
    pub incidents: Vec<Row>,
    /// Whom to reach: those that the policy names for it, then those that were added for it.
    pub contacts: Vec<Named>,
}

/// A contact as the policy names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: String,
    /// The contact; none where nobody added one.
    pub contact: Option<ContactItem>,
}

impl ServiceItem {
    /// What is known of a contact that the policy names.
    pub fn named(&self, name: &str) -> Option<&Named> {
        self.contacts.iter().find(|known| fold(&known.name) == fold(name))
    }
}

/// Every service of the policy, in its order.
pub fn services(reader: &Reader<'_>, policy: &Policy, now: Timestamp) -> Result<Vec<ServiceItem>, StoreError> {
    let open = open(reader)?;
    policy.service.iter().map(|service| item(reader, policy, service, &open, now)).collect()
}

/// One service.
pub fn service(
    reader: &Reader<'_>,
    policy: &Policy,
    service: &Service,
    now: Timestamp,
) -> Result<ServiceItem, StoreError> {
    item(reader, policy, service, &open(reader)?, now)
}

fn open(reader: &Reader<'_>) -> Result<Vec<Row>, StoreError> {
    let mut rows = reader.list(&Listing::default())?;
    rows.retain(|row| !row.drill);
    Ok(rows)
}

fn item(
    reader: &Reader<'_>,
    policy: &Policy,
    service: &Service,
    open: &[Row],
    now: Timestamp,
) -> Result<ServiceItem, StoreError> {
    let own = service.ladder.as_deref();
    let ladder = own.or(policy.default_ladder.as_deref());
    let ladder = ladder.and_then(|id| policy.ladder.iter().find(|ladder| ladder.id == id)).cloned();
    let hit = |row: &&Row| row.services.iter().any(|name| service.goes_by(name));
    let filter = ContactFilter { service: Some(service.id.clone()), ..ContactFilter::default() };
    let mut known = contacts(reader, &filter, policy, now)?;
    let mut named: Vec<Named> = Vec::new();
    for name in service.all_contacts() {
        let place = known.iter().position(|item| fold(&item.contact.name) == fold(name));
        named.push(Named { name: name.to_owned(), contact: place.map(|place| known.remove(place)) });
    }
    named.extend(known.into_iter().map(|item| Named { name: item.contact.name.clone(), contact: Some(item) }));
    Ok(ServiceItem {
        service: service.clone(),
        default_ladder: own.is_none() && ladder.is_some(),
        ladder,
        incidents: open.iter().filter(hit).cloned().collect(),
        contacts: named,
    })
}
