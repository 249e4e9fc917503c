//! Whether the keys of a channel or a duty fit together: what only the whole entry can tell.

use crate::incident::channel::{Channel, ChannelFault};
use crate::incident::duty::{Duties, Duty, faults};
use crate::incident::policy::Policy;
use crate::incident::problem::ProblemKind;
use crate::policy::field::{tables, text};
use crate::policy::walk::Walk;
use serde::de::DeserializeOwned;
use std::ops::Range;
use toml::de::{DeTable, DeValue, ValueDeserializer};
use toml::{Spanned, Value};

/// Reports channels whose keys don't fit together; one that can't be read at all has been reported before.
pub(super) fn channels(walk: &mut Walk<'_, '_>) {
    for (entry, span) in tables(walk.root, "channel") {
        let Some(channel) = read::<Channel>(entry, &span, None) else { continue };
        let place = |fault: &ChannelFault| entry.get(fault.key()).map_or(span.start, |value| value.span().start);
        // The shape of an id, and of an address of the web, was looked at before.
        let known = |fault: &ChannelFault, at: usize| {
            matches!(fault, ChannelFault::BadId) || at != span.start && walk.report.has_one_at(at)
        };
        let found = channel.faults().into_iter().map(|fault| (place(&fault), fault));
        let found: Vec<(usize, ChannelFault)> = found.filter(|(at, fault)| !known(fault, *at)).collect();
        for (at, fault) in found {
            walk.report.add(at, ProblemKind::Channel(fault));
        }
    }
}

/// Reports duties whose terms or order can't be, each as it is once it was laid over the compiled-in one.
pub(super) fn duties(walk: &mut Walk<'_, '_>, compiled_in: &Policy) {
    let own = tables(walk.root, "duty");
    let mut all = compiled_in.duty.clone();
    for (entry, span) in &own {
        walk.report
            .repeated("variants", tables(entry, "variants").into_iter().filter_map(|(variant, _)| text(variant, "id")));
        let known = text(entry, "id").and_then(|(id, _)| all.iter_mut().find(|known| known.id == id));
        match known {
            Some(known) => {
                if let Some(laid_over) = read(entry, span, Some(known)) {
                    *known = laid_over;
                }
            }
            None => all.extend(read::<Duty>(entry, span, None)),
        }
    }
    for fault in faults(&Duties { duty: all, calendar: compiled_in.calendar.clone() }, &[]) {
        let entry = own.iter().find(|(entry, _)| text(entry, "id").is_some_and(|(id, _)| Some(id) == fault.duty()));
        // Ids and names that stand for nothing were reported before; what is compiled in is sound.
        if let Some((entry, span)) = entry.filter(|_| fault.is_of_keys_together()) {
            let at = fault.keys().iter().find_map(|key| entry.get(*key)).map_or(span.start, |value| value.span().start);
            walk.report.add(at, ProblemKind::Duty(fault));
        }
    }
}

/// An entry as what it stands for, laid over another one; `None` where it can't be read.
fn read<T: DeserializeOwned + serde::Serialize>(
    entry: &DeTable<'_>,
    span: &Range<usize>,
    over: Option<&T>,
) -> Option<T> {
    let whole = Spanned::new(span.clone(), DeValue::Table(entry.clone()));
    let own = <Value as serde::Deserialize>::deserialize(ValueDeserializer::from(whole)).ok()?;
    let Value::Table(own) = own else { return None };
    let mut merged = match over.map(Value::try_from) {
        Some(known) => known.ok()?.as_table().cloned().unwrap_or_default(),
        None => toml::Table::new(),
    };
    merged.extend(own);
    merged.try_into().ok()
}
