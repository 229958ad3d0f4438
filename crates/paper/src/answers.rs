//! The content of a filing: groups of questions with their answers.

use std::collections::{BTreeMap, BTreeSet};

use model::{ChosenTerm, FiledAnswer, Marking, filing::EarlierAnswer};

use crate::{
    block::{Block, Cell, Paragraph, Style, Table},
    header,
    words::{TableWords, Words},
};

/// A group as it is printed.
pub struct Group<'a> {
    /// The group.
    pub id: &'a str,
    /// Its marking, where it has one of its own.
    pub marking: Option<Marking>,
    /// Field to answer.
    pub content: &'a BTreeMap<String, FiledAnswer>,
}

/// More columns than this do not fit on a page; their records are written one below the other.
const MOST_COLUMNS: usize = 7;

/// Every group with every answer, in the order of the words.
pub fn answers(words: &Words, mut groups: Vec<Group<'_>>) -> Vec<Block> {
    groups.sort_by_key(|group| words.group_place(group.id));
    groups.into_iter().flat_map(|group| blocks_of(words, &group)).collect()
}

fn blocks_of(words: &Words, group: &Group<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::section(words.group_title(group.id))];
    if let Some(marking) = group.marking.and_then(header::words) {
        blocks.push(Block::Text(Paragraph::new(Style::STRONG, format!("This part: {marking}"))));
    }
    let mut fields: Vec<_> = group.content.iter().collect();
    fields.sort_by_key(|(field, _)| words.field_place(group.id, field));
    let numbered = fields.iter().any(|(_, answer)| answer.number.is_some());
    let mut rows = vec![];
    for (field, answer) in fields {
        match words.tables.get(field).filter(|table| is_printable(table)) {
            Some(table) => {
                blocks.extend(facts(numbered, std::mem::take(&mut rows)));
                blocks.extend(records(words, answer, table));
            }
            None => rows.push(row(words, answer, numbered)),
        }
    }
    blocks.extend(facts(numbered, rows));
    blocks
}

fn is_printable(table: &TableWords) -> bool {
    let columns = table.columns.len();
    (1..=MOST_COLUMNS).contains(&columns)
        && !table.rows.is_empty()
        && table.rows.iter().all(|row| row.len() == columns)
}

fn facts(numbered: bool, rows: Vec<Vec<Cell>>) -> Option<Block> {
    let shares = if numbered { vec![0.1, 0.3, 0.6] } else { vec![0.34, 0.66] };
    (!rows.is_empty()).then_some(Block::Table(Table { shares, head: None, rows }))
}

fn row(words: &Words, answer: &FiledAnswer, numbered: bool) -> Vec<Cell> {
    let mut label = vec![Paragraph::new(Style::LABEL, answer.label.as_str())];
    label.extend(answer.article.iter().map(|article| Paragraph::new(Style::NOTE, article.as_str())));
    let style = if answer.value.is_some() { Style::TEXT } else { Style::LABEL };
    let mut value = vec![Paragraph::new(style, answer.text.as_str())];
    value.extend(remarks(words, answer));
    let mut cells = vec![Cell { heading: true, ..Cell::with(label) }, Cell::with(value)];
    if numbered {
        cells.insert(0, Cell::of(Style::LABEL, answer.number.as_deref().unwrap_or_default()));
    }
    cells
}

/// What must be known beside an answer: own terms, that it is an estimate, what it was before.
fn remarks(words: &Words, answer: &FiledAnswer) -> Vec<Paragraph> {
    let estimate = answer.estimated.then(|| Paragraph::new(Style::STRONG, "Estimate"));
    let earlier = answer.earlier.iter().map(|earlier| Paragraph::new(Style::NOTE, before(words, earlier)));
    let own = |term: &ChosenTerm| {
        let text = format!("Own term: {} ({})", term.called("en"), term.tag);
        Paragraph::new(Style::NOTE, text)
    };
    answer.terms.iter().map(own).chain(estimate).chain(earlier).collect()
}

fn before(words: &Words, earlier: &EarlierAnswer) -> String {
    let until = words.at(earlier.until).first().cloned().unwrap_or_else(|| earlier.until.to_string());
    let reason = earlier.reason.as_deref().unwrap_or("none given");
    format!("Before: {}\nChanged {until} by {}. Reason: {reason}", earlier.text, earlier.by)
}

/// An answer that is a list of records.
fn records(words: &Words, answer: &FiledAnswer, table: &TableWords) -> Vec<Block> {
    let title = match &answer.number {
        Some(number) => format!("{number}  {}", answer.label),
        None => answer.label.clone(),
    };
    let mut blocks = vec![Block::Heading { level: 3, text: title }];
    blocks.extend(
        answer.article.iter().map(|article| Block::Text(Paragraph::new(Style::NOTE, article.as_str()))),
    );
    let share = 1.0 / table.columns.len() as f32;
    let rows =
        table.rows.iter().map(|row| row.iter().map(|text| Cell::of(Style::TEXT, text.as_str())).collect());
    blocks.push(Block::Table(Table {
        shares: table.columns.iter().map(|_| share).collect(),
        head: Some(table.columns.clone()),
        rows: rows.collect(),
    }));
    blocks.extend(remarks(words, answer).into_iter().map(Block::Text));
    blocks
}

/// Groups that were signed and are not in this copy, by name.
pub fn withheld(words: &Words, groups: &[&str]) -> Vec<Block> {
    let titles: BTreeSet<_> =
        groups.iter().map(|group| (words.group_place(group), words.group_title(group))).collect();
    if titles.is_empty() {
        return vec![];
    }
    let rows = titles
        .into_iter()
        .map(|(_, title)| vec![Cell::label(title), Cell::of(Style::TEXT, "withheld in this copy")])
        .collect();
    vec![
        Block::section("Not in this copy"),
        Block::text("These parts were filed and are covered by the signature. This copy does not show them."),
        Block::Table(Table { shares: vec![0.34, 0.66], head: None, rows }),
    ]
}
