use crate::error::OAuthError;

/// The parameters of a token request.
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    /// Rule: PARAMETER_TWICE.
    pub(super) fn read(body: &[u8]) -> Result<Self, OAuthError> {
        let mut form = Self(Vec::new());
        for (name, value) in form_urlencoded::parse(body).into_owned() {
            if form.get(&name).is_some() {
                return Err(OAuthError::invalid_request("A parameter is given twice"));
            }
            form.0.push((name, value));
        }
        Ok(form)
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }
}
