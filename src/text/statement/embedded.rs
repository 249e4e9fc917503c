//! The templates that come with the program, one file of `playbooks/templates` each.

macro_rules! embedded {
    ($($name:literal)*) => {
        /// Each template's name, without its ending, and its text.
        pub(super) const EMBEDDED: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../../../playbooks/templates/", $name, ".txt"))),)*
        ];
    };
}

embedded! {
    "correction.customers.en" "correction.customers.ja"
    "correction.en" "correction.ja"
    "correction.regulator.en" "correction.regulator.ja"
    "correction.support.en" "correction.support.ja"
    "initial.customers.en" "initial.customers.ja"
    "initial.en" "initial.ja"
    "initial.executives.en" "initial.executives.ja"
    "initial.regulator.en" "initial.regulator.ja"
    "initial.support.en" "initial.support.ja"
    "invitation.customers.en" "invitation.customers.ja"
    "invitation.en" "invitation.ja"
    "progress.customers.en" "progress.customers.ja"
    "progress.en" "progress.ja"
    "progress.executives.en" "progress.executives.ja"
    "progress.regulator.en" "progress.regulator.ja"
    "progress.support.en" "progress.support.ja"
    "resolved.customers.en" "resolved.customers.ja"
    "resolved.en" "resolved.ja"
    "resolved.executives.en" "resolved.executives.ja"
    "resolved.regulator.en" "resolved.regulator.ja"
    "resolved.support.en" "resolved.support.ja"
    "workaround.customers.en" "workaround.customers.ja"
    "workaround.en" "workaround.ja"
    "workaround.support.en" "workaround.support.ja"
}
