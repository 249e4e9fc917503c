//! Stub until the renderings land.
use crate::text::Moments;
use crate::view::Postmortem;
pub fn html(_p: &Postmortem, _m: &Moments) -> String {
    String::new()
}
pub fn markdown(_p: &Postmortem, _m: &Moments) -> String {
    String::new()
}
