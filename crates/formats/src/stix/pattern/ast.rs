//! What a pattern says, as a tree (STIX 2.1, section 9).

use super::Timestamp;

/// Where something stands in the text of a pattern, in bytes.
#[derive(Clone, Copy, Debug, Default, Eq)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// Behind the last byte.
    pub end: usize,
}

/// The same expression is the same wherever it stands: places never make patterns differ.
impl PartialEq for Span {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

/// A pattern: what must have been observed.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// Its expression.
    pub expression: Expression,
}

/// An observation expression (9.5).
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// `[ … ]`: one observed-data that fits.
    Observation(Bracket),
    /// Expressions joined by one operator, at least two.
    Joined(Joint, Vec<Expression>),
    /// An expression with its qualifiers.
    Qualified(Qualified),
}

/// A comparison in square brackets.
#[derive(Clone, Debug, PartialEq)]
pub struct Bracket {
    /// From bracket to bracket.
    pub span: Span,
    /// What is asked of one object.
    pub comparison: Comparison,
}

/// What joins observation expressions; the one that binds most loosely first (9.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Joint {
    /// The right one not before the left one.
    FollowedBy,
    /// One of them.
    Or,
    /// All of them, on different observations.
    And,
}

/// An expression and what further is asked of the observations that it binds.
#[derive(Clone, Debug, PartialEq)]
pub struct Qualified {
    /// What is qualified.
    pub expression: Box<Expression>,
    /// Whether the expression stands in parentheses; the published validator lets these repeat a qualifier.
    pub in_parentheses: bool,
    /// At least one, applied from left to right.
    pub qualifiers: Vec<Qualifier>,
}

/// A qualifier with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Qualifier {
    /// From its keyword to its end.
    pub span: Span,
    /// What it asks.
    pub demand: Demand,
}

/// What a qualifier asks (9.5).
#[derive(Clone, Debug, PartialEq)]
pub enum Demand {
    /// `WITHIN n SECONDS`: all bound observations in so short a time.
    Within(f64),
    /// `REPEATS n TIMES`, each time on different observations.
    Repeats(u64),
    /// `START t'…' STOP t'…'`: from the start on, before the stop.
    During(Timestamp, Timestamp),
}

/// A comparison expression (9.6).
#[derive(Clone, Debug, PartialEq)]
pub enum Comparison {
    /// One test.
    Test(Test),
    /// Tests joined by one operator, at least two.
    Joined(Logic, Vec<Comparison>),
}

/// What joins comparisons; the one that binds more loosely first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Logic {
    /// One of them.
    Or,
    /// All of them, on the same object.
    And,
}

/// One question to the properties of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// From the path to the value.
    pub span: Span,
    /// Which property.
    pub path: Path,
    /// Whether `NOT` stands before the operator.
    pub is_negated: bool,
    /// What is asked of it.
    pub condition: Condition,
}

/// What is asked of a property (9.6).
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// `=`
    Equal(Literal),
    /// `!=`
    NotEqual(Literal),
    /// `<`, `<=`, `>` or `>=`
    Ordered(Order, Literal),
    /// `IN ( … )`
    In(Vec<Literal>),
    /// `LIKE`: `%` is any text, `_` any character.
    Like(String),
    /// `MATCHES`: a regular expression, found anywhere.
    Matches(String),
    /// `ISSUBSET`: an address or network within this one.
    IsSubset(String),
    /// `ISSUPERSET`: a network that holds this one.
    IsSuperset(String),
    /// `EXISTS`
    Exists,
}

/// An order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// A path to a property (9.7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The type of the object.
    pub object_type: String,
    /// The steps from the object on; the first is a [`Step::Key`].
    pub steps: Vec<Step>,
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// `.name` or `.'name'`
    Key(String),
    /// `[n]`, counted from 0; negative numbers count from the end.
    Index(i64),
    /// `[*]`
    Any,
}

/// A value to compare with (9.2).
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// A whole number.
    Integer(i64),
    /// A number with a point; always finite.
    Float(f64),
    /// `'…'`, without its escapes.
    Text(String),
    /// `true` or `false`
    Boolean(bool),
    /// `t'…'`
    Timestamp(Timestamp),
    /// `h'…'`
    Hex(Vec<u8>),
    /// `b'…'`
    Binary(Vec<u8>),
}

impl Comparison {
    /// Calls `visit` with each test, from left to right.
    pub fn each_test<'p>(&'p self, visit: &mut impl FnMut(&'p Test)) {
        match self {
            Self::Test(test) => visit(test),
            Self::Joined(_, operands) => {
                for operand in operands {
                    operand.each_test(visit);
                }
            }
        }
    }
}

impl Pattern {
    /// Calls `visit` with each test, from left to right.
    pub fn each_test<'p>(&'p self, mut visit: impl FnMut(&'p Test)) {
        self.expression.each_bracket(&mut |bracket| bracket.comparison.each_test(&mut visit));
    }
}

impl Expression {
    /// Calls `visit` with each comparison in brackets, from left to right.
    pub fn each_bracket<'p>(&'p self, visit: &mut impl FnMut(&'p Bracket)) {
        match self {
            Self::Observation(bracket) => visit(bracket),
            Self::Joined(_, operands) => {
                for operand in operands {
                    operand.each_bracket(visit);
                }
            }
            Self::Qualified(qualified) => qualified.expression.each_bracket(visit),
        }
    }
}
