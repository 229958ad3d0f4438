//! The summaries that authorities owe of many incidents (NIS2 Art. 23(9)): which law asks whom for what is data of the
//! pack; only numbers leave, and small ones are hidden.

mod protect;
mod sheets;

use std::collections::BTreeMap;

use model::{Country, Instant, OrganisationRole, Role, RoleScope};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::protect::{Shown, protect};
pub use self::sheets::summary_sheets;
use crate::{
    DirectoryEntry, Library, Pack, ReadProblem,
    clock::{self, Events, Locality},
    export::AnnualRow,
    pack::{AuthorityDuty, read::problem},
    statistics::{Period, values_of},
};

/// The name and version of the document.
pub const SUMMARY_FORMAT: &str = "beffroi-summary/1";
/// Below this nothing is hidden: "fewer than 2" says one.
const LEAST: usize = 3;
/// What the kinds are made of: a table of these beside that of the kinds would give its hidden numbers away.
const OF_KINDS: [&str; 3] = ["notification_type", "voluntary", "law"];
/// The table by months.
const MONTH: &str = "month";

/// What a summary is made of, in a pack.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SummaryRule {
    /// What those received is counted: a name under `recipients`.
    pub counts: String,
    /// Smaller numbers than this are hidden.
    #[serde(default = "least")]
    pub at_least: usize,
    /// What is told apart, the first that fits.
    pub kinds: Vec<SummaryKind>,
    /// By what else it is counted: dimensions of the statistics, and `month`.
    #[serde(default)]
    pub dimensions: Vec<String>,
}

const fn least() -> usize {
    LEAST
}

/// A kind that a summary tells apart.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SummaryKind {
    /// Its name; the text `kind-NAME` says it in words.
    pub id: String,
    /// Where the law asks for it.
    pub article: String,
    /// The kinds of notification.
    pub of: Vec<String>,
    /// Only those that are, or are not, owed.
    #[serde(default)]
    pub voluntary: Option<bool>,
}

/// A summary that an organisation owes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OwedSummary {
    /// The pack.
    pub pack: String,
    /// The short name of the law.
    pub law: String,
    /// The duty of the authority.
    pub duty: String,
    /// In words.
    pub title: String,
    /// Where the law asks for it.
    pub article: String,
    /// Of which State.
    #[schema(value_type = String, example = "LU")]
    pub country: Country,
    /// The whole periods that have passed, the latest first.
    pub periods: Vec<OwedPeriod>,
}

/// A period of which a summary is owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OwedPeriod {
    /// Its name (`2026-Q1`).
    pub period: String,
    /// When its summary is due.
    pub due_at: Option<Instant>,
}

/// A summary: numbers, and nothing of any one report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Summary {
    /// Always [`SUMMARY_FORMAT`].
    pub format: String,
    /// The pack.
    pub pack: String,
    /// The short name of the law.
    pub law: String,
    /// The duty of the authority.
    pub duty: String,
    /// Where the law asks for it.
    pub article: String,
    /// The State.
    #[schema(value_type = String, example = "LU")]
    pub country: Country,
    /// The period (`2026-Q1`), in UTC: what was first told in it, as it was known at its end.
    pub period: String,
    /// Numbers below this are hidden.
    pub hidden_below: usize,
    /// How many reports there were.
    pub total: Shown,
    /// The tables.
    pub tables: Vec<SummaryTable>,
}

/// One table: its numbers add up to the total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SummaryTable {
    /// Its name (`kind`, `cause`).
    pub id: String,
    /// In words.
    pub label: String,
    /// Whether none of its numbers is shown: they are too small.
    pub withheld: bool,
    /// The lines.
    pub lines: Vec<SummaryLine>,
}

/// A line of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SummaryLine {
    /// Its name.
    pub id: String,
    /// In words.
    pub label: String,
    /// How many.
    pub reports: Shown,
}

/// The JSON Schema (draft 2020-12) of a summary.
#[must_use]
pub fn summary_schema() -> serde_json::Value {
    serde_json::from_str(include_str!("../../../../docs/summary.schema.json"))
        .unwrap_or(serde_json::Value::Null)
}

/// What a pack asks of a summary that the vocabularies and the statistics do not have.
pub(crate) fn problems(library: &Library) -> Vec<ReadProblem> {
    let mut wrong = vec![];
    let columns = library.annual_columns();
    for pack in library.versions() {
        let file = format!("regimes/{}/pack.toml", pack.id());
        for (duty, rule) in rules(pack) {
            let mut say =
                |rule: &str| wrong.push(problem(&file, &format!("authority.{}.summary", duty.id), rule));
            if rule.at_least < LEAST {
                say("at_least must be 3 or more: \"fewer than 2\" says one");
            }
            if !pack.law.recipients.contains_key(&rule.counts) {
                say("counts names no recipients of this pack");
            }
            if rule.kinds.iter().any(|kind| pack.find_text("en", &format!("kind-{}", kind.id)).is_none()) {
                say("each kind needs its text kind-NAME");
            }
            if months_of(duty).is_none() {
                say("its clock comes back every 1, 3 or 12 months");
            }
            for name in &rule.dimensions {
                let known = name == MONTH || columns.dimensions.iter().any(|dimension| dimension.id == *name);
                if !known || OF_KINDS.contains(&name.as_str()) {
                    say(
                        "each of its dimensions is one of the statistics, and none of what the kinds are made of",
                    );
                }
            }
        }
    }
    wrong
}

fn rules(pack: &Pack) -> impl Iterator<Item = (&AuthorityDuty, &SummaryRule)> {
    pack.law.authority.iter().filter_map(|duty| Some((duty, duty.summary.as_ref()?)))
}

/// How many months the period of a duty has, where they divide the year as calendars do.
fn months_of(duty: &AuthorityDuty) -> Option<u16> {
    duty.clock.as_ref()?.every_months.filter(|months| [1, 3, 12].contains(months))
}

/// The summaries that an organisation of `country` with these roles owes, with the last periods before `now`.
#[must_use]
pub fn summaries_owed(
    library: &Library,
    (country, roles): (Country, &[OrganisationRole]),
    now: Instant,
    periods: usize,
) -> Vec<OwedSummary> {
    let mut owed = vec![];
    for pack in library.packs_in(country, now, &[]) {
        for (duty, _) in rules(pack) {
            let holds = roles.iter().any(|held| held.role == duty.by && fits(pack, country, &held.scope));
            let Some(months) = months_of(duty).filter(|_| holds) else { continue };
            owed.push(OwedSummary {
                pack: pack.id().to_owned(),
                law: pack.law.law.clone(),
                duty: duty.id.clone(),
                title: pack.text("en", &format!("authority-{}", duty.id)),
                article: duty.article.clone(),
                country,
                periods: Period::before(now, months)
                    .take(periods)
                    .map(|period| OwedPeriod {
                        period: period.name(),
                        due_at: due(library, duty, period, country),
                    })
                    .collect(),
            });
        }
    }
    owed
}

fn fits(pack: &Pack, country: Country, scope: &RoleScope) -> bool {
    let law = |regime: &String| regime == pack.id() || pack.law.changes.as_ref() == Some(regime);
    scope.regime.as_ref().is_none_or(law) && scope.country.is_none_or(|held| held == country)
}

/// When the summary of a period is due.
fn due(library: &Library, duty: &AuthorityDuty, period: Period, country: Country) -> Option<Instant> {
    let mut events = Events::new();
    events.happened("period_begins", period.start());
    let zone = jiff::tz::TimeZone::UTC;
    let locality = Locality { zone: &zone, country, calendar: library.calendar() };
    let deadline = clock::deadline(duty.clock.as_ref()?, &events, &locality, None).ok()??;
    Some(deadline.at)
}

/// Whether a period is one of those for which a summary is owed, passed or not.
#[must_use]
pub fn is_period(library: &Library, owed: &OwedSummary, period: Period) -> bool {
    let months = rule_of(library, owed).and_then(|(_, duty, _)| months_of(duty));
    months.is_some_and(|months| Period::before(period.end(), months).next() == Some(period))
}

/// The organisations of `country` whose filings a summary counts, in the order of the directory.
#[must_use]
pub fn counted_desks<'a>(
    library: &Library,
    owed: &OwedSummary,
    directory: &'a [DirectoryEntry],
) -> Vec<&'a DirectoryEntry> {
    let Some((pack, _, rule)) = rule_of(library, owed) else { return vec![] };
    let recipients = pack.law.recipients.get(&rule.counts).into_iter().flatten();
    let roles: Vec<Role> = recipients.flat_map(|rule| &rule.first_of).copied().collect();
    // A desk belongs to one State; one that holds its role nowhere in particular is not counted for any.
    let here = |scope: &RoleScope| scope.country == Some(owed.country) && fits(pack, owed.country, scope);
    let counts = |entry: &&DirectoryEntry| {
        entry.roles.iter().any(|held| roles.contains(&held.role) && here(&held.scope))
    };
    directory.iter().filter(counts).collect()
}

/// The packs whose reports a summary counts: the law, and the one that it changes.
#[must_use]
pub fn counted_packs(library: &Library, owed: &OwedSummary) -> Vec<String> {
    let changed = library.pack(&owed.pack).and_then(|pack| pack.law.changes.clone());
    std::iter::once(owed.pack.clone()).chain(changed).collect()
}

fn rule_of<'a>(
    library: &'a Library,
    owed: &OwedSummary,
) -> Option<(&'a Pack, &'a AuthorityDuty, &'a SummaryRule)> {
    let pack = library.pack(&owed.pack)?;
    rules(pack).find(|(duty, _)| duty.id == owed.duty).map(|(duty, rule)| (pack, duty, rule))
}

/// The summary of a period. An incident counts once, whoever received it.
#[must_use]
pub fn summary(library: &Library, owed: &OwedSummary, period: Period, rows: &[AnnualRow]) -> Option<Summary> {
    let (pack, duty, rule) = rule_of(library, owed)?;
    let one_each: BTreeMap<&str, &AnnualRow> = rows.iter().map(|row| (row.incident.as_str(), row)).collect();
    let rows: Vec<&AnnualRow> = one_each.into_values().collect();
    let few = rows.len() < rule.at_least && !rows.is_empty();
    let mut tables = vec![kinds(pack, rule, library, &rows)];
    tables.extend(rule.dimensions.iter().map(|name| dimension(library, name, period, &rows)));
    Some(Summary {
        format: SUMMARY_FORMAT.to_owned(),
        pack: pack.id().to_owned(),
        law: pack.law.law.clone(),
        duty: duty.id.clone(),
        article: duty.article.clone(),
        country: owed.country,
        period: period.name(),
        hidden_below: rule.at_least,
        total: if few { Shown::FewerThan(rule.at_least) } else { Shown::Count(rows.len()) },
        // While the total is hidden each number would give away another one.
        tables: tables.into_iter().map(|table| table.published(rule.at_least, few)).collect(),
    })
}

/// A table before it is known what of it may be published.
struct Counted {
    id: String,
    label: String,
    /// Name, words and number.
    lines: Vec<(String, String, usize)>,
}

impl Counted {
    fn published(self, least: usize, few: bool) -> SummaryTable {
        let counts: Vec<usize> = self.lines.iter().map(|(.., count)| *count).collect();
        let shown = if few { None } else { protect(&counts, least) };
        let withheld = shown.is_none();
        let line =
            |((id, label, _), reports): ((String, String, usize), Shown)| SummaryLine { id, label, reports };
        let lines = self.lines.into_iter().zip(shown.unwrap_or_default()).map(line).collect();
        SummaryTable { id: self.id, label: self.label, withheld, lines }
    }
}

fn kinds(pack: &Pack, rule: &SummaryRule, library: &Library, rows: &[&AnnualRow]) -> Counted {
    let fits = |kind: &SummaryKind, row: &AnnualRow| {
        let told = values_of(library, row, "notification_type");
        let of = told.iter().any(|(value, _)| kind.of.contains(value));
        of && kind.voluntary.is_none_or(|voluntary| voluntary == row.voluntary)
    };
    let kind_of = |row: &&AnnualRow| rule.kinds.iter().position(|kind| fits(kind, row));
    let found: Vec<Option<usize>> = rows.iter().map(kind_of).collect();
    let count = |wanted: Option<usize>| found.iter().filter(|kind| **kind == wanted).count();
    let mut lines: Vec<_> = rule
        .kinds
        .iter()
        .enumerate()
        .map(|(at, kind)| (kind.id.clone(), pack.text("en", &format!("kind-{}", kind.id)), count(Some(at))))
        .collect();
    if count(None) > 0 {
        lines.push(("other".to_owned(), "Other".to_owned(), count(None)));
    }
    Counted { id: "kind".to_owned(), label: "Kind of notification".to_owned(), lines }
}

fn dimension(library: &Library, name: &str, period: Period, rows: &[&AnnualRow]) -> Counted {
    let known = library.annual_columns().dimensions.iter().find(|dimension| dimension.id == name);
    let mut lines: BTreeMap<String, (String, usize)> = BTreeMap::new();
    if name == MONTH {
        lines.extend(period.months().map(|month| (month.clone(), (month, 0))));
    }
    for row in rows {
        let (value, label) = match known {
            Some(dimension) => one_of(values_of(library, row, &dimension.from)),
            None => row.first_filed_at.map_or_else(
                || one_of(vec![]),
                |at| {
                    let month = crate::statistics::month_of(at);
                    (month.clone(), month)
                },
            ),
        };
        lines.entry(value).or_insert((label, 0)).1 += 1;
    }
    let label = known.map_or_else(|| "Month".to_owned(), |dimension| dimension.label.clone());
    let lines = lines.into_iter().map(|(value, (label, count))| (value, label, count)).collect();
    Counted { id: name.to_owned(), label, lines }
}

/// One line for each report, so that the lines add up to the total.
fn one_of(mut values: Vec<(String, String)>) -> (String, String) {
    match (values.pop(), values.is_empty()) {
        (None, _) => ("not_told".to_owned(), "Not told".to_owned()),
        (Some(value), true) => value,
        (Some(_), false) => ("several".to_owned(), "Several of them".to_owned()),
    }
}
