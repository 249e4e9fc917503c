//! The rules: what a command leads to, given the incident and everything looked up for it.
//!
//! One file a family of verbs, each with its tests in the form given / when / then.

mod action;
mod alert;
mod amend;
mod call;
mod cause;
mod clocks;
mod declare;
mod draft;
mod drill;
mod duty;
mod evidence;
mod figures;
mod follow_up;
mod lifecycle;
mod note;
mod people;
mod set;
mod severity;
mod statement;
mod step;
mod tick;
mod undo;
mod writing;

#[cfg(test)]
mod scene;

#[cfg(test)]
pub(super) use scene::Scene;

use super::command::Command;
use super::context::Context;
use super::fact::Fact;
use super::rejection::Rejection;
use super::state::Incident;
use draft::Draft;

/// What a command leads to: the facts to record, in order, and the incident as they leave it.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The facts.
    pub facts: Vec<Fact>,
    /// The incident afterwards; `None` when nothing about it changed.
    pub incident: Option<Incident>,
}

/// Decides a command on an incident, or on none for `declare`.
pub fn decide(incident: Option<&Incident>, command: &Command, context: &Context<'_>) -> Result<Decision, Rejection> {
    let mut draft = Draft::new(incident, context);
    match command {
        Command::Declare(declare) => declare::declare(&mut draft, declare)?,
        Command::Escalate(escalate) => severity::escalate(&mut draft, escalate)?,
        Command::Deescalate(deescalate) => severity::deescalate(&mut draft, deescalate)?,
        Command::AssignRole(assign) => people::assign(&mut draft, assign)?,
        Command::UnassignRole(unassign) => people::unassign(&mut draft, unassign)?,
        Command::Note(note) => note::note(&mut draft, note)?,
        Command::Check(check) => step::check(&mut draft, check)?,
        Command::AddStep(add) => step::add(&mut draft, add)?,
        Command::Identify(identify) => lifecycle::identify(&mut draft, identify)?,
        Command::Mitigate(mitigate) => lifecycle::mitigate(&mut draft, mitigate)?,
        Command::Fix(fix) => lifecycle::fix(&mut draft, fix)?,
        Command::Monitor => lifecycle::monitor(&mut draft, None)?,
        Command::Watch(watch) => lifecycle::monitor(&mut draft, Some(&watch.text))?,
        Command::Resolve(resolve) => lifecycle::resolve(&mut draft, resolve)?,
        Command::Close(close) => lifecycle::close(&mut draft, close)?,
        Command::Reopen(reopen) => lifecycle::reopen(&mut draft, reopen)?,
        Command::Cancel(cancel) => lifecycle::cancel(&mut draft, cancel)?,
        Command::Set(set) => set::set(&mut draft, set)?,
        Command::Link(link) => set::link(&mut draft, link)?,
        Command::Amend(amend) => amend::amend(&mut draft, amend)?,
        Command::AddEvidence(add) => evidence::add(&mut draft, add)?,
        Command::TransferEvidence(transfer) => evidence::transfer(&mut draft, transfer)?,
        Command::Alert(receive) => alert::receive(&mut draft, receive)?,
        Command::StartRun(run) => evidence::start_run(&mut draft, run),
        Command::Run(run) => evidence::run(&mut draft, run),
        Command::Ack(ack) => call::ack(&mut draft, ack)?,
        Command::Update(update) => statement::update(&mut draft, update)?,
        Command::AddAnswer(add) => statement::answer(&mut draft, add)?,
        Command::Brief(brief) => statement::brief(&mut draft, brief)?,
        Command::AddFollowUp(add) => follow_up::add(&mut draft, add)?,
        Command::EndFollowUp(end) => follow_up::end(&mut draft, end)?,
        Command::MeasureReach(reach) => figures::reach(&mut draft, reach)?,
        Command::MeasureImpact(impact) => figures::impact(&mut draft, impact)?,
        Command::StartDuty(start) => duty::start(&mut draft, start)?,
        Command::SettleDuty(settle) => duty::settle(&mut draft, settle)?,
        Command::OfferHandoff(offer) => call::offer(&mut draft, offer)?,
        Command::AnswerHandoff(answer) => call::answer(&mut draft, answer)?,
        Command::AddCause(add) => cause::add(&mut draft, add)?,
        Command::SupportCause(support) => cause::support(&mut draft, support)?,
        Command::RemoveCause(remove) => cause::remove(&mut draft, remove)?,
        Command::AddAction(add) => action::add(&mut draft, add)?,
        Command::SetAction(set) => action::set(&mut draft, set)?,
        Command::CompleteAction(done) => action::complete(&mut draft, done)?,
        Command::VerifyAction(verify) => action::verify(&mut draft, verify)?,
        Command::DropAction(give_up) => action::give_up(&mut draft, give_up)?,
        Command::StartDrill(start) => drill::start(&mut draft, start)?,
        Command::InjectDrill(inject) => drill::inject(&mut draft, inject)?,
        Command::GradeDrill(grade) => drill::grade(&mut draft, grade)?,
        Command::Tick(tick) => tick::tick(&mut draft, tick)?,
        Command::Undo => undo::undo(&mut draft)?,
        Command::FilePostmortem(file) => lifecycle::file_postmortem(&mut draft, file)?,
        Command::Write(write) => writing::write(&mut draft, write)?,
        Command::SubmitPostmortem => writing::submit(&mut draft)?,
        Command::ApprovePostmortem(approve) => writing::approve(&mut draft, approve)?,
    }
    Ok(draft.finish())
}
