//! What is wrong with a file of policy, playbooks or settings, in words.

use crate::incident::localized::Lang;
use crate::incident::problem::{ProblemKind, ValueKind};
use crate::incident::when::SpanError;
use crate::say;

/// What is wrong, and where it isn't plain, what to write instead.
pub fn problem(kind: &ProblemKind, lang: Lang) -> String {
    match kind {
        ProblemKind::Syntax { message } => {
            say!(lang, "this is not TOML: {message}", "TOML として読めません: {message}")
        }
        ProblemKind::Unfit { message } => {
            say!(lang, "this does not fit: {message}", "内容が形式に合いません: {message}")
        }
        ProblemKind::NotUtf8 { offset } => say!(
            lang,
            "byte {offset} is not UTF-8; save the file as UTF-8",
            "{offset} バイト目が UTF-8 ではありません。UTF-8 で保存し直してください"
        ),
        ProblemKind::TooLarge { most, .. } => say!(
            lang,
            "the file is larger than {} KiB; nothing of it was read",
            "ファイルが {} KiB を超えています。読み込みませんでした",
            most / 1024
        ),
        ProblemKind::NoFile => say!(lang, "there is no such file", "ファイルがありません"),
        ProblemKind::Exposed { mode } => say!(
            lang,
            "others can write it or its folder (mode {mode:03o}), so it is not used: chmod go-w",
            "ファイルまたはフォルダに他者が書き込めるため使用しません（モード {mode:03o}）: chmod go-w"
        ),
        ProblemKind::Foreign { owned, owner, me } => {
            let sudo = if *me == 0 { "" } else { "sudo " };
            let owned = format!("{sudo}chown {me} {}", shell_words::quote(owned));
            let fix = super::one_line(&owned);
            say!(
                lang,
                "it belongs to another user (uid {owner}), so nothing that it would run or send is used: {fix}",
                "所有者が別のユーザー（uid {owner}）のため、実行や送信に使いません: {fix}"
            )
        }
        ProblemKind::NotAFile => {
            say!(lang, "this is a folder or a device, not a file", "ファイルではありません（フォルダまたはデバイス）")
        }
        ProblemKind::Unreadable { reason } => say!(lang, "can't be read: {reason}", "読み込めません: {reason}"),
        ProblemKind::More { left_out } => {
            say!(lang, "and {left_out} more problems", "ほかに {left_out} 件の問題があります")
        }
        ProblemKind::BadSpan { value, why, .. } => span(value, why, lang),
        ProblemKind::BadTerm { why, .. } => super::term_error(why, lang),
        ProblemKind::BadTime { value, .. } => {
            say!(lang, "no time of day: `{value}`; write 17:30", "時刻ではありません: `{value}`（例: 17:30）")
        }
        ProblemKind::UnknownName { key, name, near: known } => {
            let near = near(known.as_ref(), lang);
            say!(lang, "`{key}`: there is no `{name}`{near}", "`{key}`: `{name}` はありません{near}")
        }
        ProblemKind::Channel(fault) => super::channel_fault(fault, lang),
        ProblemKind::Duty(fault) => super::duty_fault(fault, lang),
        ProblemKind::AtOrAfter => say!(
            lang,
            "say when it happens, with either `at` or `after`",
            "`at` か `after` のどちらか一方で、起きる時を書きます"
        ),
        ProblemKind::AfterTheEnd { key, value } => say!(
            lang,
            "`{key}`: {value} comes after the scenario's `length`",
            "`{key}`: {value} はシナリオの `length` を過ぎています"
        ),
        ProblemKind::WrongKind { key, wanted, found } => say!(
            lang,
            "`{key}` must be {}, not {}",
            "`{key}` には{}を書きます（今は{}）",
            value_kind(*wanted, lang),
            value_kind(*found, lang)
        ),
        ProblemKind::MissingKey { key } => say!(lang, "`{key}` is missing", "`{key}` がありません"),
        ProblemKind::UnknownKey { key, near: name } => {
            let near = near(name.as_ref(), lang);
            say!(lang, "unknown key `{key}`{near}", "`{key}` というキーはありません{near}")
        }
        ProblemKind::MisplacedKey { key } => say!(
            lang,
            "`{key}` belongs at the top of the file, above the first line with [ ]",
            "`{key}` はファイルの先頭、最初の [ ] の行より前に書きます"
        ),
        ProblemKind::NotOneOf { key, value, known } => say!(
            lang,
            "`{key}` can't be `{value}`; it is one of {}",
            "`{key}` に `{value}` は書けません。{} のいずれかです",
            known.join(", ")
        ),
        ProblemKind::UnknownRole { role, near: name } => {
            let near = near(name.as_ref(), lang);
            say!(lang, "no role `{role}`{near}", "`{role}` という役割はありません{near}")
        }
        ProblemKind::UnknownCategory { category, near: name } => {
            let near = near(name.as_ref(), lang);
            say!(lang, "no category `{category}`{near}", "`{category}` という分類はありません{near}")
        }
        ProblemKind::UnknownPlaybook { playbook, near: name, .. } => {
            let near = near(name.as_ref(), lang);
            say!(lang, "no playbook `{playbook}`{near}", "`{playbook}` というプレイブックはありません{near}")
        }
        ProblemKind::UnknownZone { zone, near: name } => {
            let near = near(name.as_ref(), lang);
            say!(
                lang,
                "no time zone `{zone}`{near}; write a name such as Asia/Tokyo",
                "`{zone}` というタイムゾーンはありません{near}。Asia/Tokyo のような名前で書きます"
            )
        }
        ProblemKind::NoStep => say!(lang, "there is no [[step]]", "[[step]] が一つもありません"),
        ProblemKind::TooManySteps { count, most } => {
            say!(lang, "{count} steps; the most is {most}", "ステップが {count} 個あります（上限 {most} 個）")
        }
        ProblemKind::DigitsOnly { id } => say!(
            lang,
            "the id `{id}` would be taken for the number of a step; add a letter",
            "ID `{id}` はステップの番号と区別できません。英字を加えてください"
        ),
        ProblemKind::NotFileName { id, stem } => say!(
            lang,
            "the id is `{id}` and the file `{stem}.toml`; they must be the same",
            "ID は `{id}`、ファイル名は `{stem}.toml` です。同じにしてください"
        ),
        ProblemKind::RoleNotListed { role } => say!(
            lang,
            "`{role}` is not in `roles` at the top; nobody would be asked to fill it",
            "`{role}` が先頭の `roles` にありません。担当者が割り当てられないままになります"
        ),
        ProblemKind::RoleKnown { role } => say!(
            lang,
            "the policy describes the role `{role}` already; this description is not used",
            "役割 `{role}` はポリシーで定義済みです。この定義は使われません"
        ),
        ProblemKind::SelectsNothing => say!(
            lang,
            "[select] asks for nothing and never selects; fill it, or remove it",
            "[select] に条件がなく、選ばれることがありません。条件を書くか、削除してください"
        ),
        ProblemKind::SameSelection { other } => say!(
            lang,
            "[select] asks for the same as the playbook `{other}`; one of the two would never be used",
            "[select] の条件がプレイブック `{other}` と同じです。片方は使われません"
        ),
        ProblemKind::ReviewedLater { day, today } => {
            say!(lang, "reviewed on {day}, but today is {today}", "見直し日 {day} が未来の日付です（今日は {today}）")
        }
        ProblemKind::ReviewedLongAgo { day } => say!(
            lang,
            "last reviewed on {day}, more than a year ago; read it again and change the day",
            "最後の見直しは {day} で、1年以上前です。内容を見直して日付を改めてください"
        ),
        ProblemKind::LongStep { chars, most, .. } => say!(
            lang,
            "{chars} characters; under stress nobody reads more than {most}",
            "{chars} 文字あります。緊急時に読めるのは {most} 文字までです"
        ),
        ProblemKind::Empty { key } => say!(lang, "`{key}` is empty", "`{key}` が空です"),
        ProblemKind::ControlCharacter { key, code } => say!(
            lang,
            "`{key}` has a line break or another control character (U+{code:04X})",
            "`{key}` に改行などの制御文字（U+{code:04X}）があります"
        ),
        ProblemKind::TooLong { key, bytes, most } => say!(
            lang,
            "`{key}` has {bytes} bytes; the most is {most}",
            "`{key}` が {bytes} バイトあります（上限 {most} バイト）"
        ),
        ProblemKind::BadSlug { key, value } => say!(
            lang,
            "`{key}` can't be `{value}`: lowercase letters, digits and hyphens only, 60 at most",
            "`{key}` に `{value}` は使えません。英小文字・数字・ハイフンで60文字までです"
        ),
        ProblemKind::Duplicate { key, id, first_line } => say!(
            lang,
            "`{id}` stands twice in `{key}`; first on line {first_line}",
            "`{key}` に `{id}` が2回あります（最初は {first_line} 行目）"
        ),
        ProblemKind::SharedName { name, first } => say!(
            lang,
            "the category `{first}` has the name `{name}` too; it is found first",
            "`{name}` は分類 `{first}` の名前でもあり、そちらが優先されます"
        ),
        ProblemKind::ZeroSpan { key } => {
            say!(lang, "`{key}` is zero; write 15m, 4h or 3d", "`{key}` がゼロです。15m、4h、3d のように書きます")
        }
        ProblemKind::BadDay { key, value } => say!(
            lang,
            "`{key}` can't be `{value}`; write a day as 2026-11-21",
            "`{key}` の `{value}` は日付として読めません。2026-11-21 のように書きます"
        ),
        ProblemKind::BadNumber { key, value, least } => say!(
            lang,
            "`{key}` can't be {value}; it counts from {least}",
            "`{key}` に {value} は書けません。{least} 以上の整数です"
        ),
        ProblemKind::UnknownSchema { found, known } => say!(
            lang,
            "schema {found} is not known to this version of hikeshi, which reads {known}",
            "この hikeshi は schema {found} を読めません（対応は {known}）"
        ),
        ProblemKind::NotHttp { link } => say!(
            lang,
            "`{link}` is no web address; it begins with https:// or http://",
            "`{link}` は Web のアドレスではありません。https:// か http:// で始めます"
        ),
    }
}

/// A suggestion, or nothing.
fn near(near: Option<&String>, lang: Lang) -> String {
    near.map(|near| say!(lang, "; did you mean `{near}`?", "（`{near}` のことですか）")).unwrap_or_default()
}

fn span(value: &str, why: &SpanError, lang: Lang) -> String {
    let what = match why {
        SpanError::NoUnit { .. } => say!(lang, "`{value}` has no unit", "`{value}` に単位がありません"),
        SpanError::Negative { .. } => say!(lang, "`{value}` is negative", "`{value}` は負の値です"),
        SpanError::TooLong { .. } => say!(lang, "`{value}` is longer than ten years", "`{value}` は10年を超えています"),
        SpanError::Unreadable { .. } | SpanError::UnknownUnit { .. } => {
            say!(lang, "`{value}` is no length of time", "`{value}` は時間の長さとして読めません")
        }
    };
    say!(lang, "{what}; write 15m, 4h or 3d", "{what}。15m、4h、3d のように書きます")
}

fn value_kind(kind: ValueKind, lang: Lang) -> String {
    match kind {
        ValueKind::Text => say!(lang, "text in quotes", "引用符で囲んだ文字列"),
        ValueKind::Both => say!(lang, "{{ en = \"…\", ja = \"…\" }}", " {{ en = \"…\", ja = \"…\" }} "),
        ValueKind::Number => say!(lang, "a whole number", "整数"),
        ValueKind::Fraction => say!(lang, "a number with a point", "小数"),
        ValueKind::Flag => say!(lang, "true or false", " true か false "),
        ValueKind::Day => say!(lang, "a day such as 2026-11-21", "日付（2026-11-21 など）"),
        ValueKind::List => say!(lang, "a list in [ ]", " [ ] のリスト"),
        ValueKind::Table => say!(lang, "a table", "テーブル"),
        ValueKind::Entries => say!(lang, "entries, each under its own [[ ]] line", "[[ ]] の見出しで始まる項目"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Lang, ProblemKind, SpanError, ValueKind, problem};

    #[test]
    fn problems_are_told_in_both_languages() {
        let near = Some("tech-lead".to_owned());
        let why = SpanError::NoUnit { typed: "15".to_owned() };
        for (kind, en, ja) in [
            (
                ProblemKind::UnknownRole { role: "teck-lead".to_owned(), near },
                "no role `teck-lead`; did you mean `tech-lead`?",
                "`teck-lead` という役割はありません（`tech-lead` のことですか）",
            ),
            (
                ProblemKind::UnknownKey { key: "owner".to_owned(), near: None },
                "unknown key `owner`",
                "`owner` というキーはありません",
            ),
            (
                ProblemKind::BadSpan { key: "due".to_owned(), value: "15".to_owned(), why },
                "`15` has no unit; write 15m, 4h or 3d",
                "`15` に単位がありません。15m、4h、3d のように書きます",
            ),
            (
                ProblemKind::WrongKind { key: "title".to_owned(), wanted: ValueKind::Both, found: ValueKind::Text },
                "`title` must be { en = \"…\", ja = \"…\" }, not text in quotes",
                "`title` には { en = \"…\", ja = \"…\" } を書きます（今は引用符で囲んだ文字列）",
            ),
        ] {
            assert_eq!(problem(&kind, Lang::En), en);
            assert_eq!(problem(&kind, Lang::Ja), ja);
        }
    }
}
