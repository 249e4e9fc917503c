//! Who can be reached and how, and whose entry was looked at last when (A7).

use crate::incident::fact::Fact;
use crate::incident::policy::Policy;
use crate::incident::roster::fold;
use crate::incident::time::Timestamp;
use crate::store::{Contact, Found, Reader, StoreError};

/// A contact with what its entry says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactItem {
    /// What the store keeps at hand of it.
    pub contact: Contact,
    /// The entry by which it was added, by its shortest id.
    pub entry: String,
    /// How to reach them; nothing once those words were removed.
    pub reach: Vec<String>,
    /// What else to know.
    pub note: Option<String>,
    /// Whether the words of the entry were removed.
    pub redacted: bool,
}

impl ContactItem {
    /// Whether nobody has checked it for longer than the policy allowed when it was added.
    pub fn is_stale(&self, now: Timestamp) -> bool {
        self.contact.due_at().is_some_and(|due| due < now)
    }
}

/// Which contacts to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactFilter {
    /// Only those of this stakeholder group.
    pub audience: Option<String>,
    /// Only those of this service, by any of its names, or that the policy names for it.
    pub service: Option<String>,
    /// Only those that are to be checked.
    pub stale: bool,
}

/// The contacts that were asked for, by name.
pub fn contacts(
    reader: &Reader<'_>,
    filter: &ContactFilter,
    policy: &Policy,
    now: Timestamp,
) -> Result<Vec<ContactItem>, StoreError> {
    let wanted = |contact: &Contact| {
        filter.audience.as_ref().is_none_or(|audience| contact.audience.as_ref() == Some(audience))
            && filter.service.as_ref().is_none_or(|service| belongs_to(contact, service, policy))
            && (!filter.stale || contact.due_at().is_some_and(|due| due < now))
    };
    reader.contacts()?.into_iter().filter(wanted).map(|contact| item(reader, contact)).collect()
}

fn belongs_to(contact: &Contact, typed: &str, policy: &Policy) -> bool {
    match policy.service(typed) {
        Some(service) => {
            let named = || service.all_contacts().iter().any(|name| fold(name) == fold(&contact.name));
            contact.services.iter().any(|own| service.goes_by(own)) || named()
        }
        None => contact.services.iter().any(|own| fold(own) == fold(typed)),
    }
}

fn item(reader: &Reader<'_>, contact: Contact) -> Result<ContactItem, StoreError> {
    let found = reader.find_entry(&contact.entry)?;
    let (entry, redacted, added) = match found {
        Found::One(entry) => match entry.fact {
            Fact::ContactAdded(added) => (entry.short, entry.redacted, Some(added)),
            _ => (entry.short, entry.redacted, None),
        },
        Found::None | Found::Many(_) => (contact.entry.clone(), false, None),
    };
    let (reach, note) = added.map(|added| (added.reach, added.note)).unwrap_or_default();
    Ok(ContactItem { contact, entry, reach, note, redacted })
}
