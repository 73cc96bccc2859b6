use std::time::{Duration, SystemTime};

use pingone_model::user::{DeleteUser, FindUser, ListUsers, LockUser, ReadUser, UnlockUser, UserAttribute, UserFilter};

use crate::{Row, sources::DATA_MODEL, values::USER};

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
        Row::new("user.delete", |_| DeleteUser::new(USER)),
        Row::new("user.lock", |say| {
            let _ = say.plain("2023-06-07T23:59:59Z");
            LockUser::new(USER, SystemTime::UNIX_EPOCH + Duration::from_secs(1_686_182_399))
        })
        .reply("user.lock", "a user of *Create a test environment*, locked as the page on accounts says"),
        Row::new("user.unlock", |_| UnlockUser::new(USER)).no_reply("none was seen whole"),
    ]
}
