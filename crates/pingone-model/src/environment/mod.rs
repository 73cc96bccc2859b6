//! Where an environment is: its id, its two hosts, and the only place that builds addresses.

mod base;

use std::fmt;

use http::Uri;

use self::base::Base;
use crate::{EnvironmentId, Host, Ids, Path, Query, Region, RequestError, operation::Segments};

/// A PingOne environment: its id, and the addresses of its two hosts.
///
/// ```
/// use pingone_model::{Environment, Region};
///
/// let id = "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6";
/// let hosted = Environment::new(Region::Europe, id);
/// assert_eq!(
///     hosted.auth(&["deviceAuthentications"])?.to_string(),
///     "https://auth.pingone.eu/abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6/deviceAuthentications",
/// );
/// assert_eq!(
///     hosted.api(&["users"])?.to_string(),
///     "https://api.pingone.eu/v1/environments/abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6/users",
/// );
///
/// // A custom domain replaces the auth host only, whose paths then lack the environment id.
/// let branded = Environment::with_custom_domain(Region::Europe, "login.example.com", id)?;
/// assert_eq!(
///     branded.auth(&["deviceAuthentications"])?.to_string(),
///     "https://login.example.com/deviceAuthentications",
/// );
/// assert_eq!(branded.api(&["users"])?, hosted.api(&["users"])?);
///
/// // An emulator or a gateway has both hosts below one address.
/// let local = Environment::at("http://127.0.0.1:8080", id)?;
/// assert_eq!(
///     local.api(&["users"])?.to_string(),
///     "http://127.0.0.1:8080/v1/environments/abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6/users",
/// );
/// # Ok::<_, pingone_model::RequestError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    id: EnvironmentId,
    auth: Base,
    api: Base,
}

impl Environment {
    /// An environment at PingOne's own addresses.
    #[must_use]
    pub fn new(region: Region, id: impl Into<EnvironmentId>) -> Self {
        Self { id: id.into(), auth: Base::hosted(region, Host::Auth), api: Base::hosted(region, Host::Api) }
    }

    /// An environment whose auth host has a name of its own, such as `login.example.com`. The API host cannot be
    /// customized: it stays that of the region.
    ///
    /// <https://developer.pingidentity.com/pingone-api/platform/custom-domains.html>
    ///
    /// # Errors
    ///
    /// `domain` is not a host name, or is PingOne's own.
    pub fn with_custom_domain(
        region: Region,
        domain: &str,
        id: impl Into<EnvironmentId>,
    ) -> Result<Self, RequestError> {
        Ok(Self { auth: Base::custom_domain(domain)?, ..Self::new(region, id) })
    }

    /// An environment at an address of your own, such as that of an emulator or a gateway, with both hosts below it:
    /// `{base}/{envID}/…` and `{base}/v1/environments/{envID}/…`.
    ///
    /// # Errors
    ///
    /// `base` is not an `https` address with at most a path, or is `http` elsewhere than on loopback; or it is PingOne's
    /// own, or already ends with what is added to it.
    pub fn at(base: &str, id: impl Into<EnvironmentId>) -> Result<Self, RequestError> {
        let id = id.into();
        let auth = Base::parse("base", base, &id)?;
        Ok(Self { id, api: auth.clone().versioned(), auth })
    }

    /// The same with an address for each host: `{auth_base}/{envID}/…` and `{api_base}/v1/environments/{envID}/…`.
    ///
    /// # Errors
    ///
    /// As for [`at`](Self::at), with the name of the base.
    pub fn at_bases(auth_base: &str, api_base: &str, id: impl Into<EnvironmentId>) -> Result<Self, RequestError> {
        let id = id.into();
        let auth = Base::parse("auth_base", auth_base, &id)?;
        Ok(Self { api: Base::parse("api_base", api_base, &id)?.versioned(), auth, id })
    }

    /// The environment's id.
    #[must_use]
    pub fn id(&self) -> &EnvironmentId {
        &self.id
    }

    /// The region, unless both hosts were given.
    #[must_use]
    pub fn region(&self) -> Option<Region> {
        Region::ALL.iter().copied().find(|region| self.api == Base::hosted(*region, Host::Api))
    }

    /// The address below the environment on the auth host: `{authPath}/{envID}/{segments…}`.
    ///
    /// # Errors
    ///
    /// The environment's id or a segment is not valid in a path. Check an id with its `checked` first, which names it.
    pub fn auth(&self, segments: &[&str]) -> Result<Uri, RequestError> {
        self.below(Path::auth("/{envID}"), segments)
    }

    /// The address below the environment on the API host: `{apiPath}/environments/{envID}/{segments…}`.
    ///
    /// # Errors
    ///
    /// As for [`auth`](Self::auth).
    pub fn api(&self, segments: &[&str]) -> Result<Uri, RequestError> {
        self.below(Path::api("/environments/{envID}"), segments)
    }

    fn below(&self, path: Path, segments: &[&str]) -> Result<Uri, RequestError> {
        self.join(path, Ids::NONE, segments, &Query::NONE)
    }

    /// The address of an operation: its path with the environment's id and `ids` in it, and `query`.
    ///
    /// # Errors
    ///
    /// An id is not valid in a path, or their number differs from that of the placeholders.
    pub fn address(&self, path: Path, ids: Ids<'_>, query: &Query) -> Result<Uri, RequestError> {
        self.join(path, ids, &[], query)
    }

    fn join(&self, path: Path, ids: Ids<'_>, more: &[&str], query: &Query) -> Result<Uri, RequestError> {
        let base = match path.host() {
            Host::Auth => &self.auth,
            Host::Api => &self.api,
        };
        base.join(Segments::new(path, self.id.checked()?, ids, more)?, query)
    }

    /// Whether `uri` is at one of this environment's hosts: only there may its token go.
    #[must_use]
    pub fn owns(&self, uri: &Uri) -> bool {
        self.auth.is_origin_of(uri) || self.api.is_origin_of(uri)
    }

    /// Whether a host is called over TLS: always, unless both are on this machine and say `http`.
    #[must_use]
    pub fn uses_tls(&self) -> bool {
        self.auth.uses_tls() || self.api.uses_tls()
    }

    /// Whether both hosts are called over TLS, so nothing is ever sent without it.
    #[must_use]
    pub fn is_https_only(&self) -> bool {
        self.auth.uses_tls() && self.api.uses_tls()
    }

    /// Whether both hosts are on this machine, so no proxy is used.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.auth.is_loopback() && self.api.is_loopback()
    }
}

/// The id and the bases of the hosts, such as `abfba8f6-… at https://auth.pingone.eu and https://api.pingone.eu`.
impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (auth, api) = (self.auth.unversioned(), self.api.unversioned());
        write!(f, "{} at {auth}", self.id)?;
        if api == auth { Ok(()) } else { write!(f, " and {api}") }
    }
}
