"""How devices come to be, and what is done with them: each time seen in the next authentication."""

import urllib.parse

from . import check
from .devices import PHONE, other_than, totp
from .session import REMEMBERED, USER, VENDOR, same

DEVICES = f"/users/{USER}/devices"
ACTIVATE, RESEND = VENDOR + "device.activate+json", VENDOR + "device.sendActivationCode+json"
BLOCK, UNBLOCK, UNLOCK = (f"{VENDOR}device.{action}+json" for action in ("block", "unblock", "unlock"))
REORDER, REMOVE_ORDER = VENDOR + "devices.reorder+json", VENDOR + "devices.order.remove+json"


def create(s, **device):
    return s.manage("POST", DEVICES, device)


def mail(s, **more):
    return create(s, type="EMAIL", email="ada@example.com", **more).expect("201")


def waiting(s):
    """An e-mail address that waits for its code."""
    s.user_has()
    return mail(s, status="ACTIVATION_REQUIRED")


def act(s, device, media_type, body=None):
    return s.manage("POST", f"{DEVICES}/{device['id']}", body, media_type)


def activate(s, device, otp, **more):
    return act(s, device, ACTIVATE, {"otp": otp, **more})


def log_in_with(s, device):
    return s.initialize({"user": {"id": USER}, "selectedDevice": {"id": device["id"]}})


def default(s):
    return s.initialize({"user": {"id": USER}}).expect("201")["selectedDevice"]["id"]


@check("create-is-201")
def a_device_is_created_with_an_address(s):
    s.user_has()
    device = mail(s)
    same((device["_links"]["self"]["href"], "ACTIVE"), (device.headers["Location"], device["status"]))
    begun = log_in_with(s, device).expect("201 OTP_REQUIRED")
    s.check(begun, s.last_code()).expect("200 COMPLETED")


@check("pairing-code-is-sent")
def the_code_that_was_sent_activates_it(s):
    device = waiting(s)
    log_in_with(s, device).expect("400 INVALID_VALUE selectedDevice.id")
    activate(s, device, other_than(s.last_code())).expect("400 INVALID_OTP otp")
    same("ACTIVE", activate(s, device, s.last_code()).expect("200")["status"])
    begun = log_in_with(s, device).expect("201 OTP_REQUIRED")
    s.check(begun, s.last_code()).expect("200 COMPLETED")


@check("resend-sends-another-code")
def another_code_makes_the_first_one_void(s):
    device, first = waiting(s), s.last_code()
    act(s, device, RESEND).expect("200")
    activate(s, device, first).expect("400 INVALID_OTP")
    activate(s, device, s.last_code()).expect("200")


@check("pending-device-expires")
def who_does_not_activate_it_in_a_day_has_none(s):
    device = waiting(s)
    s.advance(24 * 60 * 60)
    activate(s, device, s.last_code()).expect("404 NOT_FOUND")


@check("max-allowed-devices")
def there_are_as_many_as_the_settings_allow(s):
    s.user_has()
    for _ in range(20):
        reply = create(s, type="EMAIL", email="ada@example.com")
        if reply.status != 201:
            break
    reply.expect("400 LIMIT_EXCEEDED")
    same(len(s.manage("GET", DEVICES)["_embedded"]["devices"]), reply["details"][0]["innerError"]["maximumAllowed"])


@check("key-uri")
def an_authenticator_app_makes_its_codes_from_the_secret(s):
    s.user_has()
    app = create(s, type="TOTP").expect("201 ACTIVATION_REQUIRED")
    same([app["secret"]], urllib.parse.parse_qs(urllib.parse.urlsplit(app["keyUri"]).query)["secret"])
    s.tell("POST", "/clock", {"running": False}).expect("200")
    activate(s, app, totp(s.now(), app["secret"])).expect("200 ACTIVE")
    s.advance(30)
    s.check(log_in_with(s, app).expect("201 OTP_REQUIRED"), totp(s.now(), app["secret"])).expect("200 COMPLETED")


@check("extra-otp-required")
def a_token_that_has_drifted_is_asked_for_its_next_code(s):
    s.user_has()
    serial = s.tell("GET", "/oath-tokens")["oathTokens"][0]["serialNumber"]
    ahead = lambda codes: s.tell("GET", f"/oath-tokens/{serial}/code?ahead={codes}")["code"]  # noqa: E731
    s.tell("POST", "/clock", {"running": False}).expect("200")
    token = create(s, type="OATH_TOKEN", serialNumber=serial, status="ACTIVATION_REQUIRED").expect("201")
    activate(s, token, ahead(40), oathResync=True).expect("400 EXTRA_OTP_REQUIRED otp")
    activate(s, token, ahead(41), oathResync=True).expect("200 ACTIVE")


@check("phones-are-paired-by-key")
def a_phone_cannot_be_created(s):
    s.user_has()
    create(s, type="MOBILE").expect("400 INVALID_VALUE type")


@check("management-shows-addresses")
def an_address_is_clear_here_and_masked_in_a_log_in(s):
    s.user_has()
    device = mail(s)
    same("ada@example.com", s.manage("GET", f"{DEVICES}/{device['id']}").expect("200")["email"])
    same("ad****@example.com", log_in_with(s, device)["_embedded"]["devices"][0]["email"])


@check("unblock-is-like-block")
def a_blocked_device_is_passed_over_until_it_is_unblocked(s):
    s.user_has()
    first, second = mail(s), mail(s)
    same("BLOCKED", act(s, first, BLOCK).expect("200")["block"]["status"])
    same(second["id"], default(s))
    same("UNBLOCKED", act(s, first, UNBLOCK).expect("200")["block"]["status"])
    same(first["id"], default(s))


@check("unlock-answers-device")
def a_lock_is_ended(s):
    s.user_has(PHONE)
    same("UNLOCKED", act(s, PHONE, UNLOCK).expect("200")["lock"]["status"])


@check("set-order-answers-list")
def the_first_of_the_order_is_the_default(s):
    s.user_has()
    first, second = mail(s), mail(s)
    order = {"order": [{"id": second["id"]}, {"id": first["id"]}]}
    listed = s.manage("POST", DEVICES, order, REORDER).expect("200")["_embedded"]["devices"]
    same(([second["id"], first["id"]], second["id"]), ([device["id"] for device in listed], default(s)))


@check("remove-order-is-204")
def without_an_order_the_user_chooses(s):
    s.user_has()
    mail(s), mail(s)
    s.manage("POST", DEVICES, None, REMOVE_ORDER).expect("204")
    s.initialize({"user": {"id": USER}}).expect("201 DEVICE_SELECTION_REQUIRED")


@check("nickname-answers-nickname")
def a_nickname_is_answered_with_the_nickname(s):
    s.user_has()
    device = mail(s)
    named = s.manage("PUT", f"{DEVICES}/{device['id']}/nickname", {"nickname": "Work"}).expect("200")
    same(("Work", {"self", "device"}, False), (named["nickname"], set(named["_links"]), "id" in named.body))
    same("Work", log_in_with(s, device)["_embedded"]["devices"][0]["nickname"])


@check("remembering-sets-a-cookie")
def a_browser_is_remembered_by_the_cookie_that_comes(s):
    s.user_has()
    mail(s)
    policy = s.initialize({"user": {"id": USER}})["policy"]
    browser = create(s, type="BROWSER", payload="of the Signals SDK", policy=policy).expect("201")
    body = {"user": {"id": USER}, "policy": policy, "payload": {"type": "BROWSER", "value": "of the Signals SDK"}}
    cookie = browser.headers["Set-Cookie"].split(";")[0]
    s.post("/deviceAuthentications", REMEMBERED, body, Cookie=cookie).expect("200 COMPLETED")


@check("delete-is-204")
def the_next_device_is_the_default_once_the_first_is_gone(s):
    s.user_has()
    first, second = mail(s), mail(s)
    s.manage("DELETE", f"{DEVICES}/{first['id']}").expect("204")
    same(second["id"], default(s))
    s.manage("GET", f"{DEVICES}/{first['id']}").expect("404 NOT_FOUND")
