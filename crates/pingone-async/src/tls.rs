//! TLS: rustls with the platform's trust store and a provider chosen here, so that no process-wide default is needed
//! or installed.

#[cfg(any(feature = "ring", feature = "aws-lc-rs"))]
use pingone_client_core::Trust;
use pingone_client_core::{BuildError, Configuration};
#[cfg(any(feature = "ring", feature = "aws-lc-rs"))]
use pingone_model::RequestError;
use reqwest::ClientBuilder;

#[cfg(any(feature = "ring", feature = "aws-lc-rs"))]
pub(crate) fn configure(client: ClientBuilder, configuration: &Configuration) -> Result<ClientBuilder, BuildError> {
    #[cfg(feature = "aws-lc-rs")]
    use rustls::crypto::aws_lc_rs as provider;
    #[cfg(not(feature = "aws-lc-rs"))]
    use rustls::crypto::ring as provider;
    use rustls::{
        ClientConfig, RootCertStore,
        pki_types::{CertificateDer, pem::PemObject},
    };
    use rustls_platform_verifier::BuilderVerifierExt;

    let set_up = |error: rustls::Error| BuildError::Transport(error.into());
    let config = ClientConfig::builder_with_provider(provider::default_provider().into())
        .with_safe_default_protocol_versions()
        .map_err(set_up)?;
    let mut trusted = RootCertStore::empty();
    let config = match &configuration.trust {
        Trust::Certificates(pem) => {
            for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
                let certificate = certificate.map_err(|error| BuildError::Transport(error.into()))?;
                trusted.add(certificate).map_err(set_up)?;
            }
            if trusted.is_empty() {
                return Err(RequestError::new("trust", "has no certificate: pass the text of a PEM file").into());
            }
            config.with_root_certificates(trusted)
        }
        // Loading the trust store takes milliseconds, and it would not be used.
        _ if !configuration.environment.uses_tls() => config.with_root_certificates(trusted),
        _ => config.with_platform_verifier().map_err(set_up)?,
    };
    let mut config = config.with_no_client_auth();
    config.alpn_protocols =
        if cfg!(feature = "http2") { vec![b"h2".to_vec(), b"http/1.1".to_vec()] } else { vec![b"http/1.1".to_vec()] };
    Ok(client.tls_backend_preconfigured(config))
}

#[cfg(not(any(feature = "ring", feature = "aws-lc-rs")))]
pub(crate) fn configure(client: ClientBuilder, configuration: &Configuration) -> Result<ClientBuilder, BuildError> {
    if configuration.environment.uses_tls() {
        return Err(BuildError::Transport(
            "TLS is compiled out: turn on the feature `ring` or `aws-lc-rs`, or pass a transport of your own".into(),
        ));
    }
    Ok(client)
}
