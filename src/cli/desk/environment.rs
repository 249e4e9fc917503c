//! What the environment says and nobody can follow, in words: it would be misread in silence otherwise.

use super::Desk;
use crate::env::Misread;
use crate::incident::when::zone_names;
use crate::say;
use crate::text::one_line;

/// How much alike two names of zones are before one is taken for a slip of the other.
const ALIKE: f64 = 0.8;

impl Desk {
    /// Says what of the environment is not followed.
    pub fn warn_about_environment(&self) {
        for (what, remedy) in self.misreadings() {
            self.ui.warning(&format!("{what} ({remedy})"));
        }
    }

    /// What of the environment is not followed, and what to write instead.
    pub fn misreadings(&self) -> Vec<(String, String)> {
        self.misread.iter().map(|misread| self.told(misread)).collect()
    }

    fn told(&self, misread: &Misread) -> (String, String) {
        let lang = self.lang;
        match misread {
            Misread::Zone(typed) => {
                let used = self.zone.iana_name().unwrap_or("UTC");
                let typed = one_line(typed);
                let what = say!(
                    lang,
                    "TZ is `{typed}`, which names no time zone: times are read and shown in {used}",
                    "TZ の「{typed}」というタイムゾーンはありません。時刻は {used} で扱います"
                );
                let names = zone_names();
                let near = |name: &&String| strsim::jaro_winkler(&name.to_lowercase(), &typed.to_lowercase());
                let nearest = names.iter().max_by(|a, b| near(a).total_cmp(&near(b))).filter(|name| near(name) > ALIKE);
                let name = nearest.map_or("Asia/Tokyo", String::as_str);
                (what, say!(lang, "write TZ={name}", "正しくは TZ={name}"))
            }
            Misread::Relative(name, path) => {
                let path = one_line(path);
                let what = say!(
                    lang,
                    "{name} is `{path}`, which is no absolute path: it is ignored, as its specification wants",
                    "{name} の「{path}」は絶対パスではないため、仕様どおり無視します"
                );
                (what, say!(lang, "write it in full, or unset {name}", "絶対パスで書くか、{name} を消す"))
            }
        }
    }
}
