use std::{fmt, time::SystemTime};

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{Device, account::Account, schema::Schema};
use crate::{
    clock::iso,
    object::{DataError, Object},
};

/// A user with their devices.
///
/// `Debug` shows the id and the devices only: the rest is personal.
#[derive(Clone)]
pub struct User {
    pub(crate) id: String,
    pub(crate) username: String,
    /// The name, the address and so on: the members that the API shows as they were given.
    pub(crate) attributes: Map<String, Value>,
    /// `None` for the default population.
    pub(crate) population_id: Option<String>,
    pub(crate) account: Account,
    /// `None` until the service knows the user.
    pub(crate) created_at: Option<Timestamp>,
    pub(crate) updated_at: Option<Timestamp>,
    pub(crate) devices: Vec<Device>,
    pub(crate) browsers: Vec<Device>,
    pub(crate) has_order: bool,
}

impl User {
    /// A user without devices, so every authentication fails; with the id as username, and with MFA enabled.
    pub fn new(id: impl Into<String>) -> Self {
        let id = id.into();
        Self {
            username: id.clone(),
            id,
            attributes: Map::new(),
            population_id: None,
            account: Account::open(),
            created_at: None,
            updated_at: None,
            devices: Vec::new(),
            browsers: Vec::new(),
            has_order: true,
        }
    }

    /// Sets the username, which is unique in the environment, regardless of case.
    #[must_use]
    pub fn username(self, username: impl Into<String>) -> Self {
        Self { username: username.into(), ..self }
    }

    /// Sets an attribute of the user, such as `email` or `name`.
    #[must_use]
    pub fn attribute(mut self, name: impl Into<String>, value: Value) -> Self {
        self.attributes.insert(name.into(), value);
        self
    }

    /// Sets the population. Without it, the user belongs to the environment's default one.
    #[must_use]
    pub fn population(self, id: impl Into<String>) -> Self {
        Self { population_id: Some(id.into()), ..self }
    }

    /// Adds a device. The first one is the default.
    #[must_use]
    pub fn device(mut self, device: Device) -> Self {
        self.devices.push(device);
        self
    }

    /// Adds a browser that is remembered: a device whose hidden member `cookie` is the `name=value` that it sends.
    #[must_use]
    pub fn remembered_browser(mut self, browser: Device) -> Self {
        self.browsers.push(browser);
        self
    }

    /// Removes the order of the devices, and with it the default.
    #[must_use]
    pub fn without_order(self) -> Self {
        Self { has_order: false, ..self }
    }

    /// Disables the user.
    #[must_use]
    pub fn disabled(mut self) -> Self {
        self.account.is_enabled = false;
        self
    }

    /// Switches MFA off for the user.
    #[must_use]
    pub fn without_mfa(mut self) -> Self {
        self.account.mfa_enabled = false;
        self
    }

    /// Lets the user bypass MFA until `time`.
    #[must_use]
    pub fn bypass_mfa_until(mut self, time: SystemTime) -> Self {
        self.account.bypass_mfa_until = Some(Timestamp::try_from(time).unwrap_or(Timestamp::MAX));
        self
    }

    /// The user's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The user's devices in their order.
    pub fn devices(&self) -> &[Device] {
        &self.devices
    }

    /// The service now knows the user, unless it did before.
    pub(crate) fn known_since(mut self, now: Timestamp) -> Self {
        let created_at = *self.created_at.get_or_insert(now);
        self.updated_at.get_or_insert(created_at);
        self
    }

    pub(crate) fn find_device(&self, id: &str) -> Option<&Device> {
        self.devices.iter().find(|device| device.id() == id)
    }

    /// Reads a user from the data.
    pub(crate) fn from_data(object: &Object<'_>, schema: &Schema) -> Result<Self, DataError> {
        let own: Vec<&str> = OWN.into_iter().chain(Schema::standard()).collect();
        let custom = schema.custom.iter().map(String::as_str);
        object.has_only(&own.into_iter().chain(custom).collect::<Vec<_>>())?;
        let mut user = Self::new(object.text("id")?);
        if let Some(username) = object.optional_text("username")? {
            user = user.username(username);
        }
        if let Some(population) = object.optional_object("population")? {
            population.has_only(&["id"])?;
            user = user.population(population.text("id")?);
        }
        let is_attribute = |name: &str| name != "username" && schema.knows(name);
        for (name, value) in object.members().iter().filter(|(name, _)| is_attribute(name)) {
            Schema::check(name, value).map_err(|misfit| object.error(&misfit.path, misfit.problem))?;
            user = user.attribute(name, value.clone());
        }
        for object in object.objects("devices")? {
            user = user.device(Device::from_data(&object)?);
        }
        for object in object.optional_objects("rememberedBrowsers")? {
            user = user.remembered_browser(Device::from_data(&object)?);
        }
        user.has_order = object.flag("ordered")?.unwrap_or(user.has_order);
        user.account = Account::from_data(object)?;
        user.created_at = object.optional_time("createdAt")?;
        user.updated_at = object.optional_time("updatedAt")?;
        Ok(user)
    }

    /// The user in the format of the data.
    pub(crate) fn to_data(&self) -> Value {
        let mut data = json!({ "id": self.id, "username": self.username });
        if let Some(id) = &self.population_id {
            data["population"] = json!({ "id": id });
        }
        for (name, value) in &self.attributes {
            data[name] = value.clone();
        }
        for (name, value) in self.account.to_data() {
            data[name] = value;
        }
        let times = [("createdAt", self.created_at), ("updatedAt", self.updated_at)];
        for (name, time) in times.into_iter().filter_map(|(name, time)| Some((name, time?))) {
            data[name] = iso(time).into();
        }
        data["devices"] = self.devices.iter().map(Device::to_data).collect();
        data["rememberedBrowsers"] = self.browsers.iter().map(Device::to_data).collect();
        data["ordered"] = self.has_order.into();
        data
    }
}

/// What the data have about a user in addition to the attributes.
const OWN: [&str; 11] = [
    "id",
    "devices",
    "rememberedBrowsers",
    "ordered",
    "population",
    "enabled",
    "account",
    "mfaEnabled",
    "bypassMFAEnabledUntil",
    "createdAt",
    "updatedAt",
];

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User").field("id", &self.id).field("devices", &self.devices).finish_non_exhaustive()
    }
}
