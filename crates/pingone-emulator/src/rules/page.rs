//! The pages of the reference.

pub(crate) const INDEX: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications.html";
pub(crate) const NO_USER: &str = "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/initialize_device_authentication_usernameless.html";
pub(crate) const ASSERTION: &str = "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/check-assertion-device-authentication.html";
pub(crate) const CANCEL: &str = "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/cancel_authentication.html";
pub(crate) const DESKTOP: &str = "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/check-assertion-desktop.html";
pub(crate) const REMEMBERED: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/remembered-devices/check_remembered_device.html";
pub(crate) const DEVICES: &str = "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices.html";
pub(crate) const TEST_DEVICE: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/create_mfa_user_device_test.html";
pub(crate) const VOICE: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/create-mfa-user-device-voice.html";
pub(crate) const CREATE_EMAIL_STEP: &str = "https://developer.pingidentity.com/pingone-api/getting-started/create-a-test-environment/step-8-set-user-device-email.html";
pub(crate) const CREATE_SMS: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/create-mfa-user-device-sms.html";
pub(crate) const CREATE_WHATSAPP: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/create_mfa_user_device_whatsapp.html";
pub(crate) const CREATE_TOTP: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/create-mfa-user-device-totp-.html";
pub(crate) const CREATE_OATH_TOKEN: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/create_mfa_user_device_oath_token.html";
pub(crate) const ACTIVATE: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/activate-mfa-user-device.html";
pub(crate) const ACTIVATE_OATH_TOKEN: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/activate_device_oath_token.html";
pub(crate) const BLOCK: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/block_mfa_user_device.html";
pub(crate) const UNLOCK_DEVICE: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/unlock_device.html";
pub(crate) const LIST_DEVICES: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/read-all-mfa-user-devices.html";
pub(crate) const NICKNAME: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/update-device-nickname.html";
pub(crate) const LOGS: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/send-mfa-device-logs.html";
pub(crate) const DELETE_DEVICE: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/delete-mfa-user-device.html";
pub(crate) const REMEMBER: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/remembered-devices/create_remembered_device.html";
pub(crate) const REMEMBER_POLICY: &str = "https://developer.pingidentity.com/pingone-api/mfa/users/remembered-devices/create_mfa_policy_with_remember_me.html";
pub(crate) const SETTINGS: &str = "https://developer.pingidentity.com/pingone-api/mfa/mfa-settings.html";
/// The settings in the reference before it moved, which says what counts as a failure.
pub(crate) const SETTINGS_BEFORE: &str =
    "https://apidocs.pingidentity.com/pingone/platform/v1/api/src/management-apis/mfa-settings/";
pub(crate) const ORDER: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/delete-device-order.html";
pub(crate) const AUTHENTICATION_CODE: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-authentication-code.html";
pub(crate) const POLICY: &str = "https://developer.pingidentity.com/pingone-api/mfa/device-authentication-policy/create-device-authentication-policy.html";
pub(crate) const TERRAFORM_POLICY: &str =
    "https://github.com/pingidentity/terraform-provider-pingone/blob/main/docs/resources/mfa_device_policy.md";
pub(crate) const SETTINGS_UPDATE: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/mfa-settings/update_mfa_settings_alphanumeric.html";
pub(crate) const TERRAFORM_SETTINGS: &str =
    "https://github.com/pingidentity/terraform-provider-pingone/blob/main/docs/resources/mfa_settings.md";
pub(crate) const REQUESTS: &str =
    "https://developer.pingidentity.com/pingone-api/foundations/conventions/pingone-api-requests.html";
pub(crate) const RESPONSES: &str =
    "https://developer.pingidentity.com/pingone-api/foundations/conventions/pingone-api-responses.html";
pub(crate) const EXTERNAL_IDS: &str =
    "https://developer.pingidentity.com/pingone-api/platform/reference/external-transaction-and-session-ids.html";
pub(crate) const METHODS: &str = "https://developer.pingidentity.com/pingone-api/workflow-library/platform-sso-and-authorization/openid-connect-oidc/client-authentication-methods.html";
pub(crate) const CLIENT_JWT: &str =
    "https://developer.pingidentity.com/pingone-api/auth/auth-config-options/create-a-client-secret-jwt.html";
pub(crate) const TOKENS: &str = "https://developer.pingidentity.com/pingone-api/foundations/authentication-concepts/access-tokens-and-id-tokens.html";
pub(crate) const TOKEN_CLAIMS: &str = "https://developer.pingidentity.com/pingone-api/foundations/authentication-concepts/access-tokens-and-id-tokens/token-claims.html";
pub(crate) const CIBA: &str = "https://developer.pingidentity.com/pingone-api/foundations/authentication-concepts/authorization-flow-by-grant-type/ciba-grant-type.html";
pub(crate) const WORKER: &str = "https://apidocs.pingidentity.com/pingone/main/v1/api/src/authentication-concepts/authorization-and-authentication-by-application-type/worker-applications/";
pub(crate) const WEBAUTHN: &str = "https://www.w3.org/TR/webauthn-2/#sctn-verifying-assertion";
pub(crate) const RELYING_PARTY_ID: &str = "https://www.w3.org/TR/webauthn-2/#relying-party-identifier";
pub(crate) const WEBAUTHN_DATA: &str = "https://www.w3.org/TR/webauthn-2/#sctn-authenticator-data";
pub(crate) const WEBAUTHN_TYPES: &str = "https://www.w3.org/TR/webauthn-2/#iface-pkcredential";
pub(crate) const WEBAUTHN_3: &str = "https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion";
pub(crate) const RFC6238: &str = "https://www.rfc-editor.org/rfc/rfc6238";
pub(crate) const RFC6749: &str = "https://www.rfc-editor.org/rfc/rfc6749";
pub(crate) const RFC7662: &str = "https://www.rfc-editor.org/rfc/rfc7662";
pub(crate) const JWKS: &str =
    "https://developer.pingidentity.com/pingone-api/auth/openid-connect-oauth-2/read-jwks.html";
pub(crate) const DISCOVERY: &str =
    "https://developer.pingidentity.com/pingone-api/auth/openid-connect-oauth-2/discovery-openid-configuration.html";
pub(crate) const USERS: &str = "https://developer.pingidentity.com/pingone-api/platform/users/users-1.html";
pub(crate) const USER_CREATE: &str =
    "https://developer.pingidentity.com/pingone-api/platform/users/users-1/create-user.html";
pub(crate) const USER_CREATE_STEP: &str = "https://developer.pingidentity.com/pingone-api/getting-started/create-a-test-environment/step-5-create-a-user.html";
pub(crate) const ACCOUNTS: &str = "https://developer.pingidentity.com/pingone-api/platform/users/user-accounts.html";
pub(crate) const MFA_ENABLED: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/enable-users-mfa/update-user-mfa-enabled.html";
pub(crate) const MFA_ENABLED_STEP: &str = "https://developer.pingidentity.com/pingone-api/getting-started/create-a-test-environment/step-7-enable-user-mfa.html";
pub(crate) const BYPASS: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/users-1/allow_mfa_bypass.html";
pub(crate) const BYPASS_STATUS: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/users-1/check_mfa_bypass_status.html";
pub(crate) const USER_IMPORT: &str =
    "https://developer.pingidentity.com/pingone-api/platform/users/users-1/create-user-import.html";
pub(crate) const ACCOUNT_LOCK: &str =
    "https://developer.pingidentity.com/pingone-api/platform/users/user-accounts/user-account-lock.html";
pub(crate) const ACCOUNT_UNLOCK: &str =
    "https://developer.pingidentity.com/pingone-api/platform/users/user-accounts/user-account-unlock.html";
pub(crate) const MFA_ENABLED_READ: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/enable-users-mfa/read-user-mfa-enabled.html";
pub(crate) const PAGING: &str =
    "https://developer.pingidentity.com/pingone-api/platform/reference/paging-ordering-collections.html";
pub(crate) const OPENAPI: &str = "https://github.com/pingidentity/pingone-openapi-specifications/blob/main/specification/3.1/api/combined/openapi.yaml";
pub(crate) const SCIM_FILTER: &str = "https://docs.pingidentity.com/pingone/directory/p1_scim_filter_language.html";
pub(crate) const POPULATIONS: &str =
    "https://developer.pingidentity.com/pingone-api/platform/populations/read-all-populations.html";
pub(crate) const CREATE_FIDO2: &str = "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/fido2-biometrics-devices/create-mfa-user-device-fido2---security_key.html";
pub(crate) const ACTIVATE_FIDO2: &str = "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/fido2-biometrics-devices/activate-mfa-user-device-fido2.html";
pub(crate) const CREATE_DESKTOP: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/create-mfa-user-device-desktop.html";
pub(crate) const FIDO2_POLICY: &str = "https://developer.pingidentity.com/pingone-api/mfa/fido-policies.html";
pub(crate) const WEBAUTHN_REGISTRATION: &str = "https://www.w3.org/TR/webauthn-2/#sctn-registering-a-new-credential";
pub(crate) const WEBAUTHN_ATTESTATION: &str = "https://www.w3.org/TR/webauthn-2/#sctn-attestation";
pub(crate) const PAIRING_KEYS: &str = "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-pairing-keys.html";
pub(crate) const PAIRING_KEY_CREATE: &str =
    "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-pairing-keys/create-mfa-pairing-key.html";
