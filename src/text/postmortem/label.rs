//! The words of a postmortem that stand alone: heads of columns, names of facts and milestones.

use crate::incident::localized::Lang;
use crate::text::either;

macro_rules! labels {
    ($($(#[$doc:meta])* $name:ident = $en:literal, $ja:literal;)*) => {
        /// The head of a column, the name of a fact, or another word or two that stand alone.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Label {
            $($(#[$doc])* $name,)*
        }

        impl Label {
            /// Its words.
            pub const fn text(self, lang: Lang) -> &'static str {
                match self {
                    $(Self::$name => either(lang, $en, $ja),)*
                }
            }
        }
    };
}

labels! {
    /// What is done against it.
    Action = "Action", "対策";
    /// Who was told.
    Audience = "Audience", "告知先";
    /// Who acted.
    By = "By", "実施者";
    /// Who was called.
    Called = "Called in", "招集先";
    /// The category.
    Category = "Category", "カテゴリ";
    /// A change to a system.
    Change = "Change", "変更内容";
    /// A change to a system, where it is one of several kinds of entry.
    ChangeMade = "change to a system", "システムへの変更";
    /// A milestone: the trouble was there again.
    CameBack = "came back", "再発";
    /// A channel.
    Channel = "Channel", "チャネル";
    /// A deadline.
    Clock = "Clock", "期限名";
    /// The list of sections.
    Contents = "Contents", "目次";
    /// Whom it hit.
    Customers = "Customers", "影響顧客";
    /// What it costs.
    Cost = "Cost", "費用・損害額";
    /// What is known of lost data.
    DataLoss = "Data loss", "データの消失";
    /// What the figures mean.
    Meaning = "Remarks on the figures", "数値の補足";
    /// The regions.
    Regions = "Regions", "地域";
    /// Who declared it.
    DeclaredBy = "Declared by", "宣言者";
    /// Who or what noticed it.
    DetectedBy = "Detected by", "検知";
    /// How far the postmortem has come.
    Document = "Document", "文書";
    /// The urgency of a measure.
    Priority = "Priority", "優先度";
    /// What a measure takes away.
    Prevents = "Prevents", "防ぐ原因";
    /// How far a measure has come.
    Progress = "State", "状況";
    /// A cause.
    Cause = "Cause", "原因";
    /// What kind of factor a cause is.
    Factor = "Factor", "要因";
    /// What shows it.
    Evidence = "Evidence", "根拠";
    /// What was said to stakeholders.
    Updates = "Updates", "告知";
    /// How long it was to take.
    Planned = "Planned", "計画";
    /// How long it took.
    Took = "Took", "実績";
    /// Done by the time it was due.
    InTime = "In time", "期限内";
    /// Done later than due.
    TooLate = "Too late", "期限超過";
    /// A cause that nothing explains further.
    RootCause = "Root cause", "根本原因";
    /// Done.
    Done = "done", "完了";
    /// A drill.
    Drill = "drill", "演習";
    /// A due time.
    Due = "Due", "期限";
    /// A length of time.
    Duration = "Duration", "所要時間";
    /// How long service was down.
    Downtime = "Down for", "停止時間";
    /// How many requests fail.
    Failing = "Requests that fail", "リクエスト失敗率";
    /// A permanent fix.
    Fix = "permanent fix", "恒久的処置";
    /// A beginning.
    From = "From", "開始";
    /// In which way.
    How = "How", "方法";
    /// When it was done.
    Kept = "Told", "実施";
    /// How much later than due.
    LateBy = "Late by", "遅れ";
    /// It never came.
    Missed = "never", "未実施";
    /// The number that something is a part of.
    OfHowMany = "Of", "対象";
    /// How many were reached.
    Reached = "Reached", "到達";
    /// It hasn't come yet.
    StillOwed = "not yet", "未実施（継続中）";
    /// Units that are mended.
    Units = "Units mended", "復旧した単位";
    /// People who can't work.
    Users = "Users", "利用者";
    /// What was recorded.
    Entries = "Entries", "記録";
    /// An entry that is neither a note nor a change.
    Event = "status, role or step", "状態・役割・手順";
    /// A number.
    Number = "No.", "番号";
    /// A milestone: it was declared.
    Declared = "declared", "宣言";
    /// A milestone: it was noticed.
    Detected = "detected", "検知";
    /// A milestone: what was broken became known.
    Identified = "identified", "特定";
    /// A milestone: the workaround was in place.
    Mitigated = "mitigated", "暫定対応";
    /// A milestone: watching began.
    Monitoring = "monitoring", "経過観察";
    /// A milestone: service was restored.
    Resolved = "resolved", "解決";
    /// A milestone: it began.
    Started = "started", "発生";
    /// A note.
    Note = "note", "メモ";
    /// Nobody recorded it.
    NotRecorded = "not recorded", "記録なし";
    /// Left open.
    Open = "left open", "未完了";
    /// What became of it.
    Outcome = "Outcome", "結果";
    /// Past its time.
    Overdue = "overdue", "期限超過";
    /// Who carries it.
    Owner = "Owner", "担当者";
    /// Kept in sight.
    Pinned = "pinned", "ピン留め";
    /// The postmortem itself.
    Postmortem = "Postmortem", "ポストモーテム";
    /// Why.
    Reason = "Reason", "理由";
    /// Further words.
    Remarks = "Remarks", "備考";
    /// The incident can't be closed without it.
    Required = "required", "必須";
    /// Kept out of lists and reports.
    Restricted = "restricted", "閲覧制限";
    /// Which time round, of an incident that came back.
    Round = "Round", "回";
    /// A role.
    Role = "Role", "役割";
    /// The services.
    Services = "Services", "サービス";
    /// A severity.
    Severity = "Severity", "重大度";
    /// Left out on purpose.
    Skipped = "skipped", "省略";
    /// The stages that the incident passed.
    Stages = "Stages", "段階";
    /// The status.
    Status = "Status", "状態";
    /// Still held.
    StillHeld = "still held", "継続中";
    /// A step.
    Step = "Step", "手順";
    /// From one milestone to another.
    Stretch = "From → to", "区間";
    /// What people still have to write.
    ToWrite = "To be written:", "記入欄：";
    /// It took the workaround back.
    TookBack = "took the workaround back", "ワークアラウンドを撤去";
    /// A time.
    Time = "Time", "時刻";
    /// Declared by nobody yet.
    Undeclared = "not yet declared", "宣言前";
    /// Nobody knows.
    Unknown = "unknown", "不明";
    /// An end.
    Until = "Until", "終了";
    /// What happened.
    What = "What", "内容";
    /// Which kind.
    Which = "Kind", "種別";
    /// Who.
    Who = "Who", "担当者";
    /// A workaround.
    Workaround = "workaround", "ワークアラウンド";
    /// Words that were removed.
    WordsRemoved = "words removed", "文言は削除済み";
}
