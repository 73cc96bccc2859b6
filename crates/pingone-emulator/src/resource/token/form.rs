use std::collections::{HashMap, hash_map::Entry};

use crate::{error::OAuthError, request::Request, rules::Rules};

/// Rule: PARAMETERS_ARE_FEW.
const MOST: usize = 100;

/// The parameters of a token request.
pub(super) struct Form(HashMap<String, String>);

impl Form {
    /// Parses the form of a request.
    ///
    /// Rule: TOKEN_REQUEST_IS_A_FORM.
    pub(super) fn of(request: &Request, rules: &Rules) -> Result<Self, OAuthError> {
        match request.media_type(rules).as_deref() {
            Some("application/x-www-form-urlencoded") => Self::read(request.body()),
            _ => Err(OAuthError::no_form()),
        }
    }

    /// Rule: PARAMETER_TWICE.
    fn read(body: &[u8]) -> Result<Self, OAuthError> {
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
        // Parameters after the first hundred are ignored.
        let twice = format!("{many}more=&0=");
        let described = |body: &str| format!("{:?}", Form::read(body.as_bytes()).err().unwrap());
        assert!(described(&twice).contains("too many") && described("a=&a=").contains("twice"));
    }
}
