//! Why nobody could say who is on call, in words.

use super::visible::{one_line, path};
use crate::incident::localized::Lang;
use crate::incident::oncall::{CalendarFault, CommandFault, MOST_BYTES, MOST_NAMES, OnCallError};
use crate::say;
use crate::text::size;

/// What went wrong, and where: the file and its line, or the command.
pub fn on_call_error(error: &OnCallError, lang: Lang) -> String {
    match error {
        OnCallError::Calendar { path: file, line, fault } => {
            let (file, fault) = (path(file), calendar(fault, lang));
            match line {
                Some(line) => say!(lang, "{file}:{line}: {fault}", "{file}:{line}: {fault}"),
                None => say!(lang, "{file}: {fault}", "{file}: {fault}"),
            }
        }
        OnCallError::Command { program, fault } => {
            let (program, fault) = (one_line(program), command(fault, lang));
            say!(lang, "`{program}` {fault}", "「{program}」{fault}")
        }
    }
}

fn calendar(fault: &CalendarFault, lang: Lang) -> String {
    match fault {
        CalendarFault::Missing => say!(lang, "there is no such calendar", "カレンダーのファイルがありません"),
        CalendarFault::Foreign { owner, me } => say!(
            lang,
            "it belongs to another user (uid {owner}), who could say who is called; chown {me} FILE",
            "所有者が別のユーザー（uid {owner}）のため使いません: chown {me} ファイル"
        ),
        CalendarFault::NotAFile => say!(lang, "it is no file", "ファイルではありません"),
        CalendarFault::Unreadable { reason } => {
            let reason = one_line(reason);
            say!(lang, "can't be read: {reason}", "読めません: {reason}")
        }
        CalendarFault::TooLarge => {
            let most = size(MOST_BYTES as u64);
            say!(lang, "the calendar is larger than {most}", "カレンダーが {most} を超えています")
        }
        CalendarFault::NotACalendar => say!(
            lang,
            "it is no iCalendar file: nothing but BEGIN:VCALENDAR … END:VCALENDAR may stand in it",
            "iCalendar のファイルではありません（BEGIN:VCALENDAR … END:VCALENDAR だけを含むこと）"
        ),
        CalendarFault::NotUtf8 => say!(lang, "this line is not UTF-8", "この行は UTF-8 ではありません"),
        CalendarFault::Malformed { quoted } => {
            let quoted = one_line(quoted);
            say!(lang, "`{quoted}` is no line of a calendar", "「{quoted}」はカレンダーの行ではありません")
        }
        CalendarFault::Unclosed { name } => {
            let name = one_line(name);
            say!(
                lang,
                "BEGIN:{name} has no END: was the file cut off?",
                "BEGIN:{name} に対応する END がありません（ファイルが途中で切れている可能性）"
            )
        }
        CalendarFault::Unopened { name } => {
            let name = one_line(name);
            say!(lang, "END:{name} has no BEGIN", "END:{name} に対応する BEGIN がありません")
        }
        CalendarFault::TooDeep => say!(lang, "its parts are nested too deep", "入れ子が深すぎます"),
        CalendarFault::Lacks { property } => say!(lang, "no {property}", "{property} がありません"),
        CalendarFault::Twice { property } => say!(lang, "{property} is given twice", "{property} が重複しています"),
        CalendarFault::Value { property, quoted } => {
            let quoted = one_line(quoted);
            say!(lang, "can't read `{quoted}` as {property}", "「{quoted}」を {property} として読めません")
        }
        CalendarFault::Unsupported { property, quoted } => {
            let quoted = one_line(quoted);
            say!(lang, "`{quoted}` is not supported in {property}", "{property} の「{quoted}」には対応していません")
        }
        CalendarFault::UnknownZone { quoted } => {
            let quoted = one_line(quoted);
            say!(lang, "no time zone `{quoted}`", "「{quoted}」というタイムゾーンはありません")
        }
        CalendarFault::EndsBeforeStart => {
            say!(lang, "this event ends before it starts", "この予定は開始より前に終わっています")
        }
        CalendarFault::Endless => {
            say!(lang, "this event repeats too often to be counted", "この予定は繰り返しが多すぎて数えられません")
        }
        CalendarFault::TooMany => say!(
            lang,
            "more than {MOST_NAMES} people would be on call at once",
            "同時に {MOST_NAMES} 人を超える人がオンコールになっています"
        ),
    }
}

fn command(fault: &CommandFault, lang: Lang) -> String {
    let colon = |said: &Option<String>| said.as_ref().map(|said| format!(": {}", one_line(said))).unwrap_or_default();
    match fault {
        CommandFault::Empty => say!(lang, "is no command", "はコマンドではありません"),
        CommandFault::NotStarted { reason } => {
            let reason = one_line(reason);
            say!(lang, "can't be run: {reason}", "を実行できません: {reason}")
        }
        CommandFault::Failed { code, said } => {
            let said = colon(said);
            say!(lang, "ended with exit code {code}{said}", "が終了コード {code} で終わりました{said}")
        }
        CommandFault::TimedOut { after, said } => {
            let (seconds, said) = (after.as_secs_f64(), colon(said));
            say!(
                lang,
                "gave no answer within {seconds:.1} s and was stopped{said}",
                "から {seconds:.1} 秒以内に応答がなく、停止しました{said}"
            )
        }
        CommandFault::TooMany => {
            say!(lang, "named more than {MOST_NAMES} people", "が {MOST_NAMES} 人を超える名前を返しました")
        }
        CommandFault::NotAName { line } => {
            say!(lang, "printed something on line {line} that is no name", "の出力の {line} 行目は名前として読めません")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::on_call_error;
    use crate::incident::localized::Lang;
    use crate::incident::oncall::{CalendarFault, CommandFault, OnCallError};
    use std::time::Duration;

    #[test]
    fn file_line_and_what_are_named_in_both_languages() {
        let fault = CalendarFault::UnknownZone { quoted: "Mars/\u{1b}[31mBase\nx".to_owned() };
        let error = OnCallError::Calendar { path: "/etc/rota.ics".into(), line: Some(12), fault };
        assert_eq!(on_call_error(&error, Lang::En), "/etc/rota.ics:12: no time zone `Mars/\\x1b[31mBase x`");
        assert_eq!(
            on_call_error(&error, Lang::Ja),
            "/etc/rota.ics:12: 「Mars/\\x1b[31mBase x」というタイムゾーンはありません"
        );
        let missing = OnCallError::Calendar { path: "rota.ics".into(), line: None, fault: CalendarFault::Missing };
        assert_eq!(on_call_error(&missing, Lang::En), "rota.ics: there is no such calendar");
    }

    #[test]
    fn the_command_and_what_it_said_are_named() {
        let fault = CommandFault::TimedOut { after: Duration::from_millis(2_500), said: Some("waiting".to_owned()) };
        let error = OnCallError::Command { program: "who".to_owned(), fault };
        assert_eq!(on_call_error(&error, Lang::En), "`who` gave no answer within 2.5 s and was stopped: waiting");
        assert_eq!(on_call_error(&error, Lang::Ja), "「who」から 2.5 秒以内に応答がなく、停止しました: waiting");
    }
}
