//! What the law and contracts ask for, with its source, and how it stands in an incident (E6).

use super::Page;
use crate::incident::duty::{Duty, Term};
use crate::incident::localized::Lang;
use crate::incident::state::LegalDuty;
use crate::say;
use crate::text::{duty_start, one_line};
use crate::view::{DutyItem, DutyStanding};

/// What always has to be said where duties are shown.
pub fn no_advice(lang: Lang) -> String {
    say!(
        lang,
        "not legal advice: ask counsel which duties apply",
        "法的助言ではありません。適用の有無は法務・弁護士に確認してください"
    )
}

/// Duties by regime, each with its term, its source and its state; `number` is the incident that they are about.
pub fn duty_list(page: &Page, items: &[DutyItem], number: Option<u32>) -> String {
    let lang = page.lang();
    let mut lines: Vec<String> = Vec::new();
    let mut regime: Option<&str> = None;
    for item in items {
        let own = item.duty.as_ref().map_or("?", |duty| duty.regime.as_str());
        if regime != Some(own) {
            regime = Some(own);
            let mark = if item.on { String::new() } else { page.dim(&say!(lang, " (off)", "（無効）")) };
            lines.push(format!("{}{mark}", page.bold(&one_line(own))));
        }
        lines.extend(block(page, item, number));
    }
    if items.is_empty() {
        lines.push(say!(
            lang,
            "no regime is turned on: write legal = [\"gdpr\"] in policy.toml; all there are: hikeshi legal list --all",
            "有効な法規がありません。policy.toml に legal = [\"jp-appi\"] のように書きます（一覧: hikeshi legal list --all）"
        ));
    }
    lines.push(String::new());
    lines.push(no_advice(lang));
    lines.join("\n")
}

fn block(page: &Page, item: &DutyItem, number: Option<u32>) -> Vec<String> {
    let lang = page.lang();
    let run = item.run.as_ref();
    let title = run.map(|run| &run.title).or(item.duty.as_ref().map(|duty| &duty.title));
    let title = title.map(|title| one_line(title.get(lang)).into_owned()).unwrap_or_default();
    let mut lines = vec![format!("  {}  {title}", page.bold(&one_line(&item.id)))];
    lines.extend(state(page, item, number).map(|line| format!("    {line}")));
    match &item.duty {
        Some(duty) => lines.extend(described(duty, lang).into_iter().map(|line| format!("    {line}"))),
        None => {
            let source = one_line(run.map(|run| run.source.as_str()).unwrap_or_default()).into_owned();
            lines.push(say!(
                lang,
                "    source: {source} (no longer in the policy)",
                "    根拠: {source}（現在のポリシーにはありません）"
            ));
        }
    }
    lines
}

/// How a duty stands; nothing where there is no incident to ask about.
fn state(page: &Page, item: &DutyItem, number: Option<u32>) -> Option<String> {
    let lang = page.lang();
    let number = number?;
    let Some(run) = &item.run else {
        let id = one_line(&item.id);
        return item.on.then(|| {
            page.dim(&say!(
                lang,
                "not started: hikeshi -i {number} legal start {id}",
                "未開始: hikeshi -i {number} legal start {id}"
            ))
        });
    };
    let case = run.variant.as_ref().map(|case| format!(" ({})", one_line(case))).unwrap_or_default();
    let since = page.moments.near(run.since, page.now);
    Some(match item.standing {
        DutyStanding::Met => {
            let at = run.notified_at.map(|at| page.moments.near(at, page.now)).unwrap_or_default();
            let late = run.notified_at.zip(run.due_at).is_some_and(|(at, due)| at > due);
            let late = if late { say!(lang, ", late", "（期限後）") } else { String::new() };
            say!(lang, "notice given {at}{late}", "{at} 報告済み{late}")
        }
        DutyStanding::Waived => {
            let reason = run.waived.as_deref().unwrap_or_default();
            say!(lang, "decided not to notify: {}", "報告しないと判断: {}", one_line(reason))
        }
        _ => {
            let due = due(page, item.standing, run);
            say!(lang, "runs since {since}{case}, {due}", "{since} から進行中{case}、{due}")
        }
    })
}

fn due(page: &Page, standing: DutyStanding, run: &LegalDuty) -> String {
    match run.due_at {
        Some(due) if standing == DutyStanding::Warning => page.alarm(&page.due(due)),
        Some(due) => page.due(due),
        None => no_figure(page.lang()),
    }
}

/// What to say where the law names no figure.
pub fn no_figure(lang: Lang) -> String {
    say!(lang, "no figure: without undue delay", "日数の定めなし（遅滞なく）")
}

/// What a duty asks for: to whom, by when, and how far that was checked in the source.
fn described(duty: &Duty, lang: Lang) -> Vec<String> {
    let mut lines = vec![say!(lang, "to: {}", "報告先: {}", one_line(duty.to.get(lang)))];
    lines.push(term(duty, lang));
    lines.extend(duty.variants.iter().map(|case| {
        let (id, title) = (one_line(&case.id), one_line(case.title.get(lang)));
        say!(lang, "case {id}: {}; {title}", "区分 {id}: {}（{title}）", within(case.due, lang))
    }));
    if let Some(also) = duty.also_within {
        let (within, from) = (within(also.due, lang), duty_start(also.from, lang));
        lines.push(say!(lang, "and {within} of when {from}: the earlier counts", "かつ{from}から{within}の早い方"));
    }
    let source = one_line(&duty.source);
    lines.push(match duty.checked {
        Some(day) => say!(lang, "source: {source} (checked {day})", "根拠: {source}（{day} 確認）"),
        None => say!(lang, "source: {source} (unverified: nobody has checked it)", "根拠: {source}（未確認）"),
    });
    if let Some(unverified) = &duty.unverified {
        lines.push(say!(lang, "unverified: {}", "未確認の点: {}", one_line(unverified.get(lang))));
    }
    if let Some(note) = &duty.note {
        lines.push(say!(lang, "note: {}", "補足: {}", one_line(note.get(lang))));
    }
    lines
}

fn term(duty: &Duty, lang: Lang) -> String {
    let from = match &duty.after {
        Some(after) => say!(lang, "the notice {} was given", "{} の報告", one_line(after)),
        None => duty_start(duty.starts, lang).to_owned(),
    };
    let Some(due) = duty.due else {
        let none = no_figure(lang);
        return say!(lang, "{none} once {from}", "{none}。起算: {from}");
    };
    let within = within(due, lang);
    let told = say!(lang, "{within} of when {from}", "{from}から{within}");
    match duty.warn {
        Some(warn) => say!(lang, "{told}; warns after {}", "{told}（{}で警告）", length(warn, lang)),
        None => told,
    }
}

fn within(term: Term, lang: Lang) -> String {
    say!(lang, "within {}", "{}以内", length(term, lang))
}

/// Milliseconds of an hour.
const HOUR: i64 = 3_600_000;

/// A term in words, as laws write it.
fn length(term: Term, lang: Lang) -> String {
    match term {
        // 72 hours are not three days: clocks may change in between.
        Term::Span(span) if span.millis() == HOUR => say!(lang, "1 hour", "1時間"),
        Term::Span(span) if span.millis() % HOUR == 0 => say!(lang, "{} hours", "{}時間", span.millis() / HOUR),
        Term::Span(_) => term.to_string(),
        Term::Days(1) => say!(lang, "1 day", "1日"),
        Term::Days(days) => say!(lang, "{days} days", "{days}日"),
        Term::Months(1) => say!(lang, "1 month", "1か月"),
        Term::Months(months) => say!(lang, "{months} months", "{months}か月"),
        Term::BusinessDays(1) => say!(lang, "1 business day", "1営業日"),
        Term::BusinessDays(days) => say!(lang, "{days} business days", "{days}営業日"),
    }
}
