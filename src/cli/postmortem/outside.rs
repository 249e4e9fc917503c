//! `postmortem --for executives|customers`: what leaves the team, and what is to be looked at before it does (E8).

use super::super::desk::Desk;
use crate::error::{Exit, Failure};
use crate::incident::merge::has_marks;
use crate::incident::state::Incident;
use crate::render::json::{ReaderDocumentDoc, line};
use crate::render::postmortem::{Document, Reader, document as document_for, html_of, markdown_of};
use crate::say;
use crate::store::Entry;
use crate::text::one_line;
use crate::view::Postmortem;
use crate::view::postmortem::Outside;

/// The document for others than engineers; what was taken out or is still to be done is told beside it.
pub fn document(
    desk: &Desk,
    format: &str,
    customers: bool,
    incident: &Incident,
    entries: &[Entry],
) -> Result<String, Failure> {
    settled(desk, incident)?;
    let policy = &desk.engine.library().policy;
    let made = Postmortem::assemble(incident, entries, &policy.postmortem, desk.env.now());
    let moments = desk.moments();
    let outside = Outside::gather(incident, entries, policy);
    let reader = if customers { Reader::Customers(&outside) } else { Reader::Executives };
    let document = document_for(&made, reader, &moments);
    tell(desk, &document, &made);
    Ok(match format {
        "json" => line(&ReaderDocumentDoc::new(&document, reader, &made, desk.lang)),
        "html" => html_of(&document, &made, &moments),
        _ => markdown_of(document, &moments),
    })
}

/// Refuses while the texts of two people stand beside each other: which of them holds is not for readers to choose.
fn settled(desk: &Desk, incident: &Incident) -> Result<(), Failure> {
    let Some(open) = incident.writing.sections.iter().find(|section| has_marks(&section.text)) else { return Ok(()) };
    let (number, id) = (incident.number, one_line(&open.section));
    let message = say!(
        desk.lang,
        "section {id} holds two people's texts beside each other (<<<<<<< … >>>>>>>)",
        "節 {id} に二人の本文が併記されたままです（<<<<<<< … >>>>>>>）"
    );
    Err(Failure::new(Exit::Refused, "conflict", message).hint(format!("hikeshi -i {number} postmortem edit {id}")))
}

fn tell(desk: &Desk, document: &Document, made: &Postmortem) {
    let number = made.number;
    if made.approved.is_none() {
        desk.ui.warning(&say!(
            desk.lang,
            "the postmortem isn't approved yet; next: hikeshi -i {number} postmortem approve",
            "ポストモーテムは未承認です。次: hikeshi -i {number} postmortem approve"
        ));
    }
    if !document.replaced.is_empty() {
        let pair = |(was, instead): &(String, String)| format!("{} → {}", one_line(was), one_line(instead));
        let replaced: Vec<String> = document.replaced.iter().map(pair).collect();
        let replaced = replaced.join(", ");
        desk.ui.remark(&say!(desk.lang, "replaced: {replaced}", "置き換えた名前: {replaced}"));
    }
    for passage in &document.doubtful {
        let passage = one_line(passage);
        desk.ui.warning(&say!(
            desk.lang,
            "a part of a name may still stand in the document: “{passage}”; look at it before it goes out",
            "文書に氏名の一部が残っている可能性があります:「{passage}」。公開前に確認してください"
        ));
    }
    if document.cause_withheld {
        desk.ui.remark(&say!(
            desk.lang,
            "the cause is kept back: it is published by a sent statement that holds it word for word (hikeshi -i {number} update --audience customers), or by customers = true for the section cause in policy.toml",
            "原因は公開していません。公開するには、原因をそのまま含む告知を送る（hikeshi -i {number} update --audience customers）か、policy.toml の節 cause に customers = true を設定します"
        ));
    }
}
