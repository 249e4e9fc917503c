//! What every rendering needs to know about its reader.

use crate::incident::localized::Lang;
use crate::incident::severity::Severity;
use crate::incident::state::Incident;
use crate::incident::time::{Span, Timestamp};
use crate::text::{Moments, one_line, shorten};
use anstyle::{AnsiColor, Style};

/// The reader: language, zone, the present, the width of the terminal, and whether it has colours.
#[derive(Debug, Clone)]
pub struct Page {
    /// Instants in the reader's zone and language.
    pub moments: Moments,
    /// The present.
    pub now: Timestamp,
    /// Columns of the terminal; `None` when the result is piped.
    pub width: Option<usize>,
    /// Whether to colour.
    pub colored: bool,
}

/// How many columns of a title stand in a line that is about something else.
const TITLE: usize = 24;

impl Page {
    /// An incident as a confirmation names it: its number, and enough of its title to see that it is the right one.
    pub fn target(&self, incident: &Incident) -> String {
        let title = if incident.restricted {
            crate::say!(self.lang(), "(restricted)", "（閲覧制限）")
        } else {
            shorten(&one_line(&incident.title), TITLE)
        };
        format!("{} {title}", self.bold(&format!("#{}", incident.number)))
    }

    /// The reader's language.
    pub const fn lang(&self) -> Lang {
        self.moments.lang()
    }

    /// Text in a style.
    pub fn paint(&self, style: Style, text: &str) -> String {
        if self.colored { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// Text that stands out.
    pub fn bold(&self, text: &str) -> String {
        self.paint(Style::new().bold(), text)
    }

    /// Text that steps back.
    pub fn dim(&self, text: &str) -> String {
        self.paint(Style::new().dimmed(), text)
    }

    /// Text that alarms.
    pub fn alarm(&self, text: &str) -> String {
        self.paint(Style::new().bold().fg_color(Some(AnsiColor::Red.into())), text)
    }

    /// A severity, the worse the louder.
    pub fn severity(&self, severity: Severity) -> String {
        let color = match severity {
            Severity::Sev0 | Severity::Sev1 => AnsiColor::Red,
            Severity::Sev2 => AnsiColor::Yellow,
            Severity::Sev3 | Severity::Sev4 => AnsiColor::Cyan,
        };
        self.paint(Style::new().bold().fg_color(Some(color.into())), severity.as_str())
    }

    /// How long ago something was.
    pub fn age(&self, at: Timestamp) -> String {
        self.length(self.now.since(at))
    }

    /// How long something lasted, a dash where nobody knows.
    pub fn length(&self, span: Option<Span>) -> String {
        span.map_or_else(|| "–".to_owned(), |span| self.moments.span(span))
    }

    /// When something is due, loudly when it is overdue.
    pub fn due(&self, due_at: Timestamp) -> String {
        let at = self.moments.near(due_at, self.now);
        if due_at < self.now {
            self.alarm(&crate::say!(self.lang(), "overdue since {at}", "{at} 期限切れ"))
        } else {
            crate::say!(self.lang(), "due {at}", "期限 {at}")
        }
    }
}
