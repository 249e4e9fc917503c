//! `postmortem edit`: the document in the person's own editor. Nothing that was typed is ever lost.

use super::super::arguments::Recording;
use super::super::desk::{Desk, Reach};
use super::super::editor;
use crate::engine::Receipt;
use crate::error::{Exit, Failure};
use crate::incident::command::{Command, Seen, Write, WriteSection};
use crate::incident::fact::Fact;
use crate::incident::id::EventId;
use crate::incident::rejection::{Rejection, WritingRejection};
use crate::incident::state::Incident;
use crate::proc::Workfile;
use crate::render::postmortem::{Saved, SavedSection, read_worksheet, worksheet};
use crate::say;
use crate::store::{Entry, Filter};
use crate::text::{self, one_line};
use crate::view::Postmortem;
use std::path::{Path, PathBuf};

/// The most bytes of a saved document.
const MOST: u64 = 1024 * 1024;

/// What the editor begins with.
struct Begun {
    incident: Incident,
    entries: Vec<Entry>,
    text: String,
}

pub fn edit(desk: &Desk, section: Option<&str>, file: Option<PathBuf>, recording: &Recording) -> Result<(), Failure> {
    let begun = begin(desk, section)?;
    match file {
        Some(path) => {
            let bytes = read_file(&path).map_err(|error| {
                let shown = text::path(&path);
                let message = say!(desk.lang, "can't read {shown}: {error}", "{shown} を読めません: {error}");
                Failure::new(Exit::Refused, "input", message)
            })?;
            let number = begun.incident.number;
            let retry = format!("hikeshi -i {number} postmortem edit --file {}", text::path(&path));
            let text = decoded(desk, bytes).map_err(|failure| failure.hint(retry.clone()))?;
            if !take_over(desk, &begun, &read_worksheet(&text), recording)? {
                misplaced(desk, &retry);
            }
            Ok(())
        }
        None => in_editor(desk, &begun, recording),
    }
}

/// A saved document; a pipe or a device is none.
fn read_file(path: &Path) -> std::io::Result<Vec<u8>> {
    let about = std::fs::metadata(path)?;
    if !about.is_file() {
        return Err(std::io::ErrorKind::InvalidInput.into());
    }
    if about.len() > MOST {
        return Err(std::io::ErrorKind::FileTooLarge.into());
    }
    std::fs::read(path)
}

/// The saved bytes as text; where they are none, the line is named.
fn decoded(desk: &Desk, bytes: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| {
        let read = error.as_bytes().iter().take(error.utf8_error().valid_up_to());
        let line = read.filter(|byte| **byte == b'\n').count() + 1;
        let message = say!(
            desk.lang,
            "line {line} isn't UTF-8: save the file as UTF-8",
            "{line} 行目が UTF-8 ではありません。UTF-8 で保存してください"
        );
        Failure::new(Exit::Refused, "input", message)
    })
}

/// Says how words that found no place among the sections are taken in after all.
fn misplaced(desk: &Desk, retry: &str) {
    desk.ui.remark(&say!(
        desk.lang,
        "next: put the words below the `end` line of a section, then: {retry}",
        "次: 本文を節の end の行より下に移してから: {retry}"
    ));
}

fn begin(desk: &Desk, section: Option<&str>) -> Result<Begun, Failure> {
    let store = desk.store()?;
    let reader = store.reader();
    let incident = desk.load(&reader, desk.incident(&reader, Reach::NotOver)?)?;
    let entries = reader.timeline(incident.id, &Filter::default()).map_err(|error| desk.failed(&error.into(), None))?;
    let rule = &desk.engine.library().policy.postmortem;
    let made = Postmortem::assemble(&incident, &entries, rule, desk.env.now());
    let only = section.map(|typed| slug(desk, &made, typed)).transpose()?;
    let text = worksheet(&made, only.as_deref(), &desk.moments());
    Ok(Begun { incident, entries, text })
}

fn slug(desk: &Desk, made: &Postmortem, typed: &str) -> Result<String, Failure> {
    let rule = &desk.engine.library().policy.postmortem;
    let wanted = rule.named(typed).map_or_else(|| typed.trim().to_owned(), |section| section.id.clone());
    if made.section(&wanted).is_some() {
        return Ok(wanted);
    }
    let known = made.sections.iter().map(|section| section.id.clone()).collect();
    let refused: Rejection = WritingRejection::UnknownSection { typed: typed.to_owned(), known }.into();
    Err(desk.failed(&refused.into(), Some(made.number)))
}

fn in_editor(desk: &Desk, begun: &Begun, recording: &Recording) -> Result<(), Failure> {
    let editor = editor::editor();
    let number = begun.incident.number;
    let other_way = format!("export EDITOR=vi  |  hikeshi -i {number} postmortem set SECTION -");
    if editor.variable.is_none() && !desk.ui.interactive {
        let message = say!(desk.lang, "no editor is set", "エディタが設定されていません");
        return Err(Failure::usage(message).hint(other_way));
    }
    let failed = |error: &std::io::Error| editor::failed(desk, &editor, error).hint(other_way.clone());
    let sheet = Workfile::new(&begun.text, ".md").map_err(|error| failed(&error))?;
    let outcome = sheet
        .open_in(&editor.command)
        .and_then(|()| sheet.bytes())
        .map_err(|error| failed(&error))
        .and_then(|bytes| decoded(desk, bytes))
        .and_then(|text| take_over(desk, begun, &read_worksheet(&text), recording));
    match outcome {
        Ok(true) => Ok(()),
        Ok(false) => {
            // Something that was typed has no place among the sections: the file has it still.
            if let Some(kept) = keep(sheet) {
                let kept = text::path(&kept);
                desk.ui.warning(&say!(desk.lang, "the file is kept: {kept}", "ファイルを保管しました: {kept}"));
                misplaced(desk, &format!("hikeshi -i {number} postmortem edit --file {kept}"));
            }
            Ok(())
        }
        Err(failure) if !sheet.is_changed() => Err(failure),
        Err(failure) => Err(match keep(sheet) {
            Some(kept) => with_file(desk, failure, &kept, number),
            None => failure,
        }),
    }
}

fn keep(sheet: Workfile) -> Option<PathBuf> {
    sheet.keep().ok()
}

fn with_file(desk: &Desk, failure: Failure, kept: &Path, number: u32) -> Failure {
    let kept = text::path(kept);
    let hint = say!(
        desk.lang,
        "your text is kept: hikeshi -i {number} postmortem edit --file {kept}",
        "入力内容は保管しました: hikeshi -i {number} postmortem edit --file {kept}"
    );
    let mut details = failure.details.clone();
    details.extend(failure.hint.clone());
    Failure { hint: Some(hint), details, ..failure }
}

/// Records what changed; whether everything in the file has found its place.
fn take_over(desk: &Desk, begun: &Begun, saved: &Saved, recording: &Recording) -> Result<bool, Failure> {
    let before = read_worksheet(&begun.text);
    if saved.sections.is_empty() {
        let empty = saved.generated.iter().all(|(_, text)| text.is_empty());
        desk.ui.remark(&say!(desk.lang, "no section is left: nothing is recorded", "節がないため、何も記録しません"));
        return Ok(empty);
    }
    let placed = warn_about_generated(desk, saved, &before);
    for missing in before.sections.iter().filter(|one| saved.sections.iter().all(|kept| kept.id != one.id)) {
        let id = &missing.id;
        desk.ui.warning(&say!(
            desk.lang,
            "the line of section {id} is gone: the section stays as it was",
            "節 {id} の行がないため、この節は変更しません"
        ));
    }
    let sections: Vec<WriteSection> = saved.sections.iter().filter_map(|one| changed(begun, one)).collect();
    if sections.is_empty() {
        desk.ui.remark(&say!(
            desk.lang,
            "nothing has changed: nothing is recorded",
            "変更がないため、何も記録しません"
        ));
        return Ok(placed);
    }
    let Some(receipt) = desk.record_silently(Command::Write(Write { sections }), recording, Reach::NotOver)? else {
        return Ok(placed);
    };
    desk.confirm(&receipt, merged(desk, &receipt));
    if receipt.entries.iter().any(|entry| matches!(&entry.fact, Fact::PostmortemWritten(one) if one.conflict)) {
        // Recorded, but somebody must choose between the two texts.
        desk.end_with(Exit::Attention as u8);
    }
    Ok(placed)
}

/// Names the generated parts that were changed; whether none was.
fn warn_about_generated(desk: &Desk, saved: &Saved, before: &Saved) -> bool {
    let altered = saved.altered(before);
    for id in &altered {
        let place = if id.is_empty() {
            say!(desk.lang, "the words before the first section", "最初の節より前の部分")
        } else {
            let id = one_line(id);
            say!(desk.lang, "the generated part of {id}", "{id} の生成された部分")
        };
        desk.ui.warning(&say!(
            desk.lang,
            "{place} was changed: that is not kept, only what stands below it",
            "{place}が変更されていますが、保存されません（その下の本文だけが保存されます）"
        ));
    }
    altered.is_empty()
}

/// A section whose words are others than before; what it said before comes from the version that it names.
fn changed(begun: &Begun, saved: &SavedSection) -> Option<WriteSection> {
    let current = begun.incident.writing.section(&saved.id);
    let text = match (saved.base, current) {
        (Some(base), Some(current)) if base == current.id => current.text.clone(),
        (Some(base), _) => version(&begun.entries, base).unwrap_or_default(),
        (None, _) => String::new(),
    };
    let lines = |text: &str| text.trim().lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
    if lines(&text) == lines(&saved.text) {
        return None;
    }
    let seen = Some(Seen { id: saved.base, text });
    Some(WriteSection { section: saved.id.clone(), text: saved.text.clone(), seen })
}

fn version(entries: &[Entry], id: EventId) -> Option<String> {
    let entry = entries.iter().find(|entry| entry.header.id == id)?;
    match &entry.fact {
        Fact::PostmortemWritten(written) => Some(written.text.clone()),
        _ => None,
    }
}

/// Tells of sections that somebody else wrote meanwhile.
fn merged(desk: &Desk, receipt: &Receipt) -> Vec<String> {
    let number = receipt.incident.number;
    let told = receipt.entries.iter().filter_map(|entry| match &entry.fact {
        Fact::PostmortemWritten(written) if written.conflict => {
            let id = &written.section;
            Some(say!(
                desk.lang,
                "{id}: somebody else changed the same words; both stand in it: hikeshi -i {number} postmortem edit {id}",
                "{id}: 同じ箇所がほかの人にも変更されていたため、両方を併記しました: hikeshi -i {number} postmortem edit {id}"
            ))
        }
        Fact::PostmortemWritten(written) if written.merged.is_some() => {
            let id = &written.section;
            Some(say!(
                desk.lang,
                "{id}: somebody else wrote it meanwhile; both changes were taken in",
                "{id}: ほかの人も変更していたため、両方の変更を取り込みました"
            ))
        }
        _ => None,
    });
    told.chain(super::recalled(desk, receipt)).collect()
}
