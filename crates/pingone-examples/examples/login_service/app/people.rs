//! The first factor, and who is who: where your directory comes in.

use std::collections::BTreeMap;

use async_trait::async_trait;
use pingone_async::UserId;
use ring::{hmac, rand::SystemRandom};
use serde::{Deserialize, Serialize};

use super::store::Unavailable;

/// Somebody who logs in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Who {
    /// As the page calls them.
    pub(crate) name: String,
    /// As PingOne knows them.
    pub(crate) user: UserId,
}

/// What the page asks of your directory.
#[async_trait]
pub(crate) trait People: Send + Sync {
    /// Who has this name, if this is their password.
    ///
    /// It takes as long for a name that nobody has as for a password that is wrong, so that nobody learns names by the
    /// clock: check the password against something in either case. Tries are counted by the name as it was typed: somebody
    /// who has several names has as many tries with each.
    async fn check(&self, name: &str, password: &str) -> Result<Option<Who>, Unavailable>;

    /// Who has this id, for a passkey that says it.
    async fn find(&self, user: &UserId) -> Result<Option<Who>, Unavailable>;
}

/// The stand-in: a few people whose passwords are published. Nothing of it is for your log-in page but the two methods.
pub(crate) struct TestPeople {
    key: hmac::Key,
    people: BTreeMap<String, (Who, hmac::Tag)>,
    /// What a password is compared with if nobody has the name.
    nobody: hmac::Tag,
}

impl TestPeople {
    /// `None` if the system has no randomness to give.
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
