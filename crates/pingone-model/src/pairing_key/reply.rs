use crate::{
    ApplicationReference, EnvironmentReference, Links, PairingKeyId, PolicyReference, Time, UserReference,
    reply::view::view, shared::open_enum::open_enum,
};

view! {
    /// A pairing key as the service describes it now.
    ///
    /// <https://developer.pingidentity.com/pingone-api/mfa/users/mfa-pairing-keys.html>
    pub struct PairingKey {
        /// Its id.
        one id = "id": PairingKeyId;
        /// The environment.
        one environment = "environment": EnvironmentReference;
        /// The code that the app takes: digits, or letters as well, of no documented length.
        text code = "code";
        /// Where it stands.
        one status = "status": PairingKeyStatus;
        /// The applications whose app may take it.
        list applications = "applications": ApplicationReference;
        /// The user whose phone it is to pair.
        one user = "user": UserReference;
        /// The policy, if one was given.
        one policy = "policy": PolicyReference;
        /// Why it failed, with `FAILED`.
        one error = "error": PairingError;
        /// When it was made: ISO 8601 in UTC.
        one created_at = "createdAt": Time;
        /// When it changed last: ISO 8601 in UTC.
        one updated_at = "updatedAt": Time;
        /// When it expires: ISO 8601 in UTC; 10 minutes after it was created, unless a policy says otherwise.
        one expires_at = "expiresAt": Time;
        /// Where the service keeps it.
        one links = "_links": Links;
    }
}

open_enum! {
    /// Where a pairing key stands.
    pub enum PairingKeyStatus {
        /// No app has taken it.
        Unclaimed = "UNCLAIMED",
        /// An app has taken it.
        Claimed = "CLAIMED",
        /// An app has tried to take it, and failed.
        Failed = "FAILED",
    }
}

view! {
    /// Why a phone was not paired.
    pub struct PairingError {
        /// The reason, as a constant; the possible ones are not documented.
        word code = "code";
        /// The same in English, for developers.
        text message = "message";
    }
}
