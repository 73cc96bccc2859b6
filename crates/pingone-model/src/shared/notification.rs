use std::{collections::BTreeMap, fmt};

use serde_json::{Map, Value, json};

/// The message to the user: a template other than the default, and data for the app that receives the push.
///
/// `Debug` shows neither variables nor context.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/initialize_device_authentication_custom_notification.html>
#[derive(Clone, Default)]
pub struct Notification {
    template: Option<Box<str>>,
    variant: Option<Box<str>>,
    locale: Option<Box<str>>,
    variables: BTreeMap<String, String>,
    client_context: Option<Value>,
}

impl Notification {
    /// The default template.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The template of this name, such as `transaction`.
    #[must_use]
    pub fn template(mut self, name: &str) -> Self {
        self.template = Some(name.into());
        self
    }

    /// This variant of the template.
    #[must_use]
    pub fn variant(mut self, variant: &str) -> Self {
        self.variant = Some(variant.into());
        self
    }

    /// The template in this language, such as `fr-CA`.
    #[must_use]
    pub fn locale(mut self, locale: &str) -> Self {
        self.locale = Some(locale.into());
        self
    }

    /// Fills in a variable of the template.
    #[must_use]
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    /// Data for the app that receives the push: any JSON.
    #[must_use]
    pub fn client_context(mut self, context: Value) -> Self {
        self.client_context = Some(context);
        self
    }

    pub(crate) fn to_json(&self) -> Value {
        let mut template = Map::new();
        for (member, value) in [("name", &self.template), ("variant", &self.variant), ("locale", &self.locale)] {
            template.extend(value.as_deref().map(|value| (member.to_owned(), json!(value))));
        }
        if !self.variables.is_empty() {
            template.insert("variables".into(), json!(self.variables));
        }
        let mut notification = Map::new();
        if !template.is_empty() {
            notification.insert("template".into(), template.into());
        }
        notification.extend(self.client_context.clone().map(|context| ("clientContext".to_owned(), context)));
        notification.into()
    }
}

impl fmt::Debug for Notification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notification")
            .field("template", &self.template)
            .field("variant", &self.variant)
            .field("locale", &self.locale)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_given_is_written() {
        assert_eq!(Notification::new().to_json(), json!({}));
        assert_eq!(Notification::new().variant("v").to_json(), json!({ "template": { "variant": "v" } }));
        let context = Notification::new().client_context(json!([1])).to_json();
        assert_eq!(context, json!({ "clientContext": [1] }));
    }

    #[test]
    fn debug_shows_neither_variables_nor_context() {
        let notification = Notification::new().variable("account", "hunter2").client_context(json!("hunter3"));
        assert!(!format!("{notification:?}").contains("hunter"));
    }
}
