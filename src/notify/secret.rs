//! Reading secrets from where a channel says, when they are needed, and keeping them out of everything shown.

use super::attempt::Attempt;
use super::cause::{Cause, Failure};
use super::program::{Ended, Keep, Program};
use crate::incident::channel::{Channel, web_address};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use rustix::fs::{FileType, Mode, OFlags};
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::time::{Duration, Instant};

/// How long a command may take to give a secret.
const PATIENCE: Duration = Duration::from_secs(5);
/// The most bytes of a file that are looked at.
const MOST: u64 = 65_536;

/// A secret, which shows itself only to who asks for it.
pub(super) struct Secret(String);

impl Secret {
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Where a secret comes from: the names of the keys, and what they say.
struct Source<'a> {
    variable: (&'static str, Option<&'a str>),
    command: (&'static str, &'a [String]),
    file: (&'static str, Option<&'a str>),
}

impl<'a> Source<'a> {
    fn url(channel: &'a Channel) -> Self {
        Self {
            variable: ("url_env", channel.url_env.as_deref()),
            command: ("url_command", &channel.url_command),
            file: ("url_file", channel.url_file.as_deref()),
        }
    }

    fn secret(channel: &'a Channel) -> Self {
        Self {
            variable: ("secret_env", channel.secret_env.as_deref()),
            command: ("secret_command", &channel.secret_command),
            file: ("secret_file", channel.secret_file.as_deref()),
        }
    }
}

/// The address of a webhook.
pub(super) fn url(attempt: &Attempt) -> Result<Secret, Failure> {
    if let Some(url) = &attempt.channel.url {
        return Ok(Secret(url.clone()));
    }
    let (key, url) = read(attempt, &Source::url(&attempt.channel))?;
    if web_address(url.expose()).is_err() {
        return Err(Failure::later(Cause::BadUrl { key }));
    }
    Ok(url)
}

/// The secret of a signature, or a password, where the channel names one.
pub(super) fn secret(attempt: &Attempt) -> Result<Option<Secret>, Failure> {
    if attempt.channel.has_secret() {
        read(attempt, &Source::secret(&attempt.channel)).map(|(_, secret)| Some(secret))
    } else {
        Ok(None)
    }
}

/// What is missing here may be there for the next attempt: cron's environment is not a person's.
fn read(attempt: &Attempt, source: &Source) -> Result<(&'static str, Secret), Failure> {
    let (key, text) = match source {
        Source { variable: (key, Some(name)), .. } => {
            let value = std::env::var(name).ok().filter(|value| !value.trim().is_empty());
            let missing = || Failure::later(Cause::NoVariable { name: (*name).to_owned() });
            (*key, value.ok_or_else(missing)?)
        }
        Source { file: (key, Some(path)), .. } => (*key, from_file(path)?),
        Source { command: (key, words), .. } => (*key, from_command(attempt, key, words)?),
    };
    let line = text.lines().next().unwrap_or_default().trim();
    if line.is_empty() {
        return Err(Failure::later(Cause::NoSecret { key }));
    }
    attempt.hide(line);
    Ok((key, Secret(line.to_owned())))
}

fn from_file(path: &str) -> Result<String, Failure> {
    let failed = |why: String| Failure::later(Cause::BadFile { path: path.to_owned(), why });
    // A pipe in its place would keep the sender waiting.
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK;
    let file = rustix::fs::open(path, flags, Mode::empty()).map_err(|error| failed(error.to_string()))?;
    let found = rustix::fs::fstat(&file).map_err(|error| failed(error.to_string()))?;
    if FileType::from_raw_mode(found.st_mode) != FileType::RegularFile {
        return Err(Failure::later(Cause::NotAFile { path: path.to_owned() }));
    }
    if found.st_mode & 0o077 != 0 {
        return Err(Failure::later(Cause::OpenSecret { path: path.to_owned() }));
    }
    let mut bytes = Vec::new();
    File::from(file).take(MOST).read_to_end(&mut bytes).map_err(|error| failed(error.to_string()))?;
    // What can't be read as text may be part of the secret: it is not repeated.
    String::from_utf8(bytes).map_err(|_| failed("not UTF-8".to_owned()))
}

fn from_command(attempt: &Attempt, key: &'static str, words: &[String]) -> Result<String, Failure> {
    let failed = |why: String| Failure::later(Cause::SecretCommand { key, why });
    let until = attempt.until.min(Instant::now() + PATIENCE);
    let withheld = &attempt.channel.withheld;
    let program = Program { words, variables: &[], withheld, input: &[], keep: Keep::Beginning };
    // Only that it failed is said: what it printed may be the secret.
    let ran = program.run(until).map_err(|error| failed(error.to_string()))?;
    match ran.ended {
        Ended::Code(0) => String::from_utf8(ran.kept).map_err(|_| failed("not UTF-8".to_owned())),
        Ended::Code(code) => Err(failed(format!("exit code {code}"))),
        Ended::Signal(signal) => Err(failed(format!("signal {signal}"))),
        Ended::TimedOut => Err(failed("timeout".to_owned())),
    }
}

/// Words that are never shown.
#[derive(Default)]
pub(super) struct Masks(Vec<String>);

impl Masks {
    /// Hides a secret, and the forms in which another program may repeat it.
    pub fn add(&mut self, secret: &str) {
        self.0.extend([secret.to_owned(), STANDARD.encode(secret), STANDARD_NO_PAD.encode(secret)]);
        if let Some((_, rest)) = secret.split_once("://")
            && let Some((_, path)) = rest.split_once('/')
        {
            // A webhook's secret is its path: a server may repeat it whole or in part.
            self.0.push(path.to_owned());
            self.0.extend(path.split(['/', '?', '&', '=']).filter(|part| part.len() >= 6).map(str::to_owned));
        }
        self.0.retain(|word| !word.is_empty());
        self.0.sort_by_key(|word| std::cmp::Reverse(word.len()));
    }

    /// The text without them.
    pub fn apply(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, word| text.replace(word, "[masked]"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Masks, Secret};

    #[test]
    fn a_secret_does_not_show_itself() {
        assert_eq!(format!("{:?}", Secret("hunter2".to_owned())), "Secret(…)");
    }

    #[test]
    fn the_forms_of_a_secret_are_hidden() {
        let mut masks = Masks::default();
        masks.add("https://hooks.slack.com/services/T00000/B00000/abcdefgh");
        masks.add("s3cret");
        for text in [
            "POST https://hooks.slack.com/services/T00000/B00000/abcdefgh",
            "no route /services/T00000/B00000/abcdefgh",
            "token abcdefgh",
            "s3cret",
            "czNjcmV0",
        ] {
            let shown = masks.apply(text);
            assert!(shown.contains("[masked]"), "{shown}");
            assert!(!shown.contains("abcdefgh") && !shown.contains("s3cret") && !shown.contains("czNjcmV0"), "{shown}");
        }
    }
}
