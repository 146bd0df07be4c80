//! Which code each fault has.

use super::code::FindingCode as Code;
use crate::dimension::DimensionFault;
use crate::policy::{FormFault, PolicyFault};
use crate::rule::ConditionFault;
use crate::warning::PolicyWarning;

pub(super) fn of_fault(fault: &PolicyFault) -> Code {
    match fault {
        PolicyFault::Empty | PolicyFault::NoExamples => Code::EmptyFile,
        PolicyFault::Form(fault) => of_form(fault),
        PolicyFault::Entry(_) => Code::RuleOrGroup,
        PolicyFault::Dimension(fault) => of_dimension(fault),
        PolicyFault::Condition(marked) => of_condition(marked.fault()),
        PolicyFault::Unknown { .. } | PolicyFault::NotAPool { .. } => Code::UnknownName,
        PolicyFault::NotATeam { .. } => Code::NotATeam,
        PolicyFault::Duplicate { .. } => Code::Duplicate,
        PolicyFault::Unnamed { .. } => Code::EmptyName,
        PolicyFault::EmptyList | PolicyFault::Never | PolicyFault::EmptyText => Code::EmptyTest,
        PolicyFault::ReversedRange { .. } | PolicyFault::EmptyPeriod { .. } => Code::ReversedRange,
        PolicyFault::WrongTest { .. } => Code::WrongOperator,
        PolicyFault::WrongValue { .. } | PolicyFault::NotAHeadCount { .. } => Code::WrongOperand,
        PolicyFault::ExpectsNothing => Code::ExpectsNothing,
        PolicyFault::NoOtherwise { .. } | PolicyFault::Contradiction { .. } => Code::Contradiction,
        PolicyFault::UnlistedValue { .. } => Code::UnlistedValue,
        PolicyFault::NotAnAttribute { .. } => Code::UnknownField,
        PolicyFault::ImpossibleValue { .. }
        | PolicyFault::BareValue { .. }
        | PolicyFault::BlankValue => Code::WrongValue,
        PolicyFault::AssignsToNothing => Code::NoOwner,
        PolicyFault::AssignsToTwo { .. } => Code::TwoOwners,
        PolicyFault::NotInTeam { .. } => Code::NotInTeam,
        PolicyFault::UselessIfNobody => Code::UselessIfNobody,
        PolicyFault::OverflowCycle { .. } => Code::Circle,
        PolicyFault::Weight { .. }
        | PolicyFault::ScoreFloor { .. }
        | PolicyFault::OutOfLimits { .. } => Code::OutOfRange,
        PolicyFault::RotationNamedLikeTeam { .. } => Code::ReservedName,
        PolicyFault::Strategy { .. } => Code::Strategy,
        PolicyFault::RotationOfTwoStrategies { .. } => Code::Rotation,
        PolicyFault::TimeZone(_) => Code::TimeZone,
        PolicyFault::Hours(_) => Code::Hours,
        PolicyFault::OverflowTooLong
        | PolicyFault::TooManyTurnsByRule { .. }
        | PolicyFault::TooDeep { .. }
        | PolicyFault::TooManyTests { .. } => Code::Limit,
    }
}

fn of_form(fault: &FormFault) -> Code {
    match fault {
        FormFault::UnknownField { .. } => Code::UnknownField,
        FormFault::Missing { .. } => Code::MissingField,
        FormFault::Twice { .. } => Code::GivenTwice,
        FormFault::UnknownWord { .. } => Code::UnknownWord,
        FormFault::WrongValue { .. } | FormFault::Other { .. } => Code::WrongValue,
    }
}

fn of_dimension(fault: &DimensionFault) -> Code {
    match fault {
        DimensionFault::EmptySegment { .. }
        | DimensionFault::EmptyAlias { .. }
        | DimensionFault::UnnamedBand
        | DimensionFault::UnnamedStage => Code::EmptyName,
        DimensionFault::PathTooLong { .. }
        | DimensionFault::TaxonomyTooLarge
        | DimensionFault::TooManyStages { .. } => Code::Limit,
        DimensionFault::DuplicateNode { .. }
        | DimensionFault::DuplicateRow { .. }
        | DimensionFault::DuplicateBand { .. }
        | DimensionFault::DuplicateStage { .. }
        | DimensionFault::DuplicateAttribute { .. } => Code::Duplicate,
        DimensionFault::AmbiguousAlias { .. } => Code::AmbiguousAlias,
        DimensionFault::AliasOfUnknown { .. } | DimensionFault::UnknownParent { .. } => {
            Code::UnknownName
        }
        DimensionFault::SlashInName { .. } | DimensionFault::ReservedAttribute { .. } => {
            Code::ReservedName
        }
        DimensionFault::Cycle { .. } => Code::Circle,
        DimensionFault::NotARange { .. } => Code::NotARange,
        DimensionFault::ReversedBand { .. } => Code::ReversedRange,
    }
}

pub(super) fn of_condition(fault: &ConditionFault) -> Code {
    match fault {
        ConditionFault::TooDeep | ConditionFault::TooLong { .. } => Code::Limit,
        _ => Code::ConditionSyntax,
    }
}

pub(super) fn of_warning(warning: &PolicyWarning) -> Code {
    match warning {
        PolicyWarning::NoRules => Code::NoRules,
        PolicyWarning::GapInSizes { .. } => Code::GapInSizes,
        PolicyWarning::OverlappingSizes { .. } => Code::OverlappingSizes,
        PolicyWarning::CodeAsNumber { .. } => Code::CodeAsNumber,
        PolicyWarning::EmptyTeam { .. } => Code::EmptyTeam,
        PolicyWarning::InactiveTeam { .. } => Code::InactiveTeam,
        PolicyWarning::UnusedTeam { .. } => Code::UnusedTeam,
        PolicyWarning::UnusedPool { .. } => Code::UnusedPool,
        PolicyWarning::SuspiciousMember { .. } => Code::SuspiciousMember,
        PolicyWarning::MemberWithoutTeam { .. } => Code::MemberWithoutTeam,
        PolicyWarning::TakesEveryLead { .. } => Code::TakesEveryLead,
        PolicyWarning::Alias { .. } => Code::AliasInRule,
        PolicyWarning::NeverHolds { .. } => Code::NeverHolds,
        PolicyWarning::NeverInGroup { .. } => Code::NeverInGroup,
        PolicyWarning::Covered { .. } => Code::CoveredBranch,
        PolicyWarning::TwoSpellings { .. } => Code::TwoSpellings,
        PolicyWarning::Wildcard { .. } => Code::Wildcard,
        PolicyWarning::RangeAsText { .. } => Code::RangeAsText,
        PolicyWarning::Expired { .. } => Code::ExpiredRule,
        PolicyWarning::NoMoment { .. } => Code::NoMoment,
    }
}
