//! Given / when / then for the rules: a little history in memory, and what a command makes of it.

use super::{Decision, decide};
use crate::incident::command::{Close, Command, Declare, Resolve};
use crate::incident::context::{Context, LastBatch, NamedEntry, OtherIncident};
use crate::incident::fact::Fact;
use crate::incident::id::{BatchId, EventId, SpaceId, uuid_v7};
use crate::incident::playbook::Playbook;
use crate::incident::policy::Policy;
use crate::incident::rejection::Rejection;
use crate::incident::severity::Severity;
use crate::incident::state::{Incident, Meta, fold};
use crate::incident::time::Timestamp;
use crate::incident::when::When;
use std::sync::LazyLock;
use uuid::Uuid;

static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let both = concat!(include_str!("../../../playbooks/policy.toml"), include_str!("../../../playbooks/legal.toml"));
    toml::from_str(both).expect("the policy")
});

static PLAYBOOKS: LazyLock<Vec<Playbook>> = LazyLock::new(|| {
    [
        include_str!("../../../playbooks/default.toml"),
        include_str!("../../../playbooks/service-outage.toml"),
        include_str!("../../../playbooks/single-customer-escalation.toml"),
        include_str!("../../../playbooks/unified-command.toml"),
    ]
    .map(|text| toml::from_str(text).expect("a playbook"))
    .into()
});

/// A declaration with nothing but a title.
pub fn declare(title: &str) -> Declare {
    Declare { title: title.to_owned(), ..Declare::default() }
}

/// What has happened so far, and what the next command will find looked up.
#[derive(Debug, Clone)]
pub struct Scene {
    batches: Vec<Vec<(Meta, Fact)>>,
    at: Option<Timestamp>,
    now: Timestamp,
    lookalike: Option<OtherIncident>,
    other: Option<OtherIncident>,
    entry: Option<NamedEntry>,
    followed: Vec<NamedEntry>,
    evidence: Vec<NamedEntry>,
    last: Option<LastBatch>,
    policy: &'static Policy,
    policy_left_out: bool,
}

/// What a command led to.
#[derive(Debug, Clone)]
pub struct Outcome(Option<Incident>, Result<Decision, Rejection>);

impl Scene {
    /// When everything happens.
    pub const NOW: Timestamp = Timestamp::from_millis(1_795_000_000_000);

    /// Nothing has happened.
    pub fn new() -> Self {
        Self {
            batches: Vec::new(),
            at: None,
            now: Self::NOW,
            lookalike: None,
            other: None,
            entry: None,
            followed: Vec::new(),
            evidence: Vec::new(),
            last: None,
            policy: &POLICY,
            policy_left_out: false,
        }
    }

    /// A sev2 service outage was declared by aki.
    pub fn declared() -> Self {
        Self::declared_as(Severity::Sev2)
    }

    /// A service outage of this severity was declared by aki.
    pub fn declared_as(severity: Severity) -> Self {
        let category = Some("outage".to_owned());
        Self::new().given(Command::Declare(Declare { severity: Some(severity), category, ..declare("API down") }))
    }

    /// And it was resolved.
    pub fn resolved(self) -> Self {
        self.given(Command::Resolve(Resolve { summary: Some("restored".to_owned()), cause: None }))
    }

    /// And it was closed by force.
    pub fn closed(self) -> Self {
        self.given(Command::Close(Close { force: true, reason: Some("r".to_owned()) }))
    }

    pub fn given(mut self, command: Command) -> Self {
        let decision = self.clone().when(command).1.expect("what is given happened");
        let batch = self.context().batch;
        let meta = |index| Meta { id: batch.event(index), at: self.at.unwrap_or(self.now), actor: "aki".to_owned() };
        let facts = decision.facts.into_iter().enumerate().map(|(index, fact)| (meta(index), fact)).collect();
        self.batches.push(facts);
        self
    }

    pub fn when(self, command: Command) -> Outcome {
        let incident = (!self.batches.is_empty()).then(|| self.clone().incident());
        let decided = decide(incident.as_ref(), &command, &self.context());
        Outcome(incident, decided)
    }

    /// The command happened at this time, which somebody typed.
    pub fn at(self, at: Timestamp) -> Self {
        Self { at: Some(at), ..self }
    }

    /// It is this late by now.
    pub fn by(self, now: Timestamp) -> Self {
        Self { now, ..self }
    }

    /// The organisation turned these legal regimes on.
    pub fn under(self, regimes: &[&str]) -> Self {
        let legal = regimes.iter().map(|regime| (*regime).to_owned()).collect();
        // One of each for a test is little enough to keep.
        Self { policy: Box::leak(Box::new(Policy { legal, ..self.policy.clone() })), ..self }
    }

    /// The organisation's policy has an error, and the compiled-in one stands in for it.
    pub fn policy_left_out(self) -> Self {
        Self { policy: &POLICY, policy_left_out: true, ..self }
    }

    /// The organisation has this policy.
    pub fn with_policy(self, change: impl FnOnce(&mut Policy)) -> Self {
        let mut policy = self.policy.clone();
        change(&mut policy);
        // One of each for a test is little enough to keep.
        Self { policy: Box::leak(Box::new(policy)), ..self }
    }

    pub fn lookalike(self, other: OtherIncident) -> Self {
        Self { lookalike: Some(other), ..self }
    }

    pub fn other(self, other: OtherIncident) -> Self {
        Self { other: Some(other), ..self }
    }

    pub fn entry(self, entry: NamedEntry) -> Self {
        Self { entry: Some(entry), ..self }
    }

    /// The actor's last command is the last one there is.
    pub fn take_back_last(self) -> Self {
        let last = self.batches.len() - 1;
        self.take_back(last)
    }

    /// The command names the last fact of this kind.
    pub fn naming(mut self, kind: &str) -> Self {
        let subject = self.clone().incident().id;
        let all = self.batches.concat();
        let (meta, fact) = all.into_iter().rfind(|(_, fact)| fact.kind() == kind).expect("such a fact");
        self.entry = Some(NamedEntry { id: meta.id, subject, fact });
        self
    }

    /// The entry that the command names was a deed, which the rest of its command followed from.
    pub fn with_what_followed(mut self) -> Self {
        let named = self.entry.clone().expect("an entry");
        let batch = self.batches.iter().find(|batch| batch.iter().any(|(meta, _)| meta.id == named.id));
        let others = batch.expect("its command").iter().filter(|(meta, _)| meta.id != named.id);
        let entry =
            |(meta, fact): &(Meta, Fact)| NamedEntry { id: meta.id, subject: named.subject, fact: fact.clone() };
        self.followed = others.map(entry).collect();
        self
    }

    /// The command names these entries as evidence.
    pub fn showing(self, evidence: &[NamedEntry]) -> Self {
        Self { evidence: evidence.to_vec(), ..self }
    }

    /// The last fact of this kind, as an entry.
    pub fn last_of(&self, kind: &str) -> NamedEntry {
        self.clone().naming(kind).entry.expect("such a fact")
    }

    /// The actor's last command is the one at this place.
    pub fn take_back(mut self, place: usize) -> Self {
        let facts = self.batches[place].clone();
        let kept = self.batches.iter().enumerate().filter(|(index, _)| *index != place);
        let kept: Vec<(Meta, Fact)> = kept.flat_map(|(_, batch)| batch.clone()).collect();
        let subject = self.clone().incident().id;
        let entries: Vec<(EventId, Fact)> = facts.iter().map(|(meta, fact)| (meta.id, fact.clone())).collect();
        let later = self.batches.last().and_then(|batch| batch.first()).map(|(_, fact)| fact.kind().to_owned());
        let without = fold(subject, kept.iter().map(|(meta, fact)| (meta, fact)));
        self.last = Some(LastBatch { batch: batch_number(place), entries, without: Box::new(without), later });
        self
    }

    /// The incident as it stands.
    pub fn incident(self) -> Incident {
        let all: Vec<(Meta, Fact)> = self.batches.concat();
        fold(batch_number(0).incident(), all.iter().map(|(meta, fact)| (meta, fact)))
    }

    pub fn context(&self) -> Context<'static> {
        Context {
            now: self.now,
            at: self.at.unwrap_or(self.now),
            at_given: self.at.is_some(),
            actor: "aki",
            batch: batch_number(self.batches.len()),
            policy: self.policy,
            policy_left_out: self.policy_left_out,
            playbooks: &PLAYBOOKS,
            space: SpaceId(Uuid::nil()),
            next_number: 1,
            lookalike: self.lookalike.clone(),
            other: self.other.clone(),
            entry: self.entry.clone(),
            followed: self.followed.clone(),
            evidence: self.evidence.clone(),
            history: self.batches.concat(),
            last: self.last.clone(),
        }
    }
}

impl Outcome {
    /// The facts that it led to.
    pub fn facts(self) -> Vec<Fact> {
        self.1.expect("accepted").facts
    }

    /// The incident afterwards.
    pub fn incident(self) -> Incident {
        let decision = self.1.expect("accepted");
        decision.incident.or(self.0).expect("an incident")
    }

    /// Whether it was refused.
    pub const fn is_refused(&self) -> bool {
        self.1.is_err()
    }

    /// Why it was refused.
    pub fn rejection(self) -> Rejection {
        self.1.expect_err("refused")
    }
}

fn batch_number(place: usize) -> BatchId {
    BatchId(uuid_v7(Scene::NOW.millis(), [u8::try_from(place).unwrap_or(u8::MAX); 10]))
}

/// A typed time that was understood as this instant.
pub fn exactly(at: Timestamp) -> When {
    When { at, approximate: false, zone: None, typed: at.to_string(), date_assumed: false }
}
