//! What doesn't hold about a log, in words.

use super::one_line;
use crate::incident::chain::{Break, Fault};
use crate::incident::localized::Lang;
use crate::say;

/// One sentence: which entry, what was expected, what is there.
pub fn chain_break(found: &Break, lang: Lang) -> String {
    let id = found.entry.as_deref().and_then(|tag| tag.get(..4)).map(|tag| format!(" [{tag}]")).unwrap_or_default();
    let origin = found.origin.get(..8).unwrap_or(&found.origin);
    let seq = found.seq;
    let entry = say!(lang, "entry {origin}/{seq}{id}", "記録 {origin}/{seq}{id}");
    match &found.fault {
        Fault::Missing { to } if *to == seq => {
            say!(lang, "{entry} is missing: removed", "{entry} がありません（削除）")
        }
        Fault::Missing { to } => {
            say!(lang, "{entry} to {to} are missing: removed", "{entry} から {to} までがありません（削除）")
        }
        Fault::Unreadable { reason } => {
            let reason = one_line(reason);
            say!(lang, "{entry} has a header that can't be read: {reason}", "{entry} のヘッダーを読めません: {reason}")
        }
        Fault::Misplaced { origin, seq } => {
            let origin = origin.0.simple().to_string();
            let there = format!("{}/{seq}", origin.get(..8).unwrap_or_default());
            say!(
                lang,
                "{entry} says that it is entry {there}: moved or inserted",
                "{entry} は自身を {there} としています（移動または挿入）"
            )
        }
        Fault::Changed { expected, found } => say!(
            lang,
            "{entry} was changed, or the one before it: what is stored gives the hash {expected}, its hash is {found}",
            "{entry} またはその直前の記録が変更されています: 内容から求めたハッシュは {expected}、保存値は {found}"
        ),
        Fault::Blanked => say!(
            lang,
            "{entry} has lost its words, and no entry says that they were redacted",
            "{entry} の本文が失われていますが、墨消しの記録がありません"
        ),
        Fault::Column { name, expected, found } => {
            let (expected, found) = (one_line(expected), one_line(found));
            say!(
                lang,
                "{entry}: the column {name} says `{found}`, the header says `{expected}`",
                "{entry}: 列 {name} は「{found}」ですが、ヘッダーは「{expected}」です"
            )
        }
        Fault::NoSuchOrigin { noted } => {
            let noted = one_line(noted);
            say!(
                lang,
                "a head was noted of the copy {origin} ({noted}), and this log knows nothing of it",
                "控えのヘッド（{noted}）にある写し {origin} が、このログにありません"
            )
        }
        Fault::CutOff { last, noted } => {
            let noted = one_line(noted);
            say!(
                lang,
                "{entry} was the head once ({noted}), and the log now ends at {last}: cut off",
                "{entry} がヘッドとして控えられています（{noted}）が、ログは {last} で終わっています（末尾の切り取り）"
            )
        }
        Fault::Rewritten { expected, found, noted } => {
            let noted = one_line(noted);
            say!(
                lang,
                "{entry} had the hash {expected} once ({noted}), and has {found} now: the log was written anew",
                "{entry} のハッシュは控え（{noted}）では {expected}、現在は {found} です（ログの書き直し）"
            )
        }
    }
}
