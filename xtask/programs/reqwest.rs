mod usual;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let request = client.get("https://auth.pingone.eu/environment/deviceAuthentications/authentication");
    let body = runtime.block_on(async { request.bearer_auth("token").send().await?.bytes().await })?;
    println!("{}", serde_json::from_slice::<usual::Reply>(&body)?.status);
    Ok(())
}
