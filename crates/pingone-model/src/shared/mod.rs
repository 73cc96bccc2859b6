//! What the replies of several resources have in common.

mod duration;
pub(crate) mod id;
pub(crate) mod open_enum;
mod reference;
pub(crate) mod text;
mod time;

pub use duration::{ServiceDuration, TimeUnit};
pub use id::{
    ApplicationId, AuthenticationCodeId, DeviceAuthenticationId, DeviceId, EnvironmentId, IdentityProviderId, PolicyId,
    PopulationId, UserId,
};
pub use open_enum::Unnamed;
pub use reference::{
    ApplicationReference, DeviceReference, EnvironmentReference, Link, Links, PolicyReference, PopulationReference,
    UserReference,
};
pub use time::Time;
