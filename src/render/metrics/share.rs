//! Shares of a whole: what was kept in time, held, effective, and what came back.

use crate::incident::localized::Lang;
use crate::say;
use crate::view::metrics::{Actions, Coverage, Metrics, permille};

/// A share, with what it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Its slug.
    pub slug: &'static str,
    /// What it is.
    pub name: String,
    /// What is divided by what.
    pub formula: String,
    /// The share in permille; none of nothing.
    pub permille: Option<u32>,
    /// How many things it is of.
    pub n: usize,
    /// The part and the whole.
    pub of: String,
    /// What goes with it, and what is left out.
    pub note: String,
}

impl Share {
    fn counted(slug: &'static str, (name, formula): (String, String), part: usize, whole: usize, lang: Lang) -> Self {
        let of = say!(lang, "{part} of {whole}", "{whole}件中{part}件");
        let wide = |count: usize| u128::try_from(count).unwrap_or(u128::MAX);
        let permille = permille(wide(part), wide(whole));
        Self { slug, name, formula, permille, n: whole, of, note: String::new() }
    }

    fn noting(self, notes: &[(usize, String)]) -> Self {
        let notes: Vec<&str> = notes.iter().filter(|(count, _)| *count > 0).map(|(_, note)| note.as_str()).collect();
        Self { note: notes.join("; "), ..self }
    }

    /// As people read it.
    pub fn percent(&self) -> String {
        match self.permille {
            Some(permille) if permille % 10 == 0 => format!("{} %", permille / 10),
            Some(permille) => format!("{}.{} %", permille / 10, permille % 10),
            None => "–".to_owned(),
        }
    }
}

/// All of them, in the order in which they are told.
pub fn shares(metrics: &Metrics, lang: Lang) -> Vec<Share> {
    let mut all = vec![updates(metrics, lang)];
    all.extend(coverage(&metrics.coverage, lang));
    all.extend(actions(&metrics.actions, lang));
    all.push(reopened(metrics, lang));
    all.extend(came_back(metrics, lang));
    all
}

fn updates(metrics: &Metrics, lang: Lang) -> Share {
    let updates = &metrics.updates;
    let name = say!(lang, "updates in time", "期限内の告知");
    let formula = say!(
        lang,
        "updates sent less than a minute after they were due ÷ updates that came due",
        "期限から1分未満で出した告知 ÷ 期限が来た告知"
    );
    Share::counted("updates-in-time", (name, formula), updates.in_time, updates.due(), lang).noting(&[
        (updates.late, say!(lang, "late: {}", "遅延: {}", updates.late)),
        (updates.missed, say!(lang, "never or overdue: {}", "未実施・期限切れ: {}", updates.missed)),
        (
            updates.without,
            say!(lang, "incidents of which none came due: {}", "期限が来なかったインシデント: {}件", updates.without),
        ),
    ])
}

fn coverage(coverage: &Coverage, lang: Lang) -> [Share; 2] {
    let n = coverage.incidents;
    let share = |slug, names: (String, String), permille, n: usize| {
        let of = say!(lang, "of the response time of {n}", "{n}件の対応時間のうち");
        Share { slug, name: names.0, formula: names.1, permille, n, of, note: String::new() }
    };
    let left_out = [
        (
            coverage.unresolved,
            say!(lang, "left out, not resolved yet: {}", "除外（未解決）: {}件", coverage.unresolved),
        ),
        (
            coverage.instant,
            say!(
                lang,
                "left out, took no time or clocks disagree: {}",
                "除外（対応時間なし・時刻の食い違い）: {}件",
                coverage.instant
            ),
        ),
        (
            coverage.without_roles,
            say!(
                lang,
                "left out, of another tool that names no roles: {}",
                "除外（役割の記録がない取り込み分）: {}件",
                coverage.without_roles
            ),
        ),
    ];
    let led = (
        say!(lang, "incident manager held", "インシデント マネージャーの在任"),
        say!(
            lang,
            "time somebody was incident manager ÷ time from declared to resolved, over all incidents together",
            "インシデント マネージャーがいた時間 ÷ 宣言から解決までの時間（全件の合計）"
        ),
    );
    let always = coverage.always_led;
    let mut notes = vec![(1, say!(lang, "all the time in {always} of {n}", "全期間いた: {n}件中{always}件"))];
    notes.extend(left_out.clone());
    let held = (
        say!(lang, "playbook's roles held", "プレイブックの役割の在任"),
        say!(
            lang,
            "time each role of the playbooks had a holder of its own ÷ declared to resolved for each role (the incident manager carries the others)",
            "プレイブックの各役割に専任の担当がいた時間 ÷ 役割ごとの宣言から解決までの時間（不在の役割はインシデント マネージャーが担う）"
        ),
    );
    [
        share("manager-held", led, coverage.led, n).noting(if n == 0 { &left_out } else { &notes }),
        share("roles-held", held, coverage.held, coverage.with_roles),
    ]
}

fn actions(actions: &Actions, lang: Lang) -> [Share; 2] {
    let in_time = (
        say!(lang, "actions finished in time", "期限内に完了した再発防止策"),
        say!(
            lang,
            "actions finished by their due date ÷ actions finished or overdue that have one",
            "期限までに完了した再発防止策 ÷ 期限があり、完了または期限切れのもの"
        ),
    );
    let effective = (
        say!(lang, "actions effective", "効果のあった再発防止策"),
        say!(
            lang,
            "actions found to work at their last check ÷ actions that were checked",
            "最後の確認で効果があったもの ÷ 確認したもの"
        ),
    );
    [
        Share::counted("actions-in-time", in_time, actions.in_time, actions.due(), lang).noting(&[
            (actions.late, say!(lang, "late or overdue: {}", "遅延・期限切れ: {}", actions.late)),
            (actions.open, say!(lang, "not due yet: {}", "期限前: {}", actions.open)),
            (actions.undated, say!(lang, "no due date: {}", "期限なし: {}", actions.undated)),
            (actions.dropped, say!(lang, "given up: {}", "取りやめ: {}", actions.dropped)),
        ]),
        Share::counted("actions-effective", effective, actions.effective, actions.checked(), lang).noting(&[(
            actions.unchecked,
            say!(lang, "finished, not checked: {}", "完了・未確認: {}", actions.unchecked),
        )]),
    ]
}

fn reopened(metrics: &Metrics, lang: Lang) -> Share {
    let reopened = &metrics.reopened;
    let name = say!(lang, "reopened", "再オープン");
    let formula = say!(
        lang,
        "incidents reopened after they were resolved ÷ incidents that were ever resolved",
        "解決後に再オープンしたインシデント ÷ 一度でも解決したインシデント"
    );
    Share::counted("reopened", (name, formula), reopened.reopened, reopened.resolved, lang)
        .noting(&[(reopened.times, say!(lang, "reopened in all: {} times", "延べ{}回", reopened.times))])
}

fn came_back(metrics: &Metrics, lang: Lang) -> [Share; 2] {
    let recurrence = &metrics.recurrence;
    let placed = (
        say!(lang, "same category and service again", "同じ分類・サービスの再発"),
        say!(
            lang,
            "incidents whose category and service another one had before ÷ incidents that have both",
            "分類とサービスが先のものと同じインシデント ÷ 両方あるインシデント"
        ),
    );
    let explained = (
        say!(lang, "same cause again", "同じ原因の再発"),
        say!(
            lang,
            "incidents whose words of cause another one had before, but for case, width and punctuation ÷ incidents whose cause is written",
            "原因の文が先のものと同じ（大小・全半角・記号は区別しない）インシデント ÷ 原因が書かれたインシデント"
        ),
    );
    let without = |counted: usize| metrics.counted.saturating_sub(counted);
    [
        Share::counted("category-and-service-again", placed, recurrence.placed_again, recurrence.placed, lang).noting(
            &[(
                without(recurrence.placed),
                say!(lang, "without one of them: {}", "どちらかなし: {}件", without(recurrence.placed)),
            )],
        ),
        Share::counted("cause-again", explained, recurrence.explained_again, recurrence.explained, lang).noting(&[(
            without(recurrence.explained),
            say!(lang, "without a cause: {}", "原因なし: {}件", without(recurrence.explained)),
        )]),
    ]
}
