//! What keeps an incident from closing, in words.

use crate::incident::localized::Lang;
use crate::incident::state::Waiting;
use crate::say;
use crate::text::one_line;

/// One thing that an incident waits for, in the reader's language.
pub fn waiting(waiting: &Waiting, lang: Lang) -> String {
    match waiting {
        Waiting::Step { number, slug, text } => {
            let (slug, text) = (one_line(slug), one_line(text.get(lang)));
            say!(lang, "required step {number} {slug} ({text})", "必須の手順 {number} {slug}（{text}）")
        }
        Waiting::Fix { workaround, .. } => {
            let workaround = one_line(workaround);
            say!(
                lang,
                "permanent fix for the workaround “{workaround}”",
                "ワークアラウンド「{workaround}」の恒久的処置"
            )
        }
        Waiting::FollowUp { who, .. } => {
            let who = one_line(who);
            say!(lang, "news promised to {who}", "{who} へのフォローアップ")
        }
        Waiting::Units { left, total } => {
            say!(lang, "{left} of {total} units not mended yet", "未復旧 {left}/{total}")
        }
        Waiting::Duty { duty, .. } => {
            say!(lang, "legal notice {duty}, or a decision that none is due", "法令上の報告 {duty}（または不要の判断）")
        }
        Waiting::Workaround { workaround } => {
            let workaround = one_line(workaround);
            say!(lang, "workaround still in place: “{workaround}”", "ワークアラウンド「{workaround}」が残っている")
        }
        Waiting::Postmortem { .. } => say!(lang, "postmortem", "ポストモーテム"),
    }
}
