use crate::{
    ApplicationReference, AuthenticationCodeId, Device, EnvironmentReference, Links, ServiceDuration, Time,
    UserReference, reply::view::view, shared::open_enum::open_enum,
};

view! {
    /// An authentication code as the service describes it now.
    ///
    /// <https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-authentication-code.html>
    pub struct AuthenticationCode {
        /// Its id.
        one id = "id": AuthenticationCodeId;
        /// The environment.
        one environment = "environment": EnvironmentReference;
        /// The code that the app claims: 8 characters.
        text code = "code";
        /// The content of the QR code; not a valid absolute URI.
        text uri = "uri";
        /// The application whose app can claim it.
        one application = "application": ApplicationReference;
        /// Data for the app.
        json client_context = "clientContext";
        /// How long it is valid.
        one life_time = "lifeTime": ServiceDuration;
        /// Whether the user has to approve.
        one user_approval = "userApproval": UserApproval;
        /// Its status.
        one status = "status": AuthenticationCodeStatus;
        /// When it ends: ISO 8601 in UTC.
        one expires_at = "expiresAt": Time;
        /// When it was created: ISO 8601 in UTC.
        one created_at = "createdAt": Time;
        /// When it last changed: ISO 8601 in UTC.
        one updated_at = "updatedAt": Time;
        /// The user, once an app has claimed it (*seen*).
        one user = "user": UserReference;
        /// Who has claimed it (*seen*).
        one embedded = "_embedded": ClaimedBy;
        /// Links to it.
        one links = "_links": Links;
    }
}

view! {
    /// Who has claimed an authentication code.
    pub struct ClaimedBy {
        /// The device (*seen*).
        one device = "device": Device;
    }
}

open_enum! {
    /// Whether the user has to approve.
    pub enum UserApproval {
        /// They have to.
        Required = "REQUIRED",
        /// They need not.
        NotRequired = "NOT_REQUIRED",
    }
}

open_enum! {
    /// The status of an authentication code.
    pub enum AuthenticationCodeStatus {
        /// No app has claimed it.
        Unclaimed = "UNCLAIMED",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    #[test]
    fn debug_shows_no_code() {
        let reply = include_str!("../../fixtures/replies/authentication_code.create.json");
        let shown = format!("{:?}", Document::<AuthenticationCode>::from_json(reply).unwrap());
        assert!(shown.contains("Unclaimed") && !shown.contains("B4D04NQR"), "{shown}");
    }
}
