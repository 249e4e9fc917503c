//! Duties to report (E6) in words: what starts their clocks, and what is wrong with those that people wrote.

use super::either;
use super::visible::one_line;
use crate::incident::duty::{DutyFault, DutyStart, TermError};
use crate::incident::localized::Lang;
use crate::say;

/// What starts the clock of a duty, as a time is asked for or shown with it.
pub const fn duty_start(start: DutyStart, lang: Lang) -> &'static str {
    match start {
        DutyStart::Occurrence => either(lang, "it happened", "発生"),
        DutyStart::Awareness => either(lang, "we became aware", "認知"),
        DutyStart::Classification => either(lang, "it was classified", "分類"),
        DutyStart::Materiality => either(lang, "it was found to be material", "重要との判断"),
        DutyStart::Notice => either(lang, "the notice before was sent", "前の通知の提出"),
    }
}

/// Why a term was refused.
pub fn term_error(error: &TermError, lang: Lang) -> String {
    match error {
        TermError::Unreadable { written } => say!(
            lang,
            "can't read `{}` as a term: hours `72h`, days `5d`, months `1mo` or business days `4bd`",
            "「{}」を期限として読めません。時間は `72h`、日は `5d`、月は `1mo`、営業日は `4bd`",
            one_line(written)
        ),
        TermError::Zero { written } => say!(
            lang,
            "`{}` is no time at all; leave `due` out where there is no figure",
            "「{}」では時間がありません。定めがない場合は `due` を省いてください",
            one_line(written)
        ),
        TermError::TooLong { written } => {
            say!(lang, "`{}` is longer than ten years", "「{}」は10年を超えています", one_line(written))
        }
    }
}

/// What is wrong with a duty.
pub fn duty_fault(fault: &DutyFault, lang: Lang) -> String {
    match fault {
        DutyFault::NotSlug { id } => say!(
            lang,
            "`{}` is no id: lowercase letters, digits and hyphens",
            "「{}」はIDにできません。使えるのは英小文字・数字・ハイフンです",
            one_line(id)
        ),
        DutyFault::Repeated { id } => say!(lang, "`{}` is there twice", "「{}」が重複しています", one_line(id)),
        DutyFault::AfterWhat { duty } => say!(
            lang,
            "`{}` starts with a notice: say which, `after = \"…\"`",
            "「{}」は通知から起算します。どの義務の通知かを `after = \"…\"` で指定してください",
            one_line(duty)
        ),
        DutyFault::AfterForNothing { duty } => say!(
            lang,
            "`{}` has an `after`, but doesn't start with a notice",
            "「{}」には `after` がありますが、通知から起算しません",
            one_line(duty)
        ),
        DutyFault::NoSuchDuty { duty, after } => say!(
            lang,
            "`{}` comes after `{}`, which is not there",
            "「{}」の前に来る「{}」がありません",
            one_line(duty),
            one_line(after)
        ),
        DutyFault::Circle { duty } => {
            say!(lang, "`{}` waits for its own notice", "「{}」は自身の通知を待っています", one_line(duty))
        }
        DutyFault::NoSuchCalendar { duty, calendar } => say!(
            lang,
            "`{}` counts by the calendar `{}`, which is not there",
            "「{}」の暦「{}」がありません",
            one_line(duty),
            one_line(calendar)
        ),
        DutyFault::SameEvent { duty } => say!(
            lang,
            "both terms of `{}` run from the same event",
            "「{}」の二つの期限が同じ時点から起算しています",
            one_line(duty)
        ),
        DutyFault::WarnsLate { duty, warn, due } => say!(
            lang,
            "`{}` warns at {}, which is not before {}",
            "「{}」の警告（{}）が期限（{}）より前ではありません",
            one_line(duty),
            one_line(warn),
            one_line(due)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{duty_fault, duty_start, term_error};
    use crate::incident::duty::{DutyFault, DutyStart, Term};
    use crate::incident::localized::Lang;

    #[test]
    fn both_languages_name_the_value() {
        let error = Term::parse("72 hours").expect_err("refused");
        assert!(term_error(&error, Lang::En).starts_with("can't read `72 hours` as a term"));
        assert!(term_error(&error, Lang::Ja).starts_with("「72 hours」を期限として読めません"));
        let fault = DutyFault::NoSuchDuty { duty: "b".to_owned(), after: "a\u{202e}".to_owned() };
        assert_eq!(duty_fault(&fault, Lang::En), "`b` comes after `a\\u{202e}`, which is not there");
        assert_eq!(duty_fault(&fault, Lang::Ja), "「b」の前に来る「a\\u{202e}」がありません");
        for start in DutyStart::ALL {
            assert_ne!(duty_start(*start, Lang::En), duty_start(*start, Lang::Ja));
        }
    }
}
