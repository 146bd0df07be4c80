//! A lead's values in the dimensions whose values are names. Each dimension has its own type, so that
//! mixing them up does not compile.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use super::scalar;

macro_rules! name_value {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name<'a>(Cow<'a, str>);

        impl<'de> Deserialize<'de> for $name<'_> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                scalar::text(deserializer).map(Self)
            }
        }

        impl $name<'_> {
            /// The text as given.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Copies a borrowed text, so that the value borrows nothing.
            pub fn into_owned(self) -> $name<'static> {
                $name(Cow::Owned(self.0.into_owned()))
            }
        }

        impl fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", self.0)
            }
        }

        impl fmt::Display for $name<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl<'a> From<&'a str> for $name<'a> {
            fn from(text: &'a str) -> Self {
                Self(Cow::Borrowed(text))
            }
        }

        impl<'a> From<&'a String> for $name<'a> {
            fn from(text: &'a String) -> Self {
                Self(Cow::Borrowed(text))
            }
        }

        impl From<String> for $name<'_> {
            fn from(text: String) -> Self {
                Self(Cow::Owned(text))
            }
        }

        impl<'a> From<Cow<'a, str>> for $name<'a> {
            fn from(text: Cow<'a, str>) -> Self {
                Self(text)
            }
        }
    };
}

name_value!(
    /// Where the customer is, as given: a path (`cn/east/shanghai`), an alias (`上海`) or a code.
    Region
);
name_value!(
    /// What the customer does, as given: a path, an alias or a code.
    Industry
);
name_value!(
    /// What the customer is interested in, as given: a path, an alias or a code.
    ProductLine
);
name_value!(
    /// The stage of the relationship with the customer, as given: a stage or an alias.
    LifecycleStage
);
name_value!(
    /// How far the deal has progressed, as given: a stage or an alias.
    FunnelStage
);
