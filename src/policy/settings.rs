//! `config.toml`: who acts, in which language, in which zone.

use super::check::Check;
use super::library::LoadError;
use super::source::{Problem, Source};
use crate::incident::localized::Lang;
use crate::incident::problem::ProblemKind;
use jiff::tz::TimeZone;
use std::path::Path;

/// What `config.toml` says; everything in it may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Who acts.
    pub name: Option<String>,
    /// The language.
    pub lang: Option<Lang>,
    /// The zone of typed and shown times, an IANA name.
    pub zone: Option<String>,
}

impl Settings {
    /// Reads the settings of a configuration folder; neither the folder nor the file need exist.
    pub fn load(folder: Option<&Path>) -> Result<Self, LoadError> {
        let Some(path) = folder.map(|folder| folder.join("config.toml")).filter(|path| path.exists()) else {
            return Ok(Self::default());
        };
        let (settings, problems) = Source::read(&path)
            .map_or_else(|problem| (Self::default(), vec![*problem]), |source| check_settings(&source));
        if problems.is_empty() { Ok(settings) } else { Err(LoadError { problems }) }
    }
}

/// Reads settings, with every problem of the file.
pub fn check_settings(source: &Source) -> (Settings, Vec<Problem>) {
    let mut check = Check::new(source);
    let table = check.parse();
    let (top, at) = (table.get_ref(), 0..0);
    check.keys(top, &["name", "lang", "zone"]);
    let name = check.text_at(&at, top, "name", false).map(|(name, _)| name.to_owned());
    let mut settings = Settings { name, ..Settings::default() };
    if let Some(value) = check.get(&at, top, "lang", false) {
        check.one_of(value, "lang", &["en", "ja"]);
        settings.lang = match value.get_ref().as_str() {
            Some("ja") => Some(Lang::Ja),
            Some("en") => Some(Lang::En),
            _ => None,
        };
    }
    if let Some((zone, span)) = check.text_at(&at, top, "zone", false) {
        if TimeZone::get(zone).is_err() {
            check.error(span, ProblemKind::UnknownZone(zone.to_owned()));
        }
        settings.zone = Some(zone.to_owned());
    }
    (settings, check.problems)
}
