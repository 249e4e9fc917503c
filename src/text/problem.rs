//! What is wrong with a configuration file, in words.

use super::one_line;
use crate::incident::localized::Lang;
use crate::incident::problem::ProblemKind;
use crate::say;

/// A problem, in the reader's language.
pub fn problem(kind: &ProblemKind, lang: Lang) -> String {
    let meant = |near: &Option<String>| {
        near.as_ref()
            .map(|near| say!(lang, "; did you mean `{}`?", "。もしかして: `{}`", one_line(near)))
            .unwrap_or_default()
    };
    match kind {
        ProblemKind::Syntax(message) => {
            say!(lang, "no valid TOML: {}", "TOML として正しくありません: {}", one_line(message))
        }
        ProblemKind::NotUtf8 => say!(lang, "not UTF-8 from here on", "ここから UTF-8 ではありません"),
        ProblemKind::TooLarge { bytes, most } => say!(
            lang,
            "the file has {bytes} bytes, the most is {most}",
            "ファイルが{bytes}バイトあります。上限は{most}バイトです"
        ),
        ProblemKind::Unreadable(reason) => say!(lang, "can't be read: {}", "読み込めません: {}", one_line(reason)),
        ProblemKind::UnknownKey { key, near } => {
            say!(lang, "no key `{}` here{}", "ここに「{}」というキーはありません{}", one_line(key), meant(near))
        }
        ProblemKind::MissingKey(key) => say!(lang, "`{}` is missing", "`{}` がありません", one_line(key)),
        ProblemKind::WrongType { key, wanted, found } => {
            let (wanted, found) = (type_name(wanted, lang), type_name(found, lang));
            say!(
                lang,
                "`{}` takes {wanted}, not {found}",
                "`{}` には{wanted}が必要です（{found}になっています）",
                one_line(key)
            )
        }
        ProblemKind::EmptyText(key) => say!(lang, "`{}` is empty", "`{}` が空です", one_line(key)),
        ProblemKind::LongText { letters, most } => say!(
            lang,
            "{letters} characters; more than {most} are hard to read in a hurry",
            "{letters}文字あります。{most}文字を超えると緊急時に読みにくくなります"
        ),
        ProblemKind::ControlCharacter(code) => {
            say!(lang, "the control character U+{code:04X} has no place here", "制御文字 U+{code:04X} は使えません")
        }
        ProblemKind::BadId(id) => say!(
            lang,
            "`{}` is no id: lower-case letters, digits, hyphens",
            "「{}」は ID にできません（英小文字・数字・ハイフン）",
            one_line(id)
        ),
        ProblemKind::NumericId(id) => {
            say!(lang, "`{}` would be taken for a step's number", "「{}」は手順の番号と区別できません", one_line(id))
        }
        ProblemKind::IdIsNotFile { id, file } => say!(
            lang,
            "the id `{}` is not the file's name `{}`",
            "ID「{}」がファイル名「{}」と一致しません",
            one_line(id),
            one_line(file)
        ),
        ProblemKind::Duplicate(id) => say!(lang, "`{}` stands twice", "「{}」が重複しています", one_line(id)),
        ProblemKind::UnknownRole { role, near } => say!(
            lang,
            "nobody defined a role `{}`{}",
            "「{}」という役割は定義されていません{}",
            one_line(role),
            meant(near)
        ),
        ProblemKind::RoleNotListed(role) => say!(
            lang,
            "the role `{}` is not in the playbook's `roles`",
            "役割「{}」がプレイブックの `roles` にありません",
            one_line(role)
        ),
        ProblemKind::BadLength(value) => say!(
            lang,
            "`{}` is no length of time, such as 15m, 1h30m or 3d",
            "「{}」は長さ（15m、1h30m、3d など）として読めません",
            one_line(value)
        ),
        ProblemKind::UnknownValue { value, known } => {
            say!(lang, "`{}` is none of: {}", "「{}」は使えません。使える値: {}", one_line(value), known.join(", "))
        }
        ProblemKind::SameSelection(other) => say!(
            lang,
            "`{}` is selected for exactly the same incidents",
            "「{}」とまったく同じ条件で選ばれます",
            one_line(other)
        ),
        ProblemKind::NoStep => say!(lang, "the playbook has no step", "手順がありません"),
        ProblemKind::VersionZero => say!(lang, "versions begin at 1", "版は1から始めます"),
        ProblemKind::ReviewedInFuture(day) => say!(lang, "{} lies in the future", "{} は未来の日付です", one_line(day)),
        ProblemKind::ReviewedLongAgo(day) => {
            say!(lang, "last reviewed more than a year ago, on {}", "最終見直しが1年以上前（{}）です", one_line(day))
        }
        ProblemKind::BadDay(day) => {
            say!(lang, "`{}` is no day; write YYYY-MM-DD", "「{}」は日付として読めません（YYYY-MM-DD）", one_line(day))
        }
        ProblemKind::BadLink(link) => {
            say!(lang, "`{}` is no web address", "「{}」は URL ではありません", one_line(link))
        }
        ProblemKind::TooManySteps { steps, most } => {
            say!(lang, "{steps} steps; the most is {most}", "手順が{steps}件あります。上限は{most}件です")
        }
        ProblemKind::UnknownPlaybook(id) => {
            say!(lang, "there is no playbook `{}`", "「{}」というプレイブックはありません", one_line(id))
        }
        ProblemKind::UnknownZone(zone) => say!(
            lang,
            "there is no time zone `{}`; write Asia/Tokyo or UTC",
            "「{}」というタイムゾーンはありません（例: Asia/Tokyo、UTC）",
            one_line(zone)
        ),
        ProblemKind::Other(message) => one_line(message).into_owned(),
    }
}

fn type_name(name: &'static str, lang: Lang) -> &'static str {
    let (en, ja) = match name {
        "string" => ("a text", "文字列"),
        "integer" => ("a whole number", "整数"),
        "float" => ("a number", "数値"),
        "boolean" => ("true or false", "true か false"),
        "array" => ("a list", "リスト"),
        "table" => ("a table", "テーブル"),
        "datetime" => ("a day", "日付"),
        "localized" => ("{ en = \"…\", ja = \"…\" }", "{ en = \"…\", ja = \"…\" }"),
        other => (other, other),
    };
    match lang {
        Lang::En => en,
        Lang::Ja => ja,
    }
}
