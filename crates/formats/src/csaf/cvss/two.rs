//! The equations of CVSS 2.0 (A Complete Guide to CVSS 2.0, 3.2).

use super::{Scores, Vector, nearest, tables_2 as table};

pub fn scores(vector: &Vector) -> Option<Scores> {
    let weight = |metric| vector.weight(metric);
    let impacts = [weight(&table::C)?, weight(&table::I)?, weight(&table::A)?];
    let demands = [&table::CR, &table::IR, &table::AR].map(|metric| vector.factor(metric));
    let exploitability = 20.0 * weight(&table::AV)? * weight(&table::AC)? * weight(&table::AU)?;
    let temporal = vector.factor(&table::E) * vector.factor(&table::RL) * vector.factor(&table::RC);
    let impact = impact(impacts, [1.0; 3]);
    let base = tenth(base(impact, exploitability));
    let adjusted = tenth(self::base(self::impact(impacts, demands).min(10.0), exploitability));
    let adjusted = tenth(adjusted * temporal);
    let damage = vector.weight(&table::CDP).unwrap_or(0.0);
    let spread = vector.factor(&table::TD);
    Some(Scores {
        base: nearest(base),
        temporal: nearest(base * temporal),
        environmental: nearest((adjusted + (10.0 - adjusted) * damage) * spread),
    })
}

fn impact(impacts: [f64; 3], demands: [f64; 3]) -> f64 {
    let spared: f64 = impacts.iter().zip(demands).map(|(impact, demand)| 1.0 - impact * demand).product();
    10.41 * (1.0 - spared)
}

fn base(impact: f64, exploitability: f64) -> f64 {
    let factor = if impact <= 0.0 { 0.0 } else { 1.176 };
    (0.6 * impact + 0.4 * exploitability - 1.5) * factor
}

fn tenth(score: f64) -> f64 {
    f64::from(nearest(score)) / 10.0
}
