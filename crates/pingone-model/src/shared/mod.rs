//! What the replies of several resources have in common.

mod duration;
mod entered_code;
pub(crate) mod id;
mod notification;
pub(crate) mod open_enum;
mod reference;
pub(crate) mod text;
mod time;

pub use duration::{ServiceDuration, TimeUnit};
pub(crate) use entered_code::EnteredCode;
pub use id::{
    ApplicationId, AuthenticationCodeId, DeviceAuthenticationId, DeviceId, EnvironmentId, IdentityProviderId,
    PairingKeyId, PolicyId, PopulationId, UserId,
};
pub use notification::Notification;
pub use open_enum::Unnamed;
pub use reference::{
    ApplicationReference, DeviceReference, EnvironmentReference, Link, Links, PolicyReference, PopulationReference,
    UserReference,
};
pub use time::Time;
