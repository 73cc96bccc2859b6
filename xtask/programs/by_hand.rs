mod usual;

fn main() {
    let body = std::io::read_to_string(std::io::stdin()).unwrap_or_default();
    if let Ok(reply) = serde_json::from_str::<usual::Reply>(&body) {
        println!("{}", reply.status);
    }
}
