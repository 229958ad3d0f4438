//! The Common Vulnerability Scoring System, 2.0 to 4.0: vectors, and the scores that follow from them.

mod four;
mod four_scores;
pub(super) mod tables_2;
pub(super) mod tables_3;
pub(super) mod tables_4;
mod three;
mod two;

/// To which group a metric belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Base,
    /// Temporal, or threat in 4.0.
    Temporal,
    Environmental,
    Supplemental,
}

/// A metric.
#[derive(Debug)]
pub struct Metric {
    /// Its name in the vector.
    pub code: &'static str,
    /// Its name in the object.
    pub member: &'static str,
    pub group: Group,
    pub values: &'static [Value],
}

/// A value of a metric.
#[derive(Debug)]
pub struct Value {
    /// Its name in the vector.
    pub code: &'static str,
    /// Its name in the object.
    pub word: &'static str,
    /// Its weight in the formula.
    pub weight: f64,
}

const fn value(code: &'static str, word: &'static str, weight: f64) -> Value {
    Value { code, word, weight }
}

/// Which of the systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// 2.0.
    Two,
    /// 3.0.
    ThreeZero,
    /// 3.1.
    ThreeOne,
    /// 4.0.
    Four,
}

impl Scheme {
    /// By the `version` of the object.
    pub fn parse(version: &str) -> Option<Self> {
        match version {
            "2.0" => Some(Self::Two),
            "3.0" => Some(Self::ThreeZero),
            "3.1" => Some(Self::ThreeOne),
            "4.0" => Some(Self::Four),
            _ => None,
        }
    }

    /// Its metrics in the order of the vector.
    pub fn metrics(self) -> &'static [&'static Metric] {
        match self {
            Self::Two => &tables_2::METRICS,
            Self::ThreeZero | Self::ThreeOne => &tables_3::METRICS,
            Self::Four => &tables_4::METRICS,
        }
    }

    const fn prefix(self) -> &'static str {
        match self {
            Self::Two => "",
            Self::ThreeZero => "CVSS:3.0/",
            Self::ThreeOne => "CVSS:3.1/",
            Self::Four => "CVSS:4.0/",
        }
    }
}

/// The metrics that a vector sets, by their place in [`Scheme::metrics`].
#[derive(Clone, Debug)]
pub struct Vector {
    scheme: Scheme,
    set: Vec<Option<&'static Value>>,
    /// The code of a metric that is set twice.
    pub doubled: Option<&'static str>,
}

impl Vector {
    /// Reads a vector with the pattern of the schema of FIRST.
    pub fn parse(scheme: Scheme, text: &str) -> Option<Self> {
        let metrics = scheme.metrics();
        let mut vector = Self { scheme, set: vec![None; metrics.len()], doubled: None };
        let mut earliest = 0;
        for part in text.strip_prefix(scheme.prefix())?.split('/') {
            let (code, chosen) = part.split_once(':')?;
            let place = metrics.iter().position(|metric| metric.code == code)?;
            let metric = metrics.get(place)?;
            let chosen = metric.values.iter().find(|value| value.code == chosen)?;
            // Only 4.0 has an order.
            if scheme == Scheme::Four && place < earliest {
                return None;
            }
            earliest = place + 1;
            let slot = vector.set.get_mut(place)?;
            if slot.replace(chosen).is_some() {
                vector.doubled = Some(metric.code);
            }
        }
        let whole = scheme != Scheme::Four || vector.missing().is_none();
        whole.then_some(vector)
    }

    /// The first base metric that is not set.
    pub fn missing(&self) -> Option<&'static str> {
        let mut pairs = self.scheme.metrics().iter().zip(&self.set);
        pairs
            .find(|(metric, set)| metric.group == Group::Base && set.is_none())
            .map(|(metric, _)| metric.code)
    }

    /// What the vector says of this metric.
    pub fn get(&self, metric: &Metric) -> Option<&'static Value> {
        let place = self.scheme.metrics().iter().position(|one| one.code == metric.code)?;
        self.set.get(place).copied().flatten()
    }

    /// The metrics that are set, with their values.
    pub fn pairs(&self) -> impl Iterator<Item = (&'static Metric, Option<&'static Value>)> {
        self.scheme.metrics().iter().copied().zip(self.set.iter().copied())
    }

    /// The scores that follow; none when a base metric is missing.
    pub fn scores(&self) -> Option<Scores> {
        match self.scheme {
            Scheme::Two => two::scores(self),
            Scheme::ThreeZero | Scheme::ThreeOne => three::scores(self, self.scheme == Scheme::ThreeOne),
            Scheme::Four => {
                let base = four::score(self)?;
                Some(Scores { base, temporal: base, environmental: base })
            }
        }
    }

    /// The same vector with its base metrics only.
    pub fn base(&self) -> Self {
        let metrics = self.scheme.metrics();
        let kept =
            metrics.iter().zip(&self.set).map(|(metric, set)| set.filter(|_| metric.group == Group::Base));
        Self { set: kept.collect(), ..*self }
    }

    fn weight(&self, metric: &Metric) -> Option<f64> {
        self.get(metric).map(|value| value.weight)
    }

    /// The weight, or that of a metric that is not defined: 1.
    fn factor(&self, metric: &Metric) -> f64 {
        self.weight(metric).unwrap_or(1.0)
    }

    /// The code, `X` when it is not set.
    fn code(&self, metric: &Metric) -> &'static str {
        self.get(metric).map_or("X", |value| value.code)
    }
}

/// Scores in tenths of a point. In 4.0 there is one score, in which all metrics take part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scores {
    pub base: u32,
    pub temporal: u32,
    pub environmental: u32,
}

/// The word for a score in tenths (CVSS 3.1 and 4.0: none, low to 3.9, medium to 6.9, high to 8.9).
pub const fn severity(tenths: u32) -> &'static str {
    match tenths {
        0 => "NONE",
        1..=39 => "LOW",
        40..=69 => "MEDIUM",
        70..=89 => "HIGH",
        _ => "CRITICAL",
    }
}

/// A score from its digits, in tenths; none when it has finer parts or is none.
pub fn tenths(digits: &str) -> Option<u32> {
    let number: f64 = digits.parse().ok()?;
    let scaled = number * 10.0;
    let whole = scaled.round();
    let fits = (0.0..=100.0).contains(&whole) && (scaled - whole).abs() < 1e-6;
    fits.then_some(whole as u32)
}

/// Rounded to the nearest tenth, in tenths.
fn nearest(score: f64) -> u32 {
    (score * 10.0 + 1e-9).round().max(0.0) as u32
}

#[cfg(test)]
mod tests;
