use pingone_model::{
    TimeUnit,
    authentication_code::{CreateAuthenticationCode, DeleteAuthenticationCode, ReadAuthenticationCode, UserApproval},
};
use serde_json::json;

use crate::{
    Row,
    sources::POSTMAN_2022,
    values::{APPLICATION, CODE},
};

pub(crate) fn rows() -> Vec<Row> {
    vec![
        Row::new("authentication_code.create", |say| {
            CreateAuthenticationCode::new(APPLICATION)
                .client_context(json!({
                    "header": say.secret("Authentication process"),
                    "body": say.secret("Do you want to approve this transaction?"),
                }))
                .life_time(2, TimeUnit::Minutes)
                .user_approval(UserApproval::NotRequired)
        })
        .reply("authentication_code.create", POSTMAN_2022),
        Row::new("authentication_code.read", |_| ReadAuthenticationCode::new(CODE))
            .reply("authentication_code.read", POSTMAN_2022),
        Row::new("authentication_code.delete", |_| DeleteAuthenticationCode::new(CODE)),
    ]
}
