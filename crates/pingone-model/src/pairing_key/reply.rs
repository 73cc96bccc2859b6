use crate::{
    ApplicationReference, EnvironmentReference, Links, PairingKeyId, PolicyReference, Time, UserReference,
    reply::view::view, shared::open_enum::open_enum,
};

view! {
    /// A pairing key as the service describes it now.
    ///
    /// <https://developer.pingidentity.com/pingone-api/mfa/users/mfa-pairing-keys.html>
    pub struct PairingKey {
        /// The key's id.
        one id = "id": PairingKeyId;
        /// The environment that the key is in.
        one environment = "environment": EnvironmentReference;
        /// The code that the app claims: digits, or letters as well, of no documented length.
        text code = "code";
        /// Whether an app has taken it.
        one status = "status": PairingKeyStatus;
        /// The applications whose app may claim it.
        list applications = "applications": ApplicationReference;
        /// The user whose phone is to be paired.
        one user = "user": UserReference;
        /// The policy, if one was given.
        one policy = "policy": PolicyReference;
        /// Why it failed, if the status is `FAILED`.
        one error = "error": PairingError;
        /// When it was created: ISO 8601 in UTC.
        one created_at = "createdAt": Time;
        /// When it last changed: ISO 8601 in UTC.
        one updated_at = "updatedAt": Time;
        /// When it expires: ISO 8601 in UTC; 10 minutes after it was created, unless a policy says otherwise.
        one expires_at = "expiresAt": Time;
        /// A link to the key.
        one links = "_links": Links;
    }
}

open_enum! {
    /// Whether an app has taken a pairing key.
    pub enum PairingKeyStatus {
        /// No app has claimed it.
        Unclaimed = "UNCLAIMED",
        /// An app has claimed it.
        Claimed = "CLAIMED",
        /// An app tried to take it, and failed.
        Failed = "FAILED",
    }
}

view! {
    /// Why a phone was not paired.
    pub struct PairingError {
        /// The reason, as a constant. The possible values are not documented.
        word code = "code";
        /// The same in English, for developers.
        text message = "message";
    }
}
