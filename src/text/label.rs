//! The names of values as people read them: slugs in English, the terms of the field in Japanese.

use super::either;
use crate::incident::command::{Bridge, CancelCause, CommandMode, Customers, LinkKind, NoteKind};
use crate::incident::localized::Lang;
use crate::incident::severity::Severity;
use crate::incident::slug::{
    CauseKind, ClockKind, DataLoss, Deed, DocumentStatus, DrillKind, Importance, Mark, Priority, Stage,
};
use crate::incident::state::Progress;
use crate::incident::status::Status;

/// Where an incident stands.
pub const fn status(status: Status, lang: Lang) -> &'static str {
    let ja = match status {
        Status::Investigating => "調査中",
        Status::Identified => "特定済み",
        Status::Mitigated => "暫定対応済み",
        Status::Monitoring => "経過観察",
        Status::Resolved => "解決",
        Status::Closed => "クローズ",
        Status::Cancelled => "取り消し",
    };
    either(lang, status.as_str(), ja)
}

/// How bad it is: the slug in both languages, as responders say it aloud.
pub const fn severity(severity: Severity, _lang: Lang) -> &'static str {
    severity.as_str()
}

/// What kind of remark a note is.
pub const fn note_kind(kind: NoteKind, lang: Lang) -> &'static str {
    let ja = match kind {
        NoteKind::Observation => "観察",
        NoteKind::Hypothesis => "仮説",
        NoteKind::Decision => "決定",
        NoteKind::Change => "変更",
        NoteKind::Question => "質問",
    };
    either(lang, kind.as_str(), ja)
}

/// The bridge on which something was said.
pub const fn bridge(bridge: Bridge, lang: Lang) -> &'static str {
    let ja = match bridge {
        Bridge::Unified => "統一コマンドブリッジ",
        Bridge::Technical => "技術ブリッジ",
    };
    let en = match bridge {
        Bridge::Unified => "unified bridge",
        Bridge::Technical => "technical bridge",
    };
    either(lang, en, ja)
}

/// How an incident is commanded.
pub const fn command_mode(mode: CommandMode, lang: Lang) -> &'static str {
    let ja = match mode {
        CommandMode::Standard => "通常の指揮",
        CommandMode::Unified => "統一コマンド",
    };
    let en = match mode {
        CommandMode::Standard => "standard command",
        CommandMode::Unified => "unified command",
    };
    either(lang, en, ja)
}

/// Whether one customer is hit or many.
pub const fn customers(customers: Customers, lang: Lang) -> &'static str {
    let ja = match customers {
        Customers::One => "一社",
        Customers::Many => "複数",
    };
    either(lang, customers.as_str(), ja)
}

/// Why an incident was cancelled.
pub const fn cancel_cause(cause: CancelCause, lang: Lang) -> &'static str {
    let ja = match cause {
        CancelCause::Duplicate => "重複",
        CancelCause::FalseAlarm => "誤報",
        CancelCause::Superseded => "別のインシデントに統合",
        CancelCause::Maintenance => "計画メンテナンス",
    };
    let en = match cause {
        CancelCause::Duplicate => "duplicate",
        CancelCause::FalseAlarm => "false alarm",
        CancelCause::Superseded => "superseded",
        CancelCause::Maintenance => "planned maintenance",
    };
    either(lang, en, ja)
}

/// What kind of place a link leads to.
pub const fn link_kind(kind: LinkKind, lang: Lang) -> &'static str {
    let ja = match kind {
        LinkKind::Bridge => "ブリッジ",
        LinkKind::Chat => "チャット",
        LinkKind::Ticket => "チケット",
        LinkKind::Dashboard => "ダッシュボード",
        LinkKind::Doc => "資料",
    };
    either(lang, kind.as_str(), ja)
}

/// What kind of factor a cause is (E9).
pub const fn cause_kind(kind: CauseKind, lang: Lang) -> &'static str {
    let ja = match kind {
        CauseKind::Technical => "技術的要因",
        CauseKind::Human => "人的要因",
        CauseKind::External => "外部要因",
        CauseKind::Process => "プロセス要因",
    };
    either(lang, kind.as_str(), ja)
}

/// How far a postmortem has come.
pub const fn document_status(status: DocumentStatus, lang: Lang) -> &'static str {
    let ja = match status {
        DocumentStatus::Draft => "下書き",
        DocumentStatus::Review => "レビュー中",
        DocumentStatus::Approved => "承認済み",
    };
    either(lang, status.as_str(), ja)
}

/// How urgent a measure of prevention is (E10).
pub const fn priority(priority: Priority, lang: Lang) -> &'static str {
    let ja = match priority {
        Priority::High => "高",
        Priority::Medium => "中",
        Priority::Low => "低",
    };
    either(lang, priority.as_str(), ja)
}

/// How far a measure of prevention has come (E10).
pub const fn progress(progress: Progress, lang: Lang) -> &'static str {
    let ja = match progress {
        Progress::Open => "未実施",
        Progress::Done => "効果確認待ち",
        Progress::Effective => "有効",
        Progress::Dropped => "取りやめ",
    };
    let en = match progress {
        Progress::Done => "done, to be checked",
        other => other.as_str(),
    };
    either(lang, en, ja)
}

/// What a statement is there for.
pub const fn stage(stage: Stage, lang: Lang) -> &'static str {
    let ja = match stage {
        Stage::Initial => "第一報",
        Stage::Progress => "経過",
        Stage::Workaround => "回避策",
        Stage::Resolved => "復旧",
        Stage::Invitation => "案内",
        Stage::Correction => "訂正",
    };
    either(lang, stage.as_str(), ja)
}

/// What a deadline is about.
pub const fn clock_kind(kind: ClockKind, lang: Lang) -> &'static str {
    let ja = match kind {
        ClockKind::Comms => "告知",
        ClockKind::Ack => "呼び出し応答",
        ClockKind::Step => "手順",
        ClockKind::Fix => "恒久的処置",
        ClockKind::Legal => "法令上の報告",
        ClockKind::Postmortem => "ポストモーテム",
        ClockKind::Action => "再発防止策",
        ClockKind::FollowUp => "フォローアップ",
        ClockKind::Drill => "演習",
        ClockKind::Handover => "交代",
        ClockKind::Contact => "連絡先の確認",
    };
    either(lang, kind.as_str(), ja)
}

/// What kind of exercise it is.
pub const fn drill_kind(kind: DrillKind, lang: Lang) -> &'static str {
    let ja = match kind {
        DrillKind::Exercise => "週次演習",
        DrillKind::Drill => "月次訓練",
    };
    either(lang, kind.as_str(), ja)
}

/// What a scenario expects.
pub const fn deed(deed: Deed, lang: Lang) -> &'static str {
    let (en, ja) = match deed {
        Deed::Declared => ("declared", "宣言"),
        Deed::Commander => ("commander named", "指揮者の決定"),
        Deed::Roles => ("roles filled", "役割の割り当て"),
        Deed::Severity => ("right severity", "正しい重大度"),
        Deed::Escalated => ("people called in", "招集"),
        Deed::FirstNotice => ("first notice", "第一報"),
        Deed::Cadence => ("longest silence", "最長の沈黙"),
        Deed::Briefed => ("support briefed", "窓口への周知"),
        Deed::Identified => ("cause identified", "原因の特定"),
        Deed::Steps => ("steps done", "手順の実施"),
        Deed::Workaround => ("workaround in place, or restored", "ワークアラウンド（または復旧）"),
        Deed::Resolved => ("resolved", "解決"),
        Deed::Postmortem => ("postmortem filed", "ポストモーテムの提出"),
    };
    either(lang, en, ja)
}

/// How well something expected was done.
pub const fn mark(mark: Mark, lang: Lang) -> &'static str {
    let ja = match mark {
        Mark::Fully => "達成",
        Mark::Partly => "一部達成",
        Mark::Not => "未達",
    };
    either(lang, mark.as_str(), ja)
}

/// How much depends on a service.
pub const fn importance(importance: Importance, lang: Lang) -> &'static str {
    let ja = match importance {
        Importance::Critical => "最重要",
        Importance::High => "高",
        Importance::Normal => "中",
        Importance::Low => "低",
    };
    either(lang, importance.as_str(), ja)
}

/// What is known of lost data.
pub const fn data_loss(loss: DataLoss, lang: Lang) -> &'static str {
    let (en, ja) = match loss {
        DataLoss::None => ("no data lost", "データ消失なし"),
        DataLoss::Suspected => ("data loss suspected", "データ消失の疑い"),
        DataLoss::Confirmed => ("data loss confirmed", "データ消失を確認"),
    };
    either(lang, en, ja)
}
