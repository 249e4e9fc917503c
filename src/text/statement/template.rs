//! The templates: those that come with the program, and the users' own in front of them.

use super::embedded::EMBEDDED;
use super::fault::TemplateError;
use super::frame::Frame;
use super::render::{Draft, fill};
use crate::incident::localized::Lang;
use crate::incident::slug::Stage;
use std::collections::BTreeMap;

/// Every template by its name, `<stage>[.<audience>].<language>`.
#[derive(Debug, Clone, Default)]
pub struct Templates {
    own: BTreeMap<String, Own>,
}

/// A user's template.
#[derive(Debug, Clone)]
struct Own {
    file: String,
    text: String,
}

impl Templates {
    /// The templates that come with the program.
    pub fn compiled_in() -> Self {
        Self::default()
    }

    /// Adds a user's template, `templates/<stage>[.<audience>].<en|ja>.txt`: it takes the place of the compiled-in one
    /// of the same name. Its first line may be `Subject: …` (or `件名：…`).
    ///
    /// # Errors
    /// A file name that is no template's is refused: nothing would ever find it.
    pub fn with(&mut self, file_name: &str, text: String) -> Result<(), TemplateError> {
        let name = name_of(file_name).ok_or_else(|| {
            let stages: Vec<&str> = Stage::ALL.iter().map(|stage| stage.as_str()).collect();
            let stages = stages.join(", ");
            TemplateError::of_file(
                file_name,
                format!("the name of a template is STAGE.en.txt or STAGE.AUDIENCE.en.txt (or ja); stages are {stages}"),
                format!(
                    "テンプレートのファイル名は STAGE.ja.txt または STAGE.AUDIENCE.ja.txt（または en）です。\
                     STAGE は {stages} のいずれかです"
                ),
            )
        })?;
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        self.own.insert(name, Own { file: file_name.to_owned(), text });
        Ok(())
    }

    /// The draft for a stage, an audience and a language: from the audience's own template, or else from the stage's.
    ///
    /// # Errors
    /// A template that can't be filled in, with file, line and the name it misses.
    pub fn render(&self, stage: Stage, audience: &str, lang: Lang, frame: &Frame) -> Result<Draft, TemplateError> {
        let [special, plain] = names(stage, audience, lang);
        let found = self.find(&special).or_else(|| self.find(&plain));
        let (file, text) = found.ok_or_else(|| {
            TemplateError::of_file(
                &format!("{plain}.txt"),
                "there is no such template".to_owned(),
                "テンプレートがありません".to_owned(),
            )
        })?;
        fill(&file, text, lang, frame)
    }

    /// The user's template, its file and its text, where the draft would be made from one.
    pub fn own(&self, stage: Stage, audience: &str, lang: Lang) -> Option<(&str, &str)> {
        let [special, plain] = names(stage, audience, lang);
        let embedded = |name: &String| EMBEDDED.iter().any(|(embedded, _)| embedded == name);
        let own = self.own.get(&special);
        let own = own.or_else(|| self.own.get(&plain).filter(|_| !embedded(&special)))?;
        Some((&own.file, &own.text))
    }

    /// What is wrong with the users' templates, found before they are needed: each is filled once with every fact
    /// and once with none, for readers inside and, unless it is for a known audience inside, outside.
    pub fn faults(&self) -> Vec<TemplateError> {
        let mut faults = Vec::new();
        for (name, own) in &self.own {
            let lang = if name.rsplit('.').next() == Some("ja") { Lang::Ja } else { Lang::En };
            let mut tried = [false, true].into_iter().flat_map(|full| {
                let externals: &[bool] = if names_inside(name) { &[false] } else { &[false, true] };
                externals.iter().map(move |external| sample(full, *external))
            });
            let fault = tried.find_map(|frame| fill(&own.file, &own.text, lang, &frame).err());
            faults.extend(fault);
        }
        faults
    }

    fn find(&self, name: &str) -> Option<(String, &str)> {
        if let Some(own) = self.own.get(name) {
            return Some((own.file.clone(), &own.text));
        }
        let (_, text) = EMBEDDED.iter().find(|(embedded, _)| *embedded == name)?;
        Some((format!("{name}.txt"), text))
    }
}

/// The names of the templates for a stage, an audience and a language: the audience's own, and the stage's.
fn names(stage: Stage, audience: &str, lang: Lang) -> [String; 2] {
    let (audience, tongue) = (audience.trim().to_lowercase(), tongue(lang));
    [format!("{stage}.{audience}.{tongue}"), format!("{stage}.{tongue}")]
}

/// The language's part of a template's name.
const fn tongue(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en",
        Lang::Ja => "ja",
    }
}

/// The name of the template that a file holds: its folder and its ending left out, in lower case.
fn name_of(file_name: &str) -> Option<String> {
    let file = file_name.rsplit(['/', '\\']).next()?.to_lowercase();
    let (rest, tongue) = file.strip_suffix(".txt")?.rsplit_once('.')?;
    let (stage, audience) = rest.split_once('.').map_or((rest, None), |(stage, audience)| (stage, Some(audience)));
    let stage = Stage::parse(stage).filter(|known| known.as_str() == stage)?;
    let known = matches!(tongue, "en" | "ja") && audience.is_none_or(|slug| !slug.trim().is_empty());
    known.then(|| match audience {
        Some(audience) => format!("{stage}.{audience}.{tongue}"),
        None => format!("{stage}.{tongue}"),
    })
}

/// Whether a template's audience is one of those inside the company.
fn names_inside(name: &str) -> bool {
    ["executives", "staff", "support"].iter().any(|audience| name.split('.').nth(1) == Some(audience))
}

/// A frame to try a template with.
fn sample(full: bool, external: bool) -> Frame {
    if !full {
        return Frame { external, ..Frame::default() };
    }
    let word = || "x".to_owned();
    let pair = || vec![(word(), word())];
    Frame {
        incident: 1,
        title: word(),
        severity: word(),
        status: word(),
        services: vec![word(), word()],
        started_at: Some(word()),
        detected_at: Some(word()),
        resolved_at: Some(word()),
        duration: Some(word()),
        now: Some(word()),
        cause: Some(word()),
        impact: Some(word()),
        figures: pair(),
        response: vec![word(), word()],
        workaround: Some(word()),
        prevention: Some(word()),
        open_issues: vec![word()],
        timeline: pair(),
        next_update: Some(word()),
        corrects: Some(word()),
        webinar: Some(word()),
        links: pair(),
        contact: Some(word()),
        sender: Some(word()),
        audience: word(),
        audience_title: word(),
        external,
        drill: false,
    }
}
