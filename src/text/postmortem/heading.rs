//! The headings of a postmortem, and what people are asked to write under them.

use crate::incident::localized::Lang;
use crate::text::either;

macro_rules! headings {
    ($($(#[$doc:meta])* $name:ident = $anchor:literal, $en:literal, $ja:literal;)*) => {
        /// A heading, in the order of the explanation frame: summary, cause, impact, response, prevention (E2).
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Heading {
            $($(#[$doc])* $name,)*
        }

        impl Heading {
            /// The name by which links find it.
            pub const fn anchor(self) -> &'static str {
                match self {
                    $(Self::$name => $anchor,)*
                }
            }

            /// Its words.
            pub const fn text(self, lang: Lang) -> &'static str {
                match self {
                    $(Self::$name => either(lang, $en, $ja),)*
                }
            }
        }
    };
}

headings! {
    /// What happened, in a few sentences.
    Summary = "summary", "Summary", "概要";
    /// Why it happened.
    Cause = "cause", "Cause", "原因";
    /// What let it happen, beside the cause.
    Contributing = "contributing-factors", "Contributing factors", "誘因・背景要因";
    /// Whom it hit, and how hard.
    Impact = "impact", "Impact", "影響";
    /// How long each stretch took.
    Durations = "durations", "Durations", "所要時間";
    /// How the severity changed.
    Severities = "severity-changes", "Severity changes", "重大度の変更";
    /// What was done.
    Response = "response", "Response", "対応";
    /// The picture of it.
    Chart = "chart", "At a glance", "全体図";
    /// What happened when.
    Timeline = "timeline", "Timeline", "タイムライン";
    /// Who did what.
    Roles = "roles", "Who held which role", "役割の担当";
    /// Who was called in.
    Calls = "people-called", "People called in", "招集した人・チーム";
    /// What stakeholders were told.
    Statements = "statements", "What stakeholders were told", "関係者への告知";
    /// Whether they were told in time (A6).
    InTime = "updates-in-time", "Updates against their clocks", "告知の期限と実績";
    /// Whether it reached them (B7).
    Reach = "reach", "Reach of the channels", "チャネルの到達";
    /// How the impact grew and shrank (E4).
    OverTime = "impact-over-time", "Impact over time", "影響の推移";
    /// What was done to systems.
    Changes = "changes", "Changes made to systems", "システムへの変更";
    /// What held, and what lasts.
    Remedies = "workaround-and-fix", "Workaround and permanent fix", "ワークアラウンドと恒久的処置";
    /// What the playbooks asked for.
    Checklist = "checklist", "Checklist", "チェックリスト";
    /// What is to be learned.
    Lessons = "lessons", "Lessons", "学び";
    /// What helped.
    Well = "what-went-well", "What went well", "うまくいったこと";
    /// What hurt.
    Badly = "what-went-badly", "What went badly", "うまくいかなかったこと";
    /// What only chance saved us from.
    Lucky = "where-we-got-lucky", "Where we got lucky", "幸運だったこと";
    /// What will be done so that it does not happen again (E10).
    Prevention = "prevention", "Prevention", "再発防止";
    /// What keeps the incident from closing.
    Waiting = "still-open", "Still open", "未完了の事項";
}

/// What people are asked to write under a heading.
pub const fn prompt(heading: Heading, lang: Lang) -> Option<&'static str> {
    let (en, ja) = match heading {
        Heading::Summary => (
            "In three or four sentences, for someone who was not there: what failed, for whom, for how long, what ended it.",
            "その場にいなかった人のために三、四文で：何が、誰に、どれだけの間起き、何によって終わったか。",
        ),
        Heading::Cause => (
            "The chain from the trigger to what users saw, each link with its evidence. Systems and conditions, not people.",
            "引き金から利用者に見えた症状までの連鎖を、根拠とともに。人ではなく仕組みと条件について書く。",
        ),
        Heading::Contributing => (
            "What made it possible, likelier, longer or worse: design, load, alerts, documents, timing, other parties.",
            "起こりやすく、長く、重くしたもの：設計、負荷、監視、文書、時期、社外の要因。",
        ),
        Heading::Impact => (
            "In numbers: users, regions, requests failed, data lost, cost; how it grew and shrank over time.",
            "数字で：利用者数、地域、失敗した処理、失われたデータ、費用。時間とともにどう増減したか。",
        ),
        Heading::Well => (
            "What shortened it or kept it small, so that it is kept: alerts, tools, decisions, help.",
            "早期化・軽減に効いたもの。今後も続けるために：監視、道具、判断、支援。",
        ),
        Heading::Badly => (
            "What delayed detection, understanding or repair: gaps in alerts, access, documents, roles, communication.",
            "検知・理解・復旧を遅らせたもの：監視、権限、文書、役割、連絡の不足。",
        ),
        Heading::Lucky => (
            "What could as easily have gone the other way: time of day, who happened to be there, what happened to hold.",
            "そうならなくてもおかしくなかったこと：時間帯、たまたま居た人、たまたま持ちこたえたもの。",
        ),
        Heading::Prevention => (
            "Each measure with one owner and a date. Say how you will know that it works.",
            "対策ごとに担当者一名と期日を。効果をどう確かめるかも書く。",
        ),
        _ => return None,
    };
    Some(either(lang, en, ja))
}
