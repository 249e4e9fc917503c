//! A program of the organisation's own: a pager, an SMS gateway, whatever nobody else speaks.

use super::Carried;
use super::attempt::Attempt;
use super::cause::{Cause, Failure};
use super::program::{Ended, Keep, Program};
use crate::incident::localized::Lang;

/// Runs the program with the text on its standard input: exit code 0 is delivered.
pub(super) fn carry(attempt: &Attempt) -> Carried {
    let message = &attempt.message;
    // No variable can hold a zero byte.
    let plain = |text: &str| text.replace('\0', "");
    let variables = [
        ("HIKESHI_MESSAGE_ID", message.id.to_string()),
        ("HIKESHI_INCIDENT", message.incident.to_string()),
        ("HIKESHI_CHANNEL", plain(&attempt.channel.id)),
        ("HIKESHI_SUBJECT", plain(&message.subject)),
        ("HIKESHI_WHO", plain(&message.who.join("\n"))),
        ("HIKESHI_RECIPIENTS", plain(&attempt.recipients().join("\n"))),
        ("HIKESHI_LANG", if message.lang == Lang::Ja { "ja" } else { "en" }.to_owned()),
    ];
    let words = &attempt.channel.command;
    let withheld = &attempt.channel.withheld;
    let input = message.text.as_bytes();
    let program = Program { words, variables: &variables, withheld, input, keep: Keep::Complaint };
    attempt.left()?;
    attempt.begin()?;
    let ran = program.run(attempt.until).map_err(|error| {
        let program = words.first().cloned().unwrap_or_default();
        Failure::later(Cause::NotStarted { program, why: error.to_string() })
    })?;
    match ran.ended {
        Ended::Code(0) => Ok(None),
        Ended::Code(code) => Err(Failure::later(Cause::Exited { code, said: last_line(&ran.kept) })),
        // What it had done by then, nobody knows.
        Ended::Signal(signal) => Err(Failure::later(Cause::Signalled { signal }).unless(true)),
        Ended::TimedOut => Err(Failure::later(Cause::Hung).unless(true)),
    }
}

fn last_line(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default().to_owned()
}
