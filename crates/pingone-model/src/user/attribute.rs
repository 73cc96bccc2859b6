/// An attribute of a user that is text: to filter a list by, to set, and to clear.
///
/// A custom attribute is none of these: see [`UserFilter`](super::UserFilter) for how to filter by one.
///
/// ```
/// use pingone_model::user::UserAttribute;
///
/// assert_eq!(UserAttribute::FamilyName.as_str(), "name.family");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UserAttribute {
    /// The name by which the user logs in: at most 128 characters, unique in the environment regardless of case.
    Username,
    /// The e-mail address. It need not be unique, and is not an MFA device.
    Email,
    /// The given name.
    GivenName,
    /// The family name.
    FamilyName,
    /// The middle name.
    MiddleName,
    /// The full name, as it should be shown.
    FormattedName,
    /// What precedes the name, such as `Dr.`
    HonorificPrefix,
    /// What follows the name, such as `III`.
    HonorificSuffix,
    /// The nickname.
    Nickname,
    /// The main phone number, which is not an MFA device.
    PrimaryPhone,
    /// The mobile phone number, which is not an MFA device.
    MobilePhone,
    /// The street and house number.
    StreetAddress,
    /// The city.
    Locality,
    /// The state or region.
    Region,
    /// The postal code.
    PostalCode,
    /// The two-letter code of the country (ISO 3166).
    CountryCode,
    /// The language and country of text that is written for the user, such as `en-gb`.
    Locale,
    /// The preferred languages, such as `en-gb;q=0.8, en;q=0.7`.
    PreferredLanguage,
    /// The time zone, such as `America/Los_Angeles`.
    Timezone,
    /// The title, such as `Senior Director`.
    Title,
    /// What kind of user this is, in a word of your own, such as `Contractor`.
    Type,
    /// The URL of a picture.
    PhotoHref,
    /// The user's id in another system.
    ExternalId,
    /// The user's account in another system.
    AccountId,
}

impl UserAttribute {
    /// Its name at the service; a dot leads into an object.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Username => "username",
            Self::Email => "email",
            Self::GivenName => "name.given",
            Self::FamilyName => "name.family",
            Self::MiddleName => "name.middle",
            Self::FormattedName => "name.formatted",
            Self::HonorificPrefix => "name.honorificPrefix",
            Self::HonorificSuffix => "name.honorificSuffix",
            Self::Nickname => "nickname",
            Self::PrimaryPhone => "primaryPhone",
            Self::MobilePhone => "mobilePhone",
            Self::StreetAddress => "address.streetAddress",
            Self::Locality => "address.locality",
            Self::Region => "address.region",
            Self::PostalCode => "address.postalCode",
            Self::CountryCode => "address.countryCode",
            Self::Locale => "locale",
            Self::PreferredLanguage => "preferredLanguage",
            Self::Timezone => "timezone",
            Self::Title => "title",
            Self::Type => "type",
            Self::PhotoHref => "photo.href",
            Self::ExternalId => "externalId",
            Self::AccountId => "accountId",
        }
    }
}
