use std::{
    error::Error,
    fmt::{Debug, Write},
};

/// Stands in for every secret and all personal data.
pub const CANARY: &str = "canary";

/// All that was shown, such as an error or a log, to look for secrets in.
///
/// Plant [`CANARY`] wherever a secret or personal data can be, and collect here what people may see. The
/// checks of this crate do so with a transport's errors; collect its log yourself.
///
/// ```
/// use pingone_transport_kit::{CANARY, Shown};
///
/// let mut shown = Shown::default();
/// shown.text("POST /as/token");
/// assert!(!shown.has_secret());
/// shown.text(&format!("authorization: Bearer {CANARY}"));
/// assert!(shown.has_secret());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Shown(String);

impl Shown {
    /// A text, such as lines of a log.
    pub fn text(&mut self, text: &str) {
        self.0 += text;
    }

    /// What `Debug` shows of a value.
    pub fn debug(&mut self, value: &impl Debug) {
        // Writing to a text cannot fail.
        let _ = writeln!(self.0, "{value:?}\n{value:#?}");
    }

    /// What an error and its sources show.
    pub fn error(&mut self, error: &impl Error) {
        self.debug(error);
        let mut source: Option<&dyn Error> = Some(error);
        while let Some(error) = source {
            let _ = writeln!(self.0, "{error}");
            source = error.source();
        }
    }

    /// Whether the canary is there: as it is, in any case, or in Base64 in each of its three alignments. Form-encoded it
    /// is itself.
    #[must_use]
    pub fn has_secret(&self) -> bool {
        let shown = self.0.to_lowercase();
        [CANARY, "y2fuyxj5", "nhbmfye", "jyw5hcn"].iter().any(|form| shown.contains(form))
    }

    /// For a test: asserts that there is no secret, but each of these, since showing nothing at all would prove nothing.
    ///
    /// # Panics
    ///
    /// That is not so.
    #[expect(clippy::panic, reason = "this is how a test fails")]
    pub fn assert_clean(&self, and_yet: &[&str]) {
        for expected in and_yet {
            if !self.0.contains(expected) {
                panic!("{expected} is not in {}", self.0);
            }
        }
        if self.has_secret() {
            panic!("a secret is in {}", self.0);
        }
    }
}
