//! What `doctor` found.

use super::Page;
use crate::say;
use crate::view::{Finding, Grade};

/// Findings, one a line, with what to do below those that need it.
pub fn doctor(page: &Page, findings: &[Finding]) -> String {
    let lang = page.lang();
    let mut lines = Vec::new();
    for finding in findings {
        let grade = match finding.grade {
            Grade::Good => say!(lang, "ok", "正常"),
            Grade::Note => say!(lang, "note", "注意"),
            Grade::Bad => page.alarm(&say!(lang, "BAD", "異常")),
        };
        lines.push(format!("{grade:<5} {:<13} {}", finding.check, finding.text));
        if let Some(remedy) = &finding.remedy {
            lines.push(say!(lang, "      → {remedy}", "      → {remedy}"));
        }
    }
    lines.join("\n")
}
