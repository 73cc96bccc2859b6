//! The first factor, and who is who. Replace it with your directory.

use std::collections::BTreeMap;

use async_trait::async_trait;
use pingone_async::UserId;
use ring::{hmac, rand::SystemRandom};
use serde::{Deserialize, Serialize};

use super::store::Unavailable;

/// A user.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Who {
    /// The name shown on the page.
    pub(crate) name: String,
    /// The user's id in PingOne.
    pub(crate) user: UserId,
}

/// What the page needs from your directory.
#[async_trait]
pub(crate) trait People: Send + Sync {
    /// The user with this name, if the password is right.
    ///
    /// An unknown name must take as long as a wrong password, or the response time reveals which names exist: check the
    /// password against something in either case. Tries are counted by the name as typed, so a user with several names
    /// has as many tries with each.
    async fn check(&self, name: &str, password: &str) -> Result<Option<Who>, Unavailable>;

    /// The user with this id, for a passkey that identifies its user.
    async fn find(&self, user: &UserId) -> Result<Option<Who>, Unavailable>;
}

/// A stand-in: a few people whose passwords are published. Copy only the trait.
pub(crate) struct TestPeople {
    key: hmac::Key,
    people: BTreeMap<String, (Who, hmac::Tag)>,
    /// What the password is compared with if nobody has the name.
    nobody: hmac::Tag,
}

impl TestPeople {
    /// `None` if the system's random number generator fails.
    pub(crate) fn new<'a>(people: impl IntoIterator<Item = (&'a str, &'a str, UserId)>) -> Option<Self> {
        let key = hmac::Key::generate(hmac::HMAC_SHA256, &SystemRandom::new()).ok()?;
        let nobody = hmac::sign(&key, b"\0");
        let people = people.into_iter().map(|(name, password, user)| {
            (name.to_owned(), (Who { name: name.to_owned(), user }, hmac::sign(&key, password.as_bytes())))
        });
        Some(Self { people: people.collect(), nobody, key })
    }
}

#[async_trait]
impl People for TestPeople {
    async fn check(&self, name: &str, password: &str) -> Result<Option<Who>, Unavailable> {
        let found = self.people.get(name);
        let expected = found.map_or(&self.nobody, |(_, tag)| tag);
        let is_right = hmac::verify(&self.key, password.as_bytes(), expected.as_ref()).is_ok();
        Ok(found.filter(|_| is_right).map(|(who, _)| who.clone()))
    }

    async fn find(&self, user: &UserId) -> Result<Option<Who>, Unavailable> {
        let is_it = |who: &&Who| who.user.as_str().eq_ignore_ascii_case(user.as_str());
        Ok(self.people.values().map(|(who, _)| who).find(is_it).cloned())
    }
}
