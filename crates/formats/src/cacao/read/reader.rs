//! Takes the members of one object apart.

use crate::{
    Json, Loss, Member,
    cacao::{Dictionary, Extensions, Identifier, Other, Timestamp},
    json, pointer,
};

/// One object: its members, one after the other, and what is carried.
pub struct Reader<'l> {
    losses: &'l mut Vec<Loss>,
    place: String,
    other: Other,
    members: Vec<Member<'static>>,
}

impl Reader<'_> {
    /// The object at `place`; what is no object comes back.
    pub fn over<'n>(
        losses: &'n mut Vec<Loss>,
        place: String,
        value: Json<'static>,
    ) -> Result<Reader<'n>, Json<'static>> {
        match value {
            Json::Object(members) => Ok(Reader { losses, place, other: Vec::new(), members }),
            other => Err(other),
        }
    }

    /// The last member of this name; earlier ones of the same name are lost.
    fn take(&mut self, name: &str) -> Option<Json<'static>> {
        let (value, earlier) = json::take(&mut self.members, name)?;
        for earlier in earlier {
            self.lose(name, earlier.in_short(), "the member stands here twice; the last one counts");
        }
        Some(value)
    }

    fn lose(&mut self, name: &str, what: String, why: &str) {
        let place = self.at(name);
        self.losses.push(Loss { pointer: place, what, why: why.to_owned() });
    }

    fn at(&self, name: &str) -> String {
        let mut place = self.place.clone();
        pointer::push(&mut place, name);
        place
    }

    fn carry(&mut self, name: &str, value: Json<'static>, why: &str) {
        // An empty list or dictionary says nothing; it is carried all the same, but is no loss.
        let is_empty =
            value.as_list().is_some_and(<[_]>::is_empty) || value.as_object().is_some_and(<[_]>::is_empty);
        if !is_empty {
            self.lose(name, value.in_short(), why);
        }
        self.other.push((name.to_owned(), value));
    }

    pub fn text(&mut self, name: &str) -> Option<String> {
        match self.take(name)? {
            Json::Text(text) => Some(text.into_owned()),
            value => {
                self.carry(name, value, "a text in CACAO 2.0; carried as it came");
                None
            }
        }
    }

    pub fn id(&mut self, name: &str) -> Option<Identifier> {
        self.text(name).map(Identifier::new)
    }

    pub fn time(&mut self, name: &str) -> Option<Timestamp> {
        self.text(name).map(Timestamp::new)
    }

    pub fn truth(&mut self, name: &str) -> Option<bool> {
        match self.take(name)? {
            Json::Bool(truth) => Some(truth),
            value => {
                self.carry(name, value, "true or false in CACAO 2.0; carried as it came");
                None
            }
        }
    }

    /// A whole number, if it is written back with the same digits.
    pub fn whole(&mut self, name: &str) -> Option<u64> {
        let value = self.take(name)?;
        if let Json::Number(digits) = &value
            && let Ok(number) = digits.parse::<u64>()
            && number.to_string() == *digits
        {
            return Some(number);
        }
        self.carry(name, value, "a whole number in CACAO 2.0; carried as it came");
        None
    }

    /// `null` or a text.
    pub fn text_or_null(&mut self, name: &str) -> Option<Option<String>> {
        match self.take(name)? {
            Json::Null => Some(None),
            Json::Text(text) => Some(Some(text.into_owned())),
            value => {
                self.carry(name, value, "a text or null in CACAO 2.0; carried as it came");
                None
            }
        }
    }

    pub fn texts(&mut self, name: &str) -> Vec<String> {
        let Some(value) = self.take(name) else { return Vec::new() };
        match all_texts(value) {
            Ok(texts) => texts,
            Err(value) => {
                self.carry(name, value, "a list of texts in CACAO 2.0; carried as it came");
                Vec::new()
            }
        }
    }

    pub fn ids(&mut self, name: &str) -> Vec<Identifier> {
        self.texts(name).into_iter().map(Identifier::new).collect()
    }

    /// A dictionary of which every value can be read; else it is carried whole.
    fn entries<T>(
        &mut self,
        name: &str,
        why: &str,
        read: impl Fn(Json<'static>) -> Result<T, Json<'static>>,
    ) -> Dictionary<T> {
        let Some(value) = self.take(name) else { return Vec::new() };
        let Json::Object(members) = value else {
            self.carry(name, value, why);
            return Vec::new();
        };
        let mut found = Vec::with_capacity(members.len());
        for member in &members {
            match read(member.value.clone()) {
                Ok(entry) => found.push((member.name.clone().into_owned(), entry)),
                Err(_) => {
                    self.carry(name, Json::Object(members), why);
                    return Vec::new();
                }
            }
        }
        if found.is_empty() {
            self.carry(name, Json::Object(members), why);
        }
        found
    }

    /// Texts by key.
    pub fn dictionary_of_texts(&mut self, name: &str) -> Dictionary<String> {
        self.entries(name, "a dictionary of texts in CACAO 2.0; carried as it came", |value| match value {
            Json::Text(text) => Ok(text.into_owned()),
            other => Err(other),
        })
    }

    /// Lists of texts by key.
    pub fn dictionary_of_lists(&mut self, name: &str) -> Dictionary<Vec<String>> {
        self.entries(name, "a dictionary of lists of texts in CACAO 2.0; carried as it came", all_texts)
    }

    /// Anything by key.
    pub fn extensions(&mut self, name: &str) -> Extensions {
        self.entries(name, "a dictionary in CACAO 2.0; carried as it came", Ok)
    }

    /// Objects by key; if one is none, the dictionary is carried whole.
    pub fn dictionary<T>(&mut self, name: &str, read: impl Fn(Reader<'_>) -> T) -> Dictionary<T> {
        let Some(value) = self.take(name) else { return Vec::new() };
        let members = match value {
            Json::Object(members)
                if !members.is_empty() && members.iter().all(|member| member.value.as_object().is_some()) =>
            {
                members
            }
            value => {
                self.carry(name, value, "a dictionary of objects in CACAO 2.0; carried as it came");
                return Vec::new();
            }
        };
        let place = self.at(name);
        let mut found = Vec::with_capacity(members.len());
        for member in members {
            let mut place = place.clone();
            pointer::push(&mut place, &member.name);
            if let Ok(reader) = Reader::over(self.losses, place, member.value) {
                found.push((member.name.into_owned(), read(reader)));
            }
        }
        found
    }

    /// Objects in a list; if one is none, the list is carried whole.
    pub fn list<T>(&mut self, name: &str, read: impl Fn(Reader<'_>) -> T) -> Vec<T> {
        let Some(value) = self.take(name) else { return Vec::new() };
        let items = match value {
            Json::List(items) if !items.is_empty() && items.iter().all(|item| item.as_object().is_some()) => {
                items
            }
            value => {
                self.carry(name, value, "a list of objects in CACAO 2.0; carried as it came");
                return Vec::new();
            }
        };
        let place = self.at(name);
        let mut found = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            if let Ok(reader) = Reader::over(self.losses, format!("{place}/{index}"), item) {
                found.push(read(reader));
            }
        }
        found
    }

    /// One object.
    pub fn part<T>(&mut self, name: &str, read: impl Fn(Reader<'_>) -> T) -> Option<T> {
        let value = self.take(name)?;
        let place = self.at(name);
        match Reader::over(self.losses, place, value) {
            Ok(reader) => Some(read(reader)),
            Err(value) => {
                self.carry(name, value, "an object in CACAO 2.0; carried as it came");
                None
            }
        }
    }

    /// Members that are kept as they are, in this order.
    pub fn raw(&mut self, names: &[&str]) -> Other {
        names.iter().filter_map(|name| Some(((*name).to_owned(), self.take(name)?))).collect()
    }

    /// What nothing took.
    pub fn rest(mut self) -> Other {
        for member in std::mem::take(&mut self.members) {
            let name = member.name.into_owned();
            self.carry(&name, member.value, "CACAO 2.0 has no such member here; carried as it came");
        }
        self.other
    }
}

fn all_texts(value: Json<'static>) -> Result<Vec<String>, Json<'static>> {
    match value.as_list() {
        Some(items) if !items.is_empty() && items.iter().all(|item| item.as_text().is_some()) => {
            Ok(items.iter().filter_map(Json::as_text).map(str::to_owned).collect())
        }
        Some(_) | None => Err(value),
    }
}
