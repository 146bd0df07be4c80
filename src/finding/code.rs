//! The codes of findings.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::unknown_name::UnknownName;

/// What kind of finding it is: a stable word, by which reports and tools know it.
///
/// The guide has a paragraph and an example on each: [findings](crate::guide::findings).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FindingCode {
    /// The file cannot be read as YAML or JSON.
    Syntax,
    /// The file has no content.
    EmptyFile,
    /// A field that does not exist there.
    UnknownField,
    /// A required field is not given.
    MissingField,
    /// A field is given twice.
    GivenTwice,
    /// A value of the wrong type, or a number out of range.
    WrongValue,
    /// A word that is not one of those possible there.
    UnknownWord,
    /// The fields of a rule or a group do not go together.
    RuleOrGroup,
    /// An id, a value or an alias without a name.
    EmptyName,
    /// An id or a value that is there twice.
    Duplicate,
    /// A name that refers to nothing.
    UnknownName,
    /// A name that cannot be used there.
    ReservedName,
    /// An alias that stands for two values.
    AmbiguousAlias,
    /// A chain that returns to where it began.
    Circle,
    /// The text of a size band is not a range of head counts.
    NotARange,
    /// A range or a period that ends before it begins.
    ReversedRange,
    /// The text of a condition cannot be read.
    ConditionSyntax,
    /// A test that holds for no lead, because it has no values.
    EmptyTest,
    /// An operator that the tested dimension or attribute does not have.
    WrongOperator,
    /// A value that the tested dimension or attribute cannot have.
    WrongOperand,
    /// A rule that assigns to nothing.
    NoOwner,
    /// A rule that assigns to two things at once.
    TwoOwners,
    /// A pool or a member where a team is expected.
    NotATeam,
    /// A named member who does not belong to the named team.
    NotInTeam,
    /// An `if_nobody` for a pool, which needs no member.
    UselessIfNobody,
    /// A number outside its limits.
    OutOfRange,
    /// A strategy, or an option of one, that does not exist.
    Strategy,
    /// Teams that share a rotation but use different strategies.
    Rotation,
    /// A text that is not a time zone.
    TimeZone,
    /// A text that is not working hours.
    Hours,
    /// More, longer or deeper than the library's limits allow.
    Limit,
    /// An example that expects nothing.
    ExpectsNothing,
    /// Expectations of an example that cannot all hold.
    Contradiction,
    /// A value of an example's lead that the policy does not list.
    UnlistedValue,
    /// Something else came of an example's lead than is expected.
    FailedExample,
    /// A policy without rules.
    NoRules,
    /// Head counts that are in no band.
    GapInSizes,
    /// Two bands that share head counts.
    OverlappingSizes,
    /// A postal code declared as a number.
    CodeAsNumber,
    /// A team without members.
    EmptyTeam,
    /// A team whose members are all inactive.
    InactiveTeam,
    /// A team that gets no leads.
    UnusedTeam,
    /// A pool that gets no leads.
    UnusedPool,
    /// An id of a member that is probably several ids, or part of a list.
    SuspiciousMember,
    /// A member who gets no leads.
    MemberWithoutTeam,
    /// A rule for every lead before others, which never apply.
    TakesEveryLead,
    /// A rule that writes a value under another name.
    AliasInRule,
    /// A condition that no lead can meet.
    NeverHolds,
    /// A condition that no lead of the groups around it can meet.
    NeverInGroup,
    /// An alternative that another one covers.
    CoveredBranch,
    /// A text that rules spell in two ways.
    TwoSpellings,
    /// A text with wildcards, which there are not.
    Wildcard,
    /// A text that looks like a range of numbers.
    RangeAsText,
    /// A rule whose period is over.
    ExpiredRule,
    /// An example without a moment, where the result depends on it.
    NoMoment,
}

impl FindingCode {
    /// All codes, in the order of the guide: those of errors, then those of warnings.
    pub const ALL: &'static [Self] = &[
        Self::Syntax,
        Self::EmptyFile,
        Self::UnknownField,
        Self::MissingField,
        Self::GivenTwice,
        Self::WrongValue,
        Self::UnknownWord,
        Self::RuleOrGroup,
        Self::EmptyName,
        Self::Duplicate,
        Self::UnknownName,
        Self::ReservedName,
        Self::AmbiguousAlias,
        Self::Circle,
        Self::NotARange,
        Self::ReversedRange,
        Self::ConditionSyntax,
        Self::EmptyTest,
        Self::WrongOperator,
        Self::WrongOperand,
        Self::NoOwner,
        Self::TwoOwners,
        Self::NotATeam,
        Self::NotInTeam,
        Self::UselessIfNobody,
        Self::OutOfRange,
        Self::Strategy,
        Self::Rotation,
        Self::TimeZone,
        Self::Hours,
        Self::Limit,
        Self::ExpectsNothing,
        Self::Contradiction,
        Self::UnlistedValue,
        Self::FailedExample,
        Self::NoRules,
        Self::GapInSizes,
        Self::OverlappingSizes,
        Self::CodeAsNumber,
        Self::EmptyTeam,
        Self::InactiveTeam,
        Self::UnusedTeam,
        Self::UnusedPool,
        Self::SuspiciousMember,
        Self::MemberWithoutTeam,
        Self::TakesEveryLead,
        Self::AliasInRule,
        Self::NeverHolds,
        Self::NeverInGroup,
        Self::CoveredBranch,
        Self::TwoSpellings,
        Self::Wildcard,
        Self::RangeAsText,
        Self::ExpiredRule,
        Self::NoMoment,
    ];

    /// The code as a word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::EmptyFile => "empty-file",
            Self::UnknownField => "unknown-field",
            Self::MissingField => "missing-field",
            Self::GivenTwice => "given-twice",
            Self::WrongValue => "wrong-value",
            Self::UnknownWord => "unknown-word",
            Self::RuleOrGroup => "rule-or-group",
            Self::EmptyName => "empty-name",
            Self::Duplicate => "duplicate",
            Self::UnknownName => "unknown-name",
            Self::ReservedName => "reserved-name",
            Self::AmbiguousAlias => "ambiguous-alias",
            Self::Circle => "circle",
            Self::NotARange => "not-a-range",
            Self::ReversedRange => "reversed-range",
            Self::ConditionSyntax => "condition-syntax",
            Self::EmptyTest => "empty-test",
            Self::WrongOperator => "wrong-operator",
            Self::WrongOperand => "wrong-operand",
            Self::NoOwner => "no-owner",
            Self::TwoOwners => "two-owners",
            Self::NotATeam => "not-a-team",
            Self::NotInTeam => "not-in-team",
            Self::UselessIfNobody => "useless-if-nobody",
            Self::OutOfRange => "out-of-range",
            Self::Strategy => "strategy",
            Self::Rotation => "rotation",
            Self::TimeZone => "time-zone",
            Self::Hours => "hours",
            Self::Limit => "limit",
            Self::ExpectsNothing => "expects-nothing",
            Self::Contradiction => "contradiction",
            Self::UnlistedValue => "unlisted-value",
            Self::FailedExample => "failed-example",
            Self::NoRules => "no-rules",
            Self::GapInSizes => "gap-in-sizes",
            Self::OverlappingSizes => "overlapping-sizes",
            Self::CodeAsNumber => "code-as-number",
            Self::EmptyTeam => "empty-team",
            Self::InactiveTeam => "inactive-team",
            Self::UnusedTeam => "unused-team",
            Self::UnusedPool => "unused-pool",
            Self::SuspiciousMember => "suspicious-member",
            Self::MemberWithoutTeam => "member-without-team",
            Self::TakesEveryLead => "takes-every-lead",
            Self::AliasInRule => "alias-in-rule",
            Self::NeverHolds => "never-holds",
            Self::NeverInGroup => "never-in-group",
            Self::CoveredBranch => "covered-branch",
            Self::TwoSpellings => "two-spellings",
            Self::Wildcard => "wildcard",
            Self::RangeAsText => "range-as-text",
            Self::ExpiredRule => "expired-rule",
            Self::NoMoment => "no-moment",
        }
    }

    /// A sentence on what such findings are about.
    pub const fn summary(self) -> &'static str {
        match self {
            Self::Syntax => "The file cannot be read as YAML or JSON.",
            Self::EmptyFile => "The file has no content.",
            Self::UnknownField => "A field that does not exist there.",
            Self::MissingField => "A required field is not given.",
            Self::GivenTwice => "A field is given twice.",
            Self::WrongValue => "A value of the wrong type, or a number out of range.",
            Self::UnknownWord => "A word that is not one of those possible there.",
            Self::RuleOrGroup => "The fields of a rule or a group do not go together.",
            Self::EmptyName => "An id, a value or an alias without a name.",
            Self::Duplicate => "An id or a value that is there twice.",
            Self::UnknownName => "A name that refers to nothing.",
            Self::ReservedName => "A name that cannot be used there.",
            Self::AmbiguousAlias => "An alias that stands for two values.",
            Self::Circle => "A chain that returns to where it began.",
            Self::NotARange => "The text of a size band is not a range of head counts.",
            Self::ReversedRange => "A range or a period that ends before it begins.",
            Self::ConditionSyntax => "The text of a condition cannot be read.",
            Self::EmptyTest => "A test that holds for no lead, because it has no values.",
            Self::WrongOperator => {
                "An operator that the tested dimension or attribute does not have."
            }
            Self::WrongOperand => "A value that the tested dimension or attribute cannot have.",
            Self::NoOwner => "A rule that assigns to nothing.",
            Self::TwoOwners => "A rule that assigns to two things at once.",
            Self::NotATeam => "A pool or a member where a team is expected.",
            Self::NotInTeam => "A named member who does not belong to the named team.",
            Self::UselessIfNobody => "An `if_nobody` for a pool, which needs no member.",
            Self::OutOfRange => "A number outside its limits.",
            Self::Strategy => "A strategy, or an option of one, that does not exist.",
            Self::Rotation => "Teams that share a rotation but use different strategies.",
            Self::TimeZone => "A text that is not a time zone.",
            Self::Hours => "A text that is not working hours.",
            Self::Limit => "More, longer or deeper than the library's limits allow.",
            Self::ExpectsNothing => "An example that expects nothing.",
            Self::Contradiction => "Expectations of an example that cannot all hold.",
            Self::UnlistedValue => "A value of an example's lead that the policy does not list.",
            Self::FailedExample => "Something else came of an example's lead than is expected.",
            Self::NoRules => "A policy without rules.",
            Self::GapInSizes => "Head counts that are in no band.",
            Self::OverlappingSizes => "Two bands that share head counts.",
            Self::CodeAsNumber => "A postal code declared as a number.",
            Self::EmptyTeam => "A team without members.",
            Self::InactiveTeam => "A team whose members are all inactive.",
            Self::UnusedTeam => "A team that gets no leads.",
            Self::UnusedPool => "A pool that gets no leads.",
            Self::SuspiciousMember => {
                "An id of a member that is probably several ids, or part of a list."
            }
            Self::MemberWithoutTeam => "A member who gets no leads.",
            Self::TakesEveryLead => "A rule for every lead before others, which never apply.",
            Self::AliasInRule => "A rule that writes a value under another name.",
            Self::NeverHolds => "A condition that no lead can meet.",
            Self::NeverInGroup => "A condition that no lead of the groups around it can meet.",
            Self::CoveredBranch => "An alternative that another one covers.",
            Self::TwoSpellings => "A text that rules spell in two ways.",
            Self::Wildcard => "A text with wildcards, which there are not.",
            Self::RangeAsText => "A text that looks like a range of numbers.",
            Self::ExpiredRule => "A rule whose period is over.",
            Self::NoMoment => "An example without a moment, where the result depends on it.",
        }
    }
}

impl fmt::Display for FindingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for FindingCode {
    type Err = UnknownName;

    /// # Errors
    /// [`UnknownName`] if there is no such code.
    fn from_str(text: &str) -> Result<Self, UnknownName> {
        UnknownName::find("code", text, Self::ALL, Self::as_str)
    }
}

impl Serialize for FindingCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
