//! The typed rule language: one function a dimension or kind of attribute, one method a test.

use chrono::NaiveDate;

use super::comparison::Comparison;
use super::condition::Condition;
use super::predicate::{Predicate, Subject};
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
        /// Nothing was given.
        pub fn is_missing(self) -> Condition {
            self.test(Predicate::Missing)
        }

        /// Something was given that the policy does not know.
        pub fn is_unlisted(self) -> Condition {
            self.test(Predicate::Unlisted)
        }
    };
}

macro_rules! taxonomy_field {
    ($field:ident, $function:ident, $value:ident, $dimension:expr, $name:literal) => {
        #[doc = concat!("Tests of the ", $name, ".")]
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

            /// The node or anything below it.
            pub fn within<'v>(self, node: impl Into<$value<'v>>) -> Condition {
                self.test(Predicate::Within(texts([node.into().as_str()])))
            }

            /// One of the nodes or anything below one of them.
            pub fn within_any<'v, V: Into<$value<'v>>>(
                self,
                nodes: impl IntoIterator<Item = V>,
            ) -> Condition {
                let nodes = nodes
                    .into_iter()
                    .map(|node| Box::from(node.into().as_str()));
                self.test(Predicate::Within(nodes.collect()))
            }

            /// That very node, nothing below it.
            pub fn is<'v>(self, node: impl Into<$value<'v>>) -> Condition {
                self.test(Predicate::Is(texts([node.into().as_str()])))
            }

            /// One of the very nodes, nothing below them.
            pub fn is_any<'v, V: Into<$value<'v>>>(
                self,
                nodes: impl IntoIterator<Item = V>,
            ) -> Condition {
                let nodes = nodes
                    .into_iter()
                    .map(|node| Box::from(node.into().as_str()));
                self.test(Predicate::Is(nodes.collect()))
            }

            /// Not the node nor anything below it; missing and unlisted values are among these.
            pub fn not_within<'v>(self, node: impl Into<$value<'v>>) -> Condition {
                !self.within(node)
            }

            /// Not that very node; missing and unlisted values are among these.
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
        #[doc = concat!("Tests of the ", $name, ".")]
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

            /// That stage.
            pub fn is<'v>(self, stage: impl Into<$value<'v>>) -> Condition {
                self.test(Predicate::Is(texts([stage.into().as_str()])))
            }

            /// One of the stages.
            pub fn is_any<'v, V: Into<$value<'v>>>(
                self,
                stages: impl IntoIterator<Item = V>,
            ) -> Condition {
                let stages = stages
                    .into_iter()
                    .map(|stage| Box::from(stage.into().as_str()));
                self.test(Predicate::Is(stages.collect()))
            }

            /// Not that stage; missing and unlisted values are among these.
            pub fn is_not<'v>(self, stage: impl Into<$value<'v>>) -> Condition {
                !self.is(stage)
            }

            /// A stage before that one.
            pub fn before<'v>(self, stage: impl Into<$value<'v>>) -> Condition {
                self.compare(Comparison::LessThan, stage)
            }

            /// That stage or one before it.
            pub fn at_most<'v>(self, stage: impl Into<$value<'v>>) -> Condition {
                self.compare(Comparison::AtMost, stage)
            }

            /// That stage or one after it.
            pub fn at_least<'v>(self, stage: impl Into<$value<'v>>) -> Condition {
                self.compare(Comparison::AtLeast, stage)
            }

            /// A stage after that one.
            pub fn after<'v>(self, stage: impl Into<$value<'v>>) -> Condition {
                self.compare(Comparison::MoreThan, stage)
            }

            /// The two stages and all between them.
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
        /// That value.
        pub fn is(self, value: $value) -> Condition {
            self.test($predicate(Comparison::Is(vec![$convert(value)])))
        }

        /// One of the values.
        pub fn is_any(self, values: impl IntoIterator<Item = $value>) -> Condition {
            let values = values.into_iter().map($convert).collect();
            self.test($predicate(Comparison::Is(values)))
        }

        /// Not that value; missing and unlisted values are among these.
        pub fn is_not(self, value: $value) -> Condition {
            !self.is(value)
        }

        /// That value or more.
        pub fn at_least(self, value: $value) -> Condition {
            self.test($predicate(Comparison::AtLeast($convert(value))))
        }

        /// That value or less.
        pub fn at_most(self, value: $value) -> Condition {
            self.test($predicate(Comparison::AtMost($convert(value))))
        }

        /// The two values and all between them.
        pub fn between(self, from: $value, to: $value) -> Condition {
            self.test($predicate(Comparison::Between(
                $convert(from),
                $convert(to),
            )))
        }
    };
}

/// Tests of the customer size.
#[derive(Debug, Clone, Copy)]
pub struct CustomerSizeField(());

/// The customer size of a lead, a head count.
pub const fn customer_size() -> CustomerSizeField {
    CustomerSizeField(())
}

impl CustomerSizeField {
    #[expect(
        clippy::unused_self,
        reason = "one shape with the attributes' fields, whose self is used"
    )]
    fn test(self, predicate: Predicate) -> Condition {
        Condition::test(Subject::Dimension(Dimension::CustomerSize), predicate)
    }

    /// A head count of that band.
    pub fn in_band(self, band: impl AsRef<str>) -> Condition {
        self.test(Predicate::Band(texts([band])))
    }

    /// A head count of one of the bands.
    pub fn in_any_band<B: AsRef<str>>(self, bands: impl IntoIterator<Item = B>) -> Condition {
        self.test(Predicate::Band(texts(bands)))
    }

    comparisons!(u32, Predicate::Number, Number::from);

    /// More than that.
    pub fn more_than(self, value: u32) -> Condition {
        self.test(Predicate::Number(Comparison::MoreThan(value.into())))
    }

    /// Less than that.
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
    /// The text attribute of that name. Case and surrounding white space do not count.
    TextField, text, "text"
);

impl TextField {
    /// That text.
    pub fn is(self, value: impl AsRef<str>) -> Condition {
        self.test(Predicate::Is(texts([value])))
    }

    /// One of the texts.
    pub fn is_any<T: AsRef<str>>(self, values: impl IntoIterator<Item = T>) -> Condition {
        self.test(Predicate::Is(texts(values)))
    }

    /// Not that text; missing values are among these.
    pub fn is_not(self, value: impl AsRef<str>) -> Condition {
        !self.is(value)
    }

    /// A text that contains that one.
    pub fn contains(self, part: impl AsRef<str>) -> Condition {
        self.test(Predicate::Contains(texts([part])))
    }

    /// A text that contains one of those.
    pub fn contains_any<T: AsRef<str>>(self, parts: impl IntoIterator<Item = T>) -> Condition {
        self.test(Predicate::Contains(texts(parts)))
    }

    /// A text that starts with that one.
    pub fn starts_with(self, start: impl AsRef<str>) -> Condition {
        self.test(Predicate::StartsWith(texts([start])))
    }

    /// A text that starts with one of those.
    pub fn starts_with_any<T: AsRef<str>>(self, starts: impl IntoIterator<Item = T>) -> Condition {
        self.test(Predicate::StartsWith(texts(starts)))
    }

    /// A text that ends with that one.
    pub fn ends_with(self, end: impl AsRef<str>) -> Condition {
        self.test(Predicate::EndsWith(texts([end])))
    }

    /// A text that ends with one of those.
    pub fn ends_with_any<T: AsRef<str>>(self, ends: impl IntoIterator<Item = T>) -> Condition {
        self.test(Predicate::EndsWith(texts(ends)))
    }
}

attribute_field!(
    /// The number attribute of that name.
    NumberField, number, "number"
);

impl NumberField {
    comparisons!(impl Into<Number>, Predicate::Number, Into::into);

    /// More than that.
    pub fn more_than(self, value: impl Into<Number>) -> Condition {
        self.test(Predicate::Number(Comparison::MoreThan(value.into())))
    }

    /// Less than that.
    pub fn less_than(self, value: impl Into<Number>) -> Condition {
        self.test(Predicate::Number(Comparison::LessThan(value.into())))
    }
}

attribute_field!(
    /// The flag of that name.
    FlagField, flag, "flag"
);

impl FlagField {
    /// The flag is set.
    pub fn is_true(self) -> Condition {
        self.test(Predicate::Flag(true))
    }

    /// The flag is given and not set.
    pub fn is_false(self) -> Condition {
        self.test(Predicate::Flag(false))
    }
}

attribute_field!(
    /// The set of tags of that name. Case and surrounding white space do not count.
    TagsField, tags, "tags"
);

impl TagsField {
    /// At least one of those is among the tags.
    pub fn contains_any<T: AsRef<str>>(self, values: impl IntoIterator<Item = T>) -> Condition {
        self.test(Predicate::ContainsAny(texts(values)))
    }

    /// All of those are among the tags.
    pub fn contains_all<T: AsRef<str>>(self, values: impl IntoIterator<Item = T>) -> Condition {
        self.test(Predicate::ContainsAll(texts(values)))
    }
}

attribute_field!(
    /// The date of that name.
    DateField, date, "date"
);

impl DateField {
    comparisons!(NaiveDate, Predicate::Date, std::convert::identity);

    /// A day before that one.
    pub fn before(self, value: NaiveDate) -> Condition {
        self.test(Predicate::Date(Comparison::LessThan(value)))
    }

    /// A day after that one.
    pub fn after(self, value: NaiveDate) -> Condition {
        self.test(Predicate::Date(Comparison::MoreThan(value)))
    }
}
