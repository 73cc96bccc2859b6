use pingone_blocking::{Client, Configuration, Credentials, Environment, ReadDeviceAuthentication, Region};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let credentials = Credentials::client_secret_basic("client", "secret");
    let client = Client::new(Configuration::new(Environment::new(Region::Europe, "environment"), credentials))?;
    let reply = client.send(ReadDeviceAuthentication::new("authentication"))?;
    for device in reply.devices() {
        println!("{:?} {:?}", device.id(), device.kind());
    }
    Ok(())
}
