//! What a duty to report is: the shape of `legal.toml`, and of the contract duties an organisation writes itself (E6).

use super::calendar::Calendar;
use super::day::{Closing, Day};
use super::term::Term;
use crate::incident::localized::Localized;
use crate::incident::slug::DutyStart;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A file of duties and of the calendars that they count by.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Duties {
    /// The duties.
    #[serde(default)]
    pub duty: Vec<Duty>,
    /// The calendars.
    #[serde(default)]
    pub calendar: Vec<Calendar>,
}

/// One report or notice that is owed (E6).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// Its slug: `gdpr-33-1`.
    pub id: String,
    /// The slug of the law or contract it belongs to, by which an organisation turns it on: `gdpr`.
    pub regime: String,
    /// What is owed.
    pub title: Localized,
    /// To whom: the authority, or the people concerned.
    pub to: Localized,
    /// What starts its clock.
    pub starts: DutyStart,
    /// The duty whose notice starts it; given where it starts with a notice, and only there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// How long there is; without it, the law gives no figure ("without undue delay").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Term>,
    /// How long until people are warned, counted as `due` is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn: Option<Term>,
    /// Whether the day on which it starts is day 1 of a term in days or months; else the day after is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub first_day_counts: bool,
    /// Whether a term in days or months that ends on a closed day ends on the next open one instead.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub moves_to_open_day: bool,
    /// The time of day by which it must be there on the last day; without it, the day's end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Closing>,
    /// The calendar by which its days are counted; without it, the organisation's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
    /// Cases with a term of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<DutyVariant>,
    /// A second term from another event: the earlier of the two counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also_within: Option<AlsoWithin>,
    /// The article, or the clause of the contract.
    pub source: String,
    /// The day on which the source's text was last read; without it, nobody has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<Day>,
    /// What of it could not be checked in the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unverified: Option<Localized>,
    /// What else to know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Localized>,
}

/// A case of a duty with a term of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DutyVariant {
    /// Its slug, unique in the duty.
    pub id: String,
    /// When it is the case.
    pub title: Localized,
    /// How long there is.
    pub due: Term,
    /// How long until people are warned; without it, as in the duty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn: Option<Term>,
}

/// A second term of a duty.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AlsoWithin {
    /// The event it runs from.
    pub from: DutyStart,
    /// How long there is.
    pub due: Term,
}

impl Duties {
    /// The calendar with this slug.
    pub fn calendar(&self, id: &str) -> Option<&Calendar> {
        self.calendar.iter().find(|calendar| calendar.id == id)
    }
}

impl Duty {
    /// The variant with this slug.
    pub fn variant(&self, id: &str) -> Option<&DutyVariant> {
        self.variants.iter().find(|variant| variant.id == id)
    }

    /// Whether all of it was found in its source.
    pub const fn is_verified(&self) -> bool {
        self.checked.is_some() && self.unverified.is_none()
    }
}
