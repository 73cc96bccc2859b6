use crate::{EnvironmentReference, Links, PopulationId, Time, reply::view::view};

view! {
    /// A population as the service describes it now. Older replies have few of its members.
    ///
    /// <https://developer.pingidentity.com/pingone-api/platform/populations.html>
    pub struct Population {
        /// Its id.
        one id = "id": PopulationId;
        /// The environment.
        one environment = "environment": EnvironmentReference;
        /// Its name, which no other population of the environment has.
        text name = "name";
        /// What it is for.
        text description = "description";
        /// How many users belong to it.
        number user_count = "userCount";
        /// Whether it is the default: the population of users who are created without one. An environment has at most one.
        flag default = "default";
        /// The password policy of its users, if it has one of its own.
        one password_policy = "passwordPolicy": PasswordPolicyReference;
        /// The language of users who have none of their own.
        text preferred_language = "preferredLanguage";
        /// How pages for its users look.
        one theme = "theme": ThemeReference;
        /// Other names by which it can be found.
        texts alternative_identifiers = "alternativeIdentifiers";
        /// When it was made: ISO 8601 in UTC.
        one created_at = "createdAt": Time;
        /// When it changed last: ISO 8601 in UTC.
        one updated_at = "updatedAt": Time;
        /// Where the service keeps it.
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
    /// How pages look.
    pub struct ThemeReference {
        /// Its id.
        word id = "id";
    }
}
