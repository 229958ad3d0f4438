//! What the parts of a document mean, for those who have it read aloud.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, Node, TableHeaderScope, Tag, TagGroup, TagTree};

/// A text of the document; its lines may stand on several pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaf(pub usize);

/// The cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Whether it names its row.
    pub heading: bool,
    /// Its texts.
    pub leaves: Vec<Leaf>,
}

/// A part of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Structure {
    /// A heading.
    Heading {
        /// From 1 on.
        level: u16,
        /// The text.
        title: String,
        /// The text on the pages.
        leaf: Leaf,
    },
    /// A paragraph.
    Paragraph(Leaf),
    /// A table.
    Table {
        /// The titles of the columns, if any.
        head: Vec<Part>,
        /// The rows.
        rows: Vec<Vec<Part>>,
    },
}

/// Where a heading stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Bookmark {
    /// From 1 on.
    pub level: u16,
    /// The text.
    pub title: String,
    /// The page, from 0 on.
    pub page: usize,
    /// From above, in points.
    pub y: f32,
}

/// The lines of each text as they were drawn.
#[derive(Default)]
pub struct Drawn(Vec<Vec<Identifier>>);

impl Drawn {
    /// Notes a drawn line.
    pub fn note(&mut self, leaf: Leaf, line: Identifier) {
        if self.0.len() <= leaf.0 {
            self.0.resize_with(leaf.0 + 1, Vec::new);
        }
        if let Some(lines) = self.0.get_mut(leaf.0) {
            lines.push(line);
        }
    }

    fn take(&mut self, leaf: Leaf) -> Vec<Node> {
        let lines = self.0.get_mut(leaf.0).map(std::mem::take).unwrap_or_default();
        lines.into_iter().map(Node::from).collect()
    }
}

/// The tags of a document: what follows a heading of the second level is its section.
pub fn tags(structure: &[Structure], mut drawn: Drawn, language: &str) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
    let mut section: Option<TagGroup> = None;
    for part in structure {
        if matches!(part, Structure::Heading { level: ..=2, .. }) {
            if let Some(done) = section.take() {
                tree.push(done);
            }
            if matches!(part, Structure::Heading { level: 2, .. }) {
                section = Some(TagGroup::new(Tag::Section));
            }
        }
        let group = group_of(part, &mut drawn);
        match &mut section {
            Some(section) => section.push(group),
            None => tree.push(group),
        }
    }
    if let Some(done) = section {
        tree.push(done);
    }
    tree
}

fn group_of(part: &Structure, drawn: &mut Drawn) -> TagGroup {
    match part {
        Structure::Heading { level, title, leaf } => {
            let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
            TagGroup::with_children(Tag::Hn(level, Some(title.clone())), drawn.take(*leaf))
        }
        Structure::Paragraph(leaf) => TagGroup::with_children(Tag::P, drawn.take(*leaf)),
        Structure::Table { head, rows } => {
            let mut table = TagGroup::new(Tag::Table);
            if !head.is_empty() {
                let cells = head
                    .iter()
                    .map(|part| cell(TagGroup::new(Tag::TH(TableHeaderScope::Column)), part, drawn));
                let row = TagGroup::with_children(Tag::TR, cells.collect());
                table.push(TagGroup::with_children(Tag::THead, vec![row.into()]));
            }
            let rows = rows.iter().map(|row| {
                let cells = row.iter().map(|part| {
                    let tag = if part.heading {
                        TagGroup::new(Tag::TH(TableHeaderScope::Row))
                    } else {
                        TagGroup::new(Tag::TD)
                    };
                    cell(tag, part, drawn)
                });
                Node::from(TagGroup::with_children(Tag::TR, cells.collect()))
            });
            table.push(TagGroup::with_children(Tag::TBody, rows.collect()));
            table
        }
    }
}

fn cell(mut tag: TagGroup, part: &Part, drawn: &mut Drawn) -> Node {
    for leaf in &part.leaves {
        tag.push(TagGroup::with_children(Tag::P, drawn.take(*leaf)));
    }
    tag.into()
}
