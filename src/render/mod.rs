//! From what people ask to see to what they see: terminal, Markdown, HTML, JSON.

mod checklist;
mod contact;
mod doctor;
mod duty;
pub mod escape;
mod evidence;
mod ical;
pub mod json;
mod list;
mod page;
mod playbook;
pub mod postmortem;
mod receipt;
mod roles;
mod service;
mod show;
mod table;
mod timeline;
mod verify;

pub use checklist::{checklist, step_line, step_name};
pub use contact::contact_list;
pub use doctor::doctor;
pub use duty::{duty_list, no_advice, no_figure};
pub use evidence::{custody, evidence_item, evidence_list};
pub use ical::{CalendarClock, calendar};
pub use list::{inbox, kept_words, list, segment, shown_title};
pub use page::Page;
pub use playbook::{playbook, playbooks};
pub use receipt::{declared, next_step, receipt};
pub use roles::roles;
pub use service::{service_list, service_page};
pub use show::show;
pub use table::Table;
pub use timeline::{entry_line, timeline, told};
pub use verify::verification;
