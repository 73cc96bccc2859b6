use pingone_model::mfa_enabled::{ReadMfaEnabled, UpdateMfaEnabled};

use crate::{Row, sources::GETTING_STARTED, values::USER};

pub(crate) fn rows() -> Vec<Row> {
    vec![
        Row::new("mfa_enabled.read", |_| ReadMfaEnabled::new(USER)).no_reply("none was seen but that of the update"),
        Row::new("mfa_enabled.update", |_| UpdateMfaEnabled::new(USER, true))
            .reply("mfa_enabled.update", GETTING_STARTED),
    ]
}
