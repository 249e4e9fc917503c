//! One line about each fact of an exercise (A5).

use super::required;
use crate::incident::fact::Fact;
use crate::incident::localized::Lang;
use crate::say;
use crate::text::label;

pub(super) fn drill(fact: &Fact, lang: Lang) -> String {
    match fact {
        Fact::DrillStarted(started) => {
            let (kind, title) = (label::drill_kind(started.kind, lang), started.title.get(lang));
            let line = say!(lang, "{kind} begins: {title}", "{kind}を開始：{title}");
            match &started.team {
                Some(team) => say!(lang, "{line} (team {team})", "{line}（チーム {team}）"),
                None => line,
            }
        }
        Fact::DrillInjected(injected) => {
            let text = required(&injected.text, lang);
            say!(lang, "inject: {text}", "状況付与：{text}")
        }
        Fact::DrillGraded(graded) => {
            let score = graded.score;
            say!(lang, "graded: {score} of 100", "採点：{score}点")
        }
        other => super::writing::writing(other, lang),
    }
}
