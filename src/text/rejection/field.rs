//! What the texts of a command are called.

use crate::incident::localized::Lang;
use crate::incident::rejection::Field;

pub(super) fn field_name(field: Field, lang: Lang) -> &'static str {
    let (en, ja) = match field {
        Field::Title => ("title", "件名"),
        Field::Summary => ("summary", "概要"),
        Field::Note => ("note", "記録の本文"),
        Field::Reason => ("reason", "理由"),
        Field::Person => ("name", "名前"),
        Field::Role => ("role", "役割名"),
        Field::Service => ("service", "サービス名"),
        Field::Category => ("category", "分類"),
        Field::Scope => ("scope", "担当範囲"),
        Field::Duty => ("duty", "担当内容"),
        Field::Handover => ("handover", "引き継ぎ事項"),
        Field::ResultText => ("result", "結果"),
        Field::Step => ("task", "タスク"),
        Field::Cause => ("cause", "原因"),
        Field::Action => ("action", "対策"),
        Field::Evidence => ("evidence", "証拠"),
        Field::Workaround => ("workaround", "ワークアラウンド"),
        Field::Fix => ("fix", "恒久的処置"),
        Field::Link => ("link", "リンク先"),
        Field::DetectedBy => ("detected-by", "検知者"),
        Field::Place => ("place", "保管場所"),
        Field::Section => ("section", "節の本文"),
        Field::Playbook => ("playbook", "プレイブック"),
        Field::Statement => ("statement", "告知文"),
        Field::Subject => ("subject", "件名"),
        Field::Channel => ("channel", "チャネル名"),
        Field::Answer => ("question or answer", "質問または回答"),
        Field::FollowUp => ("promise", "約束の内容"),
        Field::Impact => ("impact", "影響"),
        Field::Region => ("region", "地域名"),
        Field::Cost => ("cost", "費用"),
        Field::Contact => ("contact", "連絡先"),
        Field::Key => ("key", "キー"),
    };
    match lang {
        Lang::En => en,
        Lang::Ja => ja,
    }
}

/// A line that gives what was empty; `on` is the program with the incident.
pub(super) fn example(field: Field, on: &str) -> String {
    let rest = match field {
        Field::Title => return "hikeshi declare TITLE".to_owned(),
        Field::Key => return format!("{on} note TEXT --key KEY"),
        Field::Contact => return "hikeshi contact add NAME".to_owned(),
        Field::Playbook => return "hikeshi playbook list".to_owned(),
        Field::Summary => "set --summary TEXT",
        Field::Person | Field::Role | Field::Scope | Field::Duty | Field::Handover => "assign-role ROLE NAME",
        Field::Service => "set --service +NAME",
        Field::Category => "set --category CATEGORY",
        Field::Reason => return "hikeshi help".to_owned(),
        Field::ResultText => "check STEP --result TEXT",
        Field::Step => "checklist add TEXT",
        Field::Cause => "identify TEXT",
        Field::Action => "action add TEXT",
        Field::Evidence => "evidence add FILE",
        Field::Workaround => "mitigate TEXT",
        Field::Fix => "fix TEXT",
        Field::Link => "link add doc URL",
        Field::DetectedBy => return "hikeshi declare TITLE --detected-by NAME".to_owned(),
        Field::Place => "postmortem --filed URL",
        Field::Section => "postmortem edit",
        Field::Statement | Field::Subject | Field::Channel => "update TEXT --audience WHO",
        Field::Answer => "brief --faq add QUESTION ANSWER",
        Field::FollowUp => "followup add WHO TEXT",
        Field::Impact | Field::Region | Field::Cost => "impact TEXT",
        Field::Note => "note TEXT",
    };
    format!("{on} {rest}")
}
