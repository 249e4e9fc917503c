//! What people outside may know of an incident: which names are internal, and what was said in public (E8).

use crate::incident::fact::Fact;
use crate::incident::localized::Localized;
use crate::incident::policy::Policy;
use crate::incident::state::Incident;
use crate::store::Entry;
use std::collections::BTreeMap;

/// Names that do not go outside, and what stands for them there.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outside {
    /// People, by name, with the title of a role that they held.
    pub people: BTreeMap<String, Option<Localized>>,
    /// Customers by name: one is not told about another.
    pub customers: Vec<String>,
    /// Services by their slugs, with the names that people outside know.
    pub services: BTreeMap<String, Localized>,
    /// What may always be named, and is never taken for a name: services, regions, the titles of roles.
    pub known: Vec<String>,
    /// The audiences outside.
    pub audiences: Vec<String>,
}

impl Outside {
    /// Gathers the names from the incident, all its entries, and the policy.
    pub fn gather(incident: &Incident, entries: &[Entry], policy: &Policy) -> Self {
        let mut outside = Self::default();
        outside.name(&incident.declared_by);
        for entry in entries {
            outside.name(&entry.header.actor);
            outside.of_fact(&entry.fact, incident);
        }
        for action in &incident.lessons.actions {
            action.owner.iter().for_each(|owner| outside.name(owner));
        }
        for role in &incident.roles {
            for holder in &role.holders {
                outside.people.insert(holder.name.clone(), Some(role.spec.title.clone()));
            }
        }
        for service in &policy.service {
            service.owner.iter().chain(&service.contacts).for_each(|name| outside.name(name));
            for layer in &service.layer {
                layer.owner.iter().chain(&layer.contacts).for_each(|name| outside.name(name));
            }
            outside.services.insert(service.id.clone(), service.title.clone());
            outside.knows([&service.id, &service.title.en, &service.title.ja]);
        }
        outside.knows(&incident.services);
        for role in policy.role.iter().chain(incident.roles.iter().map(|role| &role.spec)) {
            outside.knows([&role.title.en, &role.title.ja]);
        }
        for tier in policy.ladder.iter().flat_map(|ladder| &ladder.tier) {
            tier.call.iter().for_each(|name| outside.name(name));
        }
        let roles: Vec<&String> = policy.role.iter().map(|role| &role.id).collect();
        outside.people.retain(|name, _| !roles.contains(&name));
        outside.audiences =
            policy.audience.iter().filter(|one| one.external).map(|audience| audience.id.clone()).collect();
        outside
    }

    fn of_fact(&mut self, fact: &Fact, incident: &Incident) {
        match fact {
            Fact::RoleAssigned(assigned) => {
                let title = incident.role(&assigned.role).map(|role| role.spec.title.clone());
                let known = self.people.entry(assigned.holder.clone()).or_default();
                *known = known.take().or(title);
            }
            Fact::PeopleCalled(called) => self.name(&called.who),
            Fact::IncidentDeclared(declared) => self.knows(&declared.services),
            Fact::ImpactMeasured(measured) => self.knows(measured.services.iter().chain(&measured.regions)),
            Fact::FollowUpAdded(added) => self.customers.push(added.who.clone()),
            Fact::PeopleBriefed(briefed) => briefed.names.iter().for_each(|name| self.name(name)),
            Fact::EvidenceAdded(added) => added.witness.iter().for_each(|name| self.name(name)),
            _ => {}
        }
    }

    fn knows<'a>(&mut self, terms: impl IntoIterator<Item = &'a String>) {
        self.known.extend(terms.into_iter().cloned());
    }

    fn name(&mut self, name: &str) {
        if !name.trim().is_empty() {
            self.people.entry(name.to_owned()).or_default();
        }
    }
}
