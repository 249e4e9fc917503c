//! Exercises, as people read them (A5).

use super::{Fit, Page, Table};
use crate::incident::drill::{Play, Scenario};
use crate::incident::fact::{Criterion, Graded};
use crate::incident::localized::Lang;
use crate::incident::slug::Mark;
use crate::incident::time::{Span, Timestamp};
use crate::say;
use crate::text::{label, one_line};
use crate::view::{DrillReport, Trend};

/// The bars of a trend, the lowest first.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// How many exercises a trend shows in one line.
const SHOWN: usize = 40;

/// Scenarios, one a row; `own` are those of the organisation.
pub fn scenario_list(page: &Page, scenarios: &[(&Scenario, bool)]) -> String {
    let lang = page.lang();
    let heads = match lang {
        Lang::En => ["id", "kind", "title", "length", "expected", "from"],
        Lang::Ja => ["ID", "種類", "題名", "長さ", "期待する対応", "由来"],
    };
    let mut table = Table::new(page, &heads.map(str::to_owned)).fit(2, Fit::Flow(16)).gives_up(&[5, 4, 3, 1]);
    for (scenario, own) in scenarios {
        table.row(vec![
            page.bold(&one_line(&scenario.id)),
            label::drill_kind(scenario.kind, lang).to_owned(),
            one_line(scenario.title.get(lang)).into_owned(),
            page.moments.span(scenario.lasts()),
            scenario.expect.len().to_string(),
            if *own { say!(lang, "own", "自組織") } else { say!(lang, "compiled in", "組み込み") },
        ]);
    }
    table.lines().join("\n")
}

/// What the team is told at the beginning, and how to take part.
pub fn situation(page: &Page, play: &Play, situation: &str, number: u32) -> String {
    let lang = page.lang();
    let title = one_line(play.started.title.get(lang)).into_owned();
    let (ends, speed) = (page.moments.near(play.ends_at(), page.now), play.started.speed);
    let kind = label::drill_kind(play.started.kind, lang);
    let mut lines =
        vec![page.bold(&say!(lang, "[drill] #{number} {title} ({kind})", "[演習] #{number} {title}（{kind}）"))];
    if !situation.is_empty() {
        lines.push(one_line(situation).into_owned());
    }
    lines.push(say!(
        lang,
        "take part: eval \"$(hikeshi use {number})\"",
        "参加するには: eval \"$(hikeshi use {number})\""
    ));
    lines.push(if speed > 1 {
        say!(lang, "ends by {ends}, at {speed} times the speed", "{ends} までに終了（{speed}倍速）")
    } else {
        say!(lang, "ends by {ends}", "{ends} までに終了")
    });
    lines.join("\n")
}

/// Something that happens: by the wall clock, and how far into the scenario.
pub fn turn(page: &Page, play: &Play, at: Timestamp, text: &str) -> String {
    let (clock, into) = (page.moments.near(at, page.now), page.moments.span(play.into(at)));
    format!("{clock}  {}  {}", page.dim(&format!("+{into}")), page.bold(&one_line(text)))
}

/// What comes next, or that nothing does.
pub fn what_next(page: &Page, report: &DrillReport, next: Option<Timestamp>, waiting: usize) -> String {
    let lang = page.lang();
    let number = report.incident.number;
    if report.over {
        return say!(
            lang,
            "the drill is over: hikeshi drill grade {number}",
            "演習は終了: hikeshi drill grade {number}"
        );
    }
    let ends = page.moments.near(report.play.ends_at(), page.now);
    let next = match next {
        Some(at) => {
            let at = page.moments.near(at, page.now);
            say!(lang, "something happens at {at}", "次の状況付与は {at}")
        }
        None => say!(lang, "nothing more happens by itself", "時刻による状況付与はもうない"),
    };
    say!(
        lang,
        "{next}; after deeds: {waiting}; ends by {ends}",
        "{next}（対応に応じた付与: {waiting}件、{ends} までに終了）"
    )
}

/// A grade: each criterion with target, actual and mark; then each role's holders.
pub fn drill_grade(page: &Page, report: &DrillReport) -> String {
    let lang = page.lang();
    let (graded, started) = (&report.grading.graded, &report.play.started);
    let title = one_line(started.title.get(lang)).into_owned();
    let number = report.incident.number;
    let mut lines = vec![page.bold(&say!(lang, "[drill] #{number} {title}", "[演習] #{number} {title}"))];
    let score = graded.score;
    let whose =
        started.team.as_deref().map_or_else(|| say!(lang, "the team", "チーム"), |team| one_line(team).into_owned());
    lines.push(say!(lang, "{whose}: {score} of 100", "{whose}: {score}点（100点満点）"));
    if !report.over {
        lines.push(say!(lang, "it is still being played: nothing is recorded yet", "実施中のため、まだ記録しない"));
    }
    lines.push(String::new());
    let heads = match lang {
        Lang::En => ["expected", "target", "actual", "mark", "weight", "role", "carried by"],
        Lang::Ja => ["期待する対応", "目標", "実績", "評価", "重み", "役割", "担当"],
    };
    let mut table = Table::new(page, &heads.map(str::to_owned)).fit(0, Fit::Flow(16)).gives_up(&[4, 5, 1, 6]);
    for (criterion, result) in report.grading.criteria.iter().zip(&graded.results) {
        table.row(vec![
            expected(criterion, lang),
            exact(result.within),
            result.actual.map_or_else(|| "–".to_owned(), exact),
            marked(page, result),
            criterion.weight.to_string(),
            one_line(result.role.as_deref().unwrap_or("–")).into_owned(),
            if result.holders.is_empty() {
                "–".to_owned()
            } else {
                one_line(&result.holders.join(", ")).into_owned()
            },
        ]);
    }
    lines.extend(table.lines());
    if !graded.people.is_empty() {
        lines.push(String::new());
        let heads = match lang {
            Lang::En => ["role", "who", "score"],
            Lang::Ja => ["役割", "担当", "点"],
        };
        let mut table = Table::new(page, &heads.map(str::to_owned));
        for one in &graded.people {
            let nobody = || say!(lang, "nobody", "担当なし");
            table.row(vec![
                one_line(&one.role).into_owned(),
                one.person.as_deref().map_or_else(nobody, |person| one_line(person).into_owned()),
                one.score.to_string(),
            ]);
        }
        lines.extend(table.lines());
    }
    lines.join("\n")
}

/// Hours, minutes and seconds: a mark may hang on one of them.
fn exact(span: Span) -> String {
    let seconds = span.millis() / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// What was expected, with whom or what it is about.
fn expected(criterion: &Criterion, lang: Lang) -> String {
    let deed = label::deed(criterion.deed, lang);
    let about = match (&criterion.audience, criterion.severity) {
        (Some(audience), _) => audience.clone(),
        (None, Some(severity)) => severity.as_str().to_owned(),
        (None, None) => [criterion.roles.clone(), criterion.steps.clone()].concat().join(", "),
    };
    if about.is_empty() { deed.to_owned() } else { format!("{deed}: {}", one_line(&about)) }
}

fn marked(page: &Page, result: &Graded) -> String {
    let word = label::mark(result.mark, page.lang());
    match result.mark {
        Mark::Fully => word.to_owned(),
        Mark::Partly => page.bold(word),
        Mark::Not => page.alarm(word),
    }
}

/// How each team does: a line of bars, then its exercises.
pub fn drill_history(page: &Page, trends: &[Trend]) -> String {
    let lang = page.lang();
    if trends.is_empty() {
        return say!(
            lang,
            "no drill was held yet: hikeshi drill list",
            "演習はまだ実施されていません: hikeshi drill list"
        );
    }
    let mut lines = Vec::new();
    for trend in trends {
        let team = trend
            .team
            .as_deref()
            .map_or_else(|| say!(lang, "(no team)", "（チーム指定なし）"), |team| one_line(team).into_owned());
        let scores: Vec<Option<u32>> = trend.drills.iter().map(|row| row.score).collect();
        lines.push(format!("{}  {}", page.bold(&team), bars(&scores)));
        let mut table = Table::new(page, &[]);
        for row in &trend.drills {
            let score = row
                .score
                .map_or_else(|| say!(lang, "not graded", "未採点"), |score| say!(lang, "{score} of 100", "{score}点"));
            table.row(vec![
                format!("  {}", page.moments.day(row.held.at)),
                format!("#{}", row.number),
                label::drill_kind(row.held.kind, lang).to_owned(),
                one_line(&row.scenario).into_owned(),
                score,
            ]);
        }
        lines.extend(table.lines());
    }
    lines.join("\n")
}

/// Scores of 100 as bars, the last ones where there are many; a dot stands for one that was not graded.
fn bars(scores: &[Option<u32>]) -> String {
    let bar = |score: &Option<u32>| match score {
        Some(score) => BARS.get(usize::try_from(*score / 13).unwrap_or(0)).copied().unwrap_or('█'),
        None => '·',
    };
    scores.iter().skip(scores.len().saturating_sub(SHOWN)).map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::{bars, exact};
    use crate::incident::time::Span;

    #[test]
    fn times_are_exact_to_the_second() {
        let times = [0, 182, 3_599, 86_400].map(|seconds| exact(Span::from_millis(seconds * 1000)));
        assert_eq!(times, ["0:00", "3:02", "59:59", "24:00:00"]);
    }

    #[test]
    fn scores_become_bars() {
        assert_eq!(bars(&[Some(0), Some(50), None, Some(100), Some(99)]), "▁▄·██");
        assert_eq!(bars(&[Some(1); 99]).chars().count(), 40);
    }
}
