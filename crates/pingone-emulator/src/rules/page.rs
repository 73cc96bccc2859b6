//! The pages that say so.

pub(crate) const INDEX: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications.html";
pub(crate) const INITIALIZE: &str = "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/initialize-device-authentication.html";
pub(crate) const NO_USER: &str = "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/initialize_device_authentication_usernameless.html";
pub(crate) const ONE_TIME: &str = "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/onetime-authentication-sms.html";
pub(crate) const SELECT: &str = "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/select-device-authentication.html";
pub(crate) const OTP: &str = "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/validate-otp-device-authentication.html";
pub(crate) const ASSERTION: &str = "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/check-assertion-device-authentication.html";
pub(crate) const CANCEL: &str = "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/cancel_authentication.html";
pub(crate) const REMEMBERED: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/remembered-devices/check_remembered_device.html";
pub(crate) const DEVICES: &str = "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices.html";
pub(crate) const TEST_DEVICE: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/create_mfa_user_device_test.html";
pub(crate) const ORDER: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/delete-device-order.html";
pub(crate) const POLICY: &str = "https://developer.pingidentity.com/pingone-api/mfa/device-authentication-policy/create-device-authentication-policy.html";
pub(crate) const REQUESTS: &str =
    "https://developer.pingidentity.com/pingone-api/foundations/conventions/pingone-api-requests.html";
pub(crate) const RESPONSES: &str =
    "https://developer.pingidentity.com/pingone-api/foundations/conventions/pingone-api-responses.html";
pub(crate) const ERRORS: &str = "https://developer.pingidentity.com/pingone-api/platform/reference/error-codes.html";
pub(crate) const TOKEN: &str = "https://developer.pingidentity.com/pingone-api/auth/openid-connect-oauth-2/token-admin-app-client_credentials.html";
pub(crate) const METHODS: &str = "https://developer.pingidentity.com/pingone-api/workflow-library/platform-sso-and-authorization/openid-connect-oidc/client-authentication-methods.html";
pub(crate) const CLIENT_JWT: &str =
    "https://developer.pingidentity.com/pingone-api/auth/auth-config-options/create-a-client-secret-jwt.html";
pub(crate) const TOKENS: &str = "https://developer.pingidentity.com/pingone-api/foundations/authentication-concepts/access-tokens-and-id-tokens.html";
pub(crate) const WORKER: &str = "https://apidocs.pingidentity.com/pingone/main/v1/api/src/authentication-concepts/authorization-and-authentication-by-application-type/worker-applications/";
pub(crate) const WEBAUTHN: &str = "https://www.w3.org/TR/webauthn-2/#sctn-verifying-assertion";
pub(crate) const RFC6238: &str = "https://www.rfc-editor.org/rfc/rfc6238";
pub(crate) const RFC6749: &str = "https://www.rfc-editor.org/rfc/rfc6749";
