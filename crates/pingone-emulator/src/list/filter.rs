//! Filters, as SCIM writes them (RFC 7644): `id sw "a" and id eq "b" or id eq "c"`.

use super::{Attribute, ListError};

/// Alternatives, each of which is a number of comparisons that all have to hold.
pub(super) struct Filter<T>(Vec<Vec<Comparison<T>>>);

struct Comparison<T> {
    value: fn(&T) -> &str,
    is_prefix: bool,
    text: String,
}

impl<T> Filter<T> {
    pub(super) fn read(text: &str, attributes: &[Attribute<T>]) -> Result<Self, ListError> {
        let wrong = || ListError::Filter { attributes: attributes.iter().map(|(name, _)| *name).collect() };
        let mut rest = text;
        let mut alternatives = vec![Vec::new()];
        loop {
            let (comparison, after) = comparison(rest, attributes).ok_or_else(wrong)?;
            alternatives.last_mut().ok_or_else(wrong)?.push(comparison);
            match word(after) {
                Some(("and", after)) => rest = after,
                Some(("or", after)) => {
                    alternatives.push(Vec::new());
                    rest = after;
                }
                None if after.trim().is_empty() => return Ok(Self(alternatives)),
                _ => return Err(wrong()),
            }
        }
    }

    pub(super) fn fits(&self, item: &T) -> bool {
        self.0.iter().any(|all| all.iter().all(|comparison| comparison.fits(item)))
    }
}

impl<T> Comparison<T> {
    fn fits(&self, item: &T) -> bool {
        let value = (self.value)(item);
        if self.is_prefix { value.starts_with(&self.text) } else { value == self.text }
    }
}

fn comparison<'a, T>(text: &'a str, attributes: &[Attribute<T>]) -> Option<(Comparison<T>, &'a str)> {
    let (name, rest) = word(text)?;
    let (_, value) = attributes.iter().find(|(known, _)| *known == name)?;
    let (operator, rest) = word(rest)?;
    let is_prefix = match operator {
        "eq" => false,
        "sw" => true,
        _ => return None,
    };
    let (text, rest) = quoted(rest)?;
    Some((Comparison { value: *value, is_prefix, text }, rest))
}

/// The next word, and what follows it.
fn word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let end = text.find(' ').unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// The next text in quotes, which is written as in JSON, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<String>();
    let value = values.next()?.ok()?;
    Some((value, &text[values.byte_offset()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ATTRIBUTES: &[Attribute<(&'static str, &'static str)>] =
        &[("username", |item| item.0), ("email", |item| item.1)];

    fn fits(filter: &str, item: (&'static str, &'static str)) -> bool {
        Filter::read(filter, ATTRIBUTES).unwrap_or_else(|error| panic!("{error}")).fits(&item)
    }

    #[test]
    fn and_binds_closer_than_or() {
        let filter = r#"username eq "ada" and email sw "a" or username sw "b""#;
        assert!(fits(filter, ("ada", "a@x")) && fits(filter, ("bob", "")) && fits(filter, ("b", "a")));
        assert!(!fits(filter, ("ada", "b@x")) && !fits(filter, ("eve", "a@x")));
    }

    #[test]
    fn quotes_are_written_as_in_json() {
        assert!(fits(r#"username eq "a \"b\" or c""#, (r#"a "b" or c"#, "")));
        assert!(fits(r#"  username   eq  "\u00e4" "#, ("\u{e4}", "")));
    }

    #[test]
    fn what_is_no_filter_is_none() {
        for filter in [
            "",
            "username",
            "username eq",
            "username eq ada",
            r#"username eq "ada"#,
            r#"username co "ada""#,
            r#"phone eq "1""#,
            r#"username eq "a" and"#,
            r#"username eq "a" xor email eq "b""#,
            r#"username eq "a" email eq "b""#,
        ] {
            assert!(Filter::read(filter, ATTRIBUTES).is_err(), "{filter}");
        }
    }
}
