//! The row of updates: when stakeholders were told something (A6).

use super::Drawing;
use crate::render::escape::html as escape;
use crate::text::postmortem::{self as say, Label};

impl Drawing<'_> {
    /// Draws the updates as marks; nothing where nobody was told anything.
    pub fn updates(&mut self) {
        let (scale, top, lang) = (self.scale, self.bottom, self.lang);
        let all = &self.facts.communication.statements;
        let shown: Vec<_> = all.iter().filter(|said| scale.holds(said.at)).collect();
        if shown.is_empty() {
            return;
        }
        self.name(Label::Updates.text(lang), top + 8);
        for said in shown {
            let words = said.text.trim();
            let audiences = say::listed(&said.audiences, lang);
            let told = format!("{} {audiences}: {words}", self.times.about(said.at, said.approximate));
            let x = scale.place(said.at);
            let shape = format!("M{} {}h12l-6 12z", x - 6, top + 2);
            self.write(format_args!(r#"<path class="update" d="{shape}"><title>{}</title></path>"#, escape(&told)));
        }
        self.bottom = top + 22;
    }
}
