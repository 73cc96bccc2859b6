use jiff::Timestamp;

use crate::{
    collection::Collection,
    object::{DataError, Object},
};

/// A population.
#[derive(Clone, Debug)]
pub(crate) struct Population {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) is_default: bool,
    /// When the service came to know it.
    pub(super) created_at: Timestamp,
}

impl Population {
    /// That of an environment whose data say nothing of populations.
    fn only() -> Self {
        Self {
            id: "fe09831e-bbf7-46f1-92e4-aafe10df56fd".to_owned(),
            name: "Default".to_owned(),
            description: None,
            is_default: true,
            created_at: Timestamp::UNIX_EPOCH,
        }
    }

    pub(crate) fn from_data(object: &Object<'_>) -> Result<Self, DataError> {
        object.has_only(&["id", "name", "description", "default"])?;
        Ok(Self {
            id: object.text("id")?.to_owned(),
            name: object.text("name")?.to_owned(),
            description: object.optional_text("description")?.map(str::to_owned),
            is_default: object.flag("default")?.unwrap_or_default(),
            created_at: Timestamp::UNIX_EPOCH,
        })
    }
}

/// Every population.
#[derive(Clone)]
pub(crate) struct Populations {
    pub(super) all: Collection<Population>,
}

impl Populations {
    /// Without any, there is one, which is the default.
    pub(crate) fn new(populations: Vec<Population>, now: Timestamp) -> Self {
        let all = if populations.is_empty() { vec![Population::only()] } else { populations };
        let known = all.into_iter().map(|population| Population { created_at: now, ..population });
        Self { all: Collection::of(known, |population: &Population| population.id.as_str()) }
    }

    pub(crate) fn has(&self, id: &str) -> bool {
        self.all.get(id).is_some()
    }

    /// The population of users who name none.
    ///
    /// Rule: DEFAULT_POPULATION.
    pub(crate) fn default_id(&self) -> Option<&str> {
        self.all.iter().find(|population| population.is_default).map(|population| population.id.as_str())
    }
}
