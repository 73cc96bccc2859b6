//! `pingone-async` and a reqwest client of one's own in one program.

use pingone_async::{AccessToken, Client, Configuration, Credentials, Environment, Region};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The cure that the front page of `pingone-async` has under Features. With `aws-lc-rs` there is nothing to cure.
    #[cfg(feature = "ring")]
    let _ = rustls::crypto::ring::default_provider().install_default();

    let own = reqwest::Client::builder().no_proxy().build()?;

    let credentials = Credentials::access_token(AccessToken::new("token")?);
    let environment = Environment::new(Region::Europe, "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6");
    let ours = Client::new(Configuration::new(environment, credentials))?;

    println!("both clients are there");
    drop((own, ours));
    Ok(())
}
