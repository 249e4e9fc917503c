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

#[cfg(test)]
mod tests {
    use crate::incident::command::{Command, MeasureImpact, MeasureReach};
    use crate::incident::decide::scene::Scene;
    use crate::incident::rejection::Rejection;

    fn measure(impact: MeasureImpact) -> Command {
        Command::MeasureImpact(impact)
    }

    #[test]
    fn e4_a_figure_keeps_the_one_before_it() {
        let users = |users| measure(MeasureImpact { users: Some(users), ..MeasureImpact::default() });
        let incident = Scene::declared().given(users(1200)).when(users(300)).incident();
        let figure = incident.promises.impact.users.expect("measured");
        assert_eq!((figure.value, figure.before), (300.0, Some(1200.0)));
    }

    #[test]
    fn b8_units_keep_the_incident_waiting_until_all_are_mended() {
        let units = |done| measure(MeasureImpact { units: Some((done, 1000)), ..MeasureImpact::default() });
        let half = Scene::declared().given(units(640));
        assert_eq!(half.clone().incident().promises.impact.units_left(), Some((360, 1000)));
        assert!(half.clone().incident().waiting_for().iter().any(|one| one.name() == "units"));
        assert_eq!(half.when(units(1000)).incident().promises.impact.units_left(), None);
    }

    #[test]
    fn what_can_not_be_is_refused() {
        for impact in [
            MeasureImpact { units: Some((2, 1)), ..MeasureImpact::default() },
            MeasureImpact { units: Some((0, 0)), ..MeasureImpact::default() },
            MeasureImpact { requests_failed: Some(100.1), ..MeasureImpact::default() },
            MeasureImpact { requests_failed: Some(-0.1), ..MeasureImpact::default() },
            MeasureImpact::default(),
        ] {
            assert!(matches!(Scene::declared().when(measure(impact)).rejection(), Rejection::Promise(_)));
        }
        let reach = MeasureReach { channel: "mail".to_owned(), reached: 2, of: Some(1) };
        assert!(matches!(Scene::declared().when(Command::MeasureReach(reach)).rejection(), Rejection::Promise(_)));
    }
}
