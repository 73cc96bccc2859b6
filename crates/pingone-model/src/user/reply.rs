use crate::{
    EnvironmentReference, IdentityProviderId, Links, PopulationReference, Time, UserId, population::Population,
    reply::view::view, shared::open_enum::open_enum,
};

view! {
    /// A user as the service describes them now.
    ///
    /// A custom attribute stands at the top, under its own name: see [`Document::member`](crate::Document::member). `Debug`
    /// shows ids, times and states, and nothing by which a person could be known.
    ///
    /// ```
    /// use pingone_model::{Document, user::User};
    ///
    /// let json = r#"{"id": "u-1", "username": "ada", "name": {"given": "Ada"}, "mfaEnabled": false, "shirtSize": "M"}"#;
    /// let user = Document::<User>::from_json(json)?;
    /// assert_eq!(user.name().and_then(|name| name.given()), Some("Ada"));
    /// assert_eq!(user.mfa_enabled(), Some(false));
    /// assert_eq!(user.member("shirtSize").map(|size| size.get()), Some("\"M\""));
    /// # Ok::<_, serde_json::Error>(())
    /// ```
    ///
    /// <https://developer.pingidentity.com/pingone-api/platform/users/users-1.html>
    pub struct User {
        required {
            /// Their id.
            one id = "id": UserId;
        }
        /// The environment.
        one environment = "environment": EnvironmentReference;
        /// The name by which they log in; unique in the environment, whatever the case.
        text username = "username";
        /// The e-mail address.
        text email = "email";
        /// Whether they have shown that the address is theirs.
        flag email_verified = "emailVerified";
        /// The name.
        boxed name = "name": UserName;
        /// How they like to be called.
        text nickname = "nickname";
        /// The title.
        text title = "title";
        /// The main phone number; no MFA device.
        text primary_phone = "primaryPhone";
        /// The mobile phone number; no MFA device.
        text mobile_phone = "mobilePhone";
        /// Where they live or work.
        boxed address = "address": UserAddress;
        /// A picture.
        one photo = "photo": UserPhoto;
        /// The language and country by which things are written for them.
        text locale = "locale";
        /// The languages that they understand.
        text preferred_language = "preferredLanguage";
        /// The time zone.
        text timezone = "timezone";
        /// What they are, in a word of your own.
        text kind = "type";
        /// Their id in another system.
        text external_id = "externalId";
        /// Their account in another system.
        text account_id = "accountId";
        /// The population that they belong to.
        one population = "population": PopulationReference;
        /// Whether they may log in at all.
        flag enabled = "enabled";
        /// Whether they have MFA.
        flag mfa_enabled = "mfaEnabled";
        /// Whether the account is locked.
        boxed account = "account": Account;
        /// Whether the account is ready, or awaits a verification.
        one lifecycle = "lifecycle": Lifecycle;
        /// The identity provider that they sign on with.
        one identity_provider = "identityProvider": IdentityProvider;
        /// When they signed on last; missing until they have (*inferred*).
        boxed last_sign_on = "lastSignOn": LastSignOn;
        /// Where the verification of their identity stands; deprecated by the service.
        one verify_status = "verifyStatus": VerifyStatus;
        /// The ids of their groups, if they were [asked for](super::ReadUser::with_groups).
        list member_of_group_ids = "memberOfGroupIDs": Box<str>;
        /// The names of their groups, if they were [asked for](super::ReadUser::with_groups).
        texts member_of_group_names = "memberOfGroupNames";
        /// When they were made: ISO 8601 in UTC.
        one created_at = "createdAt": Time;
        /// When they changed last: ISO 8601 in UTC.
        one updated_at = "updatedAt": Time;
        /// What was embedded in the reply.
        boxed embedded = "_embedded": UserEmbedded;
        /// Links to the user and what belongs to them.
        one links = "_links": Links;
    }
}

view! {
    /// The name of a user.
    pub struct UserName {
        /// The given name.
        text given = "given";
        /// The family name.
        text family = "family";
        /// The middle name.
        text middle = "middle";
        /// The whole name, as it is to be shown.
        text formatted = "formatted";
        /// What stands before it, such as `Dr.`
        text honorific_prefix = "honorificPrefix";
        /// What stands behind it, such as `III`.
        text honorific_suffix = "honorificSuffix";
    }
}

view! {
    /// The address of a user.
    pub struct UserAddress {
        /// The street with the number of the house.
        text street_address = "streetAddress";
        /// The city.
        text locality = "locality";
        /// The state or region.
        text region = "region";
        /// The postal code.
        text postal_code = "postalCode";
        /// The country, as two letters of ISO 3166.
        text country_code = "countryCode";
    }
}

view! {
    /// A picture of a user.
    pub struct UserPhoto {
        /// The address of the picture.
        text href = "href";
    }
}

view! {
    /// Whether a user's account is locked. That is neither the lock nor the block of a device.
    ///
    /// <https://developer.pingidentity.com/pingone-api/platform/users/user-accounts.html>
    pub struct Account {
        /// Whether the user may log in, which they may not while the account is locked or the user is disabled.
        flag can_authenticate = "canAuthenticate";
        /// Whether it is locked.
        one status = "status": AccountStatus;
        /// Since when: ISO 8601 in UTC. It may be missing although the account is locked.
        one locked_at = "lockedAt": Time;
        /// Until when: ISO 8601 in UTC. It is missing if only an administrator can unlock it.
        one unlock_at = "unlockAt": Time;
        /// How many seconds are left of that.
        number seconds_until_unlock = "secondsUntilUnlock";
    }
}

open_enum! {
    /// Whether an account is locked.
    pub enum AccountStatus {
        /// The account is not locked.
        Ok = "OK",
        /// The account is locked.
        Locked = "LOCKED",
    }
}

view! {
    /// Whether an account is ready, or awaits a verification.
    pub struct Lifecycle {
        /// Where it stands.
        one status = "status": LifecycleStatus;
        /// Whether no code is sent to verify the e-mail address.
        flag suppress_verification_code = "suppressVerificationCode";
    }
}

open_enum! {
    /// Whether an account is ready, or awaits a verification.
    pub enum LifecycleStatus {
        /// The account is ready.
        AccountOk = "ACCOUNT_OK",
        /// The user has to verify the e-mail address first.
        VerificationRequired = "VERIFICATION_REQUIRED",
    }
}

view! {
    /// The identity provider that a user signs on with.
    pub struct IdentityProvider {
        /// Its id; missing for PingOne itself.
        one id = "id": IdentityProviderId;
        /// What it is.
        one kind = "type": IdentityProviderType;
    }
}

open_enum! {
    /// What an identity provider is.
    pub enum IdentityProviderType {
        /// PingOne itself.
        PingOne = "PING_ONE",
        /// One that speaks OpenID Connect.
        OpenIdConnect = "OPENID_CONNECT",
        /// One that speaks SAML.
        Saml = "SAML",
    }
}

view! {
    /// When and from where a user signed on last.
    pub struct LastSignOn {
        /// When: ISO 8601 in UTC.
        one at = "at": Time;
        /// From which address.
        text remote_ip = "remoteIp";
    }
}

open_enum! {
    /// Where the verification of a user's identity stands.
    pub enum VerifyStatus {
        /// It has not begun.
        NotInitiated = "NOT_INITIATED",
        /// It is wanted.
        Enabled = "ENABLED",
        /// It is not wanted.
        Disabled = "DISABLED",
    }
}

view! {
    /// What is embedded in a reply about a user.
    pub struct UserEmbedded {
        /// The state of the password.
        one password = "password": PasswordState;
        /// The population, if it was [asked for](super::ReadUser::with_population).
        one population = "population": Population;
    }
}

view! {
    /// The state of a user's password.
    pub struct PasswordState {
        /// Where it stands.
        one status = "status": PasswordStatus;
    }
}

open_enum! {
    /// Where a user's password stands.
    pub enum PasswordStatus {
        /// It can be used.
        Ok = "OK",
        /// There is none.
        NoPassword = "NO_PASSWORD",
        /// It is too old.
        PasswordExpired = "PASSWORD_EXPIRED",
        /// Another system keeps it.
        External = "EXTERNAL",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    #[test]
    fn debug_shows_nobody() {
        let reply = include_str!("../../fixtures/replies/user.read.every_member.json");
        let shown = format!("{:?}", Document::<User>::from_json(reply).unwrap());
        for personal in ["ada", "Ada", "Lovelace", "+1", "example.com", "192.0.2", "Analysts"] {
            assert!(reply.contains(personal) && !shown.contains(personal), "{personal} in {shown}");
        }
        assert!(shown.contains("Locked") && shown.contains("mfa_enabled: true"), "{shown}");
    }
}
