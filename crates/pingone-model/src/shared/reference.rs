//! References in replies.

use crate::{
    ApplicationId, DeviceId, EnvironmentId, PolicyId, PopulationId, UserId,
    reply::{
        member::{self, Member, View},
        trace::Trace,
        view::view,
    },
};

view! {
    /// The environment of a reply.
    pub struct EnvironmentReference {
        /// Its id.
        one id = "id": EnvironmentId;
    }
}

view! {
    /// The policy of a reply.
    pub struct PolicyReference {
        /// Its id.
        one id = "id": PolicyId;
    }
}

view! {
    /// The user of a reply.
    pub struct UserReference {
        /// Their id.
        one id = "id": UserId;
    }
}

view! {
    /// The population of a reply.
    pub struct PopulationReference {
        /// Its id.
        one id = "id": PopulationId;
    }
}

view! {
    /// A device of a reply.
    pub struct DeviceReference {
        /// Its id.
        one id = "id": DeviceId;
    }
}

view! {
    /// The application of a reply.
    pub struct ApplicationReference {
        /// Its id.
        one id = "id": ApplicationId;
    }
}

/// The links of a reply, by their relation.
///
/// For information only. Every link of a device authentication leads to the same address, and what it does
/// depends on the media type; nothing in this crate follows a link.
#[derive(Clone, Debug)]
pub struct Links(Vec<(Box<str>, Link)>);

impl Links {
    /// The link for `relation`, such as `device.select`.
    #[must_use]
    pub fn get(&self, relation: &str) -> Option<&Link> {
        self.iter().find_map(|(name, link)| (name == relation).then_some(link))
    }

    /// Every link with its relation.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Link)> {
        self.0.iter().map(|(relation, link)| (&**relation, link))
    }
}

impl View for Links {}

impl Member for Links {
    fn object<'de, A: serde::de::MapAccess<'de>>(mut map: A, trace: &mut Trace) -> Result<Option<Self>, A::Error> {
        let mut links = Vec::new();
        while let Some(relation) = member::next_name(&mut map, trace, |name, _| Box::<str>::from(name))? {
            let mut link = None;
            member::next(&mut map, &relation, trace, &mut link)?;
            links.extend(link.filter(|_| !trace.is_telling()).map(|link| (relation, link)));
        }
        Ok(Some(Self(links)))
    }

    #[cfg(any(test, feature = "unstable-shown"))]
    fn shown(&self) -> serde_json::Value {
        self.iter().map(|(relation, link)| (relation.to_owned(), link.shown())).collect()
    }
}

view! {
    /// A link.
    pub struct Link {
        /// Where it leads.
        word href = "href";
    }
}
