//! Text to pattern, by the published grammar of STIX 2.1.
//!
//! INVARIANT: the parser calls itself only through [`Parser::nested`], so its stack is bounded by `Limits`.

mod comparison;

use super::{
    SyntaxError, Timestamp,
    ast::{Bracket, Demand, Expression, Joint, Logic, Pattern, Qualified, Qualifier, Span},
    token::{KEYWORDS, Symbol, Token, Tokens},
};
use crate::{Limits, json::short};

type Parsed<T> = Result<T, SyntaxError>;

impl Pattern {
    /// Reads a pattern. Of the limits, `bytes`, `depth` (of parentheses, and of paths) and `values` (paths
    /// and literals) hold.
    ///
    /// # Errors
    /// The first place where the text is no pattern, or exceeds the limits.
    pub fn parse(text: &str, limits: &Limits) -> Result<Self, SyntaxError> {
        if text.len() > limits.bytes {
            return Err(SyntaxError::limit(text, 0, "the pattern is longer than the limit allows"));
        }
        let mut parser = Parser::new(text, limits)?;
        let expression = parser.joined(Joint::FollowedBy)?;
        match parser.token {
            Token::End => Ok(Self { expression }),
            _ => {
                Err(parser.expected("AND, OR, FOLLOWEDBY, WITHIN, START, REPEATS or the end of the pattern"))
            }
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    tokens: Tokens<'a>,
    /// The word that is looked at, and where it begins.
    token: Token<'a>,
    start: usize,
    /// Behind the word before it.
    end: usize,
    most: usize,
    depth: usize,
    values: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, limits: &Limits) -> Parsed<Self> {
        let mut tokens = Tokens::new(text);
        let (start, token) = tokens.next()?;
        let most = limits.depth.min(Limits::DEEPEST);
        Ok(Self { text, tokens, token, start, end: 0, most, depth: most, values: limits.values })
    }

    /// Gives the word that is looked at, and looks at the next.
    fn take(&mut self) -> Parsed<Token<'a>> {
        let taken = self.token;
        self.end = self.tokens.position();
        (self.start, self.token) = self.tokens.next()?;
        Ok(taken)
    }

    fn takes(&mut self, token: Token<'_>) -> Parsed<bool> {
        let is_there = self.token == token;
        if is_there {
            self.take()?;
        }
        Ok(is_there)
    }

    fn takes_word(&mut self, word: &str) -> Parsed<bool> {
        self.takes(Token::Word(word))
    }

    fn takes_symbol(&mut self, symbol: Symbol) -> Parsed<bool> {
        self.takes(Token::Symbol(symbol))
    }

    fn must(&mut self, symbol: Symbol, what: &str) -> Parsed<()> {
        if self.takes_symbol(symbol)? { Ok(()) } else { Err(self.expected(what)) }
    }

    fn must_word(&mut self, word: &str) -> Parsed<()> {
        if self.takes_word(word)? { Ok(()) } else { Err(self.expected(word)) }
    }

    const fn span(&self, start: usize) -> Span {
        Span { start, end: self.end }
    }

    fn fault(&self, offset: usize, message: impl Into<String>) -> SyntaxError {
        SyntaxError::syntax(self.text, offset, message.into())
    }

    /// That something else stands where `what` is expected.
    fn expected(&self, what: &str) -> SyntaxError {
        let found = match self.token {
            Token::End => "the pattern ends".to_owned(),
            _ => {
                let found = self.text.get(self.start..self.tokens.position()).unwrap_or_default();
                format!("\"{}\" stands", short(found))
            }
        };
        let remedy = match self.token {
            Token::Word(word) if is_keyword_in_small(word) => ": keywords are written in capitals",
            _ => "",
        };
        self.fault(self.start, format!("{found} where {what} is expected{remedy}"))
    }

    fn nested<T>(&mut self, inner: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        let Some(left) = self.depth.checked_sub(1) else {
            let message = "parentheses are nested deeper than the limit allows";
            return Err(SyntaxError::limit(self.text, self.start, message));
        };
        self.depth = left;
        let value = inner(self)?;
        self.depth += 1;
        Ok(value)
    }

    fn count(&mut self) -> Parsed<()> {
        let Some(left) = self.values.checked_sub(1) else {
            let message = "the pattern has more paths and values than the limit allows";
            return Err(SyntaxError::limit(self.text, self.start, message));
        };
        self.values = left;
        Ok(())
    }

    /// Observation expressions joined by this operator, or by one that binds more tightly.
    fn joined(&mut self, joint: Joint) -> Parsed<Expression> {
        let (word, tighter) = match joint {
            Joint::FollowedBy => ("FOLLOWEDBY", Some(Joint::Or)),
            Joint::Or => ("OR", Some(Joint::And)),
            Joint::And => ("AND", None),
        };
        let first = self.operand(tighter)?;
        if self.token != Token::Word(word) {
            return Ok(first);
        }
        let mut operands = vec![first];
        while self.takes_word(word)? {
            operands.push(self.operand(tighter)?);
        }
        Ok(Expression::Joined(joint, operands))
    }

    fn operand(&mut self, joint: Option<Joint>) -> Parsed<Expression> {
        match joint {
            Some(joint) => self.joined(joint),
            None => self.observation(),
        }
    }

    /// One in brackets or parentheses, with its qualifiers.
    fn observation(&mut self) -> Parsed<Expression> {
        let start = self.start;
        let in_parentheses = self.takes_symbol(Symbol::OpenParenthesis)?;
        let expression = if in_parentheses {
            let inner = self.nested(|parser| parser.joined(Joint::FollowedBy))?;
            self.must(Symbol::CloseParenthesis, "\")\" or AND, OR, FOLLOWEDBY or a qualifier")?;
            inner
        } else if self.takes_symbol(Symbol::OpenBracket)? {
            let comparison = self.comparison(Logic::Or)?;
            self.must(Symbol::CloseBracket, "\"]\", AND or OR")?;
            Expression::Observation(Bracket { span: self.span(start), comparison })
        } else {
            return Err(self.expected("\"[\" or \"(\" (each comparison stands in square brackets)"));
        };
        let qualifiers = self.qualifiers()?;
        if qualifiers.is_empty() {
            return Ok(expression);
        }
        let expression = Box::new(expression);
        Ok(Expression::Qualified(Qualified { expression, in_parentheses, qualifiers }))
    }

    fn qualifiers(&mut self) -> Parsed<Vec<Qualifier>> {
        let mut qualifiers = Vec::new();
        loop {
            let start = self.start;
            let demand = match self.token {
                Token::Word("WITHIN") => self.within()?,
                Token::Word("REPEATS") => self.repeats()?,
                Token::Word("START") => self.during()?,
                _ => return Ok(qualifiers),
            };
            self.count()?;
            qualifiers.push(Qualifier { span: self.span(start), demand });
        }
    }

    fn within(&mut self) -> Parsed<Demand> {
        self.take()?;
        let seconds = match self.token {
            Token::Integer(digits) | Token::Float(digits) if !digits.starts_with('-') => {
                self.float(digits)?
            }
            _ => return Err(self.expected("a number of seconds above 0")),
        };
        self.take()?;
        self.must_word("SECONDS")?;
        Ok(Demand::Within(seconds))
    }

    fn repeats(&mut self) -> Parsed<Demand> {
        self.take()?;
        let times = match self.token {
            Token::Integer(digits) if !digits.starts_with('-') => self.integer(digits)?.unsigned_abs(),
            _ => return Err(self.expected("a whole number of times above 0")),
        };
        self.take()?;
        self.must_word("TIMES")?;
        Ok(Demand::Repeats(times))
    }

    fn during(&mut self) -> Parsed<Demand> {
        self.take()?;
        let start = self.timestamp()?;
        self.must_word("STOP")?;
        Ok(Demand::During(start, self.timestamp()?))
    }

    fn timestamp(&mut self) -> Parsed<Timestamp> {
        let Token::Timestamp(text) = self.token else {
            return Err(self.expected("a timestamp such as t'2026-05-15T12:30:00Z'"));
        };
        let timestamp = Timestamp::parse(text).ok_or_else(|| self.no_timestamp(text))?;
        self.take()?;
        Ok(timestamp)
    }

    fn no_timestamp(&self, text: &str) -> SyntaxError {
        let message =
            format!("\"{}\" is no timestamp of an existing day: write t'2026-05-15T12:30:00Z'", short(text));
        self.fault(self.start, message)
    }
}

fn is_keyword_in_small(word: &str) -> bool {
    KEYWORDS.iter().any(|keyword| *keyword != word && keyword.eq_ignore_ascii_case(word))
}
