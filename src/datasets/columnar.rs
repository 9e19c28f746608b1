//! How do the rows of a table become the bytes of a Parquet file, and how are exact forms read from one?

use std::fmt::Write as _;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::record::Field;
use parquet::schema::parser::parse_message_type;

use super::table::{Column, Kind, Table, Value};

/// Key of the file's metadata that says which run wrote it.
const RUN: &str = "hedui.run";

/// The rows as a Parquet file. The same rows give the same bytes.
pub(super) fn encode(table: &Table, rows: &[Vec<Value>], run: &str) -> Result<Vec<u8>> {
    let schema = Arc::new(parse_message_type(&schema(table, table.columns))?);
    let properties = WriterProperties::builder()
        .set_created_by(concat!("hedui ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::SNAPPY)
        .set_key_value_metadata(Some(vec![KeyValue::new(RUN.to_owned(), run.to_owned())]))
        .build();
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    let mut position = 0;
    while let Some(mut column) = group.next_column()? {
        write_column(column.untyped(), rows, position)?;
        column.close()?;
        position += 1;
    }
    group.close()?;
    writer.close()?;
    Ok(bytes)
}

/// Some columns of a table as a Parquet schema writes them.
fn schema<'a>(table: &Table, columns: impl IntoIterator<Item = &'a Column>) -> String {
    let mut text = format!("message {} {{ ", table.name);
    for column in columns {
        let (kind, meaning) = column.kind.parquet();
        // Writing to a string cannot fail.
        let _ = write!(text, "optional {kind} {}{meaning}; ", column.name);
    }
    text.push('}');
    text
}

/// Writes one column of all rows.
fn write_column(writer: &mut ColumnWriter<'_>, rows: &[Vec<Value>], position: usize) -> Result<()> {
    let values = || rows.iter().map(|row| &row[position]);
    let defined: Vec<i16> = values().map(|value| i16::from(*value != Value::Null)).collect();
    let defined = Some(&defined[..]);
    match writer {
        ColumnWriter::ByteArrayColumnWriter(writer) => {
            let texts = values().filter_map(|value| match value {
                Value::Text(text) => Some(ByteArray::from(text.as_str())),
                Value::Bytes(bytes) => Some(ByteArray::from(bytes.clone())),
                _ => None,
            });
            writer.write_batch(&texts.collect::<Vec<_>>(), defined, None)?;
        }
        ColumnWriter::Int64ColumnWriter(writer) => {
            let numbers =
                values().filter_map(|value| if let Value::Integer(number) = value { Some(*number) } else { None });
            writer.write_batch(&numbers.collect::<Vec<_>>(), defined, None)?;
        }
        ColumnWriter::DoubleColumnWriter(writer) => {
            let numbers =
                values().filter_map(|value| if let Value::Number(number) = value { Some(*number) } else { None });
            writer.write_batch(&numbers.collect::<Vec<_>>(), defined, None)?;
        }
        ColumnWriter::BoolColumnWriter(writer) => {
            let flags = values().filter_map(|value| if let Value::Flag(flag) = value { Some(*flag) } else { None });
            writer.write_batch(&flags.collect::<Vec<_>>(), defined, None)?;
        }
        _ => return Err(ParquetError::NYI("a column of another type".to_owned())),
    }
    Ok(())
}

/// Which run wrote a file.
pub(super) fn run_of(path: &Path) -> Result<String> {
    let reader = SerializedFileReader::new(File::open(path)?)?;
    let metadata = reader.metadata().file_metadata();
    let mut pairs = metadata.key_value_metadata().into_iter().flatten();
    let run = pairs.find(|pair| pair.key == RUN).and_then(|pair| pair.value.clone());
    run.ok_or_else(|| ParquetError::General("not written by hedui".to_owned()))
}

/// All values of the columns of bytes of a file of a table.
pub(super) fn read_bytes(path: &Path, table: &Table) -> Result<Vec<Vec<u8>>> {
    let reader = SerializedFileReader::new(File::open(path)?)?;
    let columns = table.columns.iter().filter(|column| column.kind == Kind::Bytes);
    let projection = parse_message_type(&schema(table, columns))?;
    let mut found = Vec::new();
    for row in reader.get_row_iter(Some(projection))? {
        for (_, field) in row?.get_column_iter() {
            if let Field::Bytes(bytes) = field {
                found.push(bytes.data().to_vec());
            }
        }
    }
    Ok(found)
}
