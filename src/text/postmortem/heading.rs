//! The headings of a postmortem.

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
    /// The times before it came back.
    Rounds = "rounds", "Earlier rounds: it came back", "再発までの経過";
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
    /// What nobody expected.
    Surprised = "what-surprised-us", "What surprised us", "意外だったこと";
    /// What set it off.
    Trigger = "trigger", "Trigger", "引き金";
    /// How it was noticed.
    Detection = "detection", "Detection", "検知";
    /// The chain of causes (E9).
    Chain = "cause-chain", "Chain of causes", "因果の連鎖";
    /// What people outside were told.
    Told = "what-we-told-you", "What we told you", "これまでのお知らせ";
    /// What was planned and what it took (E11).
    Plan = "planned-and-actual", "Planned and actual times", "計画と実績";
    /// What will be done so that it does not happen again (E10).
    Prevention = "prevention", "Prevention", "再発防止";
    /// What keeps the incident from closing.
    Waiting = "still-open", "Still open", "未完了の事項";
}

impl Heading {
    /// The name by which links find a section that people write.
    pub fn anchor_of(section: &str) -> String {
        let own = match section {
            "went-well" => Self::Well.anchor(),
            "went-badly" => Self::Badly.anchor(),
            "lucky" => Self::Lucky.anchor(),
            "surprised" => Self::Surprised.anchor(),
            "contributing-factors" => Self::Contributing.anchor(),
            "trigger" => Self::Trigger.anchor(),
            "detection" => Self::Detection.anchor(),
            other => return format!("section-{other}"),
        };
        own.to_owned()
    }
}
