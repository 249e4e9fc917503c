//! Why part of a file could not be taken over.

use super::one_line;
use crate::incident::localized::Lang;
use crate::incident::past::{Change, Skip};
use crate::say;

/// A reason, in one line that can be printed as it is.
pub fn skip(why: &Skip, lang: Lang) -> String {
    let text = match why {
        Skip::NotJson { column, message } => {
            say!(lang, "no JSON (column {column}: {message})", "JSON ではない（{column}桁目: {message}）")
        }
        Skip::WrongType { field, wanted, found } => {
            say!(lang, "`{field}` is {found}, not {wanted}", "「{field}」の型が違う（{found}。期待する型: {wanted}）")
        }
        Skip::Missing { field } => say!(lang, "`{field}` is missing", "「{field}」がない"),
        Skip::BadTime { field, value } => {
            let value = short(value);
            say!(lang, "`{field}` is no time: {value}", "「{field}」は時刻ではない：{value}")
        }
        Skip::TooLong { field, bytes, most } => {
            say!(
                lang,
                "`{field}` is {bytes} bytes long, more than {most}",
                "「{field}」が長すぎる（{bytes}バイト。上限 {most}）"
            )
        }
        Skip::NoTime => say!(lang, "nothing says when it happened", "いつ起きたかがわからない"),
        Skip::NoMessage { text } => {
            let text = short(text);
            say!(lang, "belongs to no message: {text}", "どの発言にも属さない行：{text}")
        }
        Skip::LikeMessage { text } => {
            let text = short(text);
            say!(
                lang,
                "looks like a message of its own, kept with the one above: {text}",
                "別の発言のようだが読み取れず、直前の発言に含めた行：{text}"
            )
        }
        Skip::OfTheChat { kind } => say!(lang, "of the chat itself ({kind})", "チャット自体の通知（{kind}）"),
        Skip::ResolvedBefore => say!(lang, "resolved before it started", "開始より前に解決したことになっている"),
        Skip::Differs(one) => {
            let told = change(one, lang);
            say!(lang, "changed: {told}; not taken over", "変更あり：{told}（反映していない）")
        }
        Skip::Gone { text } => {
            let text = short(text);
            say!(
                lang,
                "an update is no longer there; it stays on record: {text}",
                "更新が取り込み元からなくなった（記録には残る）：{text}"
            )
        }
        Skip::DoubtfulZone { name, taken } => {
            let name = short(name);
            say!(
                lang,
                "the zone `{name}` is doubtful, taken as {taken}; --zone says which",
                "タイムゾーン「{name}」は確定できず、{taken} とみなした（--zone で指定できる）"
            )
        }
        Skip::Later { value } => {
            let value = short(value);
            say!(lang, "lies in the future: {value}", "未来の時刻：{value}")
        }
    };
    one_line(&text).into_owned()
}

/// What a source says otherwise than it did, whole, in one line.
pub fn change(change: &Change, lang: Lang) -> String {
    let nothing = say!(lang, "nothing", "なし");
    let shown =
        |value: &Option<String>| value.as_deref().map_or_else(|| nothing.clone(), |text| one_line(text).into_owned());
    let (field, was, now) = (change.field, shown(&change.was), shown(&change.now));
    match change.update {
        Some(place) => {
            let field = field.trim_start_matches("update.");
            say!(lang, "update {place}, {field}: {was} → {now}", "更新{place}の {field}：{was} → {now}")
        }
        None => format!("{field}: {was} → {now}"),
    }
}

/// The beginning of what stands in a file.
fn short(text: &str) -> String {
    const SHOWN: usize = 60;
    let start: String = text.chars().take(SHOWN).collect();
    if start.len() < text.len() { format!("{start}…") } else { start }
}
