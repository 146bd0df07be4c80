//! What names a team becomes what a rule does with it.

/// Conversions from a team's id or its text.
macro_rules! from_team {
    ($name:ty, $make:expr) => {
        from_team!($name, $make, &str, String, &String, TeamId, &TeamId);
    };
    ($name:ty, $make:expr, $($team:ty),+) => {$(
        impl From<$team> for $name {
            fn from(team: $team) -> Self {
                $make(TeamId::from(team))
            }
        }
    )+};
}

pub(super) use from_team;
