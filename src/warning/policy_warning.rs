//! The kinds of warnings, with their messages.

use thiserror::Error;

use crate::place::Place;

/// A likely mistake in a valid policy. The message says how to fix it; the policy works as written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PolicyWarning {
    /// The policy has no rules.
    #[error(
        "the policy has no rules, so every lead gets its `otherwise`; add rules, or check the file"
    )]
    NoRules,
    /// A rule for every lead before others.
    #[error(
        "every lead meets this rule, so {later} after it; give it a `when`, or move it to the end"
    )]
    TakesEveryLead {
        /// What never applies, in words: `the 3 rules never apply that come`.
        later: String,
    },
    /// A team without members.
    #[error("team `{team}` has no members; add them, or remove the team")]
    EmptyTeam {
        /// The team.
        team: String,
    },
    /// A team whose members are all inactive.
    #[error(
        "all members of team `{team}` are inactive, so none of them gets a lead; make one active, or remove the team"
    )]
    InactiveTeam {
        /// The team.
        team: String,
    },
    /// A team that gets no leads by this policy.
    #[error("no rule, `otherwise` or overflow names team `{team}`; name it, or remove it")]
    UnusedTeam {
        /// The team.
        team: String,
    },
    /// A pool that gets no leads by this policy.
    #[error("no rule, `otherwise` or overflow names pool `{pool}`; name it, or remove it")]
    UnusedPool {
        /// The pool.
        pool: String,
    },
    /// An id of a member that is probably several ids, or part of a list.
    #[error("`{member}` is the id of one member; {remedy}")]
    SuspiciousMember {
        /// The member.
        member: String,
        /// What to write if something else is meant.
        remedy: &'static str,
    },
    /// A member of the policy's own list who gets no leads by this policy.
    #[error(
        "member `{member}` is in no team, and no rule names them; add them to a team, or remove them"
    )]
    MemberWithoutTeam {
        /// The member.
        member: String,
    },
    /// Head counts between two bands, or above all of them.
    #[error("no band has the head counts {head_counts}; {remedy}, or add a band")]
    GapInSizes {
        /// The head counts: `from 50 to 99`, `from 1000 up`.
        head_counts: String,
        /// Which end to move where.
        remedy: String,
    },
    /// Two bands that share head counts, and neither has all of the other's.
    #[error(
        "bands `{first}` and `{second}` both have the head counts from {from} to {to}; end one before the other"
    )]
    OverlappingSizes {
        /// The lower band.
        first: String,
        /// The upper band.
        second: String,
        /// The first head count that both have.
        from: u32,
        /// The last head count that both have.
        to: u32,
    },
    /// A number that by its name is a code, such as a postal code.
    #[error(
        "`{attribute}` is a number, so 01067 would be the same as 1067; declare it as `text`, and test it with \
         `starts with`"
    )]
    CodeAsNumber {
        /// The attribute.
        attribute: String,
    },
    /// A value written under an alias.
    #[error("`{alias}` is another name for `{name}`; write `{name}`, so that a search finds it")]
    Alias {
        /// The name as written.
        alias: String,
        /// The name to write instead.
        name: String,
    },
    /// A condition, or part of one, that no lead can meet.
    #[error("no lead can meet this: {condition}; correct it, or remove it")]
    NeverHolds {
        /// The condition in the text form.
        condition: String,
    },
    /// A rule or group whose condition contradicts those of the groups around it.
    #[error(
        "no lead of the enclosing groups can meet this: {condition}; correct it, or move it out of \
         the group"
    )]
    NeverInGroup {
        /// The condition in the text form.
        condition: String,
    },
    /// A branch of an `or` that is redundant, because another branch covers it.
    #[error("`{branch}` changes nothing, because the branch `{by}` covers it; remove it")]
    Covered {
        /// The branch in the text form.
        branch: String,
        /// The branch that covers it.
        by: String,
    },
    /// A text that differs from one of another rule only in accents, hyphens or the like.
    #[error(
        "`{text}` does not equal `{other}` at {place}, so a lead with one spelling meets only one of the tests; \
         write both alike, or list both"
    )]
    TwoSpellings {
        /// The text as written.
        text: String,
        /// The other text.
        other: String,
        /// Where the other text is first written.
        place: Place,
    },
    /// A text with a sign at its end or beginning that stands for any text elsewhere.
    #[error("`{text}` is compared as it is written, because there are no wildcards; {remedy}")]
    Wildcard {
        /// The text as written.
        text: String,
        /// What to write if a wildcard is meant.
        remedy: String,
    },
    /// A text that looks like a range of numbers.
    #[error(
        "`{text}` is one text, and nothing between {from} and {to} equals it; list the beginnings of codes after \
         `starts with`, or compare a number by `between`"
    )]
    RangeAsText {
        /// The text as written.
        text: String,
        /// What looks like the first number.
        from: String,
        /// What looks like the last number.
        to: String,
    },
    /// A rule whose period is over.
    #[error(
        "this rule applied until {until} and meets no lead any more; move its `until`, or remove it"
    )]
    Expired {
        /// The end of its period, in the policy's time zone.
        until: String,
    },
    /// An example without a moment, where the result depends on it.
    #[error(
        "what comes of this lead depends on when the example is tested, because {why}; give it a moment: \
         `at: 2026-03-31T09:30:00`"
    )]
    NoMoment {
        /// Why, in words: `rule `march` has a period`.
        why: String,
    },
}
