//! Who can be reached, and whether that is still so (A7, B2): the rules of what is recorded about contacts.

use super::fact::{ContactAdded, ContactRemoved, ContactVerified};
use super::limits;
use super::policy::Policy;
use super::rejection::{Field, PromiseRejection, Rejection};
use super::roster::fold;
use super::when::parse_span;
use serde::Serialize;

/// Somebody to be added.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NewContact {
    /// The name by which they are called.
    pub name: String,
    /// Their stakeholder group, as typed.
    pub audience: Option<String>,
    /// The services that they belong to, as typed.
    pub services: Vec<String>,
    /// How to reach them.
    pub reach: Vec<String>,
    /// What else to know.
    pub note: Option<String>,
    /// Whether they take the place of a contact with the same name.
    pub force: bool,
}

/// What is recorded of a new contact; `known` are the names of those there are.
///
/// Names that differ only in case, hyphens and spaces are the same one; services that the policy doesn't know are taken as typed.
///
/// # Errors
///
/// A name that is there, an audience that the policy doesn't have, an empty or overlong text.
pub fn added(new: &NewContact, policy: &Policy, known: &[String]) -> Result<ContactAdded, Rejection> {
    let typed = limits::name(Field::Contact, &new.name)?;
    let contact = match (same(&typed, known), new.force) {
        (Some(there), false) => return Err(PromiseRejection::ContactThere { contact: there.to_owned() }.into()),
        // The one before goes by its own spelling.
        (Some(there), true) => there.to_owned(),
        (None, _) => typed,
    };
    let audience = new.audience.as_deref().map(|typed| audience(typed, policy)).transpose()?;
    let mut services: Vec<String> = Vec::new();
    for typed in limits::names(Field::Service, &new.services)? {
        let service = policy.service(&typed).map_or(typed, |service| service.id.clone());
        if !services.contains(&service) {
            services.push(service);
        }
    }
    if new.reach.len() > limits::NAMES {
        return Err(Rejection::TooMany { field: Field::Contact, given: new.reach.len(), most: limits::NAMES });
    }
    let reach = new.reach.iter().map(|address| limits::line(Field::Contact, address)).collect::<Result<_, _>>()?;
    let note = new.note.as_deref().map(|note| limits::text(Field::Contact, note)).transpose()?;
    let check_every = policy.limits.contact.as_deref().and_then(|span| parse_span(span).ok());
    Ok(ContactAdded { contact, audience, services, check_every, reach, note })
}

/// What is recorded of contacts that were found to be current.
///
/// # Errors
///
/// A name that no contact has.
pub fn verified(names: &[String], known: &[String]) -> Result<Vec<ContactVerified>, Rejection> {
    let mut facts: Vec<ContactVerified> = Vec::new();
    for typed in limits::names(Field::Contact, names)? {
        let contact = named(&typed, known)?;
        if !facts.iter().any(|fact| fact.contact == contact) {
            facts.push(ContactVerified { contact });
        }
    }
    Ok(facts)
}

/// What is recorded of a contact that no longer is one.
///
/// # Errors
///
/// A name that no contact has, an empty or overlong reason.
pub fn removed(name: &str, reason: Option<&str>, known: &[String]) -> Result<ContactRemoved, Rejection> {
    let contact = named(&limits::name(Field::Contact, name)?, known)?;
    let reason = reason.map(|reason| limits::text(Field::Reason, reason)).transpose()?;
    Ok(ContactRemoved { contact, reason })
}

/// The id of the stakeholder group that people mean.
///
/// # Errors
///
/// A name that no group of the policy has.
pub fn audience(typed: &str, policy: &Policy) -> Result<String, Rejection> {
    let unknown = || PromiseRejection::UnknownAudience {
        typed: typed.to_owned(),
        known: policy.audience.iter().map(|audience| audience.id.clone()).collect(),
    };
    Ok(policy.audience(typed).map(|audience| audience.id.clone()).ok_or_else(unknown)?)
}

/// The known name that is the same but for case, hyphens and spaces.
pub fn same<'k>(typed: &str, known: &'k [String]) -> Option<&'k str> {
    let wanted = fold(typed);
    known.iter().map(String::as_str).find(|name| fold(name) == wanted)
}

fn named(typed: &str, known: &[String]) -> Result<String, Rejection> {
    let unknown = || PromiseRejection::UnknownContact {
        typed: typed.to_owned(),
        known: known.iter().take(OFFERED).cloned().collect(),
    };
    Ok(same(typed, known).map(str::to_owned).ok_or_else(unknown)?)
}

/// How many names are offered where one was not found.
const OFFERED: usize = 20;

#[cfg(test)]
mod tests {
    use super::{NewContact, added, removed, verified};
    use crate::incident::policy::Policy;
    use crate::incident::rejection::{PromiseRejection, Rejection};
    use crate::incident::time::Span;
    use std::sync::LazyLock;

    static POLICY: LazyLock<Policy> = LazyLock::new(|| {
        let mut policy: Policy = toml::from_str(include_str!("../../playbooks/policy.toml")).expect("the policy");
        let service = "id = \"api\"\ntitle = { en = \"Public API\", ja = \"公開API\" }\nalso = [\"gateway\"]";
        policy.service.push(toml::from_str(service).expect("a service"));
        policy
    });

    fn new(name: &str) -> NewContact {
        NewContact { name: name.to_owned(), ..NewContact::default() }
    }

    fn known() -> Vec<String> {
        vec!["Acme NOC".to_owned(), "佐藤".to_owned()]
    }

    fn promise(rejection: Rejection) -> PromiseRejection {
        match rejection {
            Rejection::Promise(promise) => *promise,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_contact_is_kept_as_the_policy_names_things_and_checked_as_often_as_it_says() {
        let asked = NewContact {
            audience: Some("Customers".to_owned()),
            services: vec!["Gateway".to_owned(), "公開API".to_owned(), "billing".to_owned()],
            reach: vec![" noc@acme.example ".to_owned()],
            ..new(" Umbrella ")
        };
        let fact = added(&asked, &POLICY, &known()).expect("accepted");
        assert_eq!((fact.contact.as_str(), fact.audience.as_deref()), ("Umbrella", Some("customers")));
        assert_eq!(
            (fact.services, fact.reach),
            (vec!["api".into(), "billing".into()], vec!["noc@acme.example".into()])
        );
        assert_eq!(fact.check_every, Some(Span::from_millis(180 * 24 * 3_600_000)));
    }

    #[test]
    fn a_name_twice_is_refused_unless_it_is_meant() {
        let twice = added(&new("ACME-noc"), &POLICY, &known()).expect_err("refused");
        assert_eq!(promise(twice), PromiseRejection::ContactThere { contact: "Acme NOC".to_owned() });
        let forced = added(&NewContact { force: true, ..new("acme noc") }, &POLICY, &known()).expect("accepted");
        assert_eq!(forced.contact, "Acme NOC", "it takes the other one's place");
    }

    #[test]
    fn what_cannot_be_kept_is_refused() {
        for asked in [
            new(""),
            new("a\u{1b}[31m"),
            new(&"x".repeat(201)),
            NewContact { reach: vec![" ".to_owned()], ..new("a") },
            NewContact { reach: vec!["x".to_owned(); 101], ..new("a") },
            NewContact { note: Some("\0".to_owned()), ..new("a") },
        ] {
            assert!(added(&asked, &POLICY, &[]).is_err(), "{asked:?}");
        }
        let asked = NewContact { audience: Some("martians".to_owned()), ..new("a") };
        let PromiseRejection::UnknownAudience { typed, known } =
            promise(added(&asked, &POLICY, &[]).expect_err("refused"))
        else {
            panic!("another refusal")
        };
        assert!(typed == "martians" && known.contains(&"customers".to_owned()), "{known:?}");
    }

    #[test]
    fn only_those_there_are_can_be_verified_or_removed() {
        let names = ["acme noc".to_owned(), "佐藤".to_owned(), "Acme NOC".to_owned()];
        let facts = verified(&names, &known()).expect("accepted");
        assert_eq!(facts.iter().map(|fact| fact.contact.as_str()).collect::<Vec<_>>(), ["Acme NOC", "佐藤"]);
        let PromiseRejection::UnknownContact { typed, known: offered } =
            promise(verified(&["佐籐".to_owned()], &known()).expect_err("refused"))
        else {
            panic!("another refusal")
        };
        assert_eq!((typed.as_str(), offered), ("佐籐", known()));
        assert_eq!(removed("acme noc", Some("left"), &known()).expect("accepted").contact, "Acme NOC");
        assert!(removed("acme noc", Some(" "), &known()).is_err(), "a reason that says nothing");
    }
}
