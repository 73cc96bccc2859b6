"""Who logs in: users by the management API."""

import urllib.parse

from . import check
from .devices import MAIL, PHONE
from .session import USER, VENDOR, same

ADA = {"username": "python-ada", "email": "ada@example.com", "mfaEnabled": True}


def create(s, **more):
    return s.manage("POST", "/users", {**ADA, **more}).expect("201")


def find(s, expression):
    return s.manage("GET", "/users?" + urllib.parse.urlencode({"filter": expression}))


@check("create-user-is-201")
def a_user_is_created_with_an_address(s):
    ada = create(s)
    same((ada["_links"]["self"]["href"], "python-ada", True), (ada.headers["Location"], ada["username"], ada["mfaEnabled"]))


@check("username-is-unique")
def a_name_that_is_taken_is_refused_whatever_the_case(s):
    create(s)
    s.manage("POST", "/users", {"username": "Python-ADA"}).expect("400 UNIQUENESS_VIOLATION username")


@check("filterable-attributes")
def a_user_is_found_by_name_whatever_the_case(s):
    ada = create(s)
    same([ada["id"]], [user["id"] for user in find(s, 'username eq "PYTHON-ada"')["_embedded"]["users"]])
    same([], find(s, 'username eq "nobody"')["_embedded"]["users"])


@check("put-clears-what-is-left-out")
def put_clears_and_patch_keeps(s):
    path = "/users/" + create(s, nickname="Ada")["id"]
    same("Ada", s.manage("PATCH", path, {"title": "Countess"}).expect("200")["nickname"])
    same(False, "nickname" in s.manage("PUT", path, {"username": "python-ada"}).expect("200").body)


@check("mfa-enabled-is-set")
def mfa_is_switched_off(s):
    path = f"/users/{create(s)['id']}/mfaEnabled"
    same(False, s.manage("PUT", path, {"mfaEnabled": False}).expect("200")["mfaEnabled"])
    same(False, s.manage("GET", path).expect("200")["mfaEnabled"])


@check("bypass-has-one-date-form")
def a_bypass_takes_one_form_of_a_date(s):
    path = f"/users/{create(s)['id']}/bypassMFA"
    s.manage("PUT", path, {"bypassMFAEnabledUntil": "2999-01-01T00:00:00Z"}).expect("400 INVALID_VALUE")
    same(True, s.manage("PUT", path, {"bypassMFAEnabledUntil": "2999-01-01T00:00:00.000Z"}).expect("200")["canBypassMFA"])


@check("delete-takes-devices-along")
def a_user_who_is_deleted_is_gone(s):
    path = "/users/" + create(s)["id"]
    s.manage("POST", path + "/devices", {"type": "EMAIL", "email": "ada@example.com"}).expect("201")
    s.manage("DELETE", path).expect("204")
    for gone in (path, path + "/devices"):
        s.manage("GET", gone).expect("404 NOT_FOUND")


@check("delete-ends-authentications")
def with_a_user_goes_the_push(s):
    begun = s.begin(PHONE).expect("201 PUSH_CONFIRMATION_REQUIRED")
    s.manage("DELETE", f"/users/{USER}").expect("204")
    same(404, s.answer(begun, "APPROVE").status)
    s.read(begun).expect("404 NOT_FOUND")


@check("failures-lock-the-account")
def denied_pushes_and_wrong_codes_lock_the_account(s):
    lockout = {"failureCount": 2, "durationSeconds": 60}
    s.tell("PUT", "/mfa-settings", {"lockout": lockout}).expect("200")
    begun = s.begin(PHONE, MAIL)
    s.answer(begun, "DENY")
    select = {"user": {"id": USER}, "selectedDevice": {"id": MAIL["id"]}}
    s.check(s.initialize(select).expect("201 OTP_REQUIRED"), "no code").expect("400 INVALID_OTP")
    account = s.manage("GET", f"/users/{USER}").expect("200")["account"]
    same(("LOCKED", False), (account["status"], account["canAuthenticate"]))
    s.initialize(select).expect("400 ACCOUNT_NOT_USABLE")
    s.manage("POST", f"/users/{USER}", None, VENDOR + "account.unlock+json").expect("200")
    s.initialize(select).expect("201 OTP_REQUIRED")
