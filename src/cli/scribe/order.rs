//! What a line at the scribe's prompt asks for.

use crate::incident::command::NoteKind;
use crate::incident::localized::Lang;
use crate::say;

/// What a line at the prompt asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Order {
    Nothing,
    Quit,
    Undo,
    Help,
    Unknown(String),
    Write { kind: Option<NoteKind>, at: Option<String>, text: String },
}

/// Every order, for whoever asks.
pub(super) fn help(lang: Lang) -> String {
    say!(
        lang,
        "one line, one entry, on disk at Enter; a line that begins with a colon is an order:
  :decision TEXT  :change TEXT  :hypothesis TEXT  :question TEXT  :observation TEXT
  :at 14:02 TEXT   it happened then (before another order too: :at 14:02 :change TEXT)
  :undo            take the last entry back
  :quit            leave; Ctrl-D does too
  Up and Down bring earlier lines, Ctrl-R searches them; Ctrl-C keeps a line in the inbox
  a text that begins with a colon: put a space before it",
        "1行が1件、Enter で保存。コロンで始まる行は指示:
  :決定 本文  :変更 本文  :仮説 本文  :質問 本文  :観察 本文
  :at 14:02 本文   その時刻の出来事（:at 14:02 :変更 本文 も可）
  :取消            直前の記録を取り消す
  :終了            終わる（Ctrl-D でも可）
  ↑↓ で以前の行、Ctrl-R で検索。Ctrl-C は入力中の行を inbox に保管
  コロンで始まる本文は、先頭に空白を入れる"
    )
}

/// Reads a line of the scribe's prompt; a colon of either width begins an order, in either language.
pub(super) fn order(line: &str) -> Order {
    if line.trim().is_empty() {
        return Order::Nothing;
    }
    let Some(rest) = line.strip_prefix([':', '：']) else {
        return Order::Write { kind: None, at: None, text: line.trim().to_owned() };
    };
    let (word, text) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let text = text.trim().to_owned();
    let write = |kind| Order::Write { kind: Some(kind), at: None, text: text.clone() };
    match word.to_lowercase().as_str() {
        "quit" | "q" | "exit" | "終了" => Order::Quit,
        "undo" | "取消" | "取り消し" => Order::Undo,
        "help" | "h" | "?" | "ヘルプ" | "？" => Order::Help,
        "observation" | "観察" | "観測" => write(NoteKind::Observation),
        "hypothesis" | "仮説" => write(NoteKind::Hypothesis),
        "decision" | "決定" => write(NoteKind::Decision),
        "change" | "変更" => write(NoteKind::Change),
        "question" | "質問" => write(NoteKind::Question),
        "at" | "時刻" => match text.split_once(char::is_whitespace) {
            Some((at, text)) => {
                let at = Some(at.to_owned());
                match order(text.trim()) {
                    Order::Write { kind, at: None, text } => Order::Write { kind, at, text },
                    _ => Order::Write { kind: None, at, text: text.trim().to_owned() },
                }
            }
            None => Order::Unknown(word.to_owned()),
        },
        _ => Order::Unknown(word.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Order, order};
    use crate::incident::command::NoteKind;

    fn write(kind: Option<NoteKind>, at: Option<&str>, text: &str) -> Order {
        Order::Write { kind, at: at.map(str::to_owned), text: text.to_owned() }
    }

    #[test]
    fn orders_are_read_in_both_languages_and_widths() {
        for (line, wanted) in [
            ("db-3 重い", write(None, None, "db-3 重い")),
            (":decision roll back", write(Some(NoteKind::Decision), None, "roll back")),
            ("：決定 切り戻す", write(Some(NoteKind::Decision), None, "切り戻す")),
            (":at 14:02 pager went off", write(None, Some("14:02"), "pager went off")),
            (":at 14:02 :change drained db-3", write(Some(NoteKind::Change), Some("14:02"), "drained db-3")),
            (" :not an order", write(None, None, ":not an order")),
            (":undo", Order::Undo),
            ("：取消", Order::Undo),
            (":q", Order::Quit),
            (":help", Order::Help),
            ("：ヘルプ", Order::Help),
            ("  ", Order::Nothing),
            (":descision x", Order::Unknown("descision".to_owned())),
            (":at 14:02", Order::Unknown("at".to_owned())),
        ] {
            assert_eq!(order(line), wanted, "{line}");
        }
    }
}
