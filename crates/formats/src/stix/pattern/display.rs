//! A pattern as text: one blank between words, parentheses where they are needed.

use std::fmt::{self, Display, Formatter};

use base64::{Engine as _, prelude::BASE64_STANDARD};

use super::{
    ast::{
        Comparison, Condition, Demand, Expression, Joint, Literal, Logic, Order, Path, Pattern, Qualified,
        Step, Test,
    },
    token::KEYWORDS,
};

impl Display for Pattern {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        self.expression.fmt(formatter)
    }
}

impl Display for Expression {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Observation(bracket) => write!(formatter, "[{}]", bracket.comparison),
            Self::Joined(joint, operands) => {
                list(formatter, operands, &format!(" {joint} "), |operand, formatter| match operand {
                    Self::Joined(inner, _) if inner <= joint => write!(formatter, "({operand})"),
                    Self::Joined(..) | Self::Observation(_) | Self::Qualified(_) => operand.fmt(formatter),
                })
            }
            Self::Qualified(qualified) => qualified.fmt(formatter),
        }
    }
}

impl Display for Qualified {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let is_bare = matches!(*self.expression, Expression::Observation(_)) && !self.in_parentheses;
        if is_bare {
            self.expression.fmt(formatter)?;
        } else {
            write!(formatter, "({})", self.expression)?;
        }
        for qualifier in &self.qualifiers {
            write!(formatter, " {}", qualifier.demand)?;
        }
        Ok(())
    }
}

impl Display for Demand {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Within(seconds) => write!(formatter, "WITHIN {seconds} SECONDS"),
            Self::Repeats(times) => write!(formatter, "REPEATS {times} TIMES"),
            Self::During(start, stop) => write!(formatter, "START t'{start}' STOP t'{stop}'"),
        }
    }
}

impl Display for Joint {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::FollowedBy => "FOLLOWEDBY",
            Self::Or => "OR",
            Self::And => "AND",
        })
    }
}

impl Display for Comparison {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Test(test) => test.fmt(formatter),
            Self::Joined(logic, operands) => {
                list(formatter, operands, &format!(" {logic} "), |operand, formatter| match operand {
                    Self::Joined(inner, _) if inner <= logic => write!(formatter, "({operand})"),
                    Self::Joined(..) | Self::Test(_) => operand.fmt(formatter),
                })
            }
        }
    }
}

impl Display for Logic {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Or => "OR",
            Self::And => "AND",
        })
    }
}

impl Display for Test {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let not = if self.is_negated { "NOT " } else { "" };
        match &self.condition {
            Condition::Exists => write!(formatter, "{not}EXISTS {}", self.path),
            condition => write!(formatter, "{} {not}{condition}", self.path),
        }
    }
}

impl Display for Condition {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Equal(literal) => write!(formatter, "= {literal}"),
            Self::NotEqual(literal) => write!(formatter, "!= {literal}"),
            Self::Ordered(order, literal) => write!(formatter, "{order} {literal}"),
            Self::In(literals) => {
                formatter.write_str("IN (")?;
                list(formatter, literals, ", ", Display::fmt)?;
                formatter.write_str(")")
            }
            Self::Like(text) => write!(formatter, "LIKE {}", Quoted(text)),
            Self::Matches(text) => write!(formatter, "MATCHES {}", Quoted(text)),
            Self::IsSubset(text) => write!(formatter, "ISSUBSET {}", Quoted(text)),
            Self::IsSuperset(text) => write!(formatter, "ISSUPERSET {}", Quoted(text)),
            Self::Exists => formatter.write_str("EXISTS"),
        }
    }
}

impl Display for Order {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        })
    }
}

impl Display for Literal {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(number) => number.fmt(formatter),
            // The grammar has no exponents; `{}` writes none.
            Self::Float(number) if number.fract() == 0.0 => write!(formatter, "{number}.0"),
            Self::Float(number) => write!(formatter, "{number}"),
            Self::Text(text) => Quoted(text).fmt(formatter),
            Self::Boolean(truth) => truth.fmt(formatter),
            Self::Timestamp(timestamp) => write!(formatter, "t'{timestamp}'"),
            Self::Hex(bytes) => {
                formatter.write_str("h'")?;
                for byte in bytes {
                    write!(formatter, "{byte:02x}")?;
                }
                formatter.write_str("'")
            }
            Self::Binary(bytes) => write!(formatter, "b'{}'", BASE64_STANDARD.encode(bytes)),
        }
    }
}

impl Display for Path {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:", self.object_type)?;
        for (place, step) in self.steps.iter().enumerate() {
            let dot = if place == 0 { "" } else { "." };
            match step {
                Step::Key(key) if is_plain(key) => write!(formatter, "{dot}{key}")?,
                Step::Key(key) => write!(formatter, "{dot}{}", Quoted(key))?,
                Step::Index(index) => write!(formatter, "[{index}]")?,
                Step::Any => formatter.write_str("[*]")?,
            }
        }
        Ok(())
    }
}

/// Whether a property needs no quotes.
fn is_plain(key: &str) -> bool {
    !key.is_empty()
        && !key.starts_with(|first: char| first.is_ascii_digit())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !KEYWORDS.contains(&key)
}

struct Quoted<'a>(&'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("'")?;
        let mut rest = self.0;
        while let Some((before, after)) = rest.split_once(['\'', '\\']) {
            formatter.write_str(before)?;
            let is_quote = rest.as_bytes().get(before.len()) == Some(&b'\'');
            formatter.write_str(if is_quote { "\\'" } else { "\\\\" })?;
            rest = after;
        }
        write!(formatter, "{rest}'")
    }
}

fn list<T>(
    formatter: &mut Formatter<'_>,
    items: &[T],
    between: &str,
    write: impl Fn(&T, &mut Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            formatter.write_str(between)?;
        }
        write(item, formatter)?;
    }
    Ok(())
}
