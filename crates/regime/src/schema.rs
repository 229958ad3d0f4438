//! JSON Schemas: of the incident record, for machines that report; of a pack, for people who write one.

use serde_json::{Map, Value, json};

use crate::{FieldKind, Library, format::Format, vocabulary::Field};

/// The JSON Schema (draft 2020-12) of the answers of an incident record: every field of the vocabulary
/// `incident-fields` with the shape of its value. `null` says "unknown yet".
#[must_use]
pub fn schema(library: &Library) -> Value {
    let properties: Map<String, Value> = library
        .vocabularies()
        .incident_fields()
        .map(|field| {
            let mut shape = shape(library, field);
            if let Some(shape) = shape.as_object_mut() {
                shape.insert("title".to_owned(), json!(field.label));
                shape.insert("description".to_owned(), json!(field.help));
                shape.insert("x-group".to_owned(), json!(field.group));
            }
            (field.id.clone(), shape)
        })
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Answers of an incident record",
        "description": "Each fact is asked once, whatever the law. An absent field was not asked yet; null is the answer \"unknown yet\".",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    })
}

/// The JSON Schema of `pack.toml`, for editors and for people who write one. The reader of packs is
/// stricter: it also checks that what a pack names exists.
#[must_use]
pub fn pack_schema() -> Value {
    serde_json::from_str(include_str!("../../../docs/pack.schema.json")).unwrap_or(Value::Null)
}

fn shape(library: &Library, field: &Field) -> Value {
    let ids = || library.vocabularies().values(field).iter().map(|value| json!(value.id)).collect::<Vec<_>>();
    match field.kind {
        FieldKind::Text => {
            let mut shape =
                json!({ "type": ["string", "null"], "maxLength": field.max_length.unwrap_or(255) });
            let format = field.format.and_then(written);
            if let (Some((key, value)), Some(shape)) = (format, shape.as_object_mut()) {
                shape.insert(key.to_owned(), json!(value));
            }
            shape
        }
        FieldKind::LongText => {
            json!({ "type": ["string", "null"], "maxLength": field.max_length.unwrap_or(32_767) })
        }
        FieldKind::Boolean => json!({ "type": ["boolean", "null"] }),
        FieldKind::Choice => json!({ "enum": ids().into_iter().chain([Value::Null]).collect::<Vec<_>>() }),
        FieldKind::Choices => {
            json!({ "type": ["array", "null"], "items": { "enum": ids() }, "uniqueItems": true, "maxItems": 1000 })
        }
        FieldKind::Integer | FieldKind::Decimal | FieldKind::Duration => {
            let number = number(field);
            json!({ "oneOf": [number, range(&number, &[]), { "type": "null" }] })
        }
        FieldKind::Money => {
            let (number, currency) = (number(field), json!({ "type": "string", "pattern": "^[A-Z]{3}$" }));
            let exact = json!({
                "type": "object", "additionalProperties": false, "required": ["amount", "currency"],
                "properties": { "amount": number, "currency": currency },
            });
            json!({ "oneOf": [exact, range(&number, &[("currency", currency)]), { "type": "null" }] })
        }
        FieldKind::Instant => json!({ "type": ["string", "null"], "format": "date-time" }),
        FieldKind::Records => {
            json!({ "type": ["array", "null"], "maxItems": 1000, "items": record(library, field) })
        }
    }
}

/// How a format is said in a schema: the reader is stricter, it knows check digits and currencies.
const fn written(format: Format) -> Option<(&'static str, &'static str)> {
    match format {
        Format::Lei => Some(("pattern", "^[A-Z0-9]{18}[0-9]{2}$")),
        Format::Currency => Some(("pattern", "^[A-Z]{3}$")),
        Format::Email => Some(("format", "email")),
        Format::Telephone => Some(("pattern", "^[+][1-9][-0-9 ./()]*[0-9]$")),
        Format::Percent => None,
    }
}

fn number(field: &Field) -> Value {
    let whole = matches!(field.kind, FieldKind::Integer | FieldKind::Duration);
    let mut number = json!({ "type": if whole { "integer" } else { "number" } });
    let decimal =
        |bound: rust_decimal::Decimal| serde_json::from_str::<Value>(&bound.normalize().to_string());
    if let Some(number) = number.as_object_mut() {
        number
            .extend(decimal(field.least.unwrap_or_default()).ok().map(|least| ("minimum".to_owned(), least)));
        let percent = field.format == Some(Format::Percent);
        let greatest = field.greatest.or(percent.then_some(rust_decimal::Decimal::ONE_HUNDRED));
        let greatest = greatest.and_then(|greatest| decimal(greatest).ok());
        number.extend(greatest.map(|greatest| ("maximum".to_owned(), greatest)));
    }
    number
}

fn range(number: &Value, more: &[(&str, Value)]) -> Value {
    let mut properties = json!({ "min": number, "max": number });
    let mut required = vec!["min", "max"];
    for (name, shape) in more {
        required.push(name);
        if let Some(properties) = properties.as_object_mut() {
            properties.insert((*name).to_owned(), shape.clone());
        }
    }
    json!({ "type": "object", "additionalProperties": false, "required": required, "properties": properties })
}

fn record(library: &Library, field: &Field) -> Value {
    let properties: Map<String, Value> =
        field.columns.iter().map(|column| (column.id.clone(), shape(library, column))).collect();
    let required: Vec<&str> =
        field.columns.iter().filter(|column| column.required).map(|column| column.id.as_str()).collect();
    json!({ "type": "object", "additionalProperties": false, "required": required, "properties": properties })
}
