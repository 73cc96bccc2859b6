//! Filters, as SCIM writes them (RFC 7644): `id sw "a" and (id eq "b" or id eq "c")`.

use std::borrow::Cow;

use serde_json::Value;

use super::ListError;

/// A condition on an item.
pub(crate) struct Attribute {
    pub(crate) name: Cow<'static, str>,
    pub(crate) operators: &'static [&'static str],
}

/// All of them, or one of them, must hold.
pub(super) enum Filter {
    Comparison { name: String, is_prefix: bool, operand: Value },
    All(Vec<Filter>),
    Any(Vec<Filter>),
}

/// Deeper than any real filter, and shallow enough for every stack.
const MOST_PARENTHESES: usize = 20;

impl Filter {
    pub(super) fn read(text: &str, attributes: &[Attribute]) -> Result<Self, ListError> {
        let mut reader = Reader { rest: text, attributes, depth: 0 };
        let filter = reader.any().filter(|_| reader.rest.trim().is_empty());
        filter.ok_or_else(|| ListError::filter(attributes))
    }

    /// Whether an item with these attributes matches.
    pub(super) fn fits(&self, value: &dyn Fn(&str) -> Value, ignores_case: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Self::Comparison { name, is_prefix, operand } => match (value(name), operand) {
                (Value::String(value), Value::String(operand)) => {
                    let fold = |text: &str| if ignores_case(name) { text.to_lowercase() } else { text.to_owned() };
                    let (value, operand) = (fold(&value), fold(operand));
                    if *is_prefix { value.starts_with(&operand) } else { value == operand }
                }
                (value, operand) => value == *operand,
            },
            Self::All(filters) => filters.iter().all(|filter| filter.fits(value, ignores_case)),
            Self::Any(filters) => filters.iter().any(|filter| filter.fits(value, ignores_case)),
        }
    }
}

struct Reader<'a> {
    rest: &'a str,
    attributes: &'a [Attribute],
    depth: usize,
}

impl<'a> Reader<'a> {
    fn any(&mut self) -> Option<Filter> {
        let mut filters = vec![self.all()?];
        while self.take_word("or") {
            filters.push(self.all()?);
        }
        Some(Filter::Any(filters))
    }

    fn all(&mut self) -> Option<Filter> {
        let mut filters = vec![self.one()?];
        while self.take_word("and") {
            filters.push(self.one()?);
        }
        Some(Filter::All(filters))
    }

    fn one(&mut self) -> Option<Filter> {
        let Some(inside) = self.rest.trim_start().strip_prefix('(') else { return self.comparison() };
        self.depth += 1;
        if self.depth > MOST_PARENTHESES {
            return None;
        }
        self.rest = inside;
        let filter = self.any()?;
        self.rest = self.rest.trim_start().strip_prefix(')')?;
        self.depth -= 1;
        Some(filter)
    }

    fn comparison(&mut self) -> Option<Filter> {
        let name = self.word()?;
        let attribute = self.attributes.iter().find(|attribute| attribute.name == name)?;
        let operator = self.word()?;
        let is_prefix = operator == "sw" && attribute.operators.contains(&"sw");
        if !is_prefix && operator != "eq" {
            return None;
        }
        let operand = self.operand()?;
        (operand.is_string() || operand.is_boolean() && !is_prefix).then(|| Filter::Comparison {
            name: name.to_owned(),
            is_prefix,
            operand,
        })
    }

    /// The next word, up to a space.
    fn word(&mut self) -> Option<&'a str> {
        let (word, rest) = self.rest.trim_start().split_once(' ')?;
        self.rest = rest;
        Some(word)
    }

    fn take_word(&mut self, expected: &str) -> bool {
        let after = self.rest.trim_start().strip_prefix(expected).filter(|after| after.starts_with([' ', '(']));
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    /// Text in quotes, written as in JSON, or `true` or `false`.
    fn operand(&mut self) -> Option<Value> {
        let text = self.rest.trim_start();
        for (word, flag) in [("true", true), ("false", false)] {
            if let Some(rest) = text.strip_prefix(word) {
                self.rest = rest;
                return Some(flag.into());
            }
        }
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<String>();
        let value = values.next()?.ok()?;
        self.rest = &text[values.byte_offset()..];
        Some(value.into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ATTRIBUTES: &[Attribute] = &[
        Attribute { name: Cow::Borrowed("username"), operators: &["eq", "sw"] },
        Attribute { name: Cow::Borrowed("email"), operators: &["eq", "sw"] },
        Attribute { name: Cow::Borrowed("enabled"), operators: &["eq"] },
    ];

    fn fits(filter: &str, [username, email]: [&str; 2]) -> bool {
        let filter = Filter::read(filter, ATTRIBUTES).unwrap_or_else(|error| panic!("{filter}: {error}"));
        let value = |name: &str| match name {
            "username" => json!(username),
            "email" => json!(email),
            _ => json!(true),
        };
        filter.fits(&value, &|name| name == "username")
    }

    #[test]
    fn and_binds_closer_than_or() {
        let filter = r#"username eq "ada" and email sw "a" or username sw "b""#;
        assert!(fits(filter, ["ada", "a@x"]) && fits(filter, ["bob", ""]) && fits(filter, ["b", "a"]));
        assert!(!fits(filter, ["ada", "b@x"]) && !fits(filter, ["eve", "a@x"]));
    }

    #[test]
    fn parentheses_bind_closest() {
        for filter in [
            r#"username eq "ada" and (email sw "a" or email sw "b")"#,
            r#"(username eq "ada")and((email sw "a")or(email sw "b"))"#,
        ] {
            assert!(fits(filter, ["ada", "b@x"]) && !fits(filter, ["eve", "b@x"]) && !fits(filter, ["ada", "c@x"]));
        }
        let deep = |depth: usize| format!("{}username eq \"a\"{}", "(".repeat(depth), ")".repeat(depth));
        assert!(fits(&deep(MOST_PARENTHESES), ["a", ""]));
        assert!(Filter::read(&deep(100_000), ATTRIBUTES).is_err());
    }

    #[test]
    fn values_are_written_as_in_json() {
        assert!(fits(r#"username eq "a \"b\" or c""#, [r#"a "b" or c"#, ""]));
        assert!(fits(r#"  username   eq  "\u00e4" "#, ["\u{e4}", ""]));
        assert!(fits("enabled eq true", ["", ""]) && !fits("enabled eq false", ["", ""]));
        assert!(!fits(r#"enabled eq "true""#, ["", ""]), "text is no flag");
    }

    #[test]
    fn the_case_counts_where_it_is_not_ignored() {
        assert!(fits(r#"username eq "ADA""#, ["Ada", ""]) && fits(r#"username sw "aD""#, ["Ada", ""]));
        assert!(!fits(r#"email eq "A""#, ["", "a"]));
    }

    #[test]
    fn an_invalid_filter_is_none() {
        for filter in [
            "",
            "username",
            "username eq",
            "username eq ada",
            r#"username eq "ada"#,
            r#"username co "ada""#,
            r#"Username eq "ada""#,
            r#"phone eq "1""#,
            "username eq 1",
            "username eq null",
            "enabled sw true",
            r#"username sw true"#,
            r#"enabled sw "t""#,
            r#"username eq "a" and"#,
            r#"username eq "a" xor email eq "b""#,
            r#"username eq "a" email eq "b""#,
            r#"(username eq "a""#,
            r#"username eq "a")"#,
            "()",
            "enabled eq trueish",
        ] {
            assert!(Filter::read(filter, ATTRIBUTES).is_err(), "{filter}");
        }
    }
}
