use crate::{
    EnvironmentReference, IdentityProviderId, Links, PopulationReference, Time, UserId, population::Population,
    reply::view::view, shared::open_enum::open_enum,
};

view! {
    /// A user as the service describes them now.
    ///
    /// A custom attribute is a top-level member with its own name: see [`Document::member`](crate::Document::member).
    /// `Debug` shows ids, times and states, and nothing that identifies a person.
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
            /// The user's id.
            one id = "id": UserId;
        }
        /// The environment that the user is in.
        one environment = "environment": EnvironmentReference;
        /// The name by which they log in. It is unique in the environment, regardless of case.
        text username = "username";
        /// The e-mail address.
        text email = "email";
        /// Whether the user has proved that the e-mail address is theirs.
        flag email_verified = "emailVerified";
        /// The name in its parts.
        boxed name = "name": UserName;
        /// The nickname.
        text nickname = "nickname";
        /// The title, such as `Senior Director`.
        text title = "title";
        /// The main phone number, which is not an MFA device.
        text primary_phone = "primaryPhone";
        /// The mobile phone number, which is not an MFA device.
        text mobile_phone = "mobilePhone";
        /// The postal address.
        boxed address = "address": UserAddress;
        /// A picture.
        one photo = "photo": UserPhoto;
        /// The language and country of text that is written for the user, such as `en-gb`.
        text locale = "locale";
        /// The languages that the user understands, such as `en-gb;q=0.8, en;q=0.7`.
        text preferred_language = "preferredLanguage";
        /// The time zone, such as `America/Los_Angeles`.
        text timezone = "timezone";
        /// What kind of user this is, in a word of your own, such as `Contractor`.
        text kind = "type";
        /// The user's id in another system.
        text external_id = "externalId";
        /// The user's account in another system.
        text account_id = "accountId";
        /// The population that the user belongs to.
        one population = "population": PopulationReference;
        /// Whether the user is enabled: one who is not cannot log in.
        flag enabled = "enabled";
        /// Whether MFA is enabled for the user.
        flag mfa_enabled = "mfaEnabled";
        /// Whether the account is locked, and until when.
        boxed account = "account": Account;
        /// Whether the account is ready, or the e-mail address has to be verified first.
        one lifecycle = "lifecycle": Lifecycle;
        /// The identity provider that the user signs on with.
        one identity_provider = "identityProvider": IdentityProvider;
        /// The last sign-on; missing until there is one (*inferred*).
        boxed last_sign_on = "lastSignOn": LastSignOn;
        /// Whether PingOne Verify may verify the user's identity; deprecated by the service.
        one verify_status = "verifyStatus": VerifyStatus;
        /// The ids of the user's groups, if they were [asked for](super::ReadUser::with_groups).
        list member_of_group_ids = "memberOfGroupIDs": Box<str>;
        /// The names of the user's groups, if they were [asked for](super::ReadUser::with_groups).
        texts member_of_group_names = "memberOfGroupNames";
        /// When the user was created: ISO 8601 in UTC.
        one created_at = "createdAt": Time;
        /// When the user last changed: ISO 8601 in UTC.
        one updated_at = "updatedAt": Time;
        /// What the reply embeds.
        boxed embedded = "_embedded": UserEmbedded;
        /// Links to the user, and to what belongs to them.
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
        /// The full name, as it should be shown.
        text formatted = "formatted";
        /// What precedes the name, such as `Dr.`
        text honorific_prefix = "honorificPrefix";
        /// What follows the name, such as `III`.
        text honorific_suffix = "honorificSuffix";
    }
}

view! {
    /// The address of a user.
    pub struct UserAddress {
        /// The street and house number.
        text street_address = "streetAddress";
        /// The city.
        text locality = "locality";
        /// The state or region.
        text region = "region";
        /// The postal code.
        text postal_code = "postalCode";
        /// The two-letter code of the country (ISO 3166).
        text country_code = "countryCode";
    }
}

view! {
    /// A picture of a user.
    pub struct UserPhoto {
        /// The URL of the picture.
        text href = "href";
    }
}

view! {
    /// Whether a user's account is locked. Devices have locks and blocks of their own, which are different things.
    ///
    /// <https://developer.pingidentity.com/pingone-api/platform/users/user-accounts.html>
    pub struct Account {
        /// Whether the user can log in: not while the account is locked or the user is disabled.
        flag can_authenticate = "canAuthenticate";
        /// Whether the account is locked.
        one status = "status": AccountStatus;
        /// When the account was locked: ISO 8601 in UTC. It may be missing although the account is locked.
        one locked_at = "lockedAt": Time;
        /// When the account unlocks by itself: ISO 8601 in UTC. It is missing if only an administrator can unlock it.
        one unlock_at = "unlockAt": Time;
        /// How many seconds are left until then.
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
    /// Whether an account is ready, or the user has to verify the e-mail address first.
    pub struct Lifecycle {
        /// Which of the two it is.
        one status = "status": LifecycleStatus;
        /// Whether sending a code to verify the e-mail address is suppressed.
        flag suppress_verification_code = "suppressVerificationCode";
    }
}

open_enum! {
    /// Whether an account is ready, or the user has to verify the e-mail address first.
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
        /// The identity provider's id; missing for PingOne itself.
        one id = "id": IdentityProviderId;
        /// Which kind of identity provider it is.
        one kind = "type": IdentityProviderType;
    }
}

open_enum! {
    /// A kind of identity provider.
    pub enum IdentityProviderType {
        /// PingOne itself.
        PingOne = "PING_ONE",
        /// An OpenID Connect provider.
        OpenIdConnect = "OPENID_CONNECT",
        /// A SAML provider.
        Saml = "SAML",
    }
}

view! {
    /// When and from where a user last signed on.
    pub struct LastSignOn {
        /// When the user signed on: ISO 8601 in UTC.
        one at = "at": Time;
        /// The IP address from which the user signed on.
        text remote_ip = "remoteIp";
    }
}

open_enum! {
    /// Whether PingOne Verify may verify a user's identity, by an identity document and the like.
    ///
    /// It does not say whether the user *is* verified, and it is about neither the e-mail address nor MFA.
    pub enum VerifyStatus {
        /// The status that a user begins with: nobody has decided it yet.
        NotInitiated = "NOT_INITIATED",
        /// The user's identity may be verified.
        Enabled = "ENABLED",
        /// No new verification can begin until the status is [`Enabled`](Self::Enabled) again.
        Disabled = "DISABLED",
    }
}

view! {
    /// What a reply about a user embeds.
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
        /// Whether the password can be used.
        one status = "status": PasswordStatus;
    }
}

open_enum! {
    /// Whether a user's password can be used.
    pub enum PasswordStatus {
        /// The password can be used.
        Ok = "OK",
        /// The user has no password.
        NoPassword = "NO_PASSWORD",
        /// The password has expired.
        PasswordExpired = "PASSWORD_EXPIRED",
        /// The password is kept by another system.
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
