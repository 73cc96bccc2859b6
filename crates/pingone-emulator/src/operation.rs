//! Which operation a request asks for: path, method and media type together say it.

use http::Method;

use crate::route::Resource;

/// What the service can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// `POST …/as/token`
    Token,
    /// `POST …/deviceAuthentications` with `application/json`
    Initialize,
    /// `POST …/deviceAuthentications` with `application/vnd.pingidentity.payload.check+json`
    CheckRememberedDevice,
    /// `GET …/deviceAuthentications/{id}`
    Read,
    /// `POST …/deviceAuthentications/{id}` with `application/vnd.pingidentity.device.select+json`
    SelectDevice,
    /// `POST …/deviceAuthentications/{id}` with `application/vnd.pingidentity.otp.check+json`
    CheckOtp,
    /// `POST …/deviceAuthentications/{id}` with `application/vnd.pingidentity.assertion.check+json`
    CheckAssertion,
    /// `POST …/deviceAuthentications/{id}` with `application/vnd.pingidentity.cancel.push.authentication+json`
    Cancel,
}

impl Operation {
    /// Every operation.
    pub const ALL: &[Self] = &[
        Self::Token,
        Self::Initialize,
        Self::CheckRememberedDevice,
        Self::Read,
        Self::SelectDevice,
        Self::CheckOtp,
        Self::CheckAssertion,
        Self::Cancel,
    ];

    /// The name, such as `select_device`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Initialize => "initialize",
            Self::CheckRememberedDevice => "check_remembered_device",
            Self::Read => "read",
            Self::SelectDevice => "select_device",
            Self::CheckOtp => "check_otp",
            Self::CheckAssertion => "check_assertion",
            Self::Cancel => "cancel",
        }
    }

    /// The operation of this [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|operation| operation.name() == name)
    }

    /// Rule: MEDIA_TYPE_CHOOSES.
    pub(crate) fn of(resource: &Resource<'_>, method: &Method, media_type: Option<&str>) -> Option<Self> {
        let is_post = method == Method::POST;
        match resource {
            Resource::Token => is_post.then_some(Self::Token),
            Resource::DeviceAuthentications if is_post => match media_type? {
                "application/json" => Some(Self::Initialize),
                "application/vnd.pingidentity.payload.check+json" => Some(Self::CheckRememberedDevice),
                _ => None,
            },
            Resource::DeviceAuthentication(_) if method == Method::GET => Some(Self::Read),
            Resource::DeviceAuthentication(_) if is_post => match media_type? {
                "application/vnd.pingidentity.device.select+json" => Some(Self::SelectDevice),
                "application/vnd.pingidentity.otp.check+json" => Some(Self::CheckOtp),
                "application/vnd.pingidentity.assertion.check+json" => Some(Self::CheckAssertion),
                "application/vnd.pingidentity.cancel.push.authentication+json" => Some(Self::Cancel),
                _ => None,
            },
            Resource::DeviceAuthentications | Resource::DeviceAuthentication(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for &operation in Operation::ALL {
            assert_eq!(Operation::from_name(operation.name()), Some(operation));
        }
        assert_eq!(Operation::from_name("resend"), None);
    }

    #[test]
    fn the_media_type_chooses() {
        let (all, one) = (Resource::DeviceAuthentications, Resource::DeviceAuthentication("a"));
        let json = Some("application/json");
        let cancel = Some("application/vnd.pingidentity.cancel.push.authentication+json");
        assert_eq!(Operation::of(&all, &Method::POST, json), Some(Operation::Initialize));
        assert_eq!(Operation::of(&one, &Method::POST, cancel), Some(Operation::Cancel));
        assert_eq!(Operation::of(&one, &Method::GET, cancel), Some(Operation::Read));
        assert_eq!(Operation::of(&all, &Method::POST, cancel), None);
        assert_eq!(Operation::of(&one, &Method::POST, json), None);
        assert_eq!(Operation::of(&one, &Method::PUT, cancel), None);
    }
}
