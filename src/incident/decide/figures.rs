//! The impact in figures (E4, B8), and how many a channel reached (B7).

use super::Draft;
use crate::incident::command::{MeasureImpact, MeasureReach};
use crate::incident::fact::{ImpactMeasured, ReachMeasured};
use crate::incident::limits;
use crate::incident::rejection::{Field, PromiseRejection, Rejection};

pub(super) fn reach(draft: &mut Draft<'_>, reach: &MeasureReach) -> Result<(), Rejection> {
    let channel = limits::name(Field::Channel, &reach.channel)?;
    if let Some(of) = reach.of.filter(|of| reach.reached > *of) {
        let value = format!("{}/{of}", reach.reached);
        return Err(PromiseRejection::Impossible { figure: "reach", value }.into());
    }
    draft.push(ReachMeasured { channel, reached: reach.reached, of: reach.of });
    Ok(())
}

pub(super) fn impact(draft: &mut Draft<'_>, impact: &MeasureImpact) -> Result<(), Rejection> {
    let impossible = |figure, value: String| Err(PromiseRejection::Impossible { figure, value }.into());
    if let Some(percent) = impact.requests_failed.filter(|percent| !(0.0..=100.0).contains(percent)) {
        return impossible("requests-failed", format!("{percent}%"));
    }
    if let Some((done, total)) = impact.units.filter(|(done, total)| done > total || *total == 0) {
        return impossible("units", format!("{done}/{total}"));
    }
    let measured = ImpactMeasured {
        users: impact.users,
        requests_failed: impact.requests_failed,
        regions: limits::names(Field::Region, &impact.regions)?,
        services: limits::names(Field::Service, &impact.services)?,
        downtime: impact.downtime,
        units_done: impact.units.map(|(done, _)| done),
        units_total: impact.units.map(|(_, total)| total),
        data_loss: impact.data_loss,
        cost: impact.cost.as_deref().map(|text| limits::line(Field::Cost, text)).transpose()?,
        text: impact.text.as_deref().map(|text| limits::text(Field::Impact, text)).transpose()?,
    };
    if measured == ImpactMeasured::default() {
        return Err(PromiseRejection::NothingMeasured.into());
    }
    draft.push(measured);
    Ok(())
}
