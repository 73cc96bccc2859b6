"""How an authentication begins, and with which device."""

import json

from . import check
from .devices import BLOCKED, BROWSER, MAIL, PHONE
from .session import ALL, NOBODY, REMEMBERED, USER, same


@check("initialize-is-201")
def the_answer_is_201_with_the_address(s):
    begun = s.test_mail()
    same(begun["_links"]["self"]["href"], begun.headers["Location"])


@check("initialize-is-201")
def a_notification_of_ones_own_begins_as_well(s):
    template = {"name": "transaction", "locale": "fr-CA", "variables": {"account": "1234"}}
    s.begin(PHONE, notification={"template": template}).expect("201 PUSH_CONFIRMATION_REQUIRED")


@check("unknown-user-is-404")
def a_user_who_does_not_exist_is_not_there(s):
    s.initialize({"user": {"id": NOBODY}}).expect("404 NOT_FOUND")


@check("unknown-policy-is-400")
def a_policy_that_does_not_exist_is_a_bad_value(s):
    s.begin(MAIL, policy={"id": NOBODY}).expect("400 INVALID_VALUE policy.id")


@check("no-user-means-passkey")
def without_a_user_any_passkey_may_answer(s):
    options = json.loads(s.initialize({"rp": {"id": "example.com"}}).expect("201 ASSERTION_REQUIRED")
                         ["publicKeyCredentialRequestOptions"])
    same(("example.com", False), (options["rpId"], "allowCredentials" in options))


@check("device-of-somebody-else")
def a_device_that_the_user_does_not_have_is_a_bad_value(s):
    s.begin(MAIL, selectedDevice={"id": "other"}).expect("400 INVALID_VALUE selectedDevice.id")
    s.select(s.begin(MAIL), "other").expect("400 INVALID_VALUE device.id")


@check("first-device-is-default")
def the_first_device_is_taken(s):
    same({"id": "phone"}, s.begin(PHONE, MAIL).expect("201 PUSH_CONFIRMATION_REQUIRED")["selectedDevice"])


@check("no-order-no-default")
def without_an_order_the_user_chooses(s):
    s.user_has(PHONE, MAIL, ordered=False)
    s.initialize({"user": {"id": USER}}).expect("201 DEVICE_SELECTION_REQUIRED")


@check("next-fit-device-is-default")
def a_default_that_cannot_be_used_gives_way(s):
    same({"id": "mail"}, s.begin(BLOCKED, MAIL).expect("201 OTP_REQUIRED")["selectedDevice"])


@check("no-usable-device-is-400")
def a_user_without_devices_is_refused(s):
    s.begin().expect("400 NO_USABLE_DEVICES")


@check("blocked-devices-stand-apart")
def a_blocked_device_stands_in_blocked_devices(s):
    same(["blocked"], [device["id"] for device in s.begin(MAIL, BLOCKED)["_embedded"]["blockedDevices"]])


@check("one-time-is-masked")
def a_one_time_device_is_masked_and_has_no_id(s):
    device = s.test_mail()["_embedded"]["devices"][0]
    same((False, False, True), ("id" in device, "python" in device["email"], "**" in device["email"]))


@check("one-time-whatsapp")
def a_one_time_device_may_be_of_type_whatsapp(s):
    s.one_time(type="WHATSAPP", phone="+14155550144", testMode=True).expect("201 OTP_REQUIRED")


@check("test-devices")
def the_code_of_a_test_device_completes(s):
    begun = s.test_mail()
    s.check(begun, begun["test"]["otp"]).expect("200 COMPLETED")


@check("test-code-is-text")
def test_otp_is_text(s):
    same(str, type(s.test_mail()["test"]["otp"]))


@check("check-remembered-is-200")
def a_browser_is_remembered_by_its_cookie(s):
    s.user_has(MAIL, rememberedBrowsers=[BROWSER])
    policy = s.initialize({"user": {"id": USER}})["policy"]
    body = {"user": {"id": USER}, "policy": policy, "payload": {"type": "BROWSER", "value": "of the Signals SDK"}}
    s.post(ALL, REMEMBERED, body, Cookie="rm=1234").expect("200 FAILED")
    known = s.post(ALL, REMEMBERED, body, Cookie="rm=123").expect("200 COMPLETED")
    same(known["selectedDevice"]["id"], known["_embedded"]["accessingDevices"][0]["id"])


@check("authentication-expires")
def an_authentication_that_nobody_goes_on_with_is_over(s):
    begun = s.begin(MAIL)
    s.advance(15 * 60)
    s.read(begun).expect("404 NOT_FOUND")
