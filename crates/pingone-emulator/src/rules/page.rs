//! The pages that say so.

pub(super) const INDEX: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications.html";
pub(super) const INITIALIZE: &str = "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/initialize-device-authentication.html";
pub(super) const NO_USER: &str = "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/initialize_device_authentication_usernameless.html";
pub(super) const ONE_TIME: &str = "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/onetime-authentication-sms.html";
pub(super) const SELECT: &str = "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/select-device-authentication.html";
pub(super) const OTP: &str = "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/validate-otp-device-authentication.html";
pub(super) const ASSERTION: &str = "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/check-assertion-device-authentication.html";
pub(super) const CANCEL: &str = "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/cancel_authentication.html";
pub(super) const REMEMBERED: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/remembered-devices/check_remembered_device.html";
pub(super) const DEVICES: &str = "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices.html";
pub(super) const TEST_DEVICE: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/create_mfa_user_device_test.html";
pub(super) const ORDER: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/delete-device-order.html";
pub(super) const POLICY: &str = "https://developer.pingidentity.com/pingone-api/mfa/device-authentication-policy/create-device-authentication-policy.html";
pub(super) const REQUESTS: &str =
    "https://developer.pingidentity.com/pingone-api/foundations/conventions/pingone-api-requests.html";
pub(super) const RESPONSES: &str =
    "https://developer.pingidentity.com/pingone-api/foundations/conventions/pingone-api-responses.html";
pub(super) const ERRORS: &str = "https://developer.pingidentity.com/pingone-api/platform/reference/error-codes.html";
pub(super) const TOKEN: &str = "https://developer.pingidentity.com/pingone-api/auth/openid-connect-oauth-2/token-admin-app-client_credentials.html";
pub(super) const METHODS: &str = "https://developer.pingidentity.com/pingone-api/workflow-library/platform-sso-and-authorization/openid-connect-oidc/client-authentication-methods.html";
pub(super) const CLIENT_JWT: &str =
    "https://developer.pingidentity.com/pingone-api/auth/auth-config-options/create-a-client-secret-jwt.html";
pub(super) const TOKENS: &str = "https://developer.pingidentity.com/pingone-api/foundations/authentication-concepts/access-tokens-and-id-tokens.html";
pub(super) const WORKER: &str = "https://apidocs.pingidentity.com/pingone/main/v1/api/src/authentication-concepts/authorization-and-authentication-by-application-type/worker-applications/";
pub(super) const WEBAUTHN: &str = "https://www.w3.org/TR/webauthn-2/#sctn-verifying-assertion";
pub(super) const RFC6238: &str = "https://www.rfc-editor.org/rfc/rfc6238";
pub(super) const RFC6749: &str = "https://www.rfc-editor.org/rfc/rfc6749";
