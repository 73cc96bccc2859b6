use std::cell::RefCell;

/// Gives a row its texts, and learns which of them are secret: those are as documented, or a canary in their place.
#[derive(Debug, Default)]
pub struct Texts {
    canary: Option<&'static str>,
    secret: RefCell<Vec<&'static str>>,
    plain: RefCell<Vec<&'static str>>,
}

impl Texts {
    pub(crate) fn planted(canary: &'static str) -> Self {
        Self { canary: Some(canary), ..Self::default() }
    }

    /// A text that is secret or personal: shown in no `Debug`, log or snapshot.
    #[must_use]
    pub fn secret(&self, documented: &'static str) -> &'static str {
        self.secret_sent_as(documented, documented)
    }

    /// A secret that the request carries in another form.
    #[must_use]
    pub fn secret_sent_as(&self, given: &'static str, sent: &'static str) -> &'static str {
        assert!(!sent.is_empty(), "every text contains the empty one");
        self.secret.borrow_mut().push(sent);
        self.canary.unwrap_or(given)
    }

    /// A text that may be shown.
    #[must_use]
    pub fn plain(&self, documented: &'static str) -> &'static str {
        assert!(!documented.is_empty(), "every text contains the empty one");
        self.plain.borrow_mut().push(documented);
        documented
    }

    pub(crate) fn into_secret_and_plain(self) -> (Vec<&'static str>, Vec<&'static str>) {
        (self.secret.into_inner(), self.plain.into_inner())
    }
}
