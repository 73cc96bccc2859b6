use pingone_model::{
    DeviceStatus, Notification,
    user_device::{
        ActivateUserDevice, BlockUserDevice, CreateUserDevice, DeleteUserDevice, ListUserDevices, ReadUserDevice,
        RememberBrowser, RemoveDeviceOrder, RequestDeviceLogs, ResendPairingCode, SetDeviceOrder, UnblockUserDevice,
        UnlockUserDevice, UpdateDeviceNickname,
    },
};

use crate::{
    Row,
    sources::{GETTING_STARTED, PAGE, POSTMAN},
    values::{ATTESTATION, DEVICE, JWT, NEW_CREDENTIAL, POLICY, SECOND_DEVICE, SESSION, SIGNALS, THIRD_DEVICE, USER},
};

const ASSEMBLED: &str = "put together from the members that are documented or seen; their values are ours";

pub(crate) fn rows() -> Vec<Row> {
    [enrolling(), activating(), going_on(), acting()].into_iter().flatten().collect()
}

fn enrolling() -> Vec<Row> {
    vec![
        Row::new("user_device.create.sms", |say| {
            CreateUserDevice::sms(USER, say.secret("+1.5125550123")).policy(POLICY)
        }),
        Row::new("user_device.create.voice", |say| {
            CreateUserDevice::voice(USER, say.secret("+1.5125551111")).extension(say.secret("313#")).policy(POLICY)
        }),
        Row::new("user_device.create.email", |say| {
            CreateUserDevice::email(USER, say.secret("user01@example.com")).policy(POLICY)
        })
        .reply("user_device.create.email", GETTING_STARTED),
        Row::new("user_device.create.custom_notification", |say| {
            CreateUserDevice::email(USER, say.secret("user01@example.com"))
                .status(DeviceStatus::ActivationRequired)
                .notification(
                    Notification::new()
                        .locale(say.plain("en"))
                        .variant(say.plain("variant_B"))
                        .variable("sum", say.secret("1,000,000"))
                        .variable("currency", say.secret("USD"))
                        .variable("recipient", say.secret("Example Recipient")),
                )
        }),
        Row::new("user_device.create.whatsapp", |say| {
            CreateUserDevice::whatsapp(USER, say.secret("+14155550100")).policy(POLICY)
        }),
        Row::new("user_device.create.oath_token", |say| {
            CreateUserDevice::oath_token(USER, say.secret("23087347003972"))
        }),
        Row::new("user_device.create.test_mode", |say| {
            CreateUserDevice::sms(USER, say.secret("+14155550100")).test_mode().status(DeviceStatus::ActivationRequired)
        })
        .reply("user_device.create.test_mode", ASSEMBLED),
        Row::new("user_device.create.totp", |_| CreateUserDevice::totp(USER).policy(POLICY))
            .reply("user_device.create.totp", ASSEMBLED),
        Row::new("user_device.create.fido2", |say| {
            CreateUserDevice::fido2(USER, POLICY, say.plain("pingone.com"), say.plain("PingOne"))
        })
        .reply("user_device.create.fido2", ASSEMBLED),
        Row::new("user_device.create.pingid_desktop", |_| CreateUserDevice::pingid_desktop(USER))
            .reply("user_device.create.pingid_desktop", ASSEMBLED),
        Row::new("user_device.remember_browser", |say| {
            RememberBrowser::new(USER, POLICY, say.secret(SIGNALS)).session(say.secret(SESSION))
        })
        .no_reply("none was seen"),
    ]
}

fn activating() -> Vec<Row> {
    vec![
        Row::new("user_device.activate.otp", |say| ActivateUserDevice::otp(USER, DEVICE, say.secret("xxxxxx")))
            .no_reply("none was seen; the page says that it is the device, with the status ACTIVE"),
        Row::new("user_device.activate.oath_token", |say| {
            ActivateUserDevice::oath_token(USER, DEVICE, say.secret("71053192"))
        })
        .no_reply("the reference shows one refusal, `errors/extra_otp_required.400.json`"),
        Row::new("user_device.activate.fido2", |say| {
            let credential = say.secret_sent_as(NEW_CREDENTIAL, ATTESTATION);
            ActivateUserDevice::fido2(USER, DEVICE, say.plain("https://app.pingone.com"), credential)
        })
        .no_reply("none was seen"),
        Row::new("user_device.activate.pingid_desktop", |say| {
            ActivateUserDevice::pingid_desktop(USER, DEVICE, say.secret(JWT))
        })
        .no_reply("none was seen whole"),
        Row::new("user_device.resend_code", |_| ResendPairingCode::new(USER, DEVICE)).no_reply("none was seen"),
    ]
}

fn going_on() -> Vec<Row> {
    vec![
        Row::new("user_device.list", |_| ListUserDevices::new(USER)).reply("user_device.list", ASSEMBLED),
        Row::new("user_device.read", |_| ReadUserDevice::new(USER, DEVICE)).no_reply("none was seen"),
        Row::new("user_device.update_nickname", |say| UpdateDeviceNickname::new(USER, DEVICE, say.secret("My phone")))
            .reply("user_device.update_nickname", POSTMAN),
        Row::new("user_device.request_logs", |_| RequestDeviceLogs::new(USER, DEVICE))
            .reply("user_device.request_logs", ASSEMBLED),
    ]
}

fn acting() -> Vec<Row> {
    vec![
        Row::new("user_device.set_order", |_| SetDeviceOrder::new(USER, [DEVICE, SECOND_DEVICE, THIRD_DEVICE])),
        Row::new("user_device.remove_order", |_| RemoveDeviceOrder::new(USER)),
        Row::new("user_device.block", |_| BlockUserDevice::new(USER, DEVICE)).reply("user_device.block", PAGE),
        Row::new("user_device.unblock", |_| UnblockUserDevice::new(USER, DEVICE)).no_reply("no page was found"),
        Row::new("user_device.unlock", |_| UnlockUserDevice::new(USER, DEVICE)).no_reply("the page shows none"),
        Row::new("user_device.delete", |_| DeleteUserDevice::new(USER, DEVICE)),
    ]
}
