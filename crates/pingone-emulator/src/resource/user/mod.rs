//! Users with their devices, and what the service remembers of each device.

mod address;
mod device;
mod device_state;
mod devices;
mod store;
#[expect(clippy::module_inception, reason = "the resource is a user, and so is its item")]
mod user;

pub(crate) use self::{
    address::{is_address, mask},
    device_state::PushFail,
    store::Users,
};
pub use self::{device::Device, user::User};
