//! The attributes of users, and their types.

use serde_json::Value;

use super::is_address;

/// The attributes that the users of the environment can have.
#[derive(Clone, Debug, Default)]
pub(crate) struct Schema {
    /// Those that the environment has added. Their values can be anything.
    pub(crate) custom: Vec<String>,
}

/// The type of an attribute.
enum Form {
    Flag,
    /// Text of at most this many characters.
    Text(usize),
    /// These texts, each of at most this many characters.
    Texts(&'static [&'static str], usize),
}

/// No length is documented.
const ANY: usize = usize::MAX;

const STANDARD: [(&str, Form); 16] = [
    ("accountId", Form::Text(ANY)),
    ("address", Form::Texts(&["streetAddress", "locality", "region", "postalCode", "countryCode"], ANY)),
    ("email", Form::Text(ANY)),
    ("emailVerified", Form::Flag),
    ("externalId", Form::Text(ANY)),
    ("locale", Form::Text(ANY)),
    ("mobilePhone", Form::Text(32)),
    ("name", Form::Texts(&["formatted", "given", "middle", "family", "honorificPrefix", "honorificSuffix"], 256)),
    ("nickname", Form::Text(ANY)),
    ("photo", Form::Texts(&["href"], ANY)),
    ("preferredLanguage", Form::Text(ANY)),
    ("primaryPhone", Form::Text(32)),
    ("timezone", Form::Text(ANY)),
    ("title", Form::Text(ANY)),
    ("type", Form::Text(ANY)),
    ("username", Form::Text(128)),
];

/// Which attribute has a wrong value, and why.
pub(crate) struct Misfit {
    pub(crate) path: String,
    pub(crate) problem: String,
}

impl Misfit {
    fn new(path: &str, problem: impl Into<String>) -> Self {
        Self { path: path.to_owned(), problem: problem.into() }
    }
}

impl Schema {
    pub(super) fn standard() -> impl Iterator<Item = &'static str> {
        STANDARD.iter().map(|(name, _)| *name)
    }

    /// The standard attributes that a filter can name, with their parts.
    pub(super) fn filterable() -> impl Iterator<Item = String> {
        STANDARD.iter().flat_map(|(name, form)| match form {
            Form::Flag => Vec::new(),
            Form::Text(_) => vec![(*name).to_owned()],
            Form::Texts(parts, _) => parts.iter().map(|part| format!("{name}.{part}")).collect(),
        })
    }

    /// Rule: UNKNOWN_ATTRIBUTES_ARE_IGNORED.
    pub(super) fn knows(&self, name: &str) -> bool {
        Self::standard().any(|standard| standard == name) || self.custom.iter().any(|custom| custom == name)
    }

    /// Whether the attribute is an object of texts.
    pub(super) fn has_parts(name: &str) -> bool {
        parts(name).is_some()
    }

    /// The value without unknown parts and nulls.
    pub(super) fn known_parts(name: &str, value: &Value) -> Value {
        match (parts(name), value) {
            (Some(names), Value::Object(parts)) => {
                let is_known = |name: &str, part: &Value| names.contains(&name) && !part.is_null();
                let known = parts.iter().filter(|(name, part)| is_known(name, part));
                Value::Object(known.map(|(name, part)| (name.clone(), part.clone())).collect())
            }
            _ => value.clone(),
        }
    }

    /// Whether the attribute can have this value.
    pub(super) fn check(name: &str, value: &Value) -> Result<(), Misfit> {
        match STANDARD.iter().find(|(standard, _)| *standard == name) {
            None => Ok(()),
            Some((_, Form::Flag)) if value.is_boolean() => Ok(()),
            Some((_, Form::Flag)) => Err(Misfit::new(name, "must be true or false")),
            Some((_, Form::Text(most))) => check_text(name, value, *most),
            Some((_, Form::Texts(names, most))) => {
                let members = value.as_object().ok_or_else(|| Misfit::new(name, "must be an object"))?;
                let mut known = members.iter().filter(|(name, _)| names.contains(&name.as_str()));
                known.try_for_each(|(part, value)| check_text(&format!("{name}.{part}"), value, *most))
            }
        }
    }
}

fn parts(name: &str) -> Option<&'static [&'static str]> {
    STANDARD.iter().find_map(|(standard, form)| match form {
        Form::Texts(names, _) if *standard == name => Some(*names),
        _ => None,
    })
}

/// Rule: TEXTS_HAVE_A_LENGTH.
fn check_text(path: &str, value: &Value, most: usize) -> Result<(), Misfit> {
    let text = value.as_str().ok_or_else(|| Misfit::new(path, "must be a string"))?;
    if text.chars().count() > most {
        return Err(Misfit::new(path, format!("must have at most {most} characters")));
    }
    if path == "email" && !is_address("EMAIL", text, false) {
        return Err(Misfit::new(path, "is not an e-mail address"));
    }
    Ok(())
}
