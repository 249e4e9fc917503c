//! The compiled-in duties, and deadlines worked out by hand.

mod compiled_in;
mod counting;
mod faults;

use super::{Deadline, Duties, Starts, deadline};
use crate::incident::time::Timestamp;

/// The file as it will be compiled in.
const LEGAL: &str = include_str!("../../../../playbooks/legal.toml");

fn legal() -> Duties {
    toml::from_str(LEGAL).expect("the file is sound")
}

/// An RFC 3339 instant.
fn at(written: &str) -> Timestamp {
    Timestamp::from_millis(written.parse::<jiff::Timestamp>().expect("an instant").as_millisecond())
}

/// What a compiled-in duty gives, by its own calendar, else by an organisation in Berlin with no holidays.
fn given(id: &str, variant: Option<&str>, starts: Starts) -> Deadline {
    let legal = legal();
    let duty = legal.duty.iter().find(|duty| duty.id == id).expect(id);
    let own = calendar("Europe/Berlin", &[]);
    let named = duty.calendar.as_deref().map(|id| legal.calendar(id).expect(id));
    deadline(duty, variant, &starts, named.unwrap_or(&own))
}

fn calendar(zone: &str, holidays: &[&str]) -> super::Calendar {
    let holidays = holidays.iter().map(|day| super::Day::parse(day).expect(day)).collect();
    super::Calendar::new("own", super::Zone::named(zone).expect(zone), holidays)
}
