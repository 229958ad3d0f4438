//! From pages to PDF.

use jiff::tz::TimeZone;
use krilla::{
    Document, SerializeSettings,
    color::rgb,
    configure::{Accessibility, Archival, Configuration, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{PathBuilder, Point, Rect, Transform},
    metadata::{DateTime, Metadata},
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, FillRule},
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, SpanTag},
    text::KrillaGlyph,
};
use model::{Instant, Marking};

use crate::{
    Paper, PaperError,
    block::{Block, Ink, Paragraph, Style},
    fonts::{Face, Fonts, fonts},
    header::{self, Label},
    layout::{Laid, Mark, PAGE, SIDE, WIDTH, layout},
    line::{settable, title},
    structure::{Bookmark, Drawn, tags},
};

/// What stands on every page, and in the properties of the file.
pub struct Frame<'a> {
    /// The title of the file.
    pub title: String,
    /// The language (BCP 47).
    pub language: &'a str,
    /// Who speaks.
    pub author: &'a str,
    /// The instant that the file bears.
    pub at: Instant,
    /// Above the text, on the left.
    pub above: String,
    /// Below the text, on the left.
    pub below: String,
    /// Who may see it and what may be done with it: on every page, above and below.
    pub marking: Marking,
    /// Across each page: that this is no filing.
    pub watermark: Option<&'static str>,
}

/// Typesets `blocks` within `frame`.
pub fn typeset(frame: &Frame<'_>, mut blocks: Vec<Block>) -> Result<Paper, PaperError> {
    let fonts = fonts()?;
    let mut laid = layout(fonts, &blocks);
    if !laid.unprinted.is_empty() {
        blocks.push(Block::Text(Paragraph::new(Style::NOTE, unprinted_words(&laid))));
        laid = layout(fonts, &blocks);
    }
    let pages = laid.pages.iter().map(|page| text_of(page)).collect();
    let unprinted = laid.unprinted.iter().copied().collect();
    let pdf = written(frame, fonts, laid)?;
    Ok(Paper { pdf, pages, unprinted })
}

fn unprinted_words(laid: &Laid) -> String {
    let numbers: Vec<_> =
        laid.unprinted.iter().map(|character| format!("U+{:04X}", u32::from(*character))).collect();
    format!(
        "The typefaces of this document do not have these characters; where they stand in the filing, their \
         Unicode number stands here in brackets: {}.",
        numbers.join(", ")
    )
}

fn text_of(page: &[Mark]) -> String {
    let lines = page.iter().filter_map(|mark| match mark {
        Mark::Text { text, leaf: Some(_), .. } => Some(text.trim_end()),
        Mark::Text { .. } | Mark::Rule { .. } => None,
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn written(frame: &Frame<'_>, fonts: &Fonts, laid: Laid) -> Result<Vec<u8>, PaperError> {
    let settings = SerializeSettings { configuration: configuration()?, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let mut drawn = Drawn::default();
    let count = laid.pages.len();
    for (page, number) in laid.pages.into_iter().zip(1..) {
        let size = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or_else(|| refused("the size of a page"))?;
        let mut sheet = document.start_page_with(size);
        let mut surface = sheet.surface();
        let mut pen = Pen { surface: &mut surface, fonts };
        if let Some(words) = frame.watermark {
            pen.watermark(words);
        }
        pen.edge(ArtifactType::Header, &header::above(frame));
        for mark in page {
            pen.draw(mark, &mut drawn);
        }
        pen.edge(ArtifactType::Footer, &header::below(frame, (number, count)));
        surface.finish();
        sheet.finish();
    }
    document.set_outline(outline(&laid.bookmarks));
    document.set_metadata(metadata(frame));
    document.set_tag_tree(tags(&laid.structure, drawn, frame.language));
    document.finish().map_err(|error| refused(&format!("{error:?}")))
}

/// For archives (PDF/A-2a) and for all readers (PDF/UA-1); the library checks what it can of both.
fn configuration() -> Result<Configuration, PaperError> {
    ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| refused(&format!("{error:?}")))
}

fn refused(why: &str) -> PaperError {
    PaperError::Writing(why.chars().take(500).collect())
}

fn metadata(frame: &Frame<'_>) -> Metadata {
    let at = frame.at.timestamp().to_zoned(TimeZone::UTC);
    let small = |number: i8| u8::try_from(number).unwrap_or(0);
    let date = DateTime::new(u16::try_from(at.year()).unwrap_or(0))
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(0);
    Metadata::new()
        .title(title(&frame.title))
        .authors(vec![title(frame.author)])
        .language(frame.language.to_owned())
        .creator("Beffroi".to_owned())
        .creation_date(date)
}

/// Sections below the title, as readers list them beside the pages.
fn outline(bookmarks: &[Bookmark]) -> Outline {
    let mut outline = Outline::new();
    for bookmark in bookmarks.iter().filter(|bookmark| bookmark.level <= 2) {
        let to = XyzDestination::new(bookmark.page, Point::from_xy(SIDE, bookmark.y));
        outline.push_child(OutlineNode::new(title(&bookmark.title), to));
    }
    outline
}

/// Draws on one page.
struct Pen<'a, 'b> {
    surface: &'a mut Surface<'b>,
    fonts: &'a Fonts,
}

impl Pen<'_, '_> {
    fn draw(&mut self, mark: Mark, drawn: &mut Drawn) {
        match mark {
            Mark::Rule { y } => self.artifact(ArtifactType::Layout, |pen| pen.rule(y)),
            Mark::Text { x, y, style, text, leaf: Some(leaf) } => {
                let line = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                self.text((x, y), style, &text);
                self.surface.end_tagged();
                drawn.note(leaf, line);
            }
            Mark::Text { x, y, style, text, leaf: None } => {
                self.artifact(ArtifactType::PaginationOther, |pen| pen.text((x, y), style, &text));
            }
        }
    }

    fn artifact(&mut self, kind: ArtifactType, draw: impl FnOnce(&mut Self)) {
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
        draw(self);
        self.surface.end_tagged();
    }

    fn text(&mut self, (x, y): (f32, f32), style: Style, text: &str) {
        self.colour(colour_of(style.ink));
        self.glyphs((x, y), (style.face, style.size), text);
    }

    fn glyphs(&mut self, (x, y): (f32, f32), (face, size): (Face, f32), text: &str) {
        let face = self.fonts.face(face);
        let glyphs: Vec<KrillaGlyph> = text
            .char_indices()
            .filter_map(|(at, character)| {
                let glyph = face.glyph(character)?;
                let range = at..at + character.len_utf8();
                Some(KrillaGlyph::new(glyph.id, glyph.advance, 0.0, 0.0, 0.0, range, None))
            })
            .collect();
        self.surface.draw_glyphs(Point::from_xy(x, y), &glyphs, face.font.clone(), text, size, false);
    }

    fn rule(&mut self, y: f32) {
        self.colour(rgb::Color::new(0xd2, 0xd2, 0xd2));
        self.rectangle((SIDE, y), (WIDTH, 0.5));
    }

    fn rectangle(&mut self, (x, y): (f32, f32), (width, height): (f32, f32)) {
        let mut path = PathBuilder::new();
        if let Some(rectangle) = Rect::from_xywh(x, y, width, height) {
            path.push_rect(rectangle);
        }
        if let Some(path) = path.finish() {
            self.surface.draw_path(&path);
        }
    }

    fn colour(&mut self, colour: rgb::Color) {
        self.surface.set_fill(Some(Fill {
            paint: colour.into(),
            opacity: NormalizedF32::ONE,
            rule: FillRule::default(),
        }));
    }

    /// Grey across the page, below what is written on it.
    fn watermark(&mut self, words: &str) {
        const SIZE: f32 = 64.0;
        let width = self.fonts.face(Face::Bold).width(words, SIZE);
        self.artifact(ArtifactType::Watermark, |pen| {
            pen.surface.push_transform(&Transform::from_rotate_at(-52.0, PAGE.0 / 2.0, PAGE.1 / 2.0));
            pen.colour(rgb::Color::new(0xe2, 0xe2, 0xe2));
            pen.glyphs(((PAGE.0 - width) / 2.0, PAGE.1 / 2.0 + SIZE / 3.0), (Face::Bold, SIZE), words);
            pen.surface.pop();
        });
    }

    /// What stands above or below the text of each page.
    fn edge(&mut self, kind: ArtifactType, labels: &[Label]) {
        self.artifact(kind, |pen| labels.iter().for_each(|label| pen.label(label)));
    }

    fn label(&mut self, label: &Label) {
        let face = self.fonts.face(label.style.face);
        let text = settable(face, &label.text, &mut std::collections::BTreeSet::new());
        let width = face.width(&text, label.style.size);
        let x = if label.right { SIDE + WIDTH - width - label.padding() } else { SIDE };
        if let Some((ground, letters)) = label.colours {
            self.colour(ground);
            let (top, height) = (label.y - label.style.size * 0.95, label.style.size * 1.3);
            self.rectangle((x - label.padding(), top), (width + 2.0 * label.padding(), height));
            self.colour(letters);
            self.glyphs((x, label.y), (label.style.face, label.style.size), &text);
        } else {
            self.text((x, label.y), label.style, &text);
        }
    }
}

fn colour_of(ink: Ink) -> rgb::Color {
    match ink {
        Ink::Black => rgb::Color::new(0x1a, 0x1a, 0x1a),
        Ink::Grey => rgb::Color::new(0x55, 0x55, 0x55),
        Ink::Red => rgb::Color::new(0xa6, 0x1b, 0x1b),
    }
}
