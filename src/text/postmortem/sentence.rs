//! The sentences and remarks of a postmortem.

use super::{Heading, Label};
use crate::incident::localized::Lang;
use crate::incident::state::Progress;
use crate::say;
use crate::text::either;

/// Things in a row: `a, b` or `a、b`.
pub fn listed(items: &[String], lang: Lang) -> String {
    items.join(either(lang, ", ", "、"))
}

/// Remarks in a row: `a; b` or `a／b`.
pub fn remarks(items: &[String], lang: Lang) -> String {
    items.join(either(lang, "; ", "／"))
}

/// A time that is only approximately known.
pub fn about(time: &str, lang: Lang) -> String {
    say!(lang, "~{time}", "{time}頃")
}

/// `~5 min`; `約5分`.
pub fn about_span(span: &str, lang: Lang) -> String {
    say!(lang, "~{span}", "約{span}")
}

/// The heading of the whole.
pub fn title(number: u32, title: &str, lang: Lang) -> String {
    say!(lang, "Postmortem: #{number} {title}", "ポストモーテム：#{number} {title}")
}

/// Says that it was an exercise.
pub fn drill_notice(lang: Lang) -> String {
    say!(
        lang,
        "This was a drill: no customer was affected.",
        "これは演習の記録です。実際のお客様への影響はありません。"
    )
}

/// Says that it isn't for everybody.
pub fn restricted_notice(lang: Lang) -> String {
    say!(
        lang,
        "Restricted: share it only with those who need to know.",
        "閲覧制限あり。必要な関係者以外には共有しないでください。"
    )
}

/// Where the facts come from, and in which zone the times are; `None` where each time names its own.
pub fn origin(made_at: &str, zone: Option<&str>, lang: Lang) -> String {
    let source = say!(
        lang,
        "Gathered by hikeshi from the incident's log on {made_at}.",
        "hikeshi がインシデントの記録から作成（{made_at}）。"
    );
    match zone {
        Some(zone) => say!(lang, "{source} All times are {zone}.", "{source}時刻はすべて {zone}。"),
        None => say!(
            lang,
            "{source} The clocks changed meanwhile, so each time names its zone.",
            "{source}期間中に標準時が切り替わったため、時刻ごとに時間帯を示す。"
        ),
    }
}

/// That nobody has approved it yet, for those who read it outside the team.
pub fn not_approved(lang: Lang) -> String {
    say!(lang, "Draft, not approved", "下書き（未承認）")
}

/// That somebody approved it.
pub fn approved(time: &str, by: &str, lang: Lang) -> String {
    say!(lang, "approved {time} by {by}", "{time} {by} が承認")
}

/// That it was approved in spite of findings.
pub fn approved_anyway(findings: u32, lang: Lang) -> String {
    say!(lang, "in spite of findings: {findings}", "指摘 {findings} 件を残したまま")
}

/// Introduces the recorded cause.
pub fn cause_understood(lang: Lang) -> String {
    say!(lang, "As the responders understood it:", "対応者の理解：")
}

/// Says that nothing was recorded under a heading.
pub fn nothing(heading: Heading, lang: Lang) -> String {
    match heading {
        Heading::Summary => say!(lang, "No summary was recorded.", "概要の記録なし。"),
        Heading::Cause => say!(lang, "No cause was recorded.", "原因の記録なし。"),
        Heading::Severities => say!(lang, "The severity never changed.", "重大度の変更なし。"),
        Heading::Calls => say!(lang, "Nobody was called in.", "招集の記録なし。"),
        Heading::Changes => say!(lang, "No change to a system was recorded.", "システムへの変更の記録なし。"),
        Heading::Remedies => {
            say!(lang, "No workaround or permanent fix was recorded.", "ワークアラウンド・恒久的処置の記録なし。")
        }
        Heading::Roles => say!(lang, "No role was assigned.", "役割の割り当てなし。"),
        Heading::Checklist => say!(lang, "There was no checklist.", "チェックリストなし。"),
        _ => say!(lang, "Nothing was recorded.", "記録なし。"),
    }
}

/// How many entries the timeline has, and how many were taken back.
pub fn entries(count: usize, undone: usize, lang: Lang) -> String {
    let told =
        say!(lang, "In the order in which it happened. Entries: {count}.", "起きた順に記載。記録は {count} 件。");
    match undone {
        0 => told,
        _ => say!(lang, "{told} Taken back and left out: {undone}.", "{told}取り下げられた {undone} 件は除く。"),
    }
}

/// Recorded well after it happened.
pub fn recorded_late(time: &str, lang: Lang) -> String {
    say!(lang, "late: recorded {time}", "後から記録（{time}）")
}

/// A hypothesis that held.
pub fn confirmed(time: &str, by: &str, lang: Lang) -> String {
    say!(lang, "confirmed {time} by {by}", "{time} {by} が立証")
}

/// A hypothesis that did not hold.
pub fn refuted(time: &str, by: &str, lang: Lang) -> String {
    say!(lang, "refuted {time} by {by}", "{time} {by} が否定")
}

/// A move that saw another status than it met.
pub fn conflict(lang: Lang) -> String {
    say!(lang, "recorded elsewhere against another status", "別の端末で異なる状態から記録")
}

/// Recorded on a duplicate.
pub fn on_duplicate(number: u32, lang: Lang) -> String {
    say!(lang, "recorded on #{number}, a duplicate", "重複した #{number} の記録")
}

/// The severity at last, and at its worst where that differs.
pub fn severity(now: &str, worst: &str, lang: Lang) -> String {
    if now == worst {
        now.to_owned()
    } else {
        say!(lang, "{now} (at its worst {worst})", "{now}（最大時 {worst}）")
    }
}

/// From one milestone to another.
pub fn stretch(from: &str, to: &str, lang: Lang) -> String {
    say!(lang, "{from} → {to}", "{from} → {to}")
}

/// A stretch whose ends were not all recorded.
pub fn unknown_stretch(missing: &[String], lang: Lang) -> String {
    if missing.is_empty() {
        return say!(lang, "unknown", "不明");
    }
    let missing = listed(missing, lang);
    say!(lang, "unknown ({missing}: not recorded)", "不明（{missing}の記録なし）")
}

/// A stretch whose later end was recorded before the earlier one.
pub fn out_of_order(from: &str, to: &str, span: &str, lang: Lang) -> String {
    say!(lang, "out of order ({to} {span} before {from})", "順序が逆（{to}が{from}より {span} 早い）")
}

/// The part of a role that was somebody's.
pub fn scope(scope: &str, lang: Lang) -> String {
    say!(lang, "scope: {scope}", "範囲：{scope}")
}

/// The duty of a role made up on the spot.
pub fn duty(duty: &str, lang: Lang) -> String {
    say!(lang, "duty: {duty}", "任務：{duty}")
}

/// Whom somebody took a role over from, and with which words.
pub fn took_over(from: &str, handover: Option<&str>, lang: Lang) -> String {
    match (from.is_empty(), handover) {
        (false, Some(words)) => say!(lang, "took over from {from}: {words}", "{from} から引き継ぎ：{words}"),
        (false, None) => say!(lang, "took over from {from}", "{from} から引き継ぎ"),
        (true, words) => {
            let words = words.unwrap_or_default();
            say!(lang, "told at the start: {words}", "引き継ぎ：{words}")
        }
    }
}

/// Roles that the incident manager carried, because nobody else held them (C1).
pub fn never_held(roles: &[String], lang: Lang) -> String {
    let roles = listed(roles, lang);
    say!(
        lang,
        "Never assigned, and so carried by the incident manager: {roles}.",
        "割り当てがなく、インシデント マネージャーが担ったもの：{roles}。"
    )
}

/// When the permanent fix was due.
pub fn fix_due(time: &str, lang: Lang) -> String {
    say!(lang, "permanent fix due {time}", "恒久的処置の期限 {time}")
}

/// When a workaround was taken back.
pub fn reverted(time: &str, lang: Lang) -> String {
    say!(lang, "taken back {time}", "{time} 撤去")
}

/// A fix that was made before its due time.
pub fn fix_in_time(lang: Lang) -> String {
    say!(lang, "fixed in time", "期限内に恒久的処置")
}

/// A fix that was made after its due time.
pub fn fix_late(span: &str, lang: Lang) -> String {
    say!(lang, "fixed {span} late", "恒久的処置は期限より {span} 遅れ")
}

/// A fix that is still not made after its due time.
pub fn fix_overdue(span: &str, lang: Lang) -> String {
    say!(lang, "not fixed, {span} overdue", "恒久的処置は未了（{span} 超過）")
}

/// A fix that is not made and not due.
pub fn fix_pending(lang: Lang) -> String {
    say!(lang, "not fixed yet", "恒久的処置は未了（期限内）")
}

/// Another workaround came instead of the fix.
pub fn replaced(lang: Lang) -> String {
    say!(lang, "replaced by the next workaround", "次のワークアラウンドに置き換え")
}

/// So much after its due time.
pub fn late_by(span: &str, lang: Lang) -> String {
    say!(lang, "{span} late", "期限より {span} 遅れ")
}

/// A playbook's checklist.
pub fn playbook(title: &str, id: &str, version: u32, lang: Lang) -> String {
    say!(lang, "{title} ({id}, version {version})", "{title}（{id}、第{version}版）")
}

/// How many steps ended how.
pub fn step_counts(done: usize, skipped: usize, open: usize, never: usize, lang: Lang) -> String {
    say!(
        lang,
        "Done: {done}. Skipped: {skipped}. Left open: {open}. Never applied, and not listed: {never}.",
        "完了 {done}、省略 {skipped}、未完了 {open}。対象にならなかった {never} 件は記載しない。"
    )
}

/// A name, and what it is the name of here.
pub fn of(name: &str, what: &str, lang: Lang) -> String {
    say!(lang, "{name} ({what})", "{name}（{what}）")
}

/// Stands for words that were there and were removed.
pub fn words_removed(lang: Lang) -> String {
    let label = Label::WordsRemoved.text(lang);
    say!(lang, "({label})", "（{label}）")
}

/// When the postmortem is due.
pub fn postmortem_due(time: &str, lang: Lang) -> String {
    say!(lang, "due {time}", "期限 {time}")
}

/// Where the finished postmortem was filed, and when.
pub fn postmortem_filed(place: &str, time: &str, lang: Lang) -> String {
    say!(lang, "filed {time}: {place}", "{time} 提出：{place}")
}

/// The words that stand in full below a table.
pub fn in_full(what: &str, lang: Lang) -> String {
    say!(lang, "In full, {what}:", "全文（{what}）：")
}

/// The name of the picture.
pub fn chart_title(number: u32, lang: Lang) -> String {
    say!(lang, "Incident #{number} over time", "インシデント #{number} の経過")
}

/// The picture in words, for those who don't see it.
pub fn chart_description(from: &str, until: &str, stages: &[String], entries: usize, lang: Lang) -> String {
    let stages = listed(stages, lang);
    say!(
        lang,
        "From {from} to {until}. Stages: {stages}. Entries drawn: {entries}; the tables below hold all of it.",
        "{from} から {until} まで。段階：{stages}。描いた記録は {entries} 件。すべては下の表にある。"
    )
}

/// A stage, from when to when.
pub fn stage(name: &str, from: &str, until: Option<&str>, lang: Lang) -> String {
    match until {
        Some(until) => say!(lang, "{name} {from}–{until}", "{name} {from}～{until}"),
        None => say!(lang, "{name} from {from}", "{name} {from}～"),
    }
}

/// The picture has room for only some of the entries.
pub fn chart_capped(drawn: usize, all: usize, lang: Lang) -> String {
    say!(lang, "Drawn: {drawn} of {all} entries.", "図示した記録：{all} 件中 {drawn} 件。")
}

/// Entries that happened before or after what the picture shows.
pub fn chart_outside(before: usize, after: usize, lang: Lang) -> String {
    say!(
        lang,
        "Entries outside the picture: {before} earlier, {after} later.",
        "図の範囲外の記録：以前 {before} 件、以後 {after} 件。"
    )
}

/// Roles that the picture has no room for.
pub fn chart_roles_left(count: usize, lang: Lang) -> String {
    say!(lang, "Tenures not drawn: {count}.", "図示していない役割の担当：{count} 件。")
}

/// It stands in for a wrong statement.
pub fn corrects(wrong: &str, lang: Lang) -> String {
    say!(lang, "corrects {wrong}", "{wrong} を訂正")
}

/// Another statement stands in for it.
pub fn superseded(by: &str, lang: Lang) -> String {
    say!(lang, "was wrong: corrected by {by}", "誤り：{by} で訂正")
}

/// Channels that gave a statement up.
pub fn undelivered(channels: &[String], lang: Lang) -> String {
    let channels = listed(channels, lang);
    say!(lang, "not delivered through {channels}", "{channels} では未配信")
}

/// How many updates came in time.
pub fn in_time(kept: usize, late: usize, missed: usize, lang: Lang) -> String {
    let due = kept + late + missed;
    say!(
        lang,
        "{kept} of {due} updates came in time; late: {late}; never: {missed}.",
        "告知 {due} 件のうち期限内 {kept} 件、遅れ {late} 件、未実施 {missed} 件。"
    )
}

/// How many a channel did not reach.
pub fn not_reached(missed: u64, lang: Lang) -> String {
    say!(lang, "did not reach {missed}", "未到達 {missed}")
}

/// How far a measure has come.
pub const fn progress(progress: Progress, lang: Lang) -> &'static str {
    match progress {
        Progress::Open => either(lang, "open", "未実施"),
        Progress::Done => either(lang, "done, effect not checked yet", "実施済み（効果未確認）"),
        Progress::Effective => either(lang, "effective", "効果を確認"),
        Progress::Dropped => either(lang, "given up", "取りやめ"),
    }
}
