use std::{borrow::Cow, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{Host, RequestError};

/// The geography of an organization, which decides the top-level domain of the hosts.
///
/// As text, and with serde, it is PingOne's [`code`](Self::code), in upper or lower case.
///
/// <https://developer.pingidentity.com/pingone-api/before-you-begin/introduction.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Region {
    /// North America without Canada.
    NorthAmerica,
    /// Canada.
    Canada,
    /// The European Union.
    Europe,
    /// Australia.
    Australia,
    /// Singapore.
    Singapore,
    /// Asia-Pacific.
    AsiaPacific,
}

/// `pingone.{tld}`, and the two hosts below it.
macro_rules! hosts {
    ($host:expr, $tld:literal) => {
        match $host {
            None => concat!("pingone.", $tld),
            Some(Host::Auth) => concat!("auth.pingone.", $tld),
            Some(Host::Api) => concat!("api.pingone.", $tld),
        }
    };
}

impl Region {
    /// Every region.
    pub const ALL: &[Self] =
        &[Self::NorthAmerica, Self::Canada, Self::Europe, Self::Australia, Self::Singapore, Self::AsiaPacific];

    /// PingOne's code for it, such as `EU`; `parse` reads it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NorthAmerica => "NA",
            Self::Canada => "CA",
            Self::Europe => "EU",
            Self::Australia => "AU",
            Self::Singapore => "SG",
            Self::AsiaPacific => "AP",
        }
    }

    /// The region of one of PingOne's own hosts, such as `auth.pingone.eu`; none for any other name.
    #[must_use]
    pub fn of_host(name: &str) -> Option<Self> {
        // Also with the dot that makes a name absolute.
        let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
        let is_of = |region: &&Self| {
            let rest = name.strip_suffix(region.host(None));
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        Self::ALL.iter().find(is_of).copied()
    }

    /// The name of a host here; without one, the domain that all of them share.
    pub(crate) const fn host(self, host: Option<Host>) -> &'static str {
        match self {
            Self::NorthAmerica => hosts!(host, "com"),
            Self::Canada => hosts!(host, "ca"),
            Self::Europe => hosts!(host, "eu"),
            Self::Australia => hosts!(host, "com.au"),
            Self::Singapore => hosts!(host, "sg"),
            Self::AsiaPacific => hosts!(host, "asia"),
        }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// There is no default: an unknown code must not send a log-in to another continent.
impl FromStr for Region {
    type Err = RequestError;

    fn from_str(code: &str) -> Result<Self, RequestError> {
        let known = Self::ALL.iter().find(|region| region.code().eq_ignore_ascii_case(code));
        known.copied().ok_or(RequestError::new("region", "is unknown: use NA, CA, EU, AU, SG or AP"))
    }
}

impl Serialize for Region {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Region {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_of_pingone_has_a_region_and_no_other_has() {
        for region in Region::ALL {
            let host = region.host(Some(Host::Auth));
            for name in [host, region.host(None), &host.to_uppercase(), &format!("{host}."), &format!("new.{host}")] {
                assert_eq!(Region::of_host(name), Some(*region), "{name}");
            }
        }
        for name in ["", ".", "com", "example.com", "mypingone.com", "pingone.com.evil.example", "auth.pingone.org"] {
            assert_eq!(Region::of_host(name), None, "{name}");
        }
    }

    #[test]
    fn a_code_is_read_in_any_case_and_no_other_text_is() {
        for region in Region::ALL {
            let code = region.to_string();
            for text in [code.clone(), code.to_lowercase()] {
                assert_eq!(text.parse::<Region>().unwrap(), *region);
            }
            let json = serde_json::to_string(region).unwrap();
            assert_eq!(json, format!("\"{code}\""));
            assert_eq!(serde_json::from_str::<Region>(&json).unwrap(), *region);
        }
        for unknown in ["", "XX", "EU ", "eur", "COM", "Europe"] {
            let error = unknown.parse::<Region>().unwrap_err();
            assert_eq!(error.argument(), "region", "{unknown:?}");
            assert!(serde_json::from_value::<Region>(unknown.into()).is_err());
        }
    }
}
