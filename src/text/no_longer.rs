//! Why a message that was queued is not sent any more.

use crate::incident::localized::Lang;
use crate::say;

/// What it was to say is not in the log.
pub fn missing(lang: Lang) -> String {
    say!(lang, "what it was to say can't be found", "送る内容が見つかりません")
}

/// It belongs to an exercise (A5).
pub fn drill(lang: Lang) -> String {
    say!(lang, "it is only a drill", "演習のため送りません")
}

/// It was taken back.
pub fn taken_back(lang: Lang) -> String {
    say!(lang, "it was taken back", "取り消されました")
}

/// Its words were removed.
pub fn removed(lang: Lang) -> String {
    say!(lang, "its words were removed", "本文が削除されています")
}

/// Another statement has taken its place (B6).
pub fn corrected(lang: Lang) -> String {
    say!(lang, "it was corrected before it went out", "送信前に訂正されました")
}

/// The policy no longer has the channel.
pub fn no_channel(channel: &str, lang: Lang) -> String {
    say!(lang, "the policy has no channel {channel}", "ポリシーにチャネル {channel} がありません")
}
