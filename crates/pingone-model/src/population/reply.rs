use crate::{EnvironmentReference, Links, PopulationId, Time, reply::view::view};

view! {
    /// A population as the service describes it now. Replies may lack most members.
    ///
    /// <https://developer.pingidentity.com/pingone-api/platform/populations.html>
    pub struct Population {
        /// Its id.
        one id = "id": PopulationId;
        /// The environment.
        one environment = "environment": EnvironmentReference;
        /// Its name, unique in the environment.
        text name = "name";
        /// What it is for.
        text description = "description";
        /// How many users belong to it.
        number user_count = "userCount";
        /// Whether it is the default: the population of users who are created without one. An environment has at most
        /// one.
        flag default = "default";
        /// The password policy of its users, if it has one of its own.
        one password_policy = "passwordPolicy": PasswordPolicyReference;
        /// The language of users without one of their own.
        text preferred_language = "preferredLanguage";
        /// The theme of pages for its users.
        one theme = "theme": ThemeReference;
        /// Other names by which it can be found.
        texts alternative_identifiers = "alternativeIdentifiers";
        /// When it was created: ISO 8601 in UTC.
        one created_at = "createdAt": Time;
        /// When it last changed: ISO 8601 in UTC.
        one updated_at = "updatedAt": Time;
        /// Links to it.
        one links = "_links": Links;
    }
}

view! {
    /// The password policy of a population.
    pub struct PasswordPolicyReference {
        /// Its id.
        word id = "id";
    }
}

view! {
    /// A theme.
    pub struct ThemeReference {
        /// Its id.
        word id = "id";
    }
}
