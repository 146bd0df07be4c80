//! What is made from an id alone is also made from its text.

/// Conversions from an id, or from its text, into a type made of it.
macro_rules! from_id {
    ($name:ty, $id:ty, $make:expr) => {
        $crate::from_id::from_id!($name, $id, $make; &str, String, &String, $id, &$id);
    };
    ($name:ty, $id:ty, $make:expr; $($given:ty),+) => {$(
        impl From<$given> for $name {
            fn from(id: $given) -> Self {
                $make(<$id>::from(id))
            }
        }
    )+};
}

pub(crate) use from_id;
