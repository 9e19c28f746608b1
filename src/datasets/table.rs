//! What is a table of a dataset: its columns with their types, and the values of a row?

use std::borrow::Cow;

/// A table of the dataset.
#[derive(Debug)]
pub(super) struct Table {
    /// Name, and the name of its folder.
    pub(super) name: &'static str,
    /// What one row is.
    pub(super) row: &'static str,
    /// Columns from left to right. The partitions `period` and `township` are columns besides.
    pub(super) columns: &'static [Column],
}

/// A column of a table.
#[derive(Debug)]
pub(super) struct Column {
    /// Name.
    pub(super) name: &'static str,
    /// Type; every column may hold no value.
    pub(super) kind: Kind,
    /// What it holds.
    pub(super) about: &'static str,
}

/// The types of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// UTF-8 text.
    Text,
    /// 64-bit integer.
    Integer,
    /// 64-bit binary floating point.
    Number,
    /// True or false.
    Flag,
    /// Bytes.
    Bytes,
}

impl Kind {
    /// The type as a Parquet schema writes it: type, and behind the name what it means.
    pub(super) const fn parquet(self) -> (&'static str, &'static str) {
        match self {
            Self::Text => ("binary", " (STRING)"),
            Self::Integer => ("int64", ""),
            Self::Number => ("double", ""),
            Self::Flag => ("boolean", ""),
            Self::Bytes => ("binary", ""),
        }
    }

    /// The type as `DuckDB` and Spark name it.
    pub(super) const fn sql(self) -> &'static str {
        match self {
            Self::Text => "VARCHAR / STRING",
            Self::Integer => "BIGINT",
            Self::Number => "DOUBLE",
            Self::Flag => "BOOLEAN",
            Self::Bytes => "BLOB / BINARY",
        }
    }
}

/// One value of a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Text(String),
    Integer(i64),
    Number(f64),
    Flag(bool),
    Bytes(Vec<u8>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Cow<'_, str>> for Value {
    fn from(text: Cow<'_, str>) -> Self {
        Self::Text(text.into_owned())
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A column of text; the other kinds follow.
pub(super) const fn text(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Kind::Text, about }
}

pub(super) const fn integer(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Kind::Integer, about }
}

pub(super) const fn number(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Kind::Number, about }
}

pub(super) const fn flag(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Kind::Flag, about }
}

pub(super) const fn bytes(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Kind::Bytes, about }
}
