//! TLS: rustls with the platform's trust store and a provider chosen here, so that no process-wide default is needed
//! or installed.

use pingone_client_core::BuildError;
use pingone_model::Environment;
use ureq::{config::ConfigBuilder, typestate::AgentScope};

#[cfg(any(feature = "ring", feature = "aws-lc-rs"))]
pub(crate) fn configure(
    config: ConfigBuilder<AgentScope>,
    _: &Environment,
) -> Result<ConfigBuilder<AgentScope>, BuildError> {
    #[cfg(feature = "aws-lc-rs")]
    use rustls::crypto::aws_lc_rs as provider;
    #[cfg(not(feature = "aws-lc-rs"))]
    use rustls::crypto::ring as provider;
    use ureq::tls::{RootCerts, TlsConfig, TlsProvider};

    let tls = TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(provider::default_provider().into());
    Ok(config.tls_config(tls.build()))
}

#[cfg(not(any(feature = "ring", feature = "aws-lc-rs")))]
pub(crate) fn configure(
    config: ConfigBuilder<AgentScope>,
    environment: &Environment,
) -> Result<ConfigBuilder<AgentScope>, BuildError> {
    if environment.uses_tls() {
        return Err(BuildError::Transport(
            "TLS is compiled out: turn on the feature `ring` or `aws-lc-rs`, or pass a transport of your own".into(),
        ));
    }
    Ok(config)
}
