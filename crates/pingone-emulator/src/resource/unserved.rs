//! What PingOne has and the emulator lacks, so that it can say so instead of blaming a path, a token or a media type.

use http::Method;

use super::route::{
    Base::{Api, Auth},
    Place, Route, missing, place,
};

const fn api(template: &'static str) -> Place {
    place(Api, template).without_token()
}

const fn auth(template: &'static str) -> Place {
    place(Auth, template).without_token()
}

/// Rows for one place: name, method, and the media type if it is one of several.
macro_rules! rows {
    (@) => { None };
    (@ $media_type:literal) => { Some(concat!("application/vnd.pingidentity.", $media_type, "+json")) };
    ($($place:expr => { $($name:literal $method:ident $($media_type:literal)?),* $(,)? })*) => {
        &[$($({
            static PLACE: Place = $place;
            missing($name, &PLACE, Method::$method, rows!(@ $($media_type)?))
        }),*),*]
    };
}

/// Media types are compared in lower case.
pub(super) static ROUTES: &[Route] = rows! {
    api("/") => { "environment.read" GET, "environment.update" PUT, "environment.delete" DELETE }
    api("/billOfMaterials") => { "bill_of_materials.read" GET, "bill_of_materials.update" PUT }
    api("/populations") => { "population.create" POST }
    api("/populations/{populationId}") => {
        "population.read" GET, "population.update" PUT, "population.delete" DELETE,
    }
    api("/users/{userId}") => {
        "user.send_verification_code" POST "user.sendverificationcode",
        "user.verify" POST "user.verify",
    }
    api("/users/{userId}/enabled") => { "user_enabled.read" GET, "user_enabled.update" PUT }
    api("/users/{userId}/population") => { "user_population.read" GET, "user_population.update" PUT }
    api("/users/{userId}/password") => {
        "user_password.read" GET, "user_password.update" PUT, "user_password.check" POST,
    }
    api("/users/{userId}/linkedAccounts") => { "linked_account.list" GET, "linked_account.create" POST }
    api("/users/{userId}/memberOfGroups") => { "group_membership.list" GET, "group_membership.create" POST }
    api("/users/{userId}/roleAssignments") => { "role_assignment.list" GET, "role_assignment.create" POST }
    api("/users/{userId}/oathTokens/{oathTokenId}") => { "oath_token.resync_with_user" POST }
    api("/groups") => { "group.list" GET, "group.create" POST }
    api("/applications") => { "application.list" GET, "application.create" POST }
    api("/applications/{applicationId}") => {
        "application.read" GET, "application.update" PUT, "application.delete" DELETE,
    }
    api("/applications/{applicationId}/pushCredentials") => {
        "push_credential.list" GET, "push_credential.create" POST,
    }
    api("/applications/{applicationId}/pushCredentials/{pushCredentialId}") => {
        "push_credential.read" GET, "push_credential.update" PUT, "push_credential.delete" DELETE,
    }
    api("/oathTokens") => { "oath_token.list" GET, "oath_token.create" POST }
    api("/oathTokens/{oathTokenId}") => {
        "oath_token.read" GET, "oath_token.resync" POST, "oath_token.revoke" DELETE,
    }
    api("/oathJobs") => {
        "oath_job.create_tokens" POST "job.oathtokens.create",
        "oath_job.revoke_tokens" POST "job.oathtokens.revoke",
    }
    api("/oathJobs/{oathJobId}") => { "oath_job.read" GET }
    api("/deviceAuthenticationPolicies") => {
        "device_authentication_policy.list" GET,
        "device_authentication_policy.migrate" POST "deviceauthenticationpolicy.fido2.migrate",
        "device_authentication_policy.create" POST,
    }
    api("/deviceAuthenticationPolicies/{policyId}") => {
        "device_authentication_policy.read" GET,
        "device_authentication_policy.update" PUT,
        "device_authentication_policy.delete" DELETE,
    }
    api("/fido2Policies") => { "fido2_policy.list" GET, "fido2_policy.create" POST }
    api("/fido2Policies/{policyId}") => {
        "fido2_policy.read" GET, "fido2_policy.update" PUT, "fido2_policy.delete" DELETE,
    }
    api("/fidoDevicesMetadata") => { "fido_device_metadata.list" GET, "fido_device_metadata.create" POST }
    api("/fidoDevicesMetadata/{fidoDeviceId}") => {
        "fido_device_metadata.read" GET, "fido_device_metadata.delete" DELETE,
    }
    api("/mfaSettings") => { "mfa_settings.read" GET, "mfa_settings.update" PUT, "mfa_settings.reset" DELETE }
    api("/activities") => { "activity.list" GET }
    api("/subscriptions") => { "subscription.list" GET, "subscription.create" POST }
    api("/subscriptions/{subscriptionId}") => {
        "subscription.read" GET, "subscription.update" PUT, "subscription.delete" DELETE,
    }
    auth("/as/authorize") => { "authorization.begin" GET, "authorization.begin_by_form" POST }
    auth("/as/par") => { "authorization.push" POST }
    auth("/as/resume") => { "flow.resume" GET }
    auth("/as/revoke") => { "token.revoke" POST }
    auth("/as/userinfo") => { "user_info.read" GET, "user_info.read_by_form" POST }
    auth("/as/signoff") => { "session.sign_off" GET }
    auth("/as/device_authorization") => { "device_authorization.begin" POST }
    auth("/as/cibaAuthorization") => { "ciba_authorization.begin" POST }
    auth("/flows/{flowId}") => {
        "flow.read" GET,
        "flow.reset" POST "session.reset",
        "flow.check_password" POST "usernamepassword.check",
        "flow.look_up_user" POST "user.lookup",
        "flow.forgot_password" POST "password.forgot",
        "flow.register_user" POST "user.register",
        "flow.reset_password" POST "password.reset",
        "flow.recover_password" POST "password.recover",
        "flow.send_recovery_code" POST "password.sendrecoverycode",
        "flow.verify_user" POST "user.verify",
        "flow.send_verification_code" POST "user.sendverificationcode",
        "flow.select_device" POST "device.select",
        "flow.check_otp" POST "otp.check",
        "flow.check_assertion" POST "assertion.check",
        "flow.update_user" POST "user.update",
        "flow.confirm_user" POST "user.confirm",
        "flow.consent" POST "user.consent",
        "flow.look_up_by_kerberos" POST "kerberos.lookup",
        "flow.verify_user_code" POST "deviceauthgrant.usercode.verify",
        "flow.accept_device" POST "deviceauthgrant.consent",
        "flow.cancel" POST "cancel.push.authentication",
    }
};
