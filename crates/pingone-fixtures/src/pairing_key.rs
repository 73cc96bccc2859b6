use pingone_model::pairing_key::{CreatePairingKey, DeletePairingKey, ReadPairingKey};

use crate::{
    Row,
    sources::POSTMAN,
    values::{APPLICATION, PAIRING_KEY, POLICY, USER},
};

pub(crate) fn rows() -> Vec<Row> {
    vec![
        Row::new("pairing_key.create", |_| CreatePairingKey::new(USER).application(APPLICATION).policy(POLICY))
            .reply("pairing_key.create", POSTMAN),
        Row::new("pairing_key.read", |_| ReadPairingKey::new(USER, PAIRING_KEY)).reply(
            "pairing_key.failed",
            "put together from the members that the page of the resource names; the code is a placeholder",
        ),
        Row::new("pairing_key.delete", |_| DeletePairingKey::new(USER, PAIRING_KEY)),
    ]
}
