//! The words of a postmortem: its headings, what people are asked to write, and remarks on entries.

mod heading;
mod label;
mod reader;
mod sentence;

pub use heading::Heading;
pub use label::Label;
pub use reader::{
    cause_not_published, causes_description, causes_title, corrected_later, customer_title, details_elsewhere,
    executive_title, impact_description, impact_title, more, outside_title, plan_description, plan_title,
};
pub use sentence::{
    about, about_span, approved, approved_anyway, cause_understood, chart_capped, chart_description, chart_outside,
    chart_roles_left, chart_title, confirmed, conflict, corrects, drill_notice, duty, entries, fix_due, fix_in_time,
    fix_late, fix_overdue, fix_pending, in_full, in_time, late_by, listed, never_held, not_approved, not_reached,
    nothing, of, on_duplicate, origin, out_of_order, playbook, postmortem_due, postmortem_filed, progress,
    recorded_late, refuted, remarks, replaced, restricted_notice, reverted, scope, severity, stage, step_counts,
    stretch, superseded, title, took_over, undelivered, unknown_stretch, words_removed,
};
