//! Hashing whatever serde writes of a value. What is hashed is unambiguous: each value comes with its kind,
//! texts and lists with their length or an end.

use std::fmt;

use serde::ser::{
    Error, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use xxhash_rust::xxh3::Xxh3Default;

/// 128 bits that depend on everything that serde writes of the value, and on nothing else: the same on every
/// machine.
pub(super) fn content_hash(value: &impl Serialize) -> u128 {
    let mut hash = ContentHash(Xxh3Default::new());
    // A value that cannot be written has none of the identities of those that can.
    if value.serialize(&mut hash).is_err() {
        hash.kind(Kind::Fault);
    }
    hash.0.digest128()
}

struct ContentHash(Xxh3Default);

/// What comes next.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Kind {
    Bool,
    Integer,
    Float,
    Text,
    Bytes,
    Nothing,
    Something,
    List,
    Map,
    Variant,
    End,
    Fault,
}

/// A value says that it cannot be written.
#[derive(Debug)]
struct Fault;

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cannot be written")
    }
}

impl std::error::Error for Fault {}

impl Error for Fault {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl ContentHash {
    fn kind(&mut self, kind: Kind) {
        self.0.update(&[kind as u8]);
    }

    fn bytes(&mut self, kind: Kind, bytes: &[u8]) {
        self.kind(kind);
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    /// A number, whatever its width.
    fn integer(&mut self, number: i128) {
        self.kind(Kind::Integer);
        self.0.update(&number.to_le_bytes());
    }

    fn list(&mut self, kind: Kind) -> &mut Self {
        self.kind(kind);
        self
    }

    fn end(&mut self) {
        self.kind(Kind::End);
    }
}

/// Methods for numbers of several widths.
macro_rules! integers {
    ($($method:ident $type:ty),*) => {
        $(fn $method(self, number: $type) -> Result<(), Fault> {
            self.integer(number.into());
            Ok(())
        })*
    };
}

impl Serializer for &mut ContentHash {
    type Ok = ();
    type Error = Fault;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    integers!(serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64);
    integers!(serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64);

    fn serialize_bool(self, value: bool) -> Result<(), Fault> {
        self.kind(Kind::Bool);
        self.0.update(&[value.into()]);
        Ok(())
    }

    fn serialize_f32(self, number: f32) -> Result<(), Fault> {
        self.serialize_f64(number.into())
    }

    fn serialize_f64(self, number: f64) -> Result<(), Fault> {
        self.kind(Kind::Float);
        self.0.update(&number.to_bits().to_le_bytes());
        Ok(())
    }

    fn serialize_char(self, letter: char) -> Result<(), Fault> {
        self.serialize_str(letter.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), Fault> {
        self.bytes(Kind::Text, text.as_bytes());
        Ok(())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Fault> {
        self.bytes(Kind::Bytes, bytes);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Fault> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Fault> {
        self.kind(Kind::Something);
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Fault> {
        self.kind(Kind::Nothing);
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Fault> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Fault> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        self.bytes(Kind::Variant, variant.as_bytes());
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Fault> {
        Ok(self.list(Kind::List))
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Fault> {
        Ok(self.list(Kind::List))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Fault> {
        Ok(self.list(Kind::List))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self, Fault> {
        self.bytes(Kind::Variant, variant.as_bytes());
        Ok(self.list(Kind::List))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Fault> {
        Ok(self.list(Kind::Map))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Fault> {
        Ok(self.list(Kind::Map))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self, Fault> {
        self.bytes(Kind::Variant, variant.as_bytes());
        Ok(self.list(Kind::Map))
    }
}

/// Lists of several kinds, whose items are all written alike.
macro_rules! lists {
    ($($list:ident $method:ident),*) => {
        $(impl $list for &mut ContentHash {
            type Ok = ();
            type Error = Fault;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), Fault> {
                ContentHash::end(self);
                Ok(())
            }
        })*
    };
}

/// Structs, whose fields have names.
macro_rules! structs {
    ($($list:ident),*) => {
        $(impl $list for &mut ContentHash {
            type Ok = ();
            type Error = Fault;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Fault> {
                name.serialize(&mut **self)?;
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), Fault> {
                ContentHash::end(self);
                Ok(())
            }
        })*
    };
}

lists!(SerializeSeq serialize_element, SerializeTuple serialize_element);
lists!(SerializeTupleStruct serialize_field, SerializeTupleVariant serialize_field);
structs!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for &mut ContentHash {
    type Ok = ();
    type Error = Fault;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Fault> {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Fault> {
        ContentHash::end(self);
        Ok(())
    }
}
