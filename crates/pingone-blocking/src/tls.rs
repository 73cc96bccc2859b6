//! TLS: rustls with the platform's trust store and a provider chosen here, so that no process-wide default is needed
//! or installed.

#[cfg(any(feature = "ring", feature = "aws-lc-rs"))]
use pingone_client_core::Trust;
use pingone_client_core::{BuildError, Configuration};
#[cfg(any(feature = "ring", feature = "aws-lc-rs"))]
use pingone_model::RequestError;
use ureq::{config::ConfigBuilder, typestate::AgentScope};

#[cfg(any(feature = "ring", feature = "aws-lc-rs"))]
pub(crate) fn configure(
    config: ConfigBuilder<AgentScope>,
    configuration: &Configuration,
) -> Result<ConfigBuilder<AgentScope>, BuildError> {
    #[cfg(feature = "aws-lc-rs")]
    use rustls::crypto::aws_lc_rs as provider;
    #[cfg(not(feature = "aws-lc-rs"))]
    use rustls::crypto::ring as provider;
    use rustls::pki_types::{CertificateDer, pem::PemObject};
    use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};

    let trusted = match &configuration.trust {
        Trust::Certificates(pem) => {
            let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes())
                .map(|certificate| certificate.map(|certificate| Certificate::from_der(&certificate).to_owned()))
                .collect();
            let certificates = certificates.map_err(|error| BuildError::Transport(error.into()))?;
            if certificates.is_empty() {
                return Err(RequestError::new("trust", "has no certificate: pass the text of a PEM file").into());
            }
            RootCerts::new_with_certs(&certificates)
        }
        _ => RootCerts::PlatformVerifier,
    };
    let tls = TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .root_certs(trusted)
        .unversioned_rustls_crypto_provider(provider::default_provider().into());
    Ok(config.tls_config(tls.build()))
}

#[cfg(not(any(feature = "ring", feature = "aws-lc-rs")))]
pub(crate) fn configure(
    config: ConfigBuilder<AgentScope>,
    configuration: &Configuration,
) -> Result<ConfigBuilder<AgentScope>, BuildError> {
    if configuration.environment.uses_tls() {
        return Err(BuildError::Transport(
            "TLS is compiled out: turn on the feature `ring` or `aws-lc-rs`, or pass a transport of your own".into(),
        ));
    }
    Ok(config)
}
