//! Why part of a file could not be taken over.

use super::one_line;
use crate::incident::localized::Lang;
use crate::incident::past::Skip;
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
        Skip::Differs { field } => {
            say!(lang, "`{field}` differs, not taken over", "「{field}」が記録と異なる（反映していない）")
        }
        Skip::Later { value } => {
            let value = short(value);
            say!(lang, "lies in the future: {value}", "未来の時刻：{value}")
        }
    };
    one_line(&text).into_owned()
}

/// The beginning of what stands in a file.
fn short(text: &str) -> String {
    const SHOWN: usize = 60;
    let start: String = text.chars().take(SHOWN).collect();
    if start.len() < text.len() { format!("{start}…") } else { start }
}
