//! The equations of CVSS 3.0 and 3.1 (CVSS 3.1 specification, 7).

use super::{Metric, Scores, Vector, tables_3 as table};

/// What the equations take, of the base metrics or of the modified ones.
struct Terms {
    exploitability: f64,
    impacts: [f64; 3],
    is_changed: bool,
}

pub fn scores(vector: &Vector, is_31: bool) -> Option<Scores> {
    let temporal = vector.factor(&table::E) * vector.factor(&table::RL) * vector.factor(&table::RC);
    let base = base(&terms(|base, _| vector.get(base))?);
    let modified = terms(|base, modified| {
        vector.get(modified).filter(|value| value.code != "X").or_else(|| vector.get(base))
    })?;
    let demands = [&table::CR, &table::IR, &table::AR].map(|metric| vector.factor(metric));
    let environmental = environmental(&modified, demands, is_31);
    Some(Scores {
        base,
        temporal: up(f64::from(base) / 10.0 * temporal),
        environmental: up(f64::from(environmental) / 10.0 * temporal),
    })
}

fn terms(
    choose: impl Fn(&'static Metric, &'static Metric) -> Option<&'static super::Value>,
) -> Option<Terms> {
    let weight = |base, modified| choose(base, modified).map(|value| value.weight);
    let is_changed = choose(&table::S, &table::MS)?.code == "C";
    let privileges = choose(&table::PR, &table::MPR)?;
    let privileges = match (privileges.code, is_changed) {
        ("L", true) => 0.68,
        ("H", true) => 0.5,
        _ => privileges.weight,
    };
    let reach = weight(&table::AV, &table::MAV)? * weight(&table::AC, &table::MAC)?;
    Some(Terms {
        exploitability: 8.22 * reach * privileges * weight(&table::UI, &table::MUI)?,
        impacts: [
            weight(&table::C, &table::MC)?,
            weight(&table::I, &table::MI)?,
            weight(&table::A, &table::MA)?,
        ],
        is_changed,
    })
}

fn base(terms: &Terms) -> u32 {
    let spared: f64 = terms.impacts.iter().map(|impact| 1.0 - impact).product();
    let sub = 1.0 - spared;
    let impact =
        if terms.is_changed { 7.52 * (sub - 0.029) - 3.25 * (sub - 0.02).powi(15) } else { 6.42 * sub };
    together(impact, terms)
}

fn environmental(terms: &Terms, demands: [f64; 3], is_31: bool) -> u32 {
    let spared: f64 =
        terms.impacts.iter().zip(demands).map(|(impact, demand)| 1.0 - impact * demand).product();
    let sub = (1.0 - spared).min(0.915);
    let impact = match (terms.is_changed, is_31) {
        (false, _) => 6.42 * sub,
        (true, false) => 7.52 * (sub - 0.029) - 3.25 * (sub - 0.02).powi(15),
        (true, true) => 7.52 * (sub - 0.029) - 3.25 * (sub * 0.9731 - 0.02).powi(13),
    };
    together(impact, terms)
}

fn together(impact: f64, terms: &Terms) -> u32 {
    if impact <= 0.0 {
        return 0;
    }
    let factor = if terms.is_changed { 1.08 } else { 1.0 };
    up((factor * (impact + terms.exploitability)).min(10.0))
}

/// Rounded up to the next tenth, in tenths, in whole numbers (CVSS 3.1 specification, appendix A).
fn up(score: f64) -> u32 {
    let scaled = (score * 100_000.0).round() as u32;
    scaled.div_ceil(10_000)
}
