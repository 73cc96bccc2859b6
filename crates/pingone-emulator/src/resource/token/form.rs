use std::collections::{HashMap, hash_map::Entry};

use crate::error::OAuthError;

/// Rule: PARAMETERS_ARE_FEW.
const MOST: usize = 100;

/// The parameters of a token request.
pub(super) struct Form(HashMap<String, String>);

impl Form {
    /// Rule: PARAMETER_TWICE.
    pub(super) fn read(body: &[u8]) -> Result<Self, OAuthError> {
        let mut form = HashMap::new();
        for (name, value) in form_urlencoded::parse(body) {
            match form.entry(name.into_owned()) {
                Entry::Occupied(_) => return Err(OAuthError::invalid_request("A parameter is given twice")),
                Entry::Vacant(place) => place.insert(value.into_owned()),
            };
            if form.len() > MOST {
                return Err(OAuthError::invalid_request("There are too many parameters"));
            }
        }
        Ok(Self(form))
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_no_further_than_it_has_to() {
        let many: String = (0..MOST).map(|number| format!("{number}=&")).collect();
        assert!(Form::read(many.as_bytes()).is_ok());
        // What is wrong behind the first hundred is not looked at.
        let twice = format!("{many}more=&0=");
        let described = |body: &str| format!("{:?}", Form::read(body.as_bytes()).err().unwrap());
        assert!(described(&twice).contains("too many") && described("a=&a=").contains("twice"));
    }
}
