use crate::shared::open_enum::open_enum;

open_enum! {
    /// The status of a device authentication. Only [`Completed`](Self::Completed) is success.
    ///
    /// <https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications.html>
    pub enum Status {
        /// A device has to be chosen.
        DeviceSelectionRequired = "DEVICE_SELECTION_REQUIRED",
        /// A one-time passcode is awaited.
        OtpRequired = "OTP_REQUIRED",
        /// The assertion of a passkey or of PingID Desktop is awaited.
        AssertionRequired = "ASSERTION_REQUIRED",
        /// A push was sent, and is not answered yet.
        PushConfirmationRequired = "PUSH_CONFIRMATION_REQUIRED",
        /// A push was not answered in time.
        PushConfirmationTimedOut = "PUSH_CONFIRMATION_TIMED_OUT",
        /// The user is authenticated.
        Completed = "COMPLETED",
        /// The user is not authenticated, and this authentication is over.
        Failed = "FAILED",
    }
}
