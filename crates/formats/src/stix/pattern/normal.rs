//! The normal form: patterns that ask the same in other words become the same.

use super::{
    ast::{
        Bracket, Comparison, Condition, Demand, Expression, Joint, Literal, Order, Pattern, Qualified,
        Qualifier, Test,
    },
    hash,
};

impl Pattern {
    /// The pattern in its normal form, which matches the same observations: operands that commute are in
    /// the order of their texts, doubled ones are gone where they change nothing, what is nested without
    /// need is flat, negations are in the operator, `IN` of one value is `=`, hashes are in small letters,
    /// timestamps have no needless zeros, and bytes are in hexadecimal digits.
    #[must_use]
    pub fn normal(&self) -> Self {
        Self { expression: expression(&self.expression) }
    }
}

fn expression(of: &Expression) -> Expression {
    match of {
        Expression::Observation(bracket) => Expression::Observation(Bracket {
            span: bracket.span,
            comparison: comparison(&bracket.comparison),
        }),
        Expression::Joined(joint, operands) => joined(*joint, operands),
        Expression::Qualified(of) => qualified(of),
    }
}

fn joined(joint: Joint, operands: &[Expression]) -> Expression {
    let mut flat = Vec::new();
    for operand in operands {
        match expression(operand) {
            Expression::Joined(inner, operands) if inner == joint => flat.extend(operands),
            other => flat.push(other),
        }
    }
    match joint {
        // The order is what it asks for.
        Joint::FollowedBy => {}
        // [a] AND [a] asks for two observations.
        Joint::And => flat.sort_by_cached_key(Expression::to_string),
        Joint::Or => {
            flat.sort_by_cached_key(Expression::to_string);
            flat.dedup();
        }
    }
    single(flat).unwrap_or_else(|operands| Expression::Joined(joint, operands))
}

/// The only item, or all of them.
fn single<T>(mut items: Vec<T>) -> Result<T, Vec<T>> {
    match items.pop() {
        Some(only) if items.is_empty() => Ok(only),
        last => {
            items.extend(last);
            Err(items)
        }
    }
}

fn qualified(of: &Qualified) -> Expression {
    let outer = of
        .qualifiers
        .iter()
        .map(|qualifier| Qualifier { span: qualifier.span, demand: demand(&qualifier.demand) });
    let outer: Vec<_> = outer.collect();
    let (inner, qualifiers) = match expression(&of.expression) {
        Expression::Qualified(inner) if is_one_level(&inner.qualifiers, &outer) => {
            (inner.expression, inner.qualifiers.into_iter().chain(outer).collect())
        }
        other => (Box::new(other), outer),
    };
    let in_parentheses = !matches!(*inner, Expression::Observation(_));
    Expression::Qualified(Qualified { expression: inner, in_parentheses, qualifiers })
}

/// Qualifiers apply from left to right, with and without parentheses; yet no kind may stand twice on a level.
fn is_one_level(inner: &[Qualifier], outer: &[Qualifier]) -> bool {
    let kind = |qualifier: &Qualifier| std::mem::discriminant(&qualifier.demand);
    !outer.iter().any(|one| inner.iter().any(|other| kind(one) == kind(other)))
}

fn demand(of: &Demand) -> Demand {
    match of {
        Demand::During(start, stop) => Demand::During(start.normal(), stop.normal()),
        Demand::Within(seconds) => Demand::Within(*seconds),
        Demand::Repeats(times) => Demand::Repeats(*times),
    }
}

fn comparison(of: &Comparison) -> Comparison {
    match of {
        Comparison::Test(of) => Comparison::Test(test(of)),
        Comparison::Joined(logic, operands) => {
            let mut flat = Vec::new();
            for operand in operands {
                match comparison(operand) {
                    Comparison::Joined(inner, operands) if inner == *logic => flat.extend(operands),
                    other => flat.push(other),
                }
            }
            flat.sort_by_cached_key(Comparison::to_string);
            flat.dedup();
            single(flat).unwrap_or_else(|operands| Comparison::Joined(*logic, operands))
        }
    }
}

fn test(of: &Test) -> Test {
    let is_hash = hash::is_hexadecimal(&of.path);
    let literal = |of: &Literal| literal(of, is_hash);
    let (is_negated, condition) = match (&of.condition, of.is_negated) {
        (Condition::Equal(value), false) | (Condition::NotEqual(value), true) => {
            (false, Condition::Equal(literal(value)))
        }
        (Condition::Equal(value), true) | (Condition::NotEqual(value), false) => {
            (false, Condition::NotEqual(literal(value)))
        }
        (Condition::Ordered(order, value), true) => {
            (false, Condition::Ordered(opposite(*order), literal(value)))
        }
        (Condition::Ordered(order, value), false) => (false, Condition::Ordered(*order, literal(value))),
        (Condition::In(values), is_negated) => set(values.iter().map(literal).collect(), is_negated),
        (
            other @ (Condition::Like(_)
            | Condition::Matches(_)
            | Condition::IsSubset(_)
            | Condition::IsSuperset(_)
            | Condition::Exists),
            is_negated,
        ) => (is_negated, other.clone()),
    };
    Test { span: of.span, path: of.path.clone(), is_negated, condition }
}

/// What is not less is greater or equal; what cannot be compared is neither, with and without NOT.
const fn opposite(order: Order) -> Order {
    match order {
        Order::Less => Order::GreaterOrEqual,
        Order::LessOrEqual => Order::Greater,
        Order::Greater => Order::LessOrEqual,
        Order::GreaterOrEqual => Order::Less,
    }
}

fn set(mut values: Vec<Literal>, is_negated: bool) -> (bool, Condition) {
    values.sort_by_cached_key(Literal::to_string);
    values.dedup();
    match (single(values), is_negated) {
        (Ok(value), false) => (false, Condition::Equal(value)),
        (Ok(value), true) => (false, Condition::NotEqual(value)),
        (Err(values), _) => (is_negated, Condition::In(values)),
    }
}

fn literal(of: &Literal, is_hash: bool) -> Literal {
    match of {
        Literal::Text(text) if is_hash => Literal::Text(text.to_ascii_lowercase()),
        Literal::Timestamp(timestamp) => Literal::Timestamp(timestamp.normal()),
        Literal::Binary(bytes) => Literal::Hex(bytes.clone()),
        other @ (Literal::Integer(_)
        | Literal::Float(_)
        | Literal::Text(_)
        | Literal::Boolean(_)
        | Literal::Hex(_)) => other.clone(),
    }
}
