"""How it goes on: devices, pushes, codes and assertions."""

import json

from . import check
from .devices import MAIL, PASSKEY, PHONE, TOTP, other_than, totp
from .session import ASSERTION, CANCEL, same


@check("options-are-text")
def a_challenge_is_signed_bytes(s):
    options = json.loads(s.begin(PASSKEY).expect("201 ASSERTION_REQUIRED")["publicKeyCredentialRequestOptions"])
    same(True, len(options["challenge"]) >= 16 and all(-128 <= byte <= 127 for byte in options["challenge"]))


@check("assertion-is-text")
def what_is_no_assertion_is_a_bad_value(s):
    body = {"origin": "https://app.example.com", "assertion": "none"}
    s.act(s.begin(PASSKEY), ASSERTION, body).expect("400 INVALID_VALUE assertion")


@check("origin-of-relying-party")
def an_origin_of_somebody_else_is_a_bad_value(s):
    body = {"origin": "https://example.org", "assertion": "{}"}
    s.act(s.begin(PASSKEY), ASSERTION, body).expect("400 INVALID_VALUE origin")


@check("select-device-while-open")
def a_device_is_selected_after_cancel(s):
    begun = s.begin(PHONE, MAIL)
    s.cancel(begun).expect("200 DEVICE_SELECTION_REQUIRED")
    same({"id": "mail"}, s.select(begun, "mail").expect("200 OTP_REQUIRED")["selectedDevice"])
    s.check(begun, s.last_code()).expect("200 COMPLETED")


@check("select-after-time-out")
def a_device_is_selected_after_a_push_has_timed_out(s):
    begun = s.begin(PHONE, MAIL)
    s.advance(150)
    s.read(begun).expect("200 PUSH_CONFIRMATION_TIMED_OUT")
    s.select(begun, "mail").expect("200 OTP_REQUIRED")


@check("cancel-before-select")
def a_pending_push_is_cancelled_first(s):
    s.select(s.begin(PHONE, MAIL), "mail").expect("400 CONSTRAINT_VIOLATION")


@check("new-code-on-reselect")
def the_same_device_again_is_sent_another_code(s):
    begun, old = s.begin(MAIL), s.last_code()
    s.select(begun, "mail").expect("200 OTP_REQUIRED")
    s.check(begun, old).expect("400 INVALID_OTP")
    s.check(begun, s.last_code()).expect("200 COMPLETED")


@check("cancel-keeps-selected-device")
def the_device_that_was_given_up_is_still_named(s):
    cancelled = s.cancel(s.begin(PHONE, MAIL)).expect("200 DEVICE_SELECTION_REQUIRED")
    same(({"id": "phone"}, {"self", "device.select"}), (cancelled["selectedDevice"], set(cancelled["_links"])))


@check("cancel-for-any-reason")
def a_reason_of_tomorrow_is_accepted(s):
    s.act(s.begin(PHONE), CANCEL, {"reason": "SIGNOUT"}).expect("200 DEVICE_SELECTION_REQUIRED")


@check("cancel-needs-pending-push")
def where_a_code_is_awaited_there_is_nothing_to_cancel(s):
    s.cancel(s.test_mail()).expect("400 CONSTRAINT_VIOLATION")


@check("late-answer-has-no-effect")
def an_approval_after_cancel_lets_nobody_in(s):
    begun = s.begin(PHONE)
    s.cancel(begun)
    s.answer(begun, "APPROVE").expect("404")
    s.read(begun).expect("200 DEVICE_SELECTION_REQUIRED")


@check("push-times-out")
def an_approval_in_time_completes(s):
    begun = s.begin(PHONE)
    s.answer(begun, "APPROVE").expect("200")
    same({"self"}, set(s.read(begun).expect("200 COMPLETED")["_links"]))


@check("denied-push-fails")
def a_denied_push_fails(s):
    begun = s.begin(PHONE)
    s.answer(begun, "DENY").expect("200")
    s.read(begun).expect("200 FAILED")


@check("wrong-code-is-400")
def after_a_wrong_code_it_goes_on(s):
    begun = s.test_mail()
    s.check(begun, other_than(begun["test"]["otp"])).expect("400 INVALID_DATA INVALID_OTP otp")
    s.check(begun, begun["test"]["otp"]).expect("200 COMPLETED")


@check("no-cool-down-fails")
def the_third_wrong_code_ends_it(s):
    begun, wrong = s.begin(MAIL), other_than(s.last_code())
    left = [s.check(begun, wrong)["details"][0]["innerError"]["attemptsRemaining"] for _ in range(3)]
    same([2, 1, 0], left)
    s.read(begun).expect("200 FAILED")


@check("quota-is-400")
def a_locked_device_is_an_error_with_400(s):
    begun, wrong = s.begin(TOTP), totp(s.now() - 3600)
    for _ in range(3):
        s.check(begun, wrong)
    s.begin(TOTP, selectedDevice={"id": "totp"}).expect("400 QUOTA_EXCEEDED")


@check("totp-grace")
def the_code_that_an_app_works_out_completes(s):
    s.check(s.begin(TOTP), totp(s.now())).expect("200 COMPLETED")
    s.check(s.begin(TOTP), totp(s.now() - 3600)).expect("400 INVALID_OTP")


@check("code-works-once")
def the_code_of_an_app_works_once(s):
    code = totp(s.now())
    s.check(s.begin(TOTP), code).expect("200 COMPLETED")
    s.check(s.begin(TOTP), code).expect("400 INVALID_OTP")


@check("code-after-time-out")
def the_code_of_the_app_completes_after_a_time_out(s):
    begun = s.begin(PHONE)
    s.advance(150)
    s.check(begun, totp(s.now())).expect("200 COMPLETED")


@check("wrong-status")
def no_code_is_checked_while_a_push_is_pending(s):
    s.check(s.begin(PHONE), "123456").expect("400 REQUEST_FAILED CONSTRAINT_VIOLATION")
