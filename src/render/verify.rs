//! What a walk over the log found.

use super::Page;
use crate::incident::chain::Verification;
use crate::say;
use crate::text::{chain_break, one_line};
use crate::view::{SealCheck, SealWorth};

/// What holds, what doesn't, and what a chain without a key can show; `line` is the heads.
pub fn verification(page: &Page, found: &Verification, seals: &[SealCheck], compared: usize, line: &str) -> String {
    let lang = page.lang();
    let (entries, origins) = (found.entries, found.origins.len());
    let mut lines = Vec::new();
    if found.breaks.is_empty() {
        lines.push(say!(
            lang,
            "{entries} entries checked, chains: {origins}; each follows from the one before",
            "{entries}件の記録（{origins}本の連鎖）を検証: すべて直前の記録に続いています"
        ));
    } else {
        lines.push(page.alarm(&say!(
            lang,
            "{entries} entries checked, chains: {origins}; NOT what was written",
            "{entries}件の記録（{origins}本の連鎖）を検証: 書かれたままではありません"
        )));
        lines.extend(found.breaks.iter().map(|one| format!("  {}", chain_break(one, lang))));
    }
    if found.redacted > 0 {
        let redacted = found.redacted;
        lines.push(say!(lang, "redacted, and said so: {redacted}", "墨消し（記録あり）: {redacted}件"));
    }
    for gap in &found.salvaged {
        let origin = gap.origin.0.simple().to_string();
        let place = format!("{}/{}–{}", origin.get(..8).unwrap_or_default(), gap.from, gap.to);
        lines.push(say!(lang, "lost in a salvage, and said so: {place}", "復旧時に失われた記録（記録あり）: {place}"));
    }
    for absent in &found.absent {
        let (origin, noted) = (absent.origin.get(..8).unwrap_or(&absent.origin), one_line(&absent.noted));
        let place = format!("{origin}/{}", absent.seq);
        lines.push(say!(
            lang,
            "not here yet: {place}, which another copy knows of ({noted})",
            "未着: {place}（別の写しが参照、{noted}）"
        ));
    }
    lines.extend(seals.iter().map(|seal| seal_line(page, seal)));
    if compared > 0 && found.breaks.is_empty() {
        lines.push(say!(lang, "noted heads that it agrees with: {compared}", "控えのヘッドと一致: {compared}件"));
    }
    if !line.trim_start_matches("hikeshi").is_empty() {
        lines.push(say!(lang, "head: {line}", "ヘッド: {line}"));
    }
    if compared == 0 {
        lines.push(page.dim(&say!(
            lang,
            "this shows change against a head that was kept elsewhere (--from FILE): without one, whoever owns the file \
             could have written the whole log anew",
            "検証できるのは、別の場所に控えたヘッド（--from ファイル）からの変更です。控えがなければ、ファイルの持ち主が\
             全体を書き直しても検出できません"
        )));
    }
    lines.join("\n")
}

fn seal_line(page: &Page, seal: &SealCheck) -> String {
    let lang = page.lang();
    let when = seal.at.map(|at| page.moments.full(at)).unwrap_or_default();
    let (actor, signer) = (one_line(&seal.actor), one_line(&seal.signer));
    let seal_of = say!(lang, "seal of {when} by {actor} ({signer})", "{when} の封印（{actor}、{signer}）");
    match &seal.worth {
        SealWorth::Allowed(name) => {
            let name = one_line(name);
            say!(lang, "{seal_of}: holds, the key is {name}'s", "{seal_of}: 有効（{name} の鍵）")
        }
        SealWorth::Unknown => say!(
            lang,
            "{seal_of}: holds; nobody vouches for the key (--allowed-signers FILE)",
            "{seal_of}: 有効。鍵の持ち主は未確認（--allowed-signers ファイル）"
        ),
        SealWorth::Unlisted(_) => page.alarm(&say!(
            lang,
            "{seal_of}: does NOT hold as a seal: its signature is good, but the key is not among the allowed signers; \
             the log is not altered by it",
            "{seal_of}: 封印として無効です。署名は正しいものの、鍵が許可された署名者にありません（ログの改変ではありません）"
        )),
        SealWorth::Unchecked(reason) => {
            let reason = one_line(reason);
            say!(lang, "{seal_of}: not checked: {reason}", "{seal_of}: 未検証: {reason}")
        }
        SealWorth::Broken(reason) => {
            let reason = one_line(reason);
            page.alarm(&say!(lang, "{seal_of}: does NOT hold: {reason}", "{seal_of}: 無効: {reason}"))
        }
    }
}
