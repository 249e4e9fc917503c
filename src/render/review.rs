//! What is missing or weak in a postmortem, for people.

use super::Page;
use crate::incident::review::Weakness;
use crate::incident::slug::DocumentStatus;
use crate::say;
use crate::text::{label, review, visible};

/// A line for each finding, and what to do about it below.
pub fn weaknesses(page: &Page, number: u32, status: DocumentStatus, findings: &[Weakness]) -> String {
    let lang = page.lang();
    let stands = label::document_status(status, lang);
    let count = findings.len();
    if findings.is_empty() {
        let next = match status {
            DocumentStatus::Approved => String::new(),
            _ => say!(
                lang,
                "; next: hikeshi -i {number} postmortem approve",
                "。次: hikeshi -i {number} postmortem approve"
            ),
        };
        return say!(
            lang,
            "#{number} postmortem ({stands}): nothing is missing{next}",
            "#{number} ポストモーテム（{stands}）: 不足なし{next}"
        );
    }
    let on = format!("hikeshi -i {number}");
    let mut lines = vec![page.bold(&say!(
        lang,
        "#{number} postmortem ({stands}), findings: {count}",
        "#{number} ポストモーテム（{stands}）: 指摘 {count} 件"
    ))];
    for finding in findings {
        lines.push(format!("- {}", visible(&review::sentence(finding, lang))));
        if let Some(next) = review::advice(finding, &on, lang) {
            lines.push(page.dim(&format!("    → {}", visible(&next))));
        }
    }
    lines.join("\n")
}
