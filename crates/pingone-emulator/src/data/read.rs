//! Reads data from JSON, and says where it is wrong.

use serde_json::{Map, Value};

use super::{Client, Data, DataError, Device, TokenEndpointAuthMethod, User};

pub(super) fn data(json: &str) -> Result<Data, DataError> {
    let value = serde_json::from_str(json)
        .map_err(|error| DataError::new("", format!("is no JSON, {error}; see the built-in data")))?;
    let data = Object::new(String::new(), &value)?;
    data.has_only(&["environment", "policy", "clients", "users"])?;
    let environment = data.object("environment")?;
    let policy = data.object("policy")?;
    environment.has_only(&["id"])?;
    policy.has_only(&["id"])?;

    let mut read = Data::new(environment.text("id")?, policy.text("id")?);
    for object in data.objects("clients")? {
        read = read.client(client(&object)?);
    }
    for object in data.objects("users")? {
        read = read.user(user(&object)?);
    }
    if read.clients.is_empty() {
        return Err(DataError::new("clients", "is empty; add a client, or nobody can get a token"));
    }
    if read.users.is_empty() {
        return Err(DataError::new("users", "is empty; add a user, or nobody can be authenticated"));
    }
    Ok(read)
}

fn client(object: &Object<'_>) -> Result<Client, DataError> {
    object.has_only(&["client_id", "client_secret", "token_endpoint_auth_method"])?;
    let method = match object.text("token_endpoint_auth_method")? {
        "CLIENT_SECRET_BASIC" => TokenEndpointAuthMethod::ClientSecretBasic,
        "CLIENT_SECRET_POST" => TokenEndpointAuthMethod::ClientSecretPost,
        _ => {
            let problem = "is not supported; write CLIENT_SECRET_BASIC or CLIENT_SECRET_POST";
            return Err(DataError::new(object.at("token_endpoint_auth_method"), problem));
        }
    };
    Ok(Client::new(object.text("client_id")?, object.text("client_secret")?, method))
}

fn user(object: &Object<'_>) -> Result<User, DataError> {
    object.has_only(&["id", "devices"])?;
    let mut user = User::new(object.text("id")?);
    for object in object.objects("devices")? {
        let device = Device::new(object.text("id")?, object.text("type")?);
        user =
            user.device(object.members.iter().fold(device, |device, (name, value)| device.member(name, value.clone())));
    }
    Ok(user)
}

/// A JSON object and the place where it stands, which is empty for the whole data.
struct Object<'a> {
    place: String,
    members: &'a Map<String, Value>,
}

impl<'a> Object<'a> {
    fn new(place: String, value: &'a Value) -> Result<Self, DataError> {
        match value {
            Value::Object(members) => Ok(Self { place, members }),
            _ => Err(DataError::new(place, "must be an object")),
        }
    }

    fn at(&self, name: &str) -> String {
        if self.place.is_empty() { name.to_owned() } else { format!("{}.{name}", self.place) }
    }

    fn member(&self, name: &str) -> Result<&'a Value, DataError> {
        self.members.get(name).ok_or_else(|| DataError::new(self.at(name), "is missing; add it"))
    }

    fn text(&self, name: &str) -> Result<&'a str, DataError> {
        match self.member(name)?.as_str() {
            Some(text) if !text.is_empty() => Ok(text),
            _ => Err(DataError::new(self.at(name), "must be a string that is not empty")),
        }
    }

    fn object(&self, name: &str) -> Result<Object<'a>, DataError> {
        Object::new(self.at(name), self.member(name)?)
    }

    fn objects(&self, name: &str) -> Result<Vec<Object<'a>>, DataError> {
        let array = self.member(name)?.as_array();
        let array = array.ok_or_else(|| DataError::new(self.at(name), "must be an array of objects"))?;
        let place = |index| format!("{}[{index}]", self.at(name));
        array.iter().enumerate().map(|(index, value)| Object::new(place(index), value)).collect()
    }

    fn has_only(&self, names: &[&str]) -> Result<(), DataError> {
        match self.members.keys().find(|name| !names.contains(&name.as_str())) {
            Some(unknown) => {
                let problem = format!("is unknown; possible are {}", names.join(", "));
                Err(DataError::new(self.at(&unknown.escape_debug().to_string()), problem))
            }
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// What is wrong with the built-in data once the value at `pointer` is another one.
    fn problem(pointer: &str, value: Value) -> String {
        let mut data: Value = serde_json::from_str(Data::BUILT_IN_JSON).unwrap();
        *data.pointer_mut(pointer).unwrap() = value;
        super::data(&data.to_string()).unwrap_err().to_string()
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
                "clients[0].token_endpoint_auth_method: is not supported; write CLIENT_SECRET_BASIC or CLIENT_SECRET_POST",
            ),
            ("/users/0/devices", json!({}), "users[0].devices: must be an array of objects"),
            ("/users/0/devices/4", json!("a@b"), "users[0].devices[4]: must be an object"),
            ("/users/0/devices/4", json!({ "id": "d" }), "users[0].devices[4].type: is missing; add it"),
            ("/users/0", json!({ "name": "u" }), "users[0].name: is unknown; possible are id, devices"),
        ];
        for (pointer, value, expected) in cases {
            assert_eq!(problem(pointer, value), expected);
        }
    }

    #[test]
    fn says_in_which_line_it_is_no_json() {
        let problem = super::data("{\n\"users\": oops").unwrap_err().to_string();
        assert!(problem.contains("line 2") && !problem.contains('\n'), "{problem}");
    }

    #[test]
    fn keeps_every_member_of_a_device() {
        let data = super::data(Data::BUILT_IN_JSON).unwrap();
        let json: Value = serde_json::from_str(Data::BUILT_IN_JSON).unwrap();
        let devices: Vec<Value> = data.users[0].devices().iter().map(Device::to_json).collect();
        assert_eq!(Value::from(devices), json["users"][0]["devices"]);
    }
}
