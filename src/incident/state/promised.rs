//! Folding what is owed: calls, statements, follow-ups, duties, figures.

use super::apply::Meta;
use super::promise::{
    CommsClock, Figure, FollowUp, Handoff, KEPT, LegalDuty, Promises, REMEMBERED, Reach, Reminder, Statement,
    Undelivered,
};
use crate::incident::fact::{ClockMet, ClockStarted, Fact, ImpactMeasured, StatementSent};
use crate::incident::id::EventId;

impl Promises {
    /// Takes one more fact in.
    pub(super) fn apply(&mut self, meta: &Meta, fact: &Fact) {
        match fact {
            Fact::ClockStarted(started) => self.clock_started(meta, started),
            Fact::ClockMet(met) => self.clock_met(meta, met),
            Fact::ClockEnded(ended) => self.clocks.retain(|clock| clock.name != ended.clock),
            Fact::ClockReminded(reminded) => {
                let (clock, threshold) = (reminded.clock.clone(), reminded.threshold.clone());
                push(&mut self.reminders, REMEMBERED, Reminder { clock, due_at: reminded.due_at, threshold });
            }
            Fact::SeveritySuggested(suggested) => {
                self.suggestions.retain(|(rule, _)| *rule != suggested.rule);
                push(&mut self.suggestions, KEPT, (suggested.rule.clone(), suggested.to));
            }
            Fact::PeopleCalled(called) => self.called(meta, called),
            Fact::CallAnswered(answer) => {
                if let Some(call) = self.calls.iter_mut().find(|call| call.id == answer.call) {
                    call.answered = Some((meta.at, answer.declined));
                }
                if !answer.declined {
                    self.acknowledged_at = Some(self.acknowledged_at.map_or(meta.at, |first| first.min(meta.at)));
                }
            }
            Fact::LadderEnded(ended) => self.nobody_is_left(meta, ended.call),
            Fact::HandoffOffered(offer) => {
                let (from, to) = (offer.from.clone(), offer.to.clone());
                let (roles, brief) = (offer.roles.clone(), offer.brief.clone());
                // Offered once more, it is the same offer.
                let again = |known: &Handoff| {
                    known.from == from && known.to == to && known.roles.iter().all(|role| roles.contains(role))
                };
                self.handoffs.retain(|known| !again(known));
                push(&mut self.handoffs, KEPT, Handoff { id: meta.id, from, to, roles, since: meta.at, brief });
            }
            Fact::HandoffAnswered(answer) => self.handoffs.retain(|offer| offer.id != answer.handoff),
            Fact::FollowUpAdded(added) => {
                let (who, text) = (added.who.clone(), added.text.clone());
                self.follow_ups.push(FollowUp { id: meta.id, who, text, since: meta.at, due_at: added.due_at });
            }
            Fact::FollowUpDone(done) => self.follow_ups.retain(|open| open.id != done.follow_up),
            Fact::ReachMeasured(count) => {
                let channel = count.channel.clone();
                self.reach.retain(|known| known.channel != channel || known.at > meta.at);
                if !self.reach.iter().any(|known| known.channel == channel) {
                    push(&mut self.reach, KEPT, Reach { channel, reached: count.reached, of: count.of, at: meta.at });
                }
            }
            Fact::ImpactMeasured(measured) => self.measured(meta, measured),
            _ => self.told(meta, fact),
        }
    }

    fn told(&mut self, meta: &Meta, fact: &Fact) {
        match fact {
            Fact::StatementDrafted(drafted) => {
                let statement = Statement {
                    id: meta.id,
                    audiences: drafted.audiences.clone(),
                    stage: drafted.stage,
                    channels: drafted.channels.clone(),
                    by: meta.actor.clone(),
                    at: meta.at,
                    needs: drafted.needs.clone(),
                    approval_unknown: drafted.approval_unknown,
                    approved: Vec::new(),
                    sent: None,
                    corrects: drafted.corrects,
                    superseded_by: None,
                    next_at: drafted.next_at,
                    promised_at: drafted.next_at,
                    undelivered: Vec::new(),
                };
                push(&mut self.statements, KEPT, statement);
            }
            Fact::StatementApproved(approved) => {
                if let Some(statement) = self.statement_mut(approved.statement)
                    && !statement.approved.contains(&approved.role)
                {
                    statement.approved.push(approved.role.clone());
                }
            }
            Fact::StatementSent(sent) => self.sent(meta, sent),
            Fact::MessageFailed(failed) => {
                self.delivery(failed.about, &failed.channel, Some(failed.next_at.is_none()));
            }
            Fact::MessageDelivered(delivered) => self.delivery(delivered.about, &delivered.channel, None),
            Fact::DutyStarted(started) => {
                self.duties.retain(|duty| duty.id != started.duty);
                let duty = LegalDuty {
                    id: started.duty.clone(),
                    variant: started.variant.clone(),
                    title: started.title.clone(),
                    source: started.source.clone(),
                    since: started.since,
                    warn_at: started.warn_at,
                    due_at: started.due_at,
                    notified_at: None,
                    waived: None,
                };
                push(&mut self.duties, KEPT, duty);
            }
            Fact::DutyMet(met) => {
                if let Some(duty) = self.duties.iter_mut().find(|duty| duty.id == met.duty) {
                    duty.notified_at = Some(meta.at);
                }
            }
            Fact::DutyWaived(waived) => {
                if let Some(duty) = self.duties.iter_mut().find(|duty| duty.id == waived.duty) {
                    duty.waived = Some(waived.reason.clone());
                }
            }
            _ => {}
        }
    }

    fn clock_started(&mut self, meta: &Meta, started: &ClockStarted) {
        let before = self.clocks.iter().position(|clock| clock.name == started.clock);
        let met_at = before.and_then(|place| self.clocks.get(place)?.met_at);
        self.clocks.retain(|clock| clock.name != started.clock);
        self.clocks.push(CommsClock {
            name: started.clock.clone(),
            audience: started.audience.clone(),
            channel: started.channel.clone(),
            stage: started.stage,
            by: started.by,
            role: started.role.clone(),
            every: started.every,
            since: meta.at,
            due_at: started.due_at,
            met_at,
        });
    }

    fn clock_met(&mut self, meta: &Meta, met: &ClockMet) {
        match met.next_due_at {
            None => {
                self.clocks.retain(|clock| clock.name != met.clock);
                push(&mut self.done, KEPT, met.clock.clone());
            }
            Some(next) => {
                if let Some(clock) = self.clocks.iter_mut().find(|clock| clock.name == met.clock) {
                    clock.met_at = Some(meta.at);
                    clock.since = meta.at;
                    clock.due_at = next;
                }
            }
        }
    }

    fn sent(&mut self, meta: &Meta, sent: &StatementSent) {
        if let Some(wrong) = sent.corrects
            && let Some(wrong) = self.statement_mut(wrong)
        {
            wrong.superseded_by = Some(sent.statement);
        }
        if let Some(statement) = self.statement_mut(sent.statement) {
            // Sent once more because nobody got it, or not everybody: what had arrived stays.
            let before = statement.sent.is_some();
            let gone: Vec<String> = statement.given_up().cloned().collect();
            statement.undelivered.retain(|one| !one.given_up);
            statement.channels.retain(|channel| before && !gone.contains(channel));
            for channel in &sent.channels {
                if !statement.channels.contains(channel) {
                    statement.channels.push(channel.clone());
                }
            }
            statement.sent = Some((meta.at, sent.how));
            statement.next_at = sent.next_at;
        }
    }

    /// A statement went through a channel, or did not: for good, or for now.
    fn delivery(&mut self, about: Option<EventId>, channel: &str, failed: Option<bool>) {
        let Some(statement) = about.and_then(|about| self.statement_mut(about)) else { return };
        statement.undelivered.retain(|one| one.channel != channel);
        statement.undelivered.extend(failed.map(|given_up| Undelivered { channel: channel.to_owned(), given_up }));
    }

    fn statement_mut(&mut self, id: EventId) -> Option<&mut Statement> {
        self.statements.iter_mut().find(|statement| statement.id == id)
    }

    #[expect(clippy::cast_precision_loss, reason = "no count of an incident comes near 2^52")]
    fn measured(&mut self, meta: &Meta, fact: &ImpactMeasured) {
        let impact = &mut self.impact;
        let number = |count: Option<u64>| count.map(|count| count as f64);
        Figure::renew(&mut impact.users, number(fact.users), meta.at);
        Figure::renew(&mut impact.requests_failed, fact.requests_failed, meta.at);
        let minutes = fact.downtime.map(|span| span.millis() as f64 / 60_000.0);
        Figure::renew(&mut impact.downtime, minutes, meta.at);
        Figure::renew(&mut impact.units_done, number(fact.units_done), meta.at);
        Figure::renew(&mut impact.units_total, number(fact.units_total), meta.at);
        for region in &fact.regions {
            if !impact.regions.contains(region) {
                push(&mut impact.regions, KEPT, region.clone());
            }
        }
        impact.data_loss = fact.data_loss.or(impact.data_loss);
        super::apply::keep(&mut impact.cost, fact.cost.as_ref());
        super::apply::keep(&mut impact.text, fact.text.as_ref());
    }
}

/// Adds one, and lets the oldest go where there are too many.
pub(super) fn push<T>(list: &mut Vec<T>, most: usize, one: T) {
    if list.len() >= most {
        list.remove(0);
    }
    list.push(one);
}
