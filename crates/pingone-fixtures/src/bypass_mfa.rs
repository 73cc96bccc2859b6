use std::time::{Duration, SystemTime};

use pingone_model::bypass_mfa::{ReadBypassMfa, UpdateBypassMfa};

use crate::{Row, sources::PAGE, values::USER};

pub(crate) fn rows() -> Vec<Row> {
    vec![
        Row::new("bypass_mfa.read", |_| ReadBypassMfa::new(USER)).reply("bypass_mfa.read", PAGE),
        Row::new("bypass_mfa.update", |say| {
            let _ = say.plain("2025-11-30T00:00:00.000Z");
            UpdateBypassMfa::new(USER, SystemTime::UNIX_EPOCH + Duration::from_secs(1_764_460_800))
        })
        .no_reply("it is that of the read"),
    ]
}
