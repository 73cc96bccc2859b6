mod usual;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let agent = ureq::Agent::config_builder().max_redirects(0).build().new_agent();
    let request = agent.get("https://auth.pingone.eu/environment/deviceAuthentications/authentication");
    let body = request.header("authorization", "Bearer token").call()?.body_mut().read_to_vec()?;
    println!("{}", serde_json::from_slice::<usual::Reply>(&body)?.status);
    Ok(())
}
