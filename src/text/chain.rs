//! What doesn't hold about a log, in words.

use super::one_line;
use crate::incident::chain::{Beginning, Break, Fault};
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
        Fault::Salt { salt, words, digest } => {
            let salt = salt.map_or_else(|| "-".to_owned(), |bytes| bytes.to_string());
            let digest = digest.map_or_else(|| "-".to_owned(), |bytes| bytes.to_string());
            let words =
                if *words { say!(lang, "words", "本文あり") } else { say!(lang, "no words", "本文なし") };
            say!(
                lang,
                "{entry} has {words}, a salt of {salt} bytes and a digest of {digest}: with words there is a salt of 32 \
                 bytes and no digest, without them neither salt nor any digest but one of 32 bytes",
                "{entry} は{words}、ソルト {salt} バイト、ダイジェスト {digest} バイトです。本文があれば 32 バイトのソルトだけ、\
                 なければソルトなしで 32 バイトのダイジェストだけが正しい形です"
            )
        }
        Fault::Unlisted if origin.is_empty() => say!(
            lang,
            "row {seq}{id} stands in no copy that this store lists: inserted, or the list was altered",
            "行 {seq}{id} は、このストアのどの写しにも属しません（挿入、または写しの一覧の変更）"
        ),
        Fault::Unlisted => say!(
            lang,
            "{entry} stands in no copy that this store lists: inserted, or the list was altered",
            "{entry} は、このストアのどの写しにも属しません（挿入、または写しの一覧の変更）"
        ),
        Fault::Beginning(Beginning::Empty) => say!(
            lang,
            "the copy {origin} is listed and has no entry: removed",
            "写し {origin} は一覧にありますが、記録が1件もありません（削除）"
        ),
        Fault::Beginning(Beginning::Unsaid) => say!(
            lang,
            "{entry} is the first of its copy and doesn't say where that copy began: rewritten or inserted",
            "{entry} は写しの最初の記録ですが、写しの始まりを述べていません（書き直しまたは挿入）"
        ),
        Fault::Beginning(Beginning::Inside) => say!(
            lang,
            "{entry} says that a copy begins there, in the middle of another: inserted",
            "{entry} は別の写しの途中で写しの始まりを述べています（挿入）"
        ),
        Fault::Beginning(Beginning::NoParent) => say!(
            lang,
            "the copy {origin} goes on from nothing, though another copy of the same incidents began before it: inserted",
            "写し {origin} には親がありません。同じインシデント番号の写しがすでにあります（挿入）"
        ),
        Fault::Unpinned => say!(
            lang,
            "{entry} follows entries that a salvage lost, and that salvage did not write down what it found there: it \
             can't be checked; save the store anew: hikeshi doctor --salvage NEW.db",
            "{entry} は復旧時に失われた記録の直後ですが、復旧の記録に照合できる値がなく検証できません。\
             あらためて取り出す: hikeshi doctor --salvage 新しい.db"
        ),
        Fault::Gone { noted } => {
            let noted = one_line(noted);
            say!(
                lang,
                "{entry} was the head once ({noted}), and is not there any more: nothing before it can be compared",
                "{entry} がヘッドとして控えられています（{noted}）が失われており、それ以前を照合できません"
            )
        }
        Fault::Severed { from, to, noted } => {
            let noted = one_line(noted);
            let lost = format!("{origin}/{from}–{to}");
            say!(
                lang,
                "a noted head agrees ({noted}), but {lost} before it are lost, and nothing before those can be compared; if \
                 that loss is known, note a head or seal anew",
                "控えのヘッド（{noted}）とは一致しますが、その前の {lost} が失われており、それ以前を照合できません。\
                 既知の消失なら、あらためてヘッドを控えるか封印する"
            )
        }
        Fault::Meta { name: "origin", .. } => say!(
            lang,
            "the store says that it writes as a copy that it doesn't list: altered; hikeshi doctor --rebuild mends it",
            "書き込み元とされる写しが一覧にありません（変更）。hikeshi doctor --rebuild で直せます"
        ),
        Fault::Meta { name, expected, found } => {
            let (expected, found) = (one_line(expected), one_line(found));
            say!(
                lang,
                "the store notes the {name} {found}, the log says {expected}: altered; hikeshi doctor --rebuild mends it",
                "ストアの {name} は {found} ですが、ログでは {expected} です（変更）。hikeshi doctor --rebuild で直せます"
            )
        }
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
