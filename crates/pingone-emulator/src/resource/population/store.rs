use jiff::Timestamp;

use crate::{
    collection::Collection,
    object::{DataError, Object},
};

/// A population. Each user belongs to one.
#[derive(Clone, Debug)]
pub struct Population {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) is_default: bool,
    /// When it was created.
    pub(super) created_at: Timestamp,
}

impl Population {
    /// A population of this id and name.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        let (id, name) = (id.into(), name.into());
        Self { id, name, description: None, is_default: false, created_at: Timestamp::UNIX_EPOCH }
    }

    /// Sets what it is for.
    #[must_use]
    pub fn description(self, description: impl Into<String>) -> Self {
        Self { description: Some(description.into()), ..self }
    }

    /// Makes it the default: the population of users for whom none is named.
    #[must_use]
    pub fn as_default(self) -> Self {
        Self { is_default: true, ..self }
    }

    /// The default population, if the data have none.
    fn only() -> Self {
        Self::new("fe09831e-bbf7-46f1-92e4-aafe10df56fd", "Default").as_default()
    }

    pub(crate) fn from_data(object: &Object<'_>) -> Result<Self, DataError> {
        object.has_only(&["id", "name", "description", "default"])?;
        Ok(Self {
            description: object.optional_text("description")?.map(str::to_owned),
            is_default: object.flag("default")?.unwrap_or_default(),
            ..Self::new(object.text("id")?, object.text("name")?)
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
