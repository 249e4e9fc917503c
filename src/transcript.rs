//! Transcripts: an incident told as the commands that were typed, with what they printed.
//!
//! A transcript is Markdown. Each `console` block holds commands behind a prompt that says when and by whom, in the
//! zone and on the day given at the top (`<!-- date: 2021-06-08, zone: UTC -->`), and below each the lines that it
//! printed: `09:48 monitoring $ hikeshi declare …`. A block may name another day: `<!-- date: 2021-06-09 -->`.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// A whole transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    /// Its first heading.
    pub title: String,
    /// Its paragraphs and commands, in order.
    pub lines: Vec<Line>,
}

/// A paragraph or a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// What the story says between the commands.
    Say(String),
    /// What was typed.
    Run(Step),
}

/// A command with when, by whom, and what it printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The time of day as written.
    pub clock: String,
    /// Who typed it.
    pub actor: String,
    /// When, in RFC 3339; later commands of the same minute a second later each.
    pub now: String,
    /// The zone of the transcript, where it isn't UTC.
    pub zone: Option<String>,
    /// The command line.
    pub command: String,
    /// What it printed: results, then remarks.
    pub output: String,
    /// The line of the source, for whoever mends it.
    pub line: usize,
}

impl Step {
    /// What stands before the command: when and who.
    pub fn prompt(&self) -> String {
        format!("{} {} ", self.clock, self.actor)
    }

    /// The words of the command after the program's name; `None` when it calls another program.
    pub fn arguments(&self) -> Option<Vec<String>> {
        let mut words = shell_words::split(&self.command).ok()?.into_iter();
        (words.next()? == "hikeshi").then(|| words.collect())
    }
}

impl Transcript {
    /// Reads a transcript; says with the line's number what can't be read.
    pub fn parse(source: &str) -> Result<Self, String> {
        let mut reader = Reading { date: None, zone: None, last: None };
        let mut title = String::new();
        let mut lines: Vec<Line> = Vec::new();
        let mut paragraph: Vec<&str> = Vec::new();
        let mut block = false;
        for (index, text) in source.lines().enumerate() {
            let number = index + 1;
            if block {
                match (text.trim_end() == "```", command(text)) {
                    (true, _) => block = false,
                    (_, Some(typed)) => lines.push(Line::Run(reader.step(typed, number)?)),
                    _ => match lines.last_mut() {
                        Some(Line::Run(step)) => {
                            step.output.push_str(text);
                            step.output.push('\n');
                        }
                        _ => return Err(format!("line {number}: output without a command")),
                    },
                }
                continue;
            }
            if text.starts_with("```") || text.trim().is_empty() || text.starts_with("<!--") {
                if !paragraph.is_empty() {
                    lines.push(Line::Say(paragraph.join(" ")));
                    paragraph.clear();
                }
                block = text.starts_with("```console");
                if let Some(remark) = text.strip_prefix("<!--") {
                    reader.remark(remark.trim_end().trim_end_matches("-->"), number)?;
                }
            } else if let (true, Some(heading)) = (title.is_empty(), text.strip_prefix("# ")) {
                heading.clone_into(&mut title);
            } else {
                paragraph.push(text.trim());
            }
        }
        if !paragraph.is_empty() {
            lines.push(Line::Say(paragraph.join(" ")));
        }
        Ok(Self { title, lines })
    }
}

struct Reading {
    date: Option<Date>,
    zone: Option<String>,
    last: Option<jiff::Timestamp>,
}

impl Reading {
    fn remark(&mut self, remark: &str, line: usize) -> Result<(), String> {
        for part in remark.split(',') {
            match part.split_once(':') {
                Some((name, value)) if name.trim() == "date" => {
                    let date = value.trim().parse().map_err(|_| format!("line {line}: no date: {value}"))?;
                    self.date = Some(date);
                }
                Some((name, value)) if name.trim() == "zone" => self.zone = Some(value.trim().to_owned()),
                _ => {}
            }
        }
        Ok(())
    }

    fn step(&mut self, typed: (&str, &str, &str), line: usize) -> Result<Step, String> {
        let (clock, actor, command) = typed;
        let date = self.date.ok_or_else(|| format!("line {line}: no date above"))?;
        let zone = self.zone.as_deref().unwrap_or("UTC");
        let zone = TimeZone::get(zone).map_err(|_| format!("line {line}: no zone {zone}"))?;
        let time: Time = clock.parse().map_err(|_| format!("line {line}: no time of day: {clock}"))?;
        let zoned = date.to_datetime(time).to_zoned(zone).map_err(|error| format!("line {line}: {error}"))?;
        let stamp = zoned.timestamp();
        // Commands of the same minute follow each other.
        let next = self.last.map(|last| last + jiff::SignedDuration::from_secs(1));
        let stamp = next.filter(|next| *next > stamp).unwrap_or(stamp);
        self.last = Some(stamp);
        Ok(Step {
            clock: clock.to_owned(),
            actor: actor.to_owned(),
            now: stamp.to_string(),
            zone: self.zone.clone(),
            command: command.to_owned(),
            output: String::new(),
            line,
        })
    }
}

/// Reads `09:48 monitoring $ hikeshi declare …`.
fn command(text: &str) -> Option<(&str, &str, &str)> {
    let (prompt, command) = text.split_once(" $ ")?;
    let (clock, actor) = prompt.split_once(' ')?;
    let is_clock = clock.len() >= 5 && clock.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    (is_clock && !actor.contains(' ')).then_some((clock, actor, command))
}

#[cfg(test)]
mod tests {
    use super::{Line, Transcript};

    #[test]
    fn commands_carry_time_actor_and_output() {
        let source = "# A title\n\n<!-- date: 2020-11-09, zone: Asia/Tokyo -->\n\nFirst.\n\n```console\n14:34 watch $ hikeshi list\nno incidents\n14:34 watch $ hikeshi show\n```\n";
        let transcript = Transcript::parse(source).expect("readable");
        assert_eq!(transcript.title, "A title");
        let [Line::Say(say), Line::Run(first), Line::Run(second)] = transcript.lines.as_slice() else {
            panic!("{:?}", transcript.lines)
        };
        assert_eq!((say.as_str(), first.actor.as_str(), first.output.as_str()), ("First.", "watch", "no incidents\n"));
        assert_eq!((first.now.as_str(), second.now.as_str()), ("2020-11-09T05:34:00Z", "2020-11-09T05:34:01Z"));
    }

    #[test]
    fn what_cannot_be_read_names_its_line() {
        let error = Transcript::parse("```console\n14:34 a $ hikeshi list\n```").expect_err("no date");
        assert!(error.starts_with("line 2"), "{error}");
    }
}
