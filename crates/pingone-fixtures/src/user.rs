use std::time::{Duration, SystemTime};

use pingone_model::user::{
    ChangeUser, CreateUser, DeleteUser, FindUser, ImportUser, ListUsers, LockUser, ReadUser, ReplaceUser, UnlockUser,
    UserAttribute, UserFilter,
};

use serde_json::json;

use crate::{
    Row,
    sources::{DATA_MODEL, GETTING_STARTED},
    values::{IMAGE, PASSWORD, POPULATION, USER},
};

/// The shape of a page is documented, and its items are of few members.
const PAGES: &str = "put together from the page on paging";

pub(crate) fn rows() -> Vec<Row> {
    vec![
        Row::new("user.list", |_| ListUsers::new())
            .reply("user.list.page_1", PAGES)
            .reply("user.list.page_2", PAGES)
            .reply("user.list.last_page", PAGES)
            .reply("user.list.short_page", PAGES),
        Row::new("user.list.filtered", |say| {
            let smiths = UserFilter::eq(UserAttribute::FamilyName, say.secret("Smith"));
            ListUsers::new().filter(smiths.and(UserFilter::starts_with(UserAttribute::GivenName, say.secret("W"))))
        }),
        Row::new("user.find", |say| FindUser::by_username(say.secret("user01"))),
        Row::new("user.read", |say| {
            let _ = say.plain("population");
            ReadUser::new(USER).with_population()
        })
        .reply("user.read", "the page on responses, whole, of 2020")
        .reply("user.read.every_member", DATA_MODEL),
        Row::new("user.create", |say| {
            let email = say.secret("user01@example.com");
            CreateUser::new(say.secret("user01")).population(POPULATION).set(UserAttribute::Email, email)
        })
        .reply("user.create", GETTING_STARTED),
        Row::new("user.import", |say| {
            ImportUser::new(say.secret("import-user_1774283879"), POPULATION)
                .set(UserAttribute::Email, say.secret("user01@example.com"))
                .set(UserAttribute::GivenName, say.secret("Test"))
                .set(UserAttribute::FamilyName, say.secret("User"))
                .password(say.secret(PASSWORD))
                .force_password_change(false)
        })
        .no_reply("none was seen but that of the creation"),
        Row::new("user.replace", |say| {
            ReplaceUser::new(USER, say.secret("user01@example.com"))
                .set(UserAttribute::FormattedName, say.secret("Test User"))
                .set(UserAttribute::GivenName, say.secret("Test"))
                .set(UserAttribute::MiddleName, say.secret("T."))
                .set(UserAttribute::FamilyName, say.secret("User"))
                .set(UserAttribute::HonorificPrefix, say.secret("Dr."))
                .set(UserAttribute::HonorificSuffix, say.secret("IV"))
                .set(UserAttribute::Nickname, say.secret("Putty"))
                .set(UserAttribute::Title, say.secret("Senior Director"))
                .set(UserAttribute::PreferredLanguage, say.secret("en-gb;q=0.8, en;q=0.7"))
                .set(UserAttribute::Locale, say.secret("en-gb"))
                .set(UserAttribute::Email, say.secret("user01@example.com"))
                .set(UserAttribute::PrimaryPhone, say.secret("+1.2225550100"))
                .set(UserAttribute::MobilePhone, say.secret("+1.4445550100"))
                // The page has the bracket.
                .set(UserAttribute::PhotoHref, say.secret("https://example.com/user.png>"))
                .set(UserAttribute::StreetAddress, say.secret("123 Main Street"))
                .set(UserAttribute::Locality, say.secret("Springfield"))
                .set(UserAttribute::Region, say.secret("WA"))
                .set(UserAttribute::PostalCode, say.secret("98701"))
                .set(UserAttribute::CountryCode, say.secret("US"))
                .set(UserAttribute::AccountId, say.secret("account-5501"))
                .set(UserAttribute::Type, say.secret("tele"))
                .set(UserAttribute::Timezone, say.secret("America/Los_Angeles"))
        })
        .no_reply("none was seen"),
        Row::new("user.change", |say| ChangeUser::new(USER).custom("locales", json!([say.secret("Tel Aviv")])))
            .no_reply("none was seen"),
        Row::new("user.change.photo", |say| ChangeUser::new(USER).set(UserAttribute::PhotoHref, say.secret(IMAGE))),
        Row::new("user.delete", |_| DeleteUser::new(USER)),
        Row::new("user.lock", |say| {
            let _ = say.plain("2023-06-07T23:59:59Z");
            LockUser::new(USER, SystemTime::UNIX_EPOCH + Duration::from_secs(1_686_182_399))
        })
        .reply("user.lock", "a user of *Create a test environment*, locked as the page on accounts says"),
        Row::new("user.unlock", |_| UnlockUser::new(USER)).no_reply("none was seen whole"),
    ]
}
