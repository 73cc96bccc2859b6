use std::{fmt, str::FromStr};

use crate::RequestError;

/// The geography an organization lives in; it decides the last part of the host name.
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

    pub(crate) const fn auth_host(self) -> &'static str {
        match self {
            Self::NorthAmerica => "auth.pingone.com",
            Self::Canada => "auth.pingone.ca",
            Self::Europe => "auth.pingone.eu",
            Self::Australia => "auth.pingone.com.au",
            Self::Singapore => "auth.pingone.sg",
            Self::AsiaPacific => "auth.pingone.asia",
        }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// There is no default: a code that this version does not know must not send a log-in to another continent.
impl FromStr for Region {
    type Err = RequestError;

    fn from_str(code: &str) -> Result<Self, RequestError> {
        let known = Self::ALL.iter().find(|region| region.code() == code);
        known.copied().ok_or(RequestError::new(
            "region",
            "is unknown: use NA, CA, EU, AU, SG or AP, or name the environment's custom domain",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Environment;

    #[test]
    fn every_region_has_its_host_and_no_other_code_has_one() {
        let hosts = [
            "auth.pingone.com",
            "auth.pingone.ca",
            "auth.pingone.eu",
            "auth.pingone.com.au",
            "auth.pingone.sg",
            "auth.pingone.asia",
        ];
        for (code, host) in ["NA", "CA", "EU", "AU", "SG", "AP"].into_iter().zip(hosts) {
            let region: Region = code.parse().unwrap();
            assert_eq!(region.to_string(), code);
            let uri = Environment::new(region, "e-1").auth(&["x"]).unwrap();
            assert_eq!(uri.to_string(), format!("https://{host}/e-1/x"));
        }
        for unknown in ["", "XX", "eu", "EU ", "COM"] {
            let error = unknown.parse::<Region>().unwrap_err();
            assert_eq!(error.argument(), "region", "{unknown:?}");
        }
    }
}
