//! The score of CVSS 4.0 (specification, 8): the macro vector, less the distance to its severest vectors.

use super::{Metric, Vector, four_scores as lookup, tables_4 as table};

/// The metrics that count, in the order of the classes one to four; the requirements last.
static COUNTED: [(&Metric, &Metric); 14] = [
    (&table::AV, &table::MAV),
    (&table::PR, &table::MPR),
    (&table::UI, &table::MUI),
    (&table::AC, &table::MAC),
    (&table::AT, &table::MAT),
    (&table::VC, &table::MVC),
    (&table::VI, &table::MVI),
    (&table::VA, &table::MVA),
    (&table::CR, &table::CR),
    (&table::IR, &table::IR),
    (&table::AR, &table::AR),
    (&table::SC, &table::MSC),
    (&table::SI, &table::MSI),
    (&table::SA, &table::MSA),
];

/// The codes of the metrics that count, with the modified ones put in and what is not defined made worst.
struct Codes([&'static str; 14]);

impl Codes {
    fn of(vector: &Vector) -> Self {
        Self(COUNTED.map(|(base, modified)| match (vector.code(modified), vector.code(base)) {
            ("X", "X") => "H",
            ("X", code) | (code, _) => code,
        }))
    }

    fn of_metric(&self, code: &str) -> &'static str {
        let place = COUNTED.iter().position(|(base, _)| base.code == code);
        place.and_then(|place| self.0.get(place)).copied().unwrap_or("X")
    }

    fn is(&self, metric: &str, code: &str) -> bool {
        self.of_metric(metric) == code
    }
}

/// The score in tenths; none when a base metric is missing.
pub fn score(vector: &Vector) -> Option<u32> {
    if vector.missing().is_some() {
        return None;
    }
    let codes = Codes::of(vector);
    if ["VC", "VI", "VA", "SC", "SI", "SA"].iter().all(|metric| codes.is(metric, "N")) {
        return Some(0);
    }
    let levels = levels(&codes, vector.code(&table::E));
    let top = lookup::score(levels)?;
    let [one, two, three, four, five, six] = levels;
    // How far the next lower macro vector lies in each class, and how deep this one is.
    let lower = |levels| lookup::score(levels).map(|score| top - score.min(top));
    let three_lower = match (three, six) {
        (0, 0) => {
            let left = lookup::score([one, two, three, four, five, 1]);
            let right = lookup::score([one, two, 1, four, five, six]);
            left.max(right).map(|score| top - score.min(top))
        }
        (1, 0) => lower([one, two, three, four, five, 1]),
        _ => lower([one, two, three + 1, four, five, six]),
    };
    let distances = distances(&codes, levels)?;
    let depths = [depth_one(one), [1, 2].get(two).copied(), depth_three(three, six), depth_four(four)];
    let gaps = [
        lower([one + 1, two, three, four, five, six]),
        lower([one, two + 1, three, four, five, six]),
        three_lower,
        lower([one, two, three, four + 1, five, six]),
    ];
    let mut total = 0.0;
    let mut count = 0_u32;
    for ((gap, distance), depth) in gaps.into_iter().zip(distances).zip(depths) {
        if let Some(gap) = gap {
            count += 1;
            total += f64::from(gap) * f64::from(distance) / f64::from(depth.unwrap_or(1));
        }
    }
    // The fifth class has one step only: it counts, and takes nothing away.
    if lower([one, two, three, four, five + 1, six]).is_some() {
        count += 1;
    }
    let mean = if count == 0 { 0.0 } else { total / f64::from(count) };
    Some((f64::from(top) - mean + 1e-6).round().clamp(0.0, 100.0) as u32)
}

fn levels(codes: &Codes, maturity: &str) -> [usize; 6] {
    let is = |metric, code| codes.is(metric, code);
    let reach = [is("AV", "N"), is("PR", "N"), is("UI", "N")];
    let one = match (reach, is("AV", "P")) {
        ([true, true, true], _) => 0,
        ([false, false, false], _) | (_, true) => 2,
        _ => 1,
    };
    let two = usize::from(!(is("AC", "L") && is("AT", "N")));
    let three = match (is("VC", "H"), is("VI", "H"), is("VA", "H")) {
        (true, true, _) => 0,
        (false, false, false) => 2,
        _ => 1,
    };
    let four = if is("SI", "S") || is("SA", "S") {
        0
    } else if is("SC", "H") || is("SI", "H") || is("SA", "H") {
        1
    } else {
        2
    };
    let five = match maturity {
        "P" => 1,
        "U" => 2,
        _ => 0,
    };
    let pairs = [("CR", "VC"), ("IR", "VI"), ("AR", "VA")];
    let six = usize::from(!pairs.iter().any(|(demand, impact)| is(demand, "H") && is(impact, "H")));
    [one, two, three, four, five, six]
}

const fn depth_one(level: usize) -> Option<u32> {
    match level {
        0 => Some(1),
        1 => Some(4),
        _ => Some(5),
    }
}

const fn depth_three(three: usize, six: usize) -> Option<u32> {
    match (three, six) {
        (0, 0) => Some(7),
        (0, _) => Some(6),
        (1, _) => Some(8),
        _ => Some(10),
    }
}

const fn depth_four(level: usize) -> Option<u32> {
    match level {
        0 => Some(6),
        1 => Some(5),
        _ => Some(4),
    }
}

/// The severest vectors of each class and level, as the specification lists them.
fn severest([one, two, three, four, _, six]: [usize; 6]) -> [&'static [&'static [&'static str]]; 4] {
    let first: &[&[&str]] = match one {
        0 => &[&["N", "N", "N"]],
        1 => &[&["A", "N", "N"], &["N", "L", "N"], &["N", "N", "P"]],
        _ => &[&["P", "N", "N"], &["A", "L", "P"]],
    };
    let second: &[&[&str]] = match two {
        0 => &[&["L", "N"]],
        _ => &[&["H", "N"], &["L", "P"]],
    };
    let third: &[&[&str]] = match (three, six) {
        (0, 0) => &[&["H", "H", "H", "H", "H", "H"]],
        (0, _) => &[&["H", "H", "L", "M", "M", "H"], &["H", "H", "H", "M", "M", "M"]],
        (1, 0) => &[&["L", "H", "H", "H", "H", "H"], &["H", "L", "H", "H", "H", "H"]],
        (1, _) => &[
            &["L", "H", "L", "H", "M", "H"],
            &["L", "H", "H", "H", "M", "M"],
            &["H", "L", "H", "M", "H", "M"],
            &["H", "L", "L", "M", "H", "H"],
            &["L", "L", "H", "H", "H", "M"],
        ],
        _ => &[&["L", "L", "L", "H", "H", "H"]],
    };
    let fourth: &[&[&str]] = match four {
        0 => &[&["H", "S", "S"]],
        1 => &[&["H", "H", "H"]],
        _ => &[&["L", "L", "L"]],
    };
    [first, second, third, fourth]
}

/// How many steps the vector lies below the first severest combination that it does not exceed anywhere.
fn distances(codes: &Codes, levels: [usize; 6]) -> Option<[u32; 4]> {
    let mut found = [0; 4];
    let mut from = 0;
    for (slot, choices) in found.iter_mut().zip(severest(levels)) {
        let width = choices.first()?.len();
        let steps = choices.iter().find_map(|choice| below(codes, from, choice));
        *slot = steps?;
        from += width;
    }
    Some(found)
}

/// The steps from `severest` down to the vector; none when the vector is more severe in one metric.
fn below(codes: &Codes, from: usize, severest: &[&str]) -> Option<u32> {
    let mut steps = 0;
    for (place, code) in severest.iter().enumerate() {
        let (metric, modified) = COUNTED.get(from + place)?;
        let step = |code: &str| {
            let known = metric.values.iter().chain(modified.values).find(|value| value.code == code);
            known.map(|value| (value.weight * 10.0).round())
        };
        let down = step(codes.0.get(from + place)?)? - step(code)?;
        if down < 0.0 {
            return None;
        }
        steps += down as u32;
    }
    Some(steps)
}
