//! What a statement to stakeholders is for: the stage of disclosure that it belongs to (E7).

use super::slug::slugs;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

slugs! {
    /// What a statement is for, in the order in which an incident comes to need them (A6, B3, B6, E7).
    Stage {
        /// The first notice: what is affected, and what is known.
        Initial = "initial",
        /// How far the response has come.
        Progress = "progress",
        /// What readers can do until the permanent fix (B3).
        Workaround = "workaround",
        /// Service is restored.
        Resolved = "resolved",
        /// An invitation to a live briefing (A6).
        Invitation = "invitation",
        /// An earlier statement was wrong; this is what holds (B6).
        Correction = "correction",
    }
}

#[cfg(test)]
mod tests {
    use super::Stage;

    #[test]
    fn a_stage_has_one_slug_everywhere() {
        for stage in Stage::ALL.iter().copied() {
            let json = serde_json::to_string(&stage).expect("written");
            assert_eq!(json, format!("\"{stage}\""));
            assert_eq!(serde_json::from_str::<Stage>(&json).expect("read"), stage);
            assert_eq!(Stage::parse(&format!(" {} ", stage.as_str().to_uppercase())), Some(stage));
        }
        assert_eq!(Stage::parse("final"), None);
    }
}
