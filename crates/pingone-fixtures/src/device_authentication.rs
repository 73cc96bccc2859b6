use pingone_model::{
    CancelDeviceAuthentication, CancelReason, CheckAssertion, CheckOtp, CheckRememberedDevice, Compatibility,
    InitializeDeviceAuthentication, Notification, OneTimeDevice, ReadDeviceAuthentication, SelectDevice,
};

use crate::{
    Row,
    sources::{PAGE, POSTMAN_2021, POSTMAN_2022},
    values::{ASSERTION, AUTHENTICATION, CREDENTIAL, DEVICE, JWT, POLICY, RELYING_PARTY, SESSION, SIGNALS, USER},
};

pub(crate) fn rows() -> Vec<Row> {
    vec![
        Row::new("device_authentication.initialize.plain", |_| InitializeDeviceAuthentication::new(USER)),
        Row::new("device_authentication.initialize.custom_notification", |say| {
            InitializeDeviceAuthentication::new(USER).notification(
                Notification::new()
                    .template(say.plain("transaction"))
                    .locale(say.plain("fr-CA"))
                    .variable("account", say.secret("1234")),
            )
        }),
        Row::new("device_authentication.initialize.pingid_desktop", |_| InitializeDeviceAuthentication::new(USER)),
        Row::new("device_authentication.initialize.one_time_sms", |say| {
            InitializeDeviceAuthentication::new(USER).one_time_device(OneTimeDevice::sms(say.secret("+14135550150")))
        }),
        Row::new("device_authentication.initialize.one_time_sms_test_mode", |say| {
            let device = OneTimeDevice::sms(say.secret("+15550100000")).test_mode();
            InitializeDeviceAuthentication::new(USER).one_time_device(device)
        }),
        Row::new("device_authentication.initialize.one_time_voice", |say| {
            InitializeDeviceAuthentication::new(USER).one_time_device(OneTimeDevice::voice(say.secret("+14135550150")))
        }),
        Row::new("device_authentication.initialize.one_time_email", |say| {
            let device = OneTimeDevice::email(say.secret("user@example.com"));
            InitializeDeviceAuthentication::new(USER).one_time_device(device)
        })
        .reply("device_authentication.one_time_email", POSTMAN_2022),
        Row::new("device_authentication.initialize.usernameless_fido2", |say| {
            InitializeDeviceAuthentication::usernameless().relying_party(say.plain(RELYING_PARTY))
        }),
        Row::new("device_authentication.check_remembered_device", |say| {
            CheckRememberedDevice::new(USER, POLICY, say.secret("P1RM=abc"), say.secret(SIGNALS))
                .device_session(say.secret(SESSION))
        })
        .no_reply("none was seen whole"),
        Row::new("device_authentication.read", |_| ReadDeviceAuthentication::new(AUTHENTICATION))
            .reply("device_authentication.read", POSTMAN_2021)
            .reply(
                "device_authentication.failed",
                "put together from the data model on the page of the resource; the code is a placeholder",
            ),
        Row::new("device_authentication.select_device", |_| {
            SelectDevice::new(AUTHENTICATION, DEVICE).compatibility(Compatibility::Full)
        })
        .no_reply("none was seen"),
        Row::new("device_authentication.check_otp", |say| CheckOtp::new(AUTHENTICATION, say.secret("555555")))
            .no_reply("none was seen"),
        Row::new("device_authentication.check_assertion.fido2", |say| {
            let credential = say.secret_sent_as(CREDENTIAL, ASSERTION);
            CheckAssertion::fido2(AUTHENTICATION, say.plain("https://app.pingone.com"), credential)
                .compatibility(Compatibility::Full)
        })
        .no_reply("the reference shows none"),
        Row::new("device_authentication.check_assertion.pingid_desktop", |say| {
            CheckAssertion::pingid_desktop(AUTHENTICATION, say.plain("https://app.pingone.eu"), say.secret(JWT))
        })
        .no_reply("none was seen whole"),
        Row::new("device_authentication.cancel", |_| {
            CancelDeviceAuthentication::new(AUTHENTICATION, CancelReason::ChangeDevice)
        })
        .reply("device_authentication.cancel", PAGE),
    ]
}
