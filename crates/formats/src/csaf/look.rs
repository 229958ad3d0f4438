//! Looking into a document: what is not there is null, empty, or none.

use crate::Json;

static NOTHING: Json<'static> = Json::Null;

/// The member of this name, or null.
pub fn part<'d>(value: &'d Json<'d>, name: &str) -> &'d Json<'d> {
    value.get(name).unwrap_or(&NOTHING)
}

/// The text of this name, or an empty one.
pub fn text<'d>(value: &'d Json<'d>, name: &str) -> &'d str {
    part(value, name).as_text().unwrap_or_default()
}

/// The items of the list of this name.
pub fn items<'d>(value: &'d Json<'d>, name: &str) -> &'d [Json<'d>] {
    part(value, name).as_list().unwrap_or_default()
}

/// The texts of the list of this name.
pub fn texts<'d>(value: &'d Json<'d>, name: &str) -> impl Iterator<Item = (usize, &'d str)> {
    items(value, name).iter().enumerate().filter_map(|(index, item)| Some((index, item.as_text()?)))
}
