//! Whether an English post of a status page says that service is restored, where no field does.

/// What says that it is over.
const OVER: [&str; 16] = [
    "operating normally",
    "issue resolved",
    "has been resolved",
    "have been resolved",
    "is resolved",
    "are resolved",
    "is now resolved",
    "are now resolved",
    "was resolved",
    "were resolved",
    "fully restored",
    "has been restored",
    "have been restored",
    "fully recovered",
    "has recovered",
    "returned to normal",
];

/// What makes less of it in the same clause.
const LESS: [&str; 20] = [
    "partial", "most", "majority", "some", "many", "several", "expect", "once", "until", "when", "if", "not", "never",
    "will", "should", "almost", "nearly", "before", "unless", "being",
];

/// What tells anywhere in a post that there is more to do.
const GOES_ON: [&str; 9] = [
    "continue to work",
    "continuing to work",
    "are working",
    "working to",
    "working towards",
    "working toward",
    "seeing recovery",
    "are recovering",
    "to fully recover",
];

/// Whether a post says that service is restored, for everybody and for good.
pub fn says_so(text: &str) -> bool {
    let lower = text.to_lowercase().replace('’', "'");
    let goes_on = GOES_ON.iter().any(|words| lower.contains(words));
    let clauses = lower.split(['.', '!', '?', ';', ',', '\n']).flat_map(|sentence| sentence.split(" but "));
    clauses.flat_map(|clause| clause.split(" and ")).any(|clause| {
        let over = OVER.iter().find(|words| clause.contains(*words));
        let mut words = clause.split(|letter: char| !letter.is_alphanumeric() && letter != '\'');
        let less = words.any(|word| {
            LESS.iter().any(|less| word == *less || (*less == "partial" && word.starts_with(less)))
                || word.ends_with("n't")
        });
        over.is_some_and(|words| !less && (!goes_on || *words == "operating normally"))
    })
}

#[cfg(test)]
mod tests {
    use super::says_so;

    #[test]
    fn a_post_says_that_it_is_over_or_only_that_it_gets_better() {
        for text in [
            "Between 12:15 PM and 12:21 PM PDT we observed connectivity issues. The issue has been resolved.",
            "We experienced errors for some customers, but the issue has been resolved and the service is operating normally.",
            "Service has been fully restored.",
            "The remaining volumes have been restored. The service is operating normally.",
        ] {
            assert!(says_so(text), "{text}");
        }
        for text in [
            "We are investigating.",
            "Most volumes have been restored.",
            "The issue has been resolved for the majority of customers.",
            "We will post again once the issue has been resolved.",
            "The service isn't operating normally.",
            "The root cause has been resolved and we continue to work towards full recovery.",
            "The service has been partially restored.",
            "Connectivity is restored in one zone only.",
            "We expect that the issue will be resolved within the hour.",
        ] {
            assert!(!says_so(text), "{text}");
        }
    }
}
