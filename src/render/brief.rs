//! What to say now, on one screen (B5).

use super::Page;
use super::sheet::{Line, Sheet, kept};
use crate::incident::localized::Lang;
use crate::incident::slug::Conveyance;
use crate::incident::state::Undelivered;
use crate::incident::time::Timestamp;
use crate::say;
use crate::text::{first_line, label, postmortem::words_removed};
use crate::view::brief::{Answer, Brief, Briefed, Gone, Said, Told};

/// The sheet of a brief.
pub fn brief(page: &Page, brief: &Brief) -> Sheet {
    let lang = page.lang();
    let incident = &brief.incident;
    let title = say!(lang, "#{} {}: what to say now", "#{} {}: いま伝えること", incident.number, incident.title);
    let mut sheet = Sheet { title, lead: lead(page, brief), ..Sheet::default() };
    for told in &brief.audiences {
        sheet.add(told.title.get(lang).to_owned(), audience(page, told));
    }
    if brief.audiences.is_empty() {
        let nothing = say!(lang, "nothing was said to anybody yet", "まだ誰にも告知していません");
        sheet.add(say!(lang, "statements", "告知"), vec![Line::Item(nothing)]);
    }
    let drafts = super::promises::drafts(page, incident, brief.asked.as_deref());
    sheet.add(say!(lang, "not sent yet", "未送信の告知文"), drafts);
    sheet.add(say!(lang, "workaround", "ワークアラウンド"), workaround(page, brief));
    sheet.add(say!(lang, "no longer true", "もう正しくないこと"), gone(page, brief));
    sheet.add(say!(lang, "questions and answers", "想定問答"), answers(&brief.answers, lang));
    let outdated: Vec<&str> = brief.outdated().map(|one| one.name.as_str()).collect();
    if !outdated.is_empty() {
        let names = outdated.join(", ");
        let who = format!("hikeshi -i {} brief --who", incident.number);
        let line = say!(
            lang,
            "changed since they were briefed: {names} ({who})",
            "説明後に内容が変わった人: {names}（{who}）"
        );
        sheet.add(say!(lang, "to be told again", "再説明が必要"), vec![Line::Alarm(line)]);
    }
    sheet
}

fn lead(page: &Page, brief: &Brief) -> Vec<String> {
    let lang = page.lang();
    let incident = &brief.incident;
    let mut flags = vec![incident.severity.as_str().to_owned(), label::status(incident.status, lang).to_owned()];
    if incident.drill {
        flags.push(say!(lang, "drill", "演習"));
    }
    if incident.restricted {
        flags.push(say!(lang, "restricted", "限定公開"));
    }
    if let Some(at) = brief.changed_at {
        let at = page.moments.near(at, page.now);
        flags.push(say!(lang, "last changed {at}", "最終更新 {at}"));
    }
    let now = page.moments.near(page.now, page.now);
    flags.push(say!(lang, "as of {now}", "{now} 時点"));
    vec![flags.join(" · ")]
}

fn audience(page: &Page, told: &Told) -> Vec<Line> {
    let lang = page.lang();
    let mut lines = Vec::new();
    match &told.statement {
        Some(said) => {
            let line = statement(page, said);
            let lost = said.undelivered.iter().any(|one| one.given_up);
            lines.push(if lost { Line::Alarm(line) } else { Line::Item(line) });
            lines.push(Line::Words(words(said, lang)));
        }
        None => lines.push(Line::Item(say!(lang, "nothing was said yet", "まだ告知していません"))),
    }
    lines.extend(told.next.as_ref().map(|(at, cadence)| next_update(page, *at, cadence)));
    lines
}

/// When the next update comes, loudly when it should have.
pub fn next_update(page: &Page, next_at: Timestamp, cadence: &str) -> Line {
    let lang = page.lang();
    let at = page.moments.near(next_at, page.now);
    if next_at < page.now {
        let late = page.age(next_at);
        return Line::Alarm(say!(
            lang,
            "next update was due {at}, {late} ago ({cadence})",
            "次回の告知は {at} の予定（{late}超過、{cadence}）"
        ));
    }
    Line::Item(say!(lang, "next update by {at} ({cadence})", "次回の告知 {at} まで（{cadence}）"))
}

/// A statement in one line: when, how, through what, which.
fn statement(page: &Page, said: &Said) -> String {
    let lang = page.lang();
    let (at, age) = (page.moments.near(said.at, page.now), page.age(said.at));
    let mut parts = vec![
        label::stage(said.stage, lang).to_owned(),
        say!(lang, "{at}, {age} ago", "{at}（{age}前）"),
        carried(said.how, &said.channels, &said.undelivered, lang),
        said.id.clone(),
    ];
    if said.corrected {
        parts.push(say!(lang, "words corrected", "文言を訂正済み"));
    }
    parts.join(" · ")
}

/// How a statement went out, and through what it did not.
pub fn carried(how: Conveyance, channels: &[String], undelivered: &[Undelivered], lang: Lang) -> String {
    let list = |given_up: bool| {
        let these = undelivered.iter().filter(|one| one.given_up == given_up).map(|one| one.channel.as_str());
        these.collect::<Vec<_>>().join(", ")
    };
    let (lost, late) = (list(true), list(false));
    let missed = |channel: &&String| undelivered.iter().any(|one| one.channel == **channel);
    let arrived: Vec<String> = channels.iter().filter(|channel| !missed(channel)).cloned().collect();
    let mut parts: Vec<String> = Vec::new();
    if undelivered.is_empty() || !arrived.is_empty() || how != Conveyance::Sent {
        parts.push(conveyed(how, &arrived, lang));
    }
    if !late.is_empty() {
        parts.push(say!(lang, "not delivered yet through {late}", "未配信（{late}）"));
    }
    if !lost.is_empty() {
        parts.push(say!(lang, "NOT DELIVERED through {lost} and given up", "配信を断念（{lost}）"));
    }
    parts.join(&say!(lang, ", ", "、"))
}

/// How a statement went out.
pub fn conveyed(how: Conveyance, channels: &[String], lang: Lang) -> String {
    let how = match how {
        Conveyance::Sent => say!(lang, "sent", "送信"),
        Conveyance::ByHand => say!(lang, "sent by hand", "手作業で送信"),
        Conveyance::Held => say!(lang, "held", "説明会"),
    };
    if channels.is_empty() {
        return how;
    }
    let channels = channels.join(", ");
    say!(lang, "{how} through {channels}", "{how}（{channels}）")
}

/// The words of a statement, its subject first; or that they were removed.
fn words(said: &Said, lang: Lang) -> String {
    let text = said.text.clone().unwrap_or_else(|| words_removed(lang));
    match &said.subject {
        Some(subject) if !text.starts_with(subject.as_str()) => format!("{}\n{}", kept(subject), kept(&text)),
        _ => kept(&text),
    }
}

fn workaround(page: &Page, brief: &Brief) -> Vec<Line> {
    let lang = page.lang();
    let Some(held) = &brief.incident.workaround else { return Vec::new() };
    let since = page.moments.near(held.at, page.now);
    if let Some(at) = held.reverted_at {
        let at = page.moments.near(at, page.now);
        let line = say!(lang, "no longer needed since {at}: do not use it", "{at} に解除済み。使わないこと");
        return vec![Line::Alarm(line), Line::Words(kept(&held.text))];
    }
    let text = if held.text.is_empty() { words_removed(lang) } else { kept(&held.text) };
    let mut since = say!(lang, "since {since}", "{since} から");
    if let Some(due) = held.fix_due_at.filter(|_| brief.incident.fix.is_none()) {
        let due = page.moments.near(due, page.now);
        since = say!(lang, "{since}; permanent fix by {due}", "{since}。恒久的処置は {due} まで");
    }
    vec![Line::Item(since), Line::Words(text)]
}

/// What was told and no longer holds; words of several lines stand below their line, in full.
fn gone(page: &Page, brief: &Brief) -> Vec<Line> {
    let lang = page.lang();
    let lines = |gone: &Gone| match gone {
        Gone::Statement { was, now } => {
            let (to, at) = (was.audiences.join(", "), page.moments.near(was.at, page.now));
            let several = |said: &Said| said.text.as_deref().is_some_and(|text| text.trim().contains('\n'));
            if several(was) || now.as_deref().is_some_and(several) {
                let told = say!(lang, "told {to} {at} ({}):", "{to} へ {at}（{}）:", was.id);
                let old = [Line::Item(told), Line::Words(words(was, lang))];
                let new = now.as_deref().map(|now| {
                    [Line::Item(say!(lang, "now ({}):", "現在（{}）:", now.id)), Line::Words(words(now, lang))]
                });
                return old.into_iter().chain(new.into_iter().flatten()).collect();
            }
            let old = quoted(was.text.as_deref(), lang);
            let first = say!(lang, "told {to} {at} ({}): {old}", "{to} へ {at}（{}）: {old}", was.id);
            let Some(now) = now else { return vec![Line::Item(first)] };
            let new = quoted(now.text.as_deref(), lang);
            vec![Line::Item(say!(lang, "{first} – now ({}): {new}", "{first} → 現在（{}）: {new}", now.id))]
        }
        Gone::Workaround { was, at } => {
            let (at, old) = (page.moments.near(*at, page.now), quoted(was.as_deref(), lang));
            vec![Line::Item(say!(lang, "workaround until {at}: {old}", "{at} までのワークアラウンド: {old}"))]
        }
    };
    brief.gone.iter().flat_map(lines).collect()
}

fn quoted(text: Option<&str>, lang: Lang) -> String {
    match text {
        Some(text) => say!(lang, "“{}”", "「{}」", first_line(text)),
        None => words_removed(lang),
    }
}

fn answers(answers: &[Answer], lang: Lang) -> Vec<Line> {
    let line = |one: &Answer| {
        let question = one.question.clone().unwrap_or_else(|| words_removed(lang));
        [Line::Item(format!("{question} ({})", one.id)), Line::Words(kept(&one.answer))]
    };
    answers.iter().flat_map(line).collect()
}

/// The questions and answers alone.
pub fn questions(page: &Page, brief: &Brief) -> Sheet {
    let lang = page.lang();
    let incident = &brief.incident;
    let title = say!(lang, "#{} {}", "#{} {}", incident.number, incident.title);
    let mut sheet = Sheet { title, lead: lead(page, brief), ..Sheet::default() };
    let mut lines = answers(&brief.answers, lang);
    if lines.is_empty() {
        let add = format!("hikeshi -i {} brief --faq add", incident.number);
        lines.push(Line::Item(say!(
            lang,
            "no answers yet: {add} QUESTION ANSWER",
            "想定問答はまだありません: {add} 質問 回答"
        )));
    }
    sheet.add(say!(lang, "questions and answers", "想定問答"), lines);
    sheet
}

/// Who was told what to say, and who must be told again.
pub fn briefed(page: &Page, brief: &Brief) -> Sheet {
    let lang = page.lang();
    let incident = &brief.incident;
    let title = say!(lang, "#{} {}: who was briefed", "#{} {}: 説明済みの人", incident.number, incident.title);
    let mut sheet = Sheet { title, lead: lead(page, brief), ..Sheet::default() };
    if brief.briefed.is_empty() {
        let add = format!("hikeshi -i {} brief --briefed", incident.number);
        let line = say!(lang, "nobody was briefed yet: {add} NAME", "まだ誰にも説明していません: {add} 名前");
        sheet.add(say!(lang, "briefed", "説明済み"), vec![Line::Item(line)]);
    }
    let (outdated, current): (Vec<&Briefed>, Vec<&Briefed>) =
        brief.briefed.iter().partition(|one| one.changed_at.is_some());
    let again = outdated.into_iter().map(|one| Line::Alarm(person(page, one))).collect();
    sheet.add(say!(lang, "must be told again", "再説明が必要"), again);
    let know = current.into_iter().map(|one| Line::Item(person(page, one))).collect();
    sheet.add(say!(lang, "know what to say", "最新の内容を把握"), know);
    sheet
}

/// Somebody who was briefed, in one line.
pub fn person(page: &Page, one: &Briefed) -> String {
    let lang = page.lang();
    let (name, at) = (&one.name, page.moments.near(one.at, page.now));
    let whom = one.audience.as_ref().map(|audience| format!(" ({audience})")).unwrap_or_default();
    let line = say!(lang, "{name}{whom}: briefed {at}", "{name}{whom}: {at} に説明");
    match one.changed_at {
        Some(changed) => {
            let changed = page.moments.near(changed, page.now);
            say!(lang, "{line}, changed {changed}", "{line}、{changed} に内容が変更")
        }
        None => line,
    }
}
