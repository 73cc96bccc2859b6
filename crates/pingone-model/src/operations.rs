//! Every operation of this crate, resource by resource.

use crate::{
    OperationInfo, authentication_code, bypass_mfa, device_authentication, mfa_enabled, pairing_key, population, user,
    user_device,
};

const RESOURCES: &[&[&OperationInfo]] = &[
    device_authentication::OPERATIONS,
    authentication_code::OPERATIONS,
    user::OPERATIONS,
    user_device::OPERATIONS,
    pairing_key::OPERATIONS,
    population::OPERATIONS,
    mfa_enabled::OPERATIONS,
    bypass_mfa::OPERATIONS,
];

/// Every operation of this crate: the source of the coverage table, and the list to review what may be sent again.
pub fn operations() -> impl Iterator<Item = &'static OperationInfo> {
    RESOURCES.iter().flat_map(|operations| operations.iter().copied())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use http::Method;

    use super::*;
    use crate::Idempotency;

    #[test]
    fn what_may_be_sent_again_follows_the_method() {
        for info in operations() {
            let expected = match info.method {
                Method::GET => Idempotency::Safe,
                Method::PUT => Idempotency::Idempotent,
                _ => Idempotency::Neither,
            };
            assert_eq!(info.idempotency, expected, "{}", info.name);
            let has_body = info.method != Method::GET && info.method != Method::DELETE;
            assert_eq!(info.media_type.is_some(), has_body, "{}", info.name);
        }
    }

    #[test]
    fn no_two_operations_share_a_name_or_a_request() {
        let names: BTreeSet<_> = operations().map(|info| info.name).collect();
        assert_eq!(names.len(), operations().count());
        let told = |info: &OperationInfo| (info.method.to_string(), info.path.to_string(), info.media_type);
        // Remembering a browser creates a device of type BROWSER, and sets a cookie.
        let others = || operations().filter(|info| info.name != "user_device.remember_browser");
        assert_eq!(others().map(told).collect::<BTreeSet<_>>().len(), others().count());
    }
}
