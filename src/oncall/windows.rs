//! The names that Windows and Outlook give to time zones, and what the rest of the world calls them.
//!
//! After the CLDR's `windowsZones.xml`, territory 001.

/// Windows' name, in small letters, and the database's.
const NAMES: [(&str, &str); 62] = [
    ("afghanistan standard time", "Asia/Kabul"),
    ("alaskan standard time", "America/Anchorage"),
    ("arab standard time", "Asia/Riyadh"),
    ("arabian standard time", "Asia/Dubai"),
    ("arabic standard time", "Asia/Baghdad"),
    ("argentina standard time", "America/Argentina/Buenos_Aires"),
    ("atlantic standard time", "America/Halifax"),
    ("aus central standard time", "Australia/Darwin"),
    ("aus eastern standard time", "Australia/Sydney"),
    ("azores standard time", "Atlantic/Azores"),
    ("bangladesh standard time", "Asia/Dhaka"),
    ("canada central standard time", "America/Regina"),
    ("cen. australia standard time", "Australia/Adelaide"),
    ("central america standard time", "America/Guatemala"),
    ("central asia standard time", "Asia/Bishkek"),
    ("central europe standard time", "Europe/Budapest"),
    ("central european standard time", "Europe/Warsaw"),
    ("central standard time", "America/Chicago"),
    ("central standard time (mexico)", "America/Mexico_City"),
    ("china standard time", "Asia/Shanghai"),
    ("e. africa standard time", "Africa/Nairobi"),
    ("e. australia standard time", "Australia/Brisbane"),
    ("e. europe standard time", "Europe/Chisinau"),
    ("e. south america standard time", "America/Sao_Paulo"),
    ("eastern standard time", "America/New_York"),
    ("egypt standard time", "Africa/Cairo"),
    ("fle standard time", "Europe/Kyiv"),
    ("georgian standard time", "Asia/Tbilisi"),
    ("gmt standard time", "Europe/London"),
    ("greenwich standard time", "Atlantic/Reykjavik"),
    ("gtb standard time", "Europe/Bucharest"),
    ("hawaiian standard time", "Pacific/Honolulu"),
    ("india standard time", "Asia/Kolkata"),
    ("iran standard time", "Asia/Tehran"),
    ("israel standard time", "Asia/Jerusalem"),
    ("korea standard time", "Asia/Seoul"),
    ("morocco standard time", "Africa/Casablanca"),
    ("mountain standard time", "America/Denver"),
    ("myanmar standard time", "Asia/Yangon"),
    ("nepal standard time", "Asia/Kathmandu"),
    ("new zealand standard time", "Pacific/Auckland"),
    ("newfoundland standard time", "America/St_Johns"),
    ("pacific sa standard time", "America/Santiago"),
    ("pacific standard time", "America/Los_Angeles"),
    ("pakistan standard time", "Asia/Karachi"),
    ("romance standard time", "Europe/Paris"),
    ("russian standard time", "Europe/Moscow"),
    ("sa pacific standard time", "America/Bogota"),
    ("se asia standard time", "Asia/Bangkok"),
    ("singapore standard time", "Asia/Singapore"),
    ("south africa standard time", "Africa/Johannesburg"),
    ("sri lanka standard time", "Asia/Colombo"),
    ("taipei standard time", "Asia/Taipei"),
    ("tasmania standard time", "Australia/Hobart"),
    ("tokyo standard time", "Asia/Tokyo"),
    ("turkey standard time", "Europe/Istanbul"),
    ("us eastern standard time", "America/Indiana/Indianapolis"),
    ("us mountain standard time", "America/Phoenix"),
    ("utc", "Etc/UTC"),
    ("w. australia standard time", "Australia/Perth"),
    ("w. central africa standard time", "Africa/Lagos"),
    ("w. europe standard time", "Europe/Berlin"),
];

/// The database's name for a zone of Windows.
pub(super) fn name(windows: &str) -> Option<&'static str> {
    let folded = windows.to_ascii_lowercase();
    NAMES.iter().find(|(known, _)| *known == folded).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::{NAMES, name};
    use jiff::tz::TimeZone;

    #[test]
    fn the_database_knows_every_zone() {
        assert!(NAMES.is_sorted());
        for (windows, found) in NAMES {
            assert!(TimeZone::get(found).is_ok(), "{windows}");
        }
        assert_eq!(name("Tokyo Standard Time"), Some("Asia/Tokyo"));
        assert_eq!(name("Tokyo"), None);
    }
}
