//! Exercises (A5).

use crate::incident::drill::Scenario;
use crate::incident::fact::DrillGraded;
use serde::{Deserialize, Serialize};

/// Begins an exercise on a drill.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StartDrill {
    /// What is played.
    pub scenario: Scenario,
    /// The team that is drilled.
    pub team: Option<String>,
    /// How much faster than the wall clock.
    pub speed: u32,
    /// Who holds the lead only because somebody had to declare it for the team.
    pub stand_in: Option<String>,
}

/// Lets something happen in an exercise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InjectDrill {
    /// Which inject.
    pub inject: String,
    /// What the team is told.
    pub text: String,
}

/// Keeps the grade of an exercise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GradeDrill {
    /// The grade.
    pub graded: DrillGraded,
}
