use serde_json::{Value, json};

use crate::{
    body::Body,
    error::PlatformError,
    resource::{
        Stores,
        device_authentication_policy::Policy,
        oath,
        user::{Device, gets_codes, is_address},
    },
};

/// The device that the body describes.
pub(super) fn new_device(
    device_type: &str,
    body: &Body,
    policy: &Policy,
    stores: &mut Stores,
) -> Result<Device, PlatformError> {
    match device_type {
        _ if gets_codes(device_type) => with_address(stores.pairings.next_id(), device_type, body),
        // Rule: OATH_TOKEN_IS_THE_ENVIRONMENTS.
        "OATH_TOKEN" => {
            let serial_number = body.required_text("serialNumber")?;
            let unknown = || PlatformError::invalid_value("serialNumber", "is not that of a token in the environment");
            let token = stores.oath_tokens.find(serial_number).ok_or_else(unknown)?;
            let is_it = |device: &Device| device.text(&["serialNumber"]) == Some(serial_number);
            if stores.users.find_device(is_it).is_some() {
                return Err(PlatformError::not_unique("serialNumber", "is that of a token that is already paired"));
            }
            Ok(token.device(&stores.pairings.next_id()))
        }
        "TOTP" => {
            let secret = oath::secret_text(&stores.pairings.secrets.bytes::<20>());
            Ok(Device::new(stores.pairings.next_id(), device_type).hidden("secret", secret.into()))
        }
        // Rule: RELYING_PARTY_IS_GIVEN.
        "FIDO2" => {
            let rp = relying_party(body)?;
            body.required_text("rp.name")?;
            let rp = rp.ok_or_else(|| PlatformError::required_value("rp.id"))?;
            Ok(Device::new(stores.pairings.next_id(), device_type).member("rp", rp))
        }
        "PINGID_DESKTOP_GEN2" => {
            // Rule: DESKTOP_IS_ACTIVATED.
            body.required_text("status")?;
            let of_policy = || policy.relying_party().map(|id| json!({ "id": id, "name": id }));
            let rp = relying_party(body)?.or_else(of_policy);
            let mut device = Device::new(stores.pairings.next_id(), device_type);
            device.set("rp", rp);
            Ok(device)
        }
        // Rule: PHONES_ARE_PAIRED_BY_KEY.
        _ => Err(PlatformError::invalid_value("type", "is not a type of device that can be created")),
    }
}

/// The relying party of the body, if there is one: a domain in lower case.
fn relying_party(body: &Body) -> Result<Option<Value>, PlatformError> {
    let Some(id) = body.optional_text("rp.id")? else { return Ok(None) };
    let is_domain = id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte));
    if !is_domain {
        return Err(PlatformError::invalid_value("rp.id", "must be a lower-case domain"));
    }
    Ok(Some(match body.optional_text("rp.name")? {
        Some(name) => json!({ "id": id, "name": name }),
        None => json!({ "id": id }),
    }))
}

/// Rule: DEVICE_HAS_AN_ADDRESS.
fn with_address(id: String, device_type: &str, body: &Body) -> Result<Device, PlatformError> {
    let member = if device_type == "EMAIL" { "email" } else { "phone" };
    let address = body.required_text(member)?;
    if !is_address(device_type, address, device_type == "VOICE") {
        return Err(PlatformError::invalid_value(member, "is not an address of this kind"));
    }
    let mut device = Device::new(id, device_type).member(member, address.into());
    if device_type == "VOICE" {
        device.set("extension", body.optional_text("extension")?.map(Value::from));
    }
    Ok(device)
}
