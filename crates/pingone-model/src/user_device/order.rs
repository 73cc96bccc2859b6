use serde_json::{Value, json};

use super::{ALL, ListUserDevices};
use crate::{Body, DeviceId, FollowUp, Ids, Operation, OperationInfo, RequestError, UserId, media_type};

/// `POST /environments/{envID}/users/{userID}/devices` as
/// `application/vnd.pingidentity.devices.reorder+json`
///
/// Puts the active devices of a user in order. The first is the default: an authentication begins with it, without asking the
/// user. A device that is enrolled later comes last.
///
/// The reply is not documented, so nothing of it is read. After a lost reply, [the list with its
/// order](ListUserDevices::expand_order) tells whether it took effect.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/set-device-order.html>
#[derive(Clone, Debug)]
pub struct SetDeviceOrder {
    user: UserId,
    devices: Vec<DeviceId>,
}

impl SetDeviceOrder {
    /// Puts the devices of `user` in this order.
    #[must_use]
    pub fn new<D: Into<DeviceId>>(user: impl Into<UserId>, devices: impl IntoIterator<Item = D>) -> Self {
        Self { user: user.into(), devices: devices.into_iter().map(Into::into).collect() }
    }
}

impl Operation for SetDeviceOrder {
    const INFO: &'static OperationInfo = &OperationInfo::post(
        "user_device.set_order",
        ALL,
        media_type::DEVICES_REORDER,
        &["https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/set-device-order.html"],
    );
    type Output = ();

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.user)
    }

    fn body(&self) -> Result<Body, RequestError> {
        if self.devices.is_empty() {
            return Err(RequestError::new("devices", "is empty: name the devices, or remove the order"));
        }
        let order: Result<Vec<Value>, _> = self.devices.iter().map(|id| Ok(json!({ "id": id.checked()? }))).collect();
        Ok(json!({ "order": order? }).into())
    }
}

/// The list has the order.
impl FollowUp for SetDeviceOrder {
    type Read = ListUserDevices;

    fn follow_up(&self) -> ListUserDevices {
        ListUserDevices::new(&self.user).expand_order()
    }
}

/// `POST /environments/{envID}/users/{userID}/devices` as
/// `application/vnd.pingidentity.devices.order.remove+json`
///
/// Removes the order of a user's devices: there is no default then, and a device is selected each time.
///
/// After a lost reply, [the list with its order](ListUserDevices::expand_order) tells whether it took effect: then there is
/// no order.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/delete-device-order.html>
#[derive(Clone, Debug)]
pub struct RemoveDeviceOrder {
    user: UserId,
}

impl RemoveDeviceOrder {
    /// Removes the order of the devices of `user`.
    #[must_use]
    pub fn new(user: impl Into<UserId>) -> Self {
        Self { user: user.into() }
    }
}

impl Operation for RemoveDeviceOrder {
    const INFO: &'static OperationInfo = &OperationInfo::post(
        "user_device.remove_order",
        ALL,
        media_type::DEVICES_ORDER_REMOVE,
        &["https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/delete-device-order.html"],
    );
    type Output = ();

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.user)
    }
}

/// The list has the order.
impl FollowUp for RemoveDeviceOrder {
    type Read = ListUserDevices;

    fn follow_up(&self) -> ListUserDevices {
        ListUserDevices::new(&self.user).expand_order()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Environment, Region};

    #[test]
    fn a_bad_argument_is_named() {
        let argument =
            |set: SetDeviceOrder| set.request(&Environment::new(Region::Europe, "e-1")).unwrap_err().argument();
        assert_eq!(argument(SetDeviceOrder::new("u-1", [""; 0])), "devices");
        assert_eq!(argument(SetDeviceOrder::new("u-1", ["d-1", "d/2"])), "device_id");
        assert_eq!(argument(SetDeviceOrder::new("", ["d-1"])), "user_id");
    }
}
