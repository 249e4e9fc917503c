//! What a shell completes from the store: incident numbers, roles, steps, playbooks.

use crate::engine::Engine;
use crate::env;
use crate::incident::state::Incident;
use crate::store::{Listing, Store};
use crate::text::one_line;
use clap_complete::env::{CompleteEnv, Shells};
use clap_complete::{ArgValueCandidates, CompletionCandidate};
use std::path::Path;

/// How many incidents are offered.
const OFFERED: usize = 30;

/// Answers a shell that asks for completions; does nothing otherwise.
pub fn answer() {
    // Looking first spares every other command the building of the whole command line. A value that names no shell was
    // set for another program, and must not keep anybody from recording.
    let shell = env::var("COMPLETE").and_then(|value| Path::new(&value).file_stem()?.to_str().map(str::to_owned));
    if shell.is_some_and(|name| Shells::builtins().completer(&name).is_some()) {
        CompleteEnv::with_factory(super::command).complete();
    }
}

fn engine() -> Option<Engine> {
    let path = env::store_path(env::var("HIKESHI_DB").map(Into::into)).ok()?;
    Some(Engine::new(path, env::config_path(env::var("HIKESHI_CONFIG").map(Into::into)).ok()?, None))
}

fn store() -> Option<Store> {
    engine()?.read().ok()
}

/// The incident that a completion is about: the one that the shell is set to, or the only one that is open.
fn incident() -> Option<Incident> {
    let store = store()?;
    let reader = store.reader();
    let id = match env::var("HIKESHI_INCIDENT") {
        Some(typed) => crate::engine::named_incident(&reader, &typed).ok()?,
        None => crate::engine::only_incident(&reader, true).ok()?,
    };
    reader.incident(id).ok().flatten()
}

/// Numbers of incidents, unresolved ones first; restricted ones are left out, title and all.
pub fn incidents() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let listing = Listing { all: true, limit: Some(OFFERED), ..Listing::default() };
        let rows = store().and_then(|store| store.reader().list(&listing).ok()).unwrap_or_default();
        let candidate = |row: crate::store::Row| {
            let help = format!("{} {} {}", row.severity, row.status, one_line(&row.title));
            CompletionCandidate::new(row.number.to_string()).help(Some(help.into()))
        };
        rows.into_iter().map(candidate).collect()
    })
}

/// Scenarios that can be played.
pub fn scenarios() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let Some(engine) = engine() else { return Vec::new() };
        let config = env::config_path(env::var("HIKESHI_CONFIG").map(Into::into)).ok().flatten();
        let (found, _) = crate::policy::scenarios(config.as_deref(), engine.library());
        let lang = env::lang(None, None);
        let candidate = |one: crate::policy::Playable| {
            let help = one_line(one.scenario.title.get(lang)).into_owned();
            CompletionCandidate::new(one.scenario.id).help(Some(help.into()))
        };
        found.into_iter().map(candidate).collect()
    })
}

/// Open steps of the incident.
pub fn steps() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let Some(incident) = incident() else { return Vec::new() };
        let open = incident.steps().filter(|place| place.state.is_open());
        let lang = env::lang(None, None);
        open.map(|place| {
            let help = one_line(place.state.step.text.get(lang)).into_owned();
            CompletionCandidate::new(&place.state.step.id).help(Some(help.into()))
        })
        .collect()
    })
}

/// Roles of the policy, and those of the incident.
pub fn roles() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let lang = env::lang(None, None);
        let mut specs =
            incident().map_or_else(Vec::new, |incident| incident.roles.into_iter().map(|role| role.spec).collect());
        if let Some(library) = engine().map(|engine| engine.library().clone()) {
            for role in library.policy.role {
                if !specs.iter().any(|spec: &crate::incident::playbook::RoleSpec| spec.id == role.id) {
                    specs.push(role);
                }
            }
        }
        let candidate = |spec: &crate::incident::playbook::RoleSpec| {
            CompletionCandidate::new(&spec.id).help(Some(one_line(spec.title.get(lang)).into_owned().into()))
        };
        specs.iter().map(candidate).collect()
    })
}

/// Ids of playbooks.
pub fn playbooks() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let lang = env::lang(None, None);
        let library = engine().map(|engine| engine.library().clone());
        let playbooks = library.map(|library| library.playbooks).unwrap_or_default();
        let candidate = |playbook: &crate::incident::playbook::Playbook| {
            CompletionCandidate::new(&playbook.id).help(Some(one_line(playbook.title.get(lang)).into_owned().into()))
        };
        playbooks.iter().map(candidate).collect()
    })
}

/// Categories of the policy.
pub fn categories() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let lang = env::lang(None, None);
        let library = engine().map(|engine| engine.library().clone());
        let categories = library.map(|library| library.policy.category).unwrap_or_default();
        let candidate = |category: &crate::incident::policy::Category| {
            CompletionCandidate::new(&category.id).help(Some(one_line(category.title.get(lang)).into_owned().into()))
        };
        categories.iter().map(candidate).collect()
    })
}

/// Names of contacts.
pub fn contacts() -> ArgValueCandidates {
    ArgValueCandidates::new(known_contacts)
}

/// Whom an escalation can call: ladders of the policy, and contacts.
pub fn callable() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let lang = env::lang(None, None);
        let library = engine().map(|engine| engine.library().clone());
        let ladders = library.map(|library| library.policy.ladder).unwrap_or_default();
        let candidate = |ladder: &crate::incident::service::Ladder| {
            let title = ladder.title.as_ref().map(|title| one_line(title.get(lang)).into_owned());
            CompletionCandidate::new(&ladder.id).help(title.map(Into::into))
        };
        ladders.iter().map(candidate).chain(known_contacts()).collect()
    })
}

fn known_contacts() -> Vec<CompletionCandidate> {
    let contacts = store().and_then(|store| store.reader().contacts().ok()).unwrap_or_default();
    // A name that acts on a terminal is none to complete.
    let plain = contacts.into_iter().filter(|contact| one_line(&contact.name) == contact.name);
    plain
        .map(|contact| {
            let help = contact.audience.map(|audience| one_line(&audience).into_owned());
            CompletionCandidate::new(contact.name).help(help.map(Into::into))
        })
        .collect()
}

/// Services of the policy.
pub fn services() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let lang = env::lang(None, None);
        let library = engine().map(|engine| engine.library().clone());
        let services = library.map(|library| library.policy.service).unwrap_or_default();
        let candidate = |service: &crate::incident::service::Service| {
            CompletionCandidate::new(&service.id).help(Some(one_line(service.title.get(lang)).into_owned().into()))
        };
        services.iter().map(candidate).collect()
    })
}

/// Audiences of the policy.
pub fn audiences() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let lang = env::lang(None, None);
        let library = engine().map(|engine| engine.library().clone());
        let audiences = library.map(|library| library.policy.audience).unwrap_or_default();
        let candidate = |audience: &crate::incident::communication::Audience| {
            CompletionCandidate::new(&audience.id).help(Some(one_line(audience.title.get(lang)).into_owned().into()))
        };
        audiences.iter().map(candidate).collect()
    })
}

/// Duties of the regimes that are turned on.
pub fn duties() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let lang = env::lang(None, None);
        let library = engine().map(|engine| engine.library().clone());
        let candidate = |duty: &crate::incident::duty::Duty| {
            CompletionCandidate::new(&duty.id).help(Some(one_line(duty.title.get(lang)).into_owned().into()))
        };
        library.map(|library| library.policy.duties().into_iter().map(candidate).collect()).unwrap_or_default()
    })
}
