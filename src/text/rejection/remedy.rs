//! Why a command about a cause or a measure of prevention was refused.

use crate::incident::localized::Lang;
use crate::incident::rejection::RemedyRejection;
use crate::incident::state::Progress;
use crate::say;
use crate::text::{Moments, one_line};

/// What was wrong, and the command to run next; `on` is the program with the incident.
pub(super) fn refusal(rejection: &RemedyRejection, on: &str, moments: &Moments) -> (String, Option<String>) {
    let lang = moments.lang();
    match rejection {
        RemedyRejection::NoCause { typed, known } => {
            let typed = one_line(typed);
            let hint = if known.is_empty() {
                format!("{on} cause add TEXT")
            } else {
                let known = known.join(", ");
                say!(lang, "causes: {known}; see: {on} cause list", "原因: {known}（一覧: {on} cause list）")
            };
            (
                say!(lang, "no cause `{typed}` in this incident", "このインシデントに原因「{typed}」はありません"),
                Some(hint),
            )
        }
        RemedyRejection::NoAction { typed, known } => {
            let typed = one_line(typed);
            let hint = if known.is_empty() {
                say!(lang, "every action: hikeshi action list", "すべての対策: hikeshi action list")
            } else {
                let known = known.join(", ");
                say!(lang, "actions: {known}; see: {on} action list", "対策: {known}（一覧: {on} action list）")
            };
            (
                say!(lang, "no action `{typed}` in this incident", "このインシデントに対策「{typed}」はありません"),
                Some(hint),
            )
        }
        RemedyRejection::Several { typed, found } => {
            let (typed, found) = (one_line(typed), found.join(", "));
            (
                say!(lang, "`{typed}` could be {found}", "「{typed}」は複数に当てはまります: {found}"),
                Some(say!(lang, "type more letters", "もう少し長く入力する")),
            )
        }
        RemedyRejection::CauseAsEvidence { entry } => (
            say!(
                lang,
                "{entry} is a cause: evidence is what was seen",
                "{entry} は原因です。証拠には確認した事実を指定します"
            ),
            Some(say!(
                lang,
                "to link causes: {on} cause add TEXT --because ID",
                "原因どうしをつなぐ: {on} cause add TEXT --because ID"
            )),
        ),
        RemedyRejection::Standing { entry, progress, .. } => standing(entry, *progress, on, lang),
        RemedyRejection::PastDue { at } => {
            let at = moments.full(*at);
            (
                say!(lang, "{at} has passed, so nothing can be due then", "{at} は過ぎているため期限にできません"),
                Some(due_forms(lang)),
            )
        }
        RemedyRejection::TooFar { at } => {
            let at = moments.full(*at);
            (say!(lang, "{at} is more than ten years away", "{at} は10年以上先です"), Some(due_forms(lang)))
        }
    }
}

/// How a due time can be typed.
pub fn due_forms(lang: Lang) -> String {
    say!(
        lang,
        "due times: 30d, 2w, 2026-12-24, 2026-12-24 17:00, tomorrow 09:00",
        "期限の例: 30d、2週間後、2026-12-24、12月24日 17:00、明日 09:00"
    )
}

fn standing(entry: &str, progress: Progress, on: &str, lang: Lang) -> (String, Option<String>) {
    match progress {
        Progress::Open => (
            say!(
                lang,
                "action {entry} is not carried out yet, so its effect can't be checked",
                "対策 {entry} は未実施のため、効果を確認できません"
            ),
            Some(format!("{on} action done {entry}")),
        ),
        Progress::Done => (
            say!(
                lang,
                "action {entry} is carried out already; its effect is to be checked",
                "対策 {entry} は実施済みです。次は効果の確認です"
            ),
            Some(format!("{on} action verify {entry} --effective yes TEXT")),
        ),
        Progress::Effective => (
            say!(
                lang,
                "action {entry} is finished: it was found to be effective",
                "対策 {entry} は効果を確認済みで、完了しています"
            ),
            Some(say!(
                lang,
                "if it has no effect after all: {on} action verify {entry} --effective no TEXT",
                "効果がなかった場合: {on} action verify {entry} --effective no TEXT"
            )),
        ),
        Progress::Dropped => (
            say!(lang, "action {entry} was dropped", "対策 {entry} は取りやめになっています"),
            Some(format!("{on} action add TEXT")),
        ),
    }
}
