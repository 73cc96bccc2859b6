//! Reads data from JSON or TOML, and reports where it is wrong.

use serde_json::Value;

use super::Data;
use crate::{
    key,
    object::{DataError, Object},
    resource::{
        device_authentication_policy::{Fido2Policy, Policy},
        mfa_settings::MfaSettings,
        oath_token::OathToken,
        population::Population,
        token::{Client, TokenEndpointAuthMethod},
        user::User,
    },
};

pub(super) fn json(text: &str) -> Result<Data, DataError> {
    data(&Object::parse(text)?)
}

pub(super) fn toml(text: &str) -> Result<Data, DataError> {
    // The whole message of the parser would repeat lines of the data.
    let place = |error: &toml::de::Error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        format!("is not TOML, {} at line {}", error.message(), before.lines().count().max(1))
    };
    data(&toml::from_str(text).map_err(|error| DataError::new("", place(&error)))?)
}

fn data(value: &Value) -> Result<Data, DataError> {
    let data = Object::new(String::new(), value)?;
    data.has_only(&[
        "environment",
        "customDomains",
        "policy",
        "policies",
        "fido2Policies",
        "clients",
        "users",
        "mfaSettings",
        "oathTokens",
        "customAttributes",
        "populations",
        "tokenLifetime",
        "code",
        "keepFor",
        "keepAtMost",
        "withoutRules",
    ])?;
    let environment = data.object("environment")?;
    environment.has_only(&["id"])?;

    let mut read = Data::with_policy(environment.text("id")?, Policy::read(&data.object("policy")?)?);
    for host in texts(&data, "customDomains")? {
        read = read.custom_domain(host);
    }
    for object in data.optional_objects("policies")? {
        read = read.policy(Policy::read(&object)?);
    }
    for object in data.optional_objects("fido2Policies")? {
        read = read.fido2_policy(Fido2Policy::read(&object)?);
    }
    for object in data.objects("clients")? {
        read = read.client(client(&object)?);
    }
    for object in data.optional_objects("populations")? {
        read = read.population(Population::from_data(&object)?);
    }
    for name in texts(&data, "customAttributes")? {
        read = read.custom_attribute(name);
    }
    for object in data.objects("users")? {
        let user = User::from_data(&object, &read.schema)?;
        read = read.user(user);
    }
    if let Some(settings) = data.optional_object("mfaSettings")? {
        read = read.mfa_settings(MfaSettings::read(&settings)?);
    }
    for object in data.optional_objects("oathTokens")? {
        read = read.oath_token(OathToken::read(&object)?);
    }
    if let Some(lifetime) = data.seconds("tokenLifetime")? {
        read = read.token_lifetime(lifetime);
    }
    if let Some(code) = data.optional_text("code")? {
        read = read.code(code);
    }
    if let Some(age) = data.seconds("keepFor")? {
        read = read.keep_for(age);
    }
    if let Some(number) = data.number("keepAtMost")? {
        read = read.keep_at_most(number as usize);
    }
    for name in texts(&data, "withoutRules")? {
        read = read.without_rule(name).map_err(|error| data.error("withoutRules", error.to_string()))?;
    }
    if read.clients.is_empty() {
        return Err(DataError::new("clients", "is empty; add a client, or nobody can get a token"));
    }
    if read.users.is_empty() {
        return Err(DataError::new("users", "is empty; add a user, or nobody can be authenticated"));
    }
    Ok(read)
}

/// No texts if there is no such member.
fn texts<'a>(object: &Object<'a>, name: &str) -> Result<Vec<&'a str>, DataError> {
    let Some(texts) = object.members().get(name) else { return Ok(Vec::new()) };
    let read = |texts: &'a Value| texts.as_array()?.iter().map(Value::as_str).collect::<Option<Vec<_>>>();
    read(texts).ok_or_else(|| object.error(name, "must be an array of strings"))
}

fn client(object: &Object<'_>) -> Result<Client, DataError> {
    object.has_only(&["client_id", "client_secret", "token_endpoint_auth_method", "jwks"])?;
    let method = TokenEndpointAuthMethod::from_name(object.text("token_endpoint_auth_method")?).ok_or_else(|| {
        let problem =
            "is not supported; write CLIENT_SECRET_BASIC, CLIENT_SECRET_POST, CLIENT_SECRET_JWT or PRIVATE_KEY_JWT";
        object.error("token_endpoint_auth_method", problem)
    })?;
    let client_id = object.text("client_id")?;
    if method != TokenEndpointAuthMethod::PrivateKeyJwt {
        return Ok(Client::new(client_id, object.text("client_secret")?, method));
    }
    let keys = object.object("jwks")?.objects("keys")?;
    for object in &keys {
        let key = Value::Object(object.members().clone());
        key::read(&key).map_err(|problem| object.error("kty", problem))?;
    }
    let client = Client::new(client_id, "", method);
    Ok(keys.iter().fold(client, |client, key| client.key(Value::Object(key.members().clone()))))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::resource::user::Device;

    /// What is wrong with the built-in data if the value at `pointer` is replaced.
    fn problem(pointer: &str, value: Value) -> String {
        let mut data: Value = serde_json::from_str(Data::BUILT_IN_JSON).unwrap();
        *data.pointer_mut(pointer).unwrap() = value;
        super::data(&data).unwrap_err().to_string()
    }

    #[test]
    fn says_where_the_data_is_wrong_and_what_to_do() {
        let cases = [
            ("", json!([]), "the data: must be an object"),
            ("/clients", json!([]), "clients: is empty; add a client, or nobody can get a token"),
            ("/users", json!([]), "users: is empty; add a user, or nobody can be authenticated"),
            ("/environment", json!({}), "environment.id: is missing; add it"),
            ("/policy/id", json!(""), "policy.id: must be a string that is not empty"),
            ("/clients/1/client_secret", json!(5), "clients[1].client_secret: must be a string that is not empty"),
            (
                "/clients/0/token_endpoint_auth_method",
                json!("NONE"),
                "clients[0].token_endpoint_auth_method: is not supported; write CLIENT_SECRET_BASIC, CLIENT_SECRET_POST, CLIENT_SECRET_JWT or PRIVATE_KEY_JWT",
            ),
            ("/users/0/devices", json!({}), "users[0].devices: must be an array of objects"),
            ("/users/0/devices/4", json!("a@b"), "users[0].devices[4]: must be an object"),
            ("/users/0/devices/4", json!({ "id": "d" }), "users[0].devices[4].type: is missing; add it"),
            ("/users/0", json!({ "id": "u", "devices": [], "name": "u" }), "users[0].name: must be an object"),
            (
                "/users/0",
                json!({ "id": "u", "devices": [], "createdAt": "today" }),
                "users[0].createdAt: must be a time, such as 2030-01-31T12:00:00Z",
            ),
            (
                "/users/0",
                json!({ "id": "u", "bypassAllowed": true }),
                "users[0].bypassAllowed: is unknown; use one of id, devices, rememberedBrowsers, ordered, population, enabled, account, mfaEnabled, bypassMFAEnabledUntil, createdAt, updatedAt, accountId, address, email, emailVerified, externalId, locale, mobilePhone, name, nickname, photo, preferredLanguage, primaryPhone, timezone, title, type, username",
            ),
            ("/policy/authentication", json!([]), "policy.authentication: must be an object"),
            (
                "/policies/0/email",
                json!({ "otp": { "otpLength": 5 } }),
                "policies[0].email.otp.otpLength: must be from 6 to 10",
            ),
            ("/fido2Policies/0/id", json!(1), "fido2Policies[0].id: must be a string that is not empty"),
            (
                "/users/0/devices/4",
                json!({ "id": "d", "type": "SMS", "_emulator": { "pin": 1 } }),
                "users[0].devices[4]._emulator.pin: is unknown; use one of publicKey, signCount, userHandle, secret, otpLength, timeStep, hashAlgorithm, counter, drift, testMode, blocked, blockedAt, mobilePayload, cookie, createdAt, updatedAt, rememberedUntil",
            ),
        ];
        for (pointer, value, expected) in cases {
            assert_eq!(problem(pointer, value), expected);
        }
    }

    #[test]
    fn says_in_which_line_it_is_no_json() {
        let problem = super::json("{\n\"users\": oops").unwrap_err().to_string();
        assert!(problem.contains("line 2") && !problem.contains('\n'), "{problem}");
    }

    #[test]
    fn toml_and_json_say_the_same() {
        let value: Value = serde_json::from_str(Data::BUILT_IN_JSON).unwrap();
        let text = toml::to_string(&value).unwrap();
        assert_eq!(format!("{:?}", super::toml(&text)), format!("{:?}", super::json(Data::BUILT_IN_JSON)));
        let problem = super::toml("[environment]\nid = secret oops").unwrap_err().to_string();
        assert!(problem.contains("line 2") && !problem.contains("oops"), "{problem}");
    }

    #[test]
    fn keeps_every_member_of_a_device() {
        let data = super::json(Data::BUILT_IN_JSON).unwrap();
        let json: Value = serde_json::from_str(Data::BUILT_IN_JSON).unwrap();
        let devices: Vec<Value> = data.users[0].devices().iter().map(Device::to_json).collect();
        let mut shown = json["users"][0]["devices"].clone();
        let hidden = shown[3].as_object_mut().unwrap().remove("_emulator");
        assert!(hidden.is_some());
        assert_eq!(Value::from(devices), shown);
    }
}
