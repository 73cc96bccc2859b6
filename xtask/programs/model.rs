use pingone_model::{DeviceAuthentication, Document};

fn main() {
    let body = std::io::read_to_string(std::io::stdin()).unwrap_or_default();
    if let Ok(reply) = Document::<DeviceAuthentication>::from_json(body) {
        for device in reply.devices() {
            println!("{:?} {:?}", device.id(), device.kind());
        }
    }
}
