//! What stands in square brackets: comparisons, paths and literals.

use base64::{
    Engine as _, alphabet,
    engine::{GeneralPurpose, GeneralPurposeConfig},
};

use super::{Parsed, Parser};
use crate::{
    json::short,
    stix::pattern::{
        SyntaxError, Timestamp,
        ast::{Comparison, Condition, Literal, Logic, Order, Path, Step, Test},
        token::{KEYWORDS, Symbol, Token},
        value,
    },
};

/// The grammar does not ask that the unused bits at the end are zero.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

impl Parser<'_> {
    /// Comparisons joined by this operator, or by one that binds more tightly.
    pub(super) fn comparison(&mut self, logic: Logic) -> Parsed<Comparison> {
        let word = match logic {
            Logic::Or => "OR",
            Logic::And => "AND",
        };
        let first = self.comparand(logic)?;
        if self.token != Token::Word(word) {
            return Ok(first);
        }
        let mut operands = vec![first];
        while self.takes_word(word)? {
            operands.push(self.comparand(logic)?);
        }
        Ok(Comparison::Joined(logic, operands))
    }

    fn comparand(&mut self, logic: Logic) -> Parsed<Comparison> {
        match logic {
            Logic::Or => self.comparison(Logic::And),
            Logic::And if self.takes_symbol(Symbol::OpenParenthesis)? => {
                let inner = self.nested(|parser| parser.comparison(Logic::Or))?;
                self.must(Symbol::CloseParenthesis, "\")\", AND or OR")?;
                Ok(inner)
            }
            Logic::And => self.test().map(Comparison::Test),
        }
    }

    fn test(&mut self) -> Parsed<Test> {
        let start = self.start;
        let is_not_first = self.takes_word("NOT")?;
        if is_not_first || self.token == Token::Word("EXISTS") {
            self.must_word("EXISTS")?;
            let path = self.path()?;
            let condition = Condition::Exists;
            return Ok(Test { span: self.span(start), path, is_negated: is_not_first, condition });
        }
        let path = self.path()?;
        let is_negated = self.takes_word("NOT")?;
        let condition = self.condition()?;
        Ok(Test { span: self.span(start), path, is_negated, condition })
    }

    fn condition(&mut self) -> Parsed<Condition> {
        let order = match self.token {
            Token::Symbol(Symbol::Equal) => return self.after(Self::literal).map(Condition::Equal),
            Token::Symbol(Symbol::NotEqual) => return self.after(Self::literal).map(Condition::NotEqual),
            Token::Word("IN") => return self.after(Self::set).map(Condition::In),
            Token::Word("LIKE") => return self.after(Self::string).map(Condition::Like),
            Token::Word("MATCHES") => return self.after(Self::string).map(Condition::Matches),
            Token::Word("ISSUBSET") => return self.after(Self::string).map(Condition::IsSubset),
            Token::Word("ISSUPERSET") => return self.after(Self::string).map(Condition::IsSuperset),
            Token::Symbol(Symbol::Less) => Order::Less,
            Token::Symbol(Symbol::LessOrEqual) => Order::LessOrEqual,
            Token::Symbol(Symbol::Greater) => Order::Greater,
            Token::Symbol(Symbol::GreaterOrEqual) => Order::GreaterOrEqual,
            _ => {
                return Err(self.expected(
                    "an operator (=, !=, <, <=, >, >=, IN, LIKE, MATCHES, ISSUBSET or ISSUPERSET)",
                ));
            }
        };
        let literal = self.after(Self::orderable)?;
        Ok(Condition::Ordered(order, literal))
    }

    fn after<T>(&mut self, operand: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        self.take()?;
        operand(self)
    }

    fn orderable(&mut self) -> Parsed<Literal> {
        match self.token {
            Token::Word("true" | "false") => Err(self.expected("a value that has an order")),
            _ => self.literal(),
        }
    }

    fn set(&mut self) -> Parsed<Vec<Literal>> {
        self.must(Symbol::OpenParenthesis, "a list of values in parentheses, as in ('a', 'b')")?;
        let mut literals = Vec::new();
        if self.takes_symbol(Symbol::CloseParenthesis)? {
            return Ok(literals);
        }
        loop {
            literals.push(self.literal()?);
            if !self.takes_symbol(Symbol::Comma)? {
                self.must(Symbol::CloseParenthesis, "\",\" or \")\"")?;
                return Ok(literals);
            }
        }
    }

    fn string(&mut self) -> Parsed<String> {
        let Token::Text(raw) = self.token else {
            return Err(self.expected("a string in single quotes"));
        };
        self.count()?;
        self.take()?;
        Ok(unescaped(raw))
    }

    fn literal(&mut self) -> Parsed<Literal> {
        self.count()?;
        let literal = match self.token {
            Token::Text(raw) => Literal::Text(unescaped(raw)),
            Token::Integer(digits) => Literal::Integer(self.integer(digits)?),
            Token::Float(digits) => Literal::Float(self.float(digits)?),
            Token::Word("true") => Literal::Boolean(true),
            Token::Word("false") => Literal::Boolean(false),
            Token::Timestamp(text) => {
                Literal::Timestamp(Timestamp::parse(text).ok_or_else(|| self.no_timestamp(text))?)
            }
            Token::Hex(digits) => Literal::Hex(self.hex(digits)?),
            Token::Binary(text) => Literal::Binary(self.binary(text)?),
            Token::Word(_) | Token::Symbol(_) | Token::End => {
                return Err(self.expected("a value: 'text', a number, true, false, t'…', h'…' or b'…'"));
            }
        };
        self.take()?;
        Ok(literal)
    }

    pub(super) fn integer(&self, digits: &str) -> Parsed<i64> {
        let message = "this whole number is larger than 64 bits hold";
        digits.parse().map_err(|_| SyntaxError::limit(self.text, self.start, message))
    }

    pub(super) fn float(&self, digits: &str) -> Parsed<f64> {
        let number = digits.parse().ok().filter(|number: &f64| number.is_finite());
        number.ok_or_else(|| {
            SyntaxError::limit(self.text, self.start, "this number is larger than a double holds")
        })
    }

    fn hex(&self, digits: &str) -> Parsed<Vec<u8>> {
        value::hex(digits)
            .ok_or_else(|| self.fault(self.start, "h'…' holds pairs of hexadecimal digits, as in h'ffd8'"))
    }

    fn binary(&self, text: &str) -> Parsed<Vec<u8>> {
        let bytes = BASE64.decode(text).ok().filter(|bytes| !bytes.is_empty());
        bytes.ok_or_else(|| self.fault(self.start, "b'…' holds Base64 (RFC 4648, 4), as in b'3q2+7w=='"))
    }

    fn path(&mut self) -> Parsed<Path> {
        self.count()?;
        let Token::Word(object_type) = self.token else {
            return Err(self.expected("a path such as file:name"));
        };
        if KEYWORDS.contains(&object_type) {
            return Err(self.expected("a path such as file:name"));
        }
        self.take()?;
        self.must(Symbol::Colon, "\":\" between the type of the object and its property")?;
        let mut steps = vec![self.key()?];
        while let Some(step) = self.step()? {
            if steps.len() == self.most {
                let message = "the path has more steps than the limit allows";
                return Err(SyntaxError::limit(self.text, self.start, message));
            }
            steps.push(step);
        }
        Ok(Path { object_type: object_type.to_owned(), steps })
    }

    fn step(&mut self) -> Parsed<Option<Step>> {
        if self.takes_symbol(Symbol::Dot)? {
            return self.key().map(Some);
        }
        if !self.takes_symbol(Symbol::OpenBracket)? {
            return Ok(None);
        }
        let step = match self.token {
            Token::Symbol(Symbol::Asterisk) => Step::Any,
            Token::Integer(digits) => Step::Index(self.integer(digits)?),
            _ => return Err(self.expected("the number of an item, or *")),
        };
        self.take()?;
        self.must(Symbol::CloseBracket, "\"]\" after the number of the item")?;
        Ok(Some(step))
    }

    fn key(&mut self) -> Parsed<Step> {
        let key = match self.token {
            Token::Word(word) if word.contains('-') => {
                return Err(self.fault(
                    self.start,
                    format!("a property with a hyphen is written in quotes: '{}'", short(word)),
                ));
            }
            Token::Word(word) if KEYWORDS.contains(&word) => {
                return Err(self.fault(
                    self.start,
                    format!("{word} is a keyword: a property of this name is written in quotes, '{word}'"),
                ));
            }
            Token::Word(word) => word.to_owned(),
            Token::Text(raw) => unescaped(raw),
            _ => return Err(self.expected("the name of a property")),
        };
        self.take()?;
        Ok(Step::Key(key))
    }
}

/// The text that a string means.
fn unescaped(raw: &str) -> String {
    if !raw.contains('\\') {
        return raw.to_owned();
    }
    let mut text = String::with_capacity(raw.len());
    let mut characters = raw.chars();
    while let Some(character) = characters.next() {
        // The tokens have seen to it that a quote or a backslash follows.
        text.extend(if character == '\\' { characters.next() } else { Some(character) });
    }
    text
}
