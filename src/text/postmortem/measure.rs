//! Whether a measure of prevention works, in words (E10).

use crate::incident::localized::Lang;
use crate::say;

/// What the last check of its effect showed.
pub fn checked(effective: bool, at: &str, lang: Lang) -> String {
    if effective {
        say!(lang, "effective (checked {at})", "有効（{at} に確認）")
    } else {
        say!(lang, "no effect (checked {at})", "効果なし（{at} に確認）")
    }
}

/// How often it was found to have no effect.
pub fn failed(times: u32, lang: Lang) -> String {
    say!(lang, "without effect {times}×", "効果なしと判定{times}回")
}

/// When its effect is to be checked.
pub fn check_planned(at: &str, lang: Lang) -> String {
    say!(lang, "to be checked by {at}", "{at} までに効果を確認")
}
