//! Observed data, made ready to be matched: objects by their identifiers, times as instants.

use std::collections::HashMap;

use super::Instant;
use crate::Json;

/// Observations that patterns are matched against, in the order in which they were added.
#[derive(Debug, Default)]
pub struct Observations<'a> {
    observed: Vec<Observed<'a>>,
    /// The objects of all observations, those of one after those of the other.
    objects: Vec<Object<'a>>,
    scopes: Vec<Scope<'a>>,
    left_out: Vec<LeftOut>,
}

/// One observed-data.
#[derive(Debug)]
pub(super) struct Observed<'a> {
    pub id: &'a str,
    pub seen: Seen,
    objects: std::ops::Range<usize>,
    scope: usize,
}

/// When something was observed, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub first: Instant,
    pub last: Instant,
    pub number: u64,
}

/// An object, with its type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Object<'a> {
    pub kind: &'a str,
    pub value: &'a Json<'a>,
}

/// Where references lead: the objects of a bundle, or those within one observed-data (STIX 2.0).
pub(super) type Scope<'a> = HashMap<&'a str, Object<'a>>;

/// An observed-data that cannot be matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its identifier, as far as it has one.
    pub id: String,
    /// What it lacks.
    pub why: &'static str,
}

impl<'a> Observations<'a> {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The observations of a bundle, of one observed-data with its objects within, or of a list of such.
    #[must_use]
    pub fn of(document: &'a Json<'a>) -> Self {
        let mut observations = Self::new();
        observations.add(document);
        observations
    }

    /// Adds those of another document. References are followed within each document.
    pub fn add(&mut self, document: &'a Json<'a>) {
        match document {
            Json::List(items) => items.iter().for_each(|item| self.add_one(item)),
            Json::Object(_) => self.add_one(document),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => {}
        }
    }

    fn add_one(&mut self, document: &'a Json<'a>) {
        match document.get("objects") {
            Some(Json::List(objects)) => self.add_bundle(objects),
            Some(_) | None => self.add_observed(Head::of(document), document, None),
        }
    }

    fn add_bundle(&mut self, objects: &'a [Json<'a>]) {
        let mut scope = Scope::with_capacity(objects.len());
        let mut found = Vec::new();
        for value in objects {
            let head = Head::of(value);
            if head.kind == "observed-data" {
                found.push((head, value));
            }
            scope.insert(head.id, Object { kind: head.kind, value });
        }
        self.scopes.push(scope);
        let scope = self.scopes.len() - 1;
        for (head, value) in found {
            self.add_observed(head, value, Some(scope));
        }
    }

    fn add_observed(&mut self, head: Head<'a>, value: &'a Json<'a>, bundle: Option<usize>) {
        if head.kind != "observed-data" {
            return;
        }
        let seen = match Seen::of(value) {
            Ok(seen) => seen,
            Err(why) => {
                self.left_out.push(LeftOut { id: head.id.to_owned(), why });
                return;
            }
        };
        let start = self.objects.len();
        let refs = value.get("object_refs").and_then(Json::as_list).zip(bundle);
        let scope = if let Some((refs, scope)) = refs {
            let objects = self.scopes.get(scope);
            let found = |id: &Json<'_>| objects?.get(id.as_text()?).copied();
            self.objects.extend(refs.iter().filter_map(found));
            scope
        } else {
            self.add_embedded(value)
        };
        let objects = start..self.objects.len();
        self.observed.push(Observed { id: head.id, seen, objects, scope });
    }

    /// The objects of STIX 2.0: a dictionary within the observed-data.
    fn add_embedded(&mut self, value: &'a Json<'a>) -> usize {
        let mut scope = Scope::new();
        for member in value.get("objects").and_then(Json::as_object).unwrap_or_default() {
            let object = Object { kind: Head::of(&member.value).kind, value: &member.value };
            self.objects.push(object);
            scope.insert(&member.name, object);
        }
        self.scopes.push(scope);
        self.scopes.len() - 1
    }

    /// How many.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.observed.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.observed.is_empty()
    }

    /// The identifier of the observed-data at this place.
    #[must_use]
    pub fn id(&self, place: usize) -> Option<&'a str> {
        self.observed.get(place).map(|observed| observed.id)
    }

    /// What was not added, and why.
    #[must_use]
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    pub(super) fn all(&self) -> &[Observed<'a>] {
        &self.observed
    }

    pub(super) fn objects(&self, observed: &Observed<'a>) -> &[Object<'a>] {
        self.objects.get(observed.objects.clone()).unwrap_or_default()
    }

    /// The object that a reference leads to.
    pub(super) fn follow(&self, observed: &Observed<'a>, id: &str) -> Option<&'a Json<'a>> {
        self.scopes.get(observed.scope)?.get(id).map(|object| object.value)
    }
}

/// What is asked of every object, in one pass over its members.
#[derive(Clone, Copy, Default)]
struct Head<'a> {
    kind: &'a str,
    id: &'a str,
}

impl<'a> Head<'a> {
    fn of(value: &'a Json<'a>) -> Self {
        let mut head = Self::default();
        for member in value.as_object().unwrap_or_default() {
            match (&*member.name, &member.value) {
                ("type", Json::Text(text)) => head.kind = text,
                ("id", Json::Text(text)) => head.id = text,
                _ => {}
            }
        }
        head
    }
}

impl Seen {
    fn of(value: &Json<'_>) -> Result<Self, &'static str> {
        let (mut first, mut last, mut number) = (None, None, None);
        for member in value.as_object().unwrap_or_default() {
            match (&*member.name, &member.value) {
                ("first_observed", Json::Text(text)) => first = Instant::parse(text),
                ("last_observed", Json::Text(text)) => last = Instant::parse(text),
                ("number_observed", Json::Number(digits)) => number = digits.parse().ok(),
                _ => {}
            }
        }
        let first = first.ok_or("first_observed must be a timestamp such as 2026-05-15T12:30:00Z")?;
        let last = last.ok_or("last_observed must be a timestamp such as 2026-05-15T12:30:00Z")?;
        if last < first {
            return Err("last_observed must not be before first_observed");
        }
        let number = number.filter(|number| *number > 0);
        Ok(Self { first, last, number: number.ok_or("number_observed must be a whole number above 0")? })
    }
}
