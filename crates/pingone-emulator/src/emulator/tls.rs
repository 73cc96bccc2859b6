//! HTTPS with a certificate authority for the lifetime of the emulator.

use std::{io, net::IpAddr, sync::Arc};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
};

use super::connection::{Carrier, Connection};

#[derive(Clone)]
pub(super) struct Tls {
    acceptor: TlsAcceptor,
    authority: String,
}

impl Tls {
    /// A new authority, and a certificate of it for localhost and for `host`.
    pub(super) fn new(host: IpAddr) -> io::Result<Self> {
        let names = ["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned(), host.to_string()];
        let (authority, certificate, key) = certify(names.into()).map_err(io::Error::other)?;
        // An explicit provider, because the process-wide default is up to the application.
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|config| {
                let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
                config.with_no_client_auth().with_single_cert(vec![certificate.der().clone()], key)
            })
            .map_err(io::Error::other)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { acceptor: Arc::new(config).into(), authority })
    }

    /// The authority's certificate, in PEM.
    pub(super) fn authority(&self) -> &str {
        &self.authority
    }

    pub(super) async fn accept(&self, connection: Connection) -> io::Result<Box<dyn Carrier>> {
        Ok(Box::new(self.acceptor.accept(connection).await?))
    }
}

fn certify(names: Vec<String>) -> Result<(String, rcgen::Certificate, KeyPair), rcgen::Error> {
    let mut parameters = CertificateParams::new([])?;
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    parameters.distinguished_name.push(rcgen::DnType::CommonName, "pingone-emulator, for tests only");
    let key = KeyPair::generate()?;
    let authority = parameters.self_signed(&key)?.pem();
    let (own, issuer) = (KeyPair::generate()?, Issuer::new(parameters, key));
    let certificate = CertificateParams::new(names)?.signed_by(&own, &issuer)?;
    Ok((authority, certificate, own))
}
