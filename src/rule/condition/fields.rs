//! Conditions in Rust: `region()`, `customer_size()`, `text("source")` and so on, with one method for each
//! test.

use chrono::NaiveDate;

use super::comparison::Comparison;
use super::condition::Condition;
use super::predicate::Predicate;
use super::subject::Subject;
use crate::dimension::{Dimension, Number};
use crate::id::AttributeName;
use crate::lead::{FunnelStage, Industry, LifecycleStage, ProductLine, Region};

fn texts<T: AsRef<str>>(values: impl IntoIterator<Item = T>) -> Vec<Box<str>> {
    values
        .into_iter()
        .map(|value| Box::from(value.as_ref()))
        .collect()
}

macro_rules! missing_or_unlisted {
    () => {
        /// The value is missing: nothing was given.
        pub fn is_missing(self) -> Condition {
            self.test(Predicate::Missing)
        }

        /// The value is unlisted: something was given that the policy does not know.
        pub fn is_unlisted(self) -> Condition {
            self.test(Predicate::Unlisted)
        }
    };
}

macro_rules! taxonomy_field {
    ($field:ident, $function:ident, $value:ident, $dimension:expr, $name:literal) => {
        #[doc = concat!("Tests of a lead's ", $name, ".")]
        #[derive(Debug, Clone, Copy)]
        pub struct $field(());

        #[doc = concat!("The ", $name, " of a lead.")]
        pub const fn $function() -> $field {
            $field(())
        }

        impl $field {
            fn test(self, predicate: Predicate) -> Condition {
                Condition::test(Subject::Dimension($dimension), predicate)
            }

            /// The value is the node or below it.
            pub fn within<'v>(self, node: impl Into<$value<'v>>) -> Condition {
                self.test(Predicate::Within(texts([node.into().as_str()])))
            }

            /// The value is one of the nodes or below one.
            pub fn within_any<'v, V: Into<$value<'v>>>(
                self,
                nodes: impl IntoIterator<Item = V>,
            ) -> Condition {
                let nodes = nodes
                    .into_iter()
                    .map(|node| Box::from(node.into().as_str()));
                self.test(Predicate::Within(nodes.collect()))
            }

            /// The value is the node itself, not below it.
            pub fn is<'v>(self, node: impl Into<$value<'v>>) -> Condition {
                self.test(Predicate::Is(texts([node.into().as_str()])))
            }

            /// The value is one of the nodes itself, not below one.
            pub fn is_any<'v, V: Into<$value<'v>>>(
                self,
                nodes: impl IntoIterator<Item = V>,
            ) -> Condition {
                let nodes = nodes
                    .into_iter()
                    .map(|node| Box::from(node.into().as_str()));
                self.test(Predicate::Is(nodes.collect()))
            }

            /// The value is neither the node nor below it, or it is missing or unlisted.
            pub fn not_within<'v>(self, node: impl Into<$value<'v>>) -> Condition {
                !self.within(node)
            }

            /// The value is not the node itself, or it is missing or unlisted.
            pub fn is_not<'v>(self, node: impl Into<$value<'v>>) -> Condition {
                !self.is(node)
            }

            missing_or_unlisted!();
        }
    };
}

taxonomy_field!(RegionField, region, Region, Dimension::Region, "region");
taxonomy_field!(
    IndustryField,
    industry,
    Industry,
    Dimension::Industry,
    "industry"
);
taxonomy_field!(
    ProductLineField,
    product_line,
    ProductLine,
    Dimension::ProductLine,
    "product line"
);

macro_rules! stage_field {
    ($field:ident, $function:ident, $value:ident, $dimension:expr, $name:literal) => {
        #[doc = concat!("Tests of a lead's ", $name, ".")]
        #[derive(Debug, Clone, Copy)]
        pub struct $field(());

        #[doc = concat!("The ", $name, " of a lead.")]
        pub const fn $function() -> $field {
            $field(())
        }

        impl $field {
            fn test(self, predicate: Predicate) -> Condition {
                Condition::test(Subject::Dimension($dimension), predicate)
            }

            fn compare<'v>(
                self,
                comparison: impl FnOnce(Box<str>) -> Comparison<Box<str>>,
                stage: impl Into<$value<'v>>,
            ) -> Condition {
                self.test(Predicate::Stage(comparison(Box::from(
                    stage.into().as_str(),
                ))))
            }

            /// The value is the stage.
            pub fn is<'v>(self, stage: impl Into<$value<'v>>) -> Condition {
                self.test(Predicate::Is(texts([stage.into().as_str()])))
            }

            /// The value is one of the stages.
            pub fn is_any<'v, V: Into<$value<'v>>>(
                self,
                stages: impl IntoIterator<Item = V>,
            ) -> Condition {
                let stages = stages
                    .into_iter()
                    .map(|stage| Box::from(stage.into().as_str()));
                self.test(Predicate::Is(stages.collect()))
            }

            /// The value is not the stage, or it is missing or unlisted.
            pub fn is_not<'v>(self, stage: impl Into<$value<'v>>) -> Condition {
                !self.is(stage)
            }

            /// The value is a stage before `stage`.
            pub fn before<'v>(self, stage: impl Into<$value<'v>>) -> Condition {
                self.compare(Comparison::LessThan, stage)
            }

            /// The value is `stage` or one before it.
            pub fn at_most<'v>(self, stage: impl Into<$value<'v>>) -> Condition {
                self.compare(Comparison::AtMost, stage)
            }

            /// The value is `stage` or one after it.
            pub fn at_least<'v>(self, stage: impl Into<$value<'v>>) -> Condition {
                self.compare(Comparison::AtLeast, stage)
            }

            /// The value is a stage after `stage`.
            pub fn after<'v>(self, stage: impl Into<$value<'v>>) -> Condition {
                self.compare(Comparison::MoreThan, stage)
            }

            /// The value is a stage from `from` to `to`, both included.
            pub fn between<'v>(
                self,
                from: impl Into<$value<'v>>,
                to: impl Into<$value<'v>>,
            ) -> Condition {
                let from = Box::from(from.into().as_str());
                let to = Box::from(to.into().as_str());
                self.test(Predicate::Stage(Comparison::Between(from, to)))
            }

            missing_or_unlisted!();
        }
    };
}

stage_field!(
    LifecycleStageField,
    lifecycle_stage,
    LifecycleStage,
    Dimension::LifecycleStage,
    "lifecycle stage"
);
stage_field!(
    FunnelStageField,
    funnel_stage,
    FunnelStage,
    Dimension::FunnelStage,
    "funnel stage"
);

macro_rules! comparisons {
    ($value:ty, $predicate:path, $convert:expr) => {
        /// Equal to `value`.
        pub fn is(self, value: $value) -> Condition {
            self.test($predicate(Comparison::Is(vec![$convert(value)])))
        }

        /// Equal to one of the values.
        pub fn is_any(self, values: impl IntoIterator<Item = $value>) -> Condition {
            let values = values.into_iter().map($convert).collect();
            self.test($predicate(Comparison::Is(values)))
        }

        /// Not equal to `value`, or missing or unlisted.
        pub fn is_not(self, value: $value) -> Condition {
            !self.is(value)
        }

        /// At least `value`.
        pub fn at_least(self, value: $value) -> Condition {
            self.test($predicate(Comparison::AtLeast($convert(value))))
        }

        /// At most `value`.
        pub fn at_most(self, value: $value) -> Condition {
            self.test($predicate(Comparison::AtMost($convert(value))))
        }

        /// From `from` to `to`, both included.
        pub fn between(self, from: $value, to: $value) -> Condition {
            self.test($predicate(Comparison::Between(
                $convert(from),
                $convert(to),
            )))
        }
    };
}

/// Tests of a lead's customer size.
#[derive(Debug, Clone, Copy)]
pub struct CustomerSizeField(());

/// The customer size of a lead, a head count.
pub const fn customer_size() -> CustomerSizeField {
    CustomerSizeField(())
}

impl CustomerSizeField {
    #[expect(
        clippy::unused_self,
        reason = "the signature of the attributes' fields, which use self"
    )]
    fn test(self, predicate: Predicate) -> Condition {
        Condition::test(Subject::Dimension(Dimension::CustomerSize), predicate)
    }

    /// The head count is in the band.
    pub fn in_band(self, band: impl AsRef<str>) -> Condition {
        self.test(Predicate::Band(texts([band])))
    }

    /// The head count is in one of the bands.
    pub fn in_any_band<B: AsRef<str>>(self, bands: impl IntoIterator<Item = B>) -> Condition {
        self.test(Predicate::Band(texts(bands)))
    }

    comparisons!(u32, Predicate::Number, Number::from);

    /// More than `value`.
    pub fn more_than(self, value: u32) -> Condition {
        self.test(Predicate::Number(Comparison::MoreThan(value.into())))
    }

    /// Less than `value`.
    pub fn less_than(self, value: u32) -> Condition {
        self.test(Predicate::Number(Comparison::LessThan(value.into())))
    }

    missing_or_unlisted!();
}

macro_rules! attribute_field {
    ($(#[$doc:meta])* $field:ident, $function:ident, $kind:literal) => {
        #[doc = concat!("Tests of a ", $kind, " attribute.")]
        #[derive(Debug, Clone)]
        pub struct $field(AttributeName);

        $(#[$doc])*
        pub fn $function(attribute: impl Into<AttributeName>) -> $field {
            $field(attribute.into())
        }

        impl $field {
            fn test(self, predicate: Predicate) -> Condition {
                Condition::test(Subject::Attribute(self.0), predicate)
            }

            missing_or_unlisted!();
        }
    };
}

attribute_field!(
    /// A text attribute, by name. Texts are [folded](crate::guide::concepts): case, for example, is ignored.
    TextField, text, "text"
);

impl TextField {
    /// Equal to `value`.
    pub fn is(self, value: impl AsRef<str>) -> Condition {
        self.test(Predicate::Is(texts([value])))
    }

    /// Equal to one of the values.
    pub fn is_any<T: AsRef<str>>(self, values: impl IntoIterator<Item = T>) -> Condition {
        self.test(Predicate::Is(texts(values)))
    }

    /// Not equal to `value`, or missing or unlisted.
    pub fn is_not(self, value: impl AsRef<str>) -> Condition {
        !self.is(value)
    }

    /// Contains `part`.
    pub fn contains(self, part: impl AsRef<str>) -> Condition {
        self.test(Predicate::Contains(texts([part])))
    }

    /// Contains at least one of `parts`.
    pub fn contains_any<T: AsRef<str>>(self, parts: impl IntoIterator<Item = T>) -> Condition {
        self.test(Predicate::Contains(texts(parts)))
    }

    /// Starts with `start`.
    pub fn starts_with(self, start: impl AsRef<str>) -> Condition {
        self.test(Predicate::StartsWith(texts([start])))
    }

    /// Starts with one of `starts`.
    pub fn starts_with_any<T: AsRef<str>>(self, starts: impl IntoIterator<Item = T>) -> Condition {
        self.test(Predicate::StartsWith(texts(starts)))
    }

    /// Ends with `end`.
    pub fn ends_with(self, end: impl AsRef<str>) -> Condition {
        self.test(Predicate::EndsWith(texts([end])))
    }

    /// Ends with one of `ends`.
    pub fn ends_with_any<T: AsRef<str>>(self, ends: impl IntoIterator<Item = T>) -> Condition {
        self.test(Predicate::EndsWith(texts(ends)))
    }
}

attribute_field!(
    /// A number attribute, by name.
    NumberField, number, "number"
);

impl NumberField {
    comparisons!(impl Into<Number>, Predicate::Number, Into::into);

    /// More than `value`.
    pub fn more_than(self, value: impl Into<Number>) -> Condition {
        self.test(Predicate::Number(Comparison::MoreThan(value.into())))
    }

    /// Less than `value`.
    pub fn less_than(self, value: impl Into<Number>) -> Condition {
        self.test(Predicate::Number(Comparison::LessThan(value.into())))
    }
}

attribute_field!(
    /// A flag attribute, by name.
    FlagField, flag, "flag"
);

impl FlagField {
    /// The flag is true.
    pub fn is_true(self) -> Condition {
        self.test(Predicate::Flag(true))
    }

    /// The flag is false; a missing flag is not.
    pub fn is_false(self) -> Condition {
        self.test(Predicate::Flag(false))
    }
}

attribute_field!(
    /// A tags attribute, by name. Tags are [folded](crate::guide::concepts): case, for example, is ignored.
    TagsField, tags, "tags"
);

impl TagsField {
    /// At least one of the values is among the tags.
    pub fn contains_any<T: AsRef<str>>(self, values: impl IntoIterator<Item = T>) -> Condition {
        self.test(Predicate::ContainsAny(texts(values)))
    }

    /// All of the values are among the tags.
    pub fn contains_all<T: AsRef<str>>(self, values: impl IntoIterator<Item = T>) -> Condition {
        self.test(Predicate::ContainsAll(texts(values)))
    }
}

attribute_field!(
    /// A date attribute, by name.
    DateField, date, "date"
);

impl DateField {
    comparisons!(NaiveDate, Predicate::Date, std::convert::identity);

    /// A date before `value`.
    pub fn before(self, value: NaiveDate) -> Condition {
        self.test(Predicate::Date(Comparison::LessThan(value)))
    }

    /// A date after `value`.
    pub fn after(self, value: NaiveDate) -> Condition {
        self.test(Predicate::Date(Comparison::MoreThan(value)))
    }
}
