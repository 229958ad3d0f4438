//! The typefaces, read once per process.
//!
//! One glyph per character: Latin, Greek and Cyrillic in their composed form need no shaping.

use std::{collections::HashMap, sync::OnceLock};

use krilla::text::{Font, GlyphId};
use skrifa::{FontRef, MetadataProvider, instance::LocationRef, instance::Size};

use crate::error::PaperError;

/// A typeface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Upright.
    Regular,
    /// Bold.
    Bold,
    /// Every character as wide as the other.
    Mono,
}

/// The typefaces of a document.
pub struct Fonts {
    regular: Loaded,
    bold: Loaded,
    mono: Loaded,
}

/// A typeface with its characters.
pub struct Loaded {
    /// As the PDF embeds it, in part.
    pub font: Font,
    glyphs: HashMap<char, Glyph>,
}

/// The shape of a character.
#[derive(Clone, Copy)]
pub struct Glyph {
    /// Its number in the typeface.
    pub id: GlyphId,
    /// How far the next one stands, in parts of the size.
    pub advance: f32,
}

const FILES: [(&str, &[u8]); 3] = [
    ("Liberation Sans", include_bytes!("../fonts/LiberationSans-Regular.ttf")),
    ("Liberation Sans Bold", include_bytes!("../fonts/LiberationSans-Bold.ttf")),
    ("Liberation Mono", include_bytes!("../fonts/LiberationMono-Regular.ttf")),
];

/// The typefaces.
///
/// # Errors
/// [`PaperError::Typeface`] when the program's own files are damaged.
pub fn fonts() -> Result<&'static Fonts, PaperError> {
    static FONTS: OnceLock<Result<Fonts, PaperError>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let [regular, bold, mono] = FILES.map(|(name, bytes)| load(name, bytes));
        Ok(Fonts { regular: regular?, bold: bold?, mono: mono? })
    });
    fonts.as_ref().map_err(Clone::clone)
}

fn load(name: &'static str, bytes: &'static [u8]) -> Result<Loaded, PaperError> {
    let damaged = || PaperError::Typeface(name);
    let font = Font::new(bytes.into(), 0).ok_or_else(damaged)?;
    let file = FontRef::new(bytes).map_err(|_| damaged())?;
    let metrics = file.glyph_metrics(Size::new(1.0), LocationRef::default());
    let glyphs = file.charmap().mappings().filter_map(|(code, glyph)| {
        let character = char::from_u32(code).filter(|character| is_set_alone(*character))?;
        let advance = metrics.advance_width(glyph)?;
        Some((character, Glyph { id: GlyphId::new(glyph.to_u32()), advance }))
    });
    Ok(Loaded { font, glyphs: glyphs.collect() })
}

/// Whether a character stands for itself from left to right: no control, nothing that is not seen,
/// nothing private, no script that runs the other way or needs shaping.
fn is_set_alone(character: char) -> bool {
    !character.is_control()
        && !matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}')
        && !matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}')
        && !matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

impl Fonts {
    /// The typeface `face`.
    pub const fn face(&self, face: Face) -> &Loaded {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
            Face::Mono => &self.mono,
        }
    }
}

impl Loaded {
    /// The shape of a character, when there is one.
    pub fn glyph(&self, character: char) -> Option<Glyph> {
        self.glyphs.get(&character).copied()
    }

    /// The width of a text in points.
    pub fn width(&self, text: &str, size: f32) -> f32 {
        text.chars().filter_map(|character| self.glyph(character)).map(|glyph| glyph.advance * size).sum()
    }
}
