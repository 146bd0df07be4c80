//! The codes of findings.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::unknown_name::UnknownName;

/// Declares the codes with their names and a sentence on each.
macro_rules! codes {
    ($($code:ident $name:literal $summary:literal)*) => {
        /// What kind of finding it is: a stable word, by which reports and tools know it.
        ///
        /// The guide has a paragraph and an example on each: [findings](crate::guide::findings).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum FindingCode {
            $(#[doc = $summary] $code,)*
        }

        impl FindingCode {
            /// All codes, in the order of the guide.
            pub const ALL: &'static [Self] = &[$(Self::$code),*];

            /// The code as a word.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$code => $name,)*
                }
            }

            /// A sentence on what such findings are about.
            pub const fn summary(self) -> &'static str {
                match self {
                    $(Self::$code => $summary,)*
                }
            }
        }
    };
}

codes! {
    Syntax "syntax" "The file cannot be read as YAML or JSON."
    EmptyFile "empty-file" "The file has no content."
    UnknownField "unknown-field" "A field that does not exist there."
    MissingField "missing-field" "A required field is not given."
    GivenTwice "given-twice" "A field is given twice."
    WrongValue "wrong-value" "A value of the wrong type, or a number out of range."
    UnknownWord "unknown-word" "A word that is not one of those possible there."
    RuleOrGroup "rule-or-group" "The fields of a rule or a group do not go together."
    EmptyName "empty-name" "An id, a value or an alias without a name."
    Duplicate "duplicate" "An id or a value that is there twice."
    UnknownName "unknown-name" "A name that refers to nothing."
    ReservedName "reserved-name" "A name that cannot be used there."
    AmbiguousAlias "ambiguous-alias" "An alias that stands for two values."
    Circle "circle" "A chain that returns to where it began."
    NotARange "not-a-range" "The text of a size band is not a range of head counts."
    ReversedRange "reversed-range" "A range or a period that ends before it begins."
    ConditionSyntax "condition-syntax" "The text of a condition cannot be read."
    EmptyTest "empty-test" "A test that holds for no lead, because it has no values."
    WrongOperator "wrong-operator" "An operator that the tested dimension or attribute does not have."
    WrongOperand "wrong-operand" "A value that the tested dimension or attribute cannot have."
    NoOwner "no-owner" "A rule that assigns to nothing."
    TwoOwners "two-owners" "A rule that assigns to two things at once."
    NotATeam "not-a-team" "A pool or a member where a team is expected."
    NotInTeam "not-in-team" "A named member who does not belong to the named team."
    UselessIfNobody "useless-if-nobody" "An `if_nobody` for a pool, which needs no member."
    OutOfRange "out-of-range" "A number outside its limits."
    Strategy "strategy" "A strategy, or an option of one, that does not exist."
    Rotation "rotation" "Teams that share a rotation but use different strategies."
    TimeZone "time-zone" "A text that is not a time zone."
    Hours "hours" "A text that is not working hours."
    Limit "limit" "More, longer or deeper than the library's limits allow."
    NoRules "no-rules" "A policy without rules."
    AliasInRule "alias-in-rule" "A rule that writes a value under another name."
    NeverHolds "never-holds" "A condition that no lead can meet."
    NeverInGroup "never-in-group" "A condition that no lead of the groups around it can meet."
    CoveredBranch "covered-branch" "An alternative that another one covers."
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
