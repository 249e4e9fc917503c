//! `update`: what stakeholders are told (A6, B6, E7).

mod draft;
pub mod filling;

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::editor;
use super::freetext::{self, Purpose};
use crate::engine::{Receipt, named_entry};
use crate::error::{Exit, Failure};
use crate::incident::command::{Command, Update};
use crate::incident::communication::Audience;
use crate::incident::fact::Fact;
use crate::incident::id::TAG_SHORTEST;
use crate::incident::slug::{Conveyance, Stage};
use crate::incident::time::Timestamp;
use crate::say;
use crate::slug_parser;
use crate::text::{one_line, visible};
use crate::ui::Choice;
use crate::view::Entry;

/// Tell stakeholders how it stands, or keep a draft
///
/// Without a text the draft comes from the template for stage, audience and language, and is opened in $EDITOR on a
/// terminal. The next update's time becomes a clock. With neither --send nor another way it is kept as a draft.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The words; `-` reads standard input
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// For whom: customers, executives, staff, support, regulator; several times for several
    #[arg(long, value_name = "WHO")]
    audience: Vec<String>,
    /// What it is there for; default: told by where the incident stands
    #[arg(long, value_name = "STAGE", value_parser = slug_parser!(Stage))]
    stage: Option<Stage>,
    /// When the next one is promised: 30m
    #[arg(long, value_name = "DURATION")]
    next: Option<String>,
    /// Through which channel, instead of the audience's own; several times for several
    #[arg(long, value_name = "NAME")]
    channel: Vec<String>,
    /// The subject line
    #[arg(long, value_name = "TEXT")]
    subject: Option<String>,
    /// Keep it for later, whatever is set up
    #[arg(long, conflicts_with_all = ["send", "sent_by_hand", "held"])]
    draft: bool,
    /// Send it through its channels
    #[arg(long, conflicts_with_all = ["sent_by_hand", "held"])]
    send: bool,
    /// Record that it went out by phone, web form or a vendor's page
    #[arg(long, conflicts_with = "held")]
    sent_by_hand: bool,
    /// Record that it was said in a webinar, a call or a room
    #[arg(long)]
    held: bool,
    /// Approve a draft
    #[arg(long, value_name = "ID", conflicts_with_all = ["statement", "corrects", "draft"])]
    approve: Option<String>,
    /// The draft that is meant, instead of a new one
    #[arg(long, value_name = "ID", conflicts_with_all = ["corrects", "draft"])]
    statement: Option<String>,
    /// The wrong statement that this one corrects, for everyone who got it
    #[arg(long, value_name = "ID")]
    corrects: Option<String>,
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let how = match (args.send, args.sent_by_hand, args.held) {
        (true, ..) => Some(Conveyance::Sent),
        (_, true, _) => Some(Conveyance::ByHand),
        (.., true) => Some(Conveyance::Held),
        _ => None,
    };
    let known = args.approve.clone().or_else(|| args.statement.clone());
    let mut update = Update {
        statement: known.clone(),
        subject: args.subject.clone(),
        text: None,
        audiences: args.audience.clone(),
        stage: args.stage,
        channels: args.channel.clone(),
        next: args.next.as_deref().map(|typed| desk.span(typed)).transpose()?,
        how,
        corrects: args.corrects.clone(),
        template: None,
        approve: args.approve.is_some(),
    };
    if let Some(id) = &known {
        if !args.text.is_empty() {
            // An id that nobody has is said first: the words may be meant for another one.
            let store = desk.store()?;
            named_entry(&store.reader(), id).map_err(|error| desk.failed(&error.into(), None))?;
            return Err(words_for_a_draft(desk, id));
        }
        if how.is_none() && !update.approve {
            return Err(what_of_it(desk, id));
        }
        return record(desk, update, &args.recording);
    }
    let purpose = Purpose { verb: "update", question: ("statement", "告知文") };
    update.text = freetext::optional(desk, &args.text, purpose)?;
    if update.audiences.is_empty() && update.corrects.is_none() && desk.ui.interactive {
        update.audiences.push(audience(desk)?);
    }
    let unread = update.text.is_none();
    // What is promised counts from when it is said.
    let at = desk.maybe_when(args.recording.at.as_ref())?.map_or_else(|| desk.env.now(), |when| when.at);
    if unread {
        draft::from_template(desk, &mut update, at)?;
    }
    while update.how.is_none() && !args.draft && desk.ui.interactive {
        match ask(desk, &update)? {
            Answer::Draft => break,
            Answer::Out(how) => update.how = Some(how),
            Answer::Edit => update.text = Some(editor::edited(desk, update.text.as_deref().unwrap_or_default())?),
            Answer::Discard => {
                desk.ui.remark(&say!(
                    desk.lang,
                    "discarded: nothing is recorded",
                    "破棄しました。何も記録していません"
                ));
                return Ok(());
            }
        }
    }
    // What was said already was said in just these words.
    let to_be_said = !matches!(update.how, Some(Conveyance::ByHand | Conveyance::Held));
    if to_be_said
        && update.template.is_none()
        && update.stage != Some(Stage::Resolved)
        && let (Some(next), Some(text)) = (update.next, update.text.as_mut())
    {
        promise(desk, text, at.plus(next));
    }
    // What nobody has read goes to nobody: it is kept, and whoever wanted it sent is told how.
    let held_back = unread && !desk.ui.interactive && update.how == Some(Conveyance::Sent);
    if held_back {
        update.how = None;
    }
    let recorded = desk.record_silently(Command::Update(update.clone()), &args.recording, Reach::NotOver);
    let Some(receipt) = recorded.map_err(|failure| kept(desk, failure, update, &args.recording))? else {
        return Ok(());
    };
    desk.confirm(&receipt, [unsent(desk, &receipt), unapproved(desk, &receipt)].concat());
    desk.deliver(&receipt);
    match receipt.entries.first() {
        Some(entry) if held_back => {
            let reached = matches!(&entry.fact, Fact::StatementDrafted(drafted) if !drafted.channels.is_empty());
            Err(not_read(desk, receipt.incident.number, (&entry.short, reached)))
        }
        _ => Ok(()),
    }
}

/// Says in the text when the next update comes: what becomes a deadline here is a promise out there.
fn promise(desk: &Desk, text: &mut String, at: Timestamp) {
    let (clock, full) = (desk.moments().clock(at), desk.moments().full(at));
    if !text.contains(&clock) {
        text.push_str(&say!(desk.lang, "\nNext update by {full}.", "\n次回更新は {full} までに行います。"));
    }
}

/// What can't go out yet is kept as a draft, and the failure says under which id: nobody types it again.
fn kept(desk: &Desk, failure: Failure, update: Update, recording: &Recording) -> Failure {
    let unsent =
        ["no-channel", "unknown-channel", "not-approved", "policy-unreadable"].contains(&failure.kind.as_str());
    if !unsent || update.how.is_none() {
        return failure;
    }
    // The key stays free for when it goes out.
    let recording = Recording { key: None, ..recording.clone() };
    let draft = Update { how: None, channels: Vec::new(), ..update };
    let kept = desk.record_silently(Command::Update(draft), &recording, Reach::NotOver).ok().flatten();
    let Some((number, id)) = kept.and_then(|kept| Some((kept.incident.number, kept.entries.first()?.short.clone())))
    else {
        return failure;
    };
    let on = format!("hikeshi -i {number} update");
    let then = match failure.kind.as_str() {
        "not-approved" => format!("{on} --approve {id} --as NAME; {on} --statement {id} --send"),
        "unknown-channel" => {
            let channels: Vec<&str> =
                desk.engine.library().policy.channel.iter().map(|channel| channel.id.as_str()).collect();
            let channels = one_line(&channels.join(", ")).into_owned();
            let list = if channels.is_empty() { String::new() } else { format!(" ({channels})") };
            format!("{on} --statement {id} --send --channel NAME{list}  |  --sent-by-hand")
        }
        _ => format!("{on} --statement {id} --sent-by-hand"),
    };
    failure.hint(say!(desk.lang, "kept as a draft: {then}", "下書きとして保管しました: {then}"))
}

fn record(desk: &Desk, update: Update, recording: &Recording) -> Result<(), Failure> {
    let Some(receipt) = desk.record_silently(Command::Update(update), recording, Reach::NotOver)? else {
        return Ok(());
    };
    desk.confirm(&receipt, [unsent(desk, &receipt), unapproved(desk, &receipt)].concat());
    desk.deliver(&receipt);
    Ok(())
}

/// Of an exercise nothing goes out, and whoever sent something is told so (A5).
fn unsent(desk: &Desk, receipt: &Receipt) -> Vec<String> {
    let is_sent = |entry: &Entry| matches!(&entry.fact, Fact::StatementSent(sent) if sent.how == Conveyance::Sent);
    let said = receipt.incident.drill && receipt.entries.iter().any(is_sent);
    let note = || {
        say!(
            desk.lang,
            "(drill: not sent) it counts as sent in the exercise",
            "（演習: 送信せず）演習上は送信済みとして扱います"
        )
    };
    said.then(note).into_iter().collect()
}

/// That a statement went out while nobody could tell who has to approve it.
fn unapproved(desk: &Desk, receipt: &Receipt) -> Vec<String> {
    let sent = receipt.entries.iter().filter_map(|entry| match &entry.fact {
        Fact::StatementSent(sent) => receipt.incident.promises.statement(sent.statement),
        _ => None,
    });
    let unknown = desk.engine.library().policy_left_out;
    let unknown = sent.filter(|statement| unknown && statement.approval_unknown).map(|statement| {
        let to = one_line(&statement.audiences.join(", ")).into_owned();
        say!(
            desk.lang,
            "policy.toml can't be read: nobody can tell who had to approve this for {to}; the timeline says so (hikeshi playbook lint)",
            "policy.toml を読めないため、{to} への告知の承認要否を確認できませんでした。その旨をタイムラインに残しました（hikeshi playbook lint）"
        )
    });
    unknown.collect()
}

/// What is to become of a statement.
#[derive(Clone, Copy)]
enum Answer {
    Draft,
    Out(Conveyance),
    Edit,
    Discard,
}

/// Asks whom it is for.
fn audience(desk: &Desk) -> Result<String, Failure> {
    let audiences = &desk.engine.library().policy.audience;
    let label = |audience: &Audience| {
        let (id, title) = (one_line(&audience.id), one_line(audience.title.get(desk.lang)));
        if id == title { id.into_owned() } else { format!("{id}: {title}") }
    };
    let choices = Choice::counted(audiences.iter().map(label).collect());
    // Nobody is preselected: what is said to the wrong people can't be taken back.
    let chosen = desk.pick(&say!(desk.lang, "for whom?", "宛先は？"), &choices, choices.len())?;
    Ok(audiences.get(chosen).map(|audience| audience.id.clone()).unwrap_or_default())
}

/// Shows who would get it, and asks whether they should.
fn ask(desk: &Desk, update: &Update) -> Result<Answer, Failure> {
    let policy = &desk.engine.library().policy;
    let audiences = update.audiences.join(", ");
    let own = update.audiences.iter().filter_map(|one| policy.audience(one)).flat_map(|audience| &audience.channels);
    let channels: Vec<&String> =
        if update.channels.is_empty() { own.collect() } else { update.channels.iter().collect() };
    let through = channels.iter().map(|channel| channel.as_str()).collect::<Vec<_>>().join(", ");
    let (audiences, through) = (one_line(&audiences), one_line(&through));
    let question = if through.is_empty() {
        say!(desk.lang, "for {audiences}: what now?", "宛先 {audiences}: どうしますか")
    } else {
        say!(desk.lang, "for {audiences}, through {through}: what now?", "宛先 {audiences}（{through}）: どうしますか")
    };
    let draft = say!(desk.lang, "keep it as a draft", "下書きのまま保管");
    let by_hand = say!(desk.lang, "I have sent it by hand", "手作業で送信済み");
    let mut choices = vec![(draft, Answer::Draft), (by_hand, Answer::Out(Conveyance::ByHand))];
    if !through.is_empty() || !update.corrects.as_deref().unwrap_or_default().is_empty() {
        choices.push((say!(desk.lang, "send it", "送信する"), Answer::Out(Conveyance::Sent)));
    }
    choices.push((say!(desk.lang, "edit it again", "もう一度編集"), Answer::Edit));
    choices.push((say!(desk.lang, "discard it", "破棄"), Answer::Discard));
    let labels: Vec<String> = choices.iter().map(|(label, _)| label.clone()).collect();
    if let Some(text) = &update.text {
        desk.ui.remark(&visible(text));
    }
    let chosen =
        desk.ui.choose(&question, &Choice::counted(labels), 0).map_err(|error| freetext::interrupted(&error))?;
    // Leaving the question keeps the words.
    Ok(chosen.and_then(|chosen| choices.get(chosen)).map_or(Answer::Draft, |(_, answer)| *answer))
}

fn words_for_a_draft(desk: &Desk, id: &str) -> Failure {
    let id = one_line(id);
    Failure::usage(say!(desk.lang, "{id} has its words already", "{id} にはすでに本文があります"))
        .hint(format!("hikeshi amend {id} TEXT"))
}

fn what_of_it(desk: &Desk, id: &str) -> Failure {
    let id = one_line(id);
    Failure::usage(say!(desk.lang, "what of {id}: has it gone out?", "{id} をどうしますか"))
        .hint(format!("hikeshi update --statement {id} --send  |  --sent-by-hand  |  --held"))
}

fn not_read(desk: &Desk, number: u32, (id, reached): (&str, bool)) -> Failure {
    let send = if reached { "--send" } else { "--sent-by-hand" };
    let id: String = id.chars().take(TAG_SHORTEST.max(id.len())).collect();
    let message = say!(
        desk.lang,
        "the template's text was read by nobody, so it is kept as a draft: {id}",
        "テンプレートの文面は未確認のため、下書きとして保管しました: {id}"
    );
    Failure::new(Exit::Refused, "not-read", message).hint(format!("hikeshi -i {number} update --statement {id} {send}"))
}
