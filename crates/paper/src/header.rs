//! What stands above and below the text of each page: reference, marking, number of the page.

use krilla::color::rgb;
use model::{Marking, Pap, Tlp};

use crate::{
    block::{Ink, Style},
    draw::Frame,
    fonts::Face,
    layout::PAGE,
};

/// A text at the edge of a page.
pub struct Label {
    /// The text.
    pub text: String,
    /// How.
    pub style: Style,
    /// The base line, from above.
    pub y: f32,
    /// Whether it stands on the right.
    pub right: bool,
    /// The colours of ground and letters, where it is a marking.
    pub colours: Option<(rgb::Color, rgb::Color)>,
}

impl Label {
    /// The ground that is seen beside the letters, in points.
    pub fn padding(&self) -> f32 {
        if self.colours.is_some() { 4.0 } else { 0.0 }
    }
}

/// Twelve points or more, on the right, on black: TLP 2.0 section 3.b (FIRST).
const MARKING: Style = Style { face: Face::Bold, size: 12.0, ink: Ink::Black };
const EDGE: Style = Style { face: Face::Regular, size: 8.0, ink: Ink::Grey };
/// The most letters of a text at the edge: longer names of laws would run into the marking.
const MOST: usize = 72;

/// Above the text.
pub fn above(frame: &Frame<'_>) -> Vec<Label> {
    let mut labels = vec![left(&frame.above, 48.0)];
    labels.extend(marking(frame.marking, 49.0));
    labels
}

/// Below the text: `(page, of how many)`.
pub fn below(frame: &Frame<'_>, (page, count): (usize, usize)) -> Vec<Label> {
    let text = format!("Page {page} of {count}");
    let number = Label { text, style: EDGE, y: PAGE.1 - 34.0, right: false, colours: None };
    let mut labels = vec![left(&frame.below, PAGE.1 - 46.0), number];
    labels.extend(marking(frame.marking, PAGE.1 - 38.0));
    labels
}

fn left(text: &str, y: f32) -> Label {
    let mut short: String = text.chars().take(MOST).collect();
    if text.chars().nth(MOST).is_some() {
        short.push('…');
    }
    Label { text: short, style: EDGE, y, right: false, colours: None }
}

fn marking(marking: Marking, y: f32) -> Option<Label> {
    let colours = marking.tlp.map_or(rgb::Color::white(), colour_of);
    let text = words(marking)?;
    Some(Label { text, style: MARKING, y, right: true, colours: Some((rgb::Color::black(), colours)) })
}

/// A marking as its protocols write it.
pub fn words(marking: Marking) -> Option<String> {
    let tlp = marking.tlp.map(|tlp| match tlp {
        Tlp::Red => "TLP:RED",
        Tlp::AmberStrict => "TLP:AMBER+STRICT",
        Tlp::Amber => "TLP:AMBER",
        Tlp::Green => "TLP:GREEN",
        Tlp::Clear => "TLP:CLEAR",
    });
    let pap = marking.pap.map(|pap| match pap {
        Pap::Red => "PAP:RED",
        Pap::Amber => "PAP:AMBER",
        Pap::Green => "PAP:GREEN",
        Pap::Clear => "PAP:CLEAR",
    });
    let words: Vec<_> = tlp.into_iter().chain(pap).collect();
    (!words.is_empty()).then(|| words.join("  "))
}

/// The colours of TLP 2.0 (FIRST).
fn colour_of(tlp: Tlp) -> rgb::Color {
    match tlp {
        Tlp::Red => rgb::Color::new(0xff, 0x2b, 0x2b),
        Tlp::AmberStrict | Tlp::Amber => rgb::Color::new(0xff, 0xc0, 0x00),
        Tlp::Green => rgb::Color::new(0x33, 0xff, 0x00),
        Tlp::Clear => rgb::Color::white(),
    }
}
