"""What holds for every request."""

from . import check
from .devices import MAIL, PHONE
from .session import ALL, CANCEL, JSON, NOBODY, OTP, SELECT, same


@check("unknown-path-ends-at-gateway")
def an_operation_has_no_path_of_its_own(s):
    reply = s.post(f"{ALL}/{s.test_mail()['id']}/cancel", CANCEL, {"reason": "CHANGE_DEVICE"}).expect("403")
    same(["message"], list(reply.body))


@check("token-is-required")
def without_a_token_nothing_is_revealed(s):
    begun, s.authorization = s.test_mail(), None
    s.read(begun).expect("401 INVALID_TOKEN")


@check("token-is-required")
def a_revoked_token_is_refused(s):
    s.tell("DELETE", "/tokens")
    s.initialize({}).expect("401 INVALID_TOKEN")


@check("unknown-environment-is-404")
def another_environment_is_not_there(s):
    s.environment = s.environment.rsplit("/", 1)[0] + "/" + NOBODY
    s.get(f"{ALL}/{NOBODY}").expect("404 NOT_FOUND")


@check("accept-is-ignored")
def accept_has_no_meaning(s):
    s.get(f"{ALL}/{s.test_mail()['id']}", Accept="application/json").expect("200 OTP_REQUIRED")


@check("method-not-allowed-is-405")
def the_collection_cannot_be_listed(s):
    same("POST", s.get(ALL).expect("405").headers["Allow"])


@check("unknown-media-type-is-415")
def cancel_is_no_plain_json(s):
    begun = s.begin(PHONE)
    s.act(begun, JSON, {"reason": "CHANGE_DEVICE"}).expect("415")
    s.read(begun).expect("200 PUSH_CONFIRMATION_REQUIRED")


@check("unknown-media-type-is-415")
def a_body_without_media_type_is_refused(s):
    s.post(ALL, None, {}).expect("415")


@check("media-type-parameters")
def a_charset_has_no_meaning(s):
    begun = s.test_mail()
    s.act(begun, OTP + "; charset=utf-8", {"otp": begun["test"]["otp"]}).expect("200 COMPLETED")


@check("media-type-chooses")
def one_body_is_read_as_the_media_type_says(s):
    body = {"reason": "CHANGE_DEVICE", "device": {"id": "mail"}}
    begun = s.begin(PHONE, MAIL)
    s.act(begun, CANCEL, body).expect("200 DEVICE_SELECTION_REQUIRED")
    s.act(begun, SELECT, body).expect("200 OTP_REQUIRED")


@check("body-is-an-object")
def a_body_that_is_no_object_is_refused(s):
    for body in [b"", b"{", b"[]", b'"text"']:
        s.post(ALL, JSON, body).expect("400 INVALID_REQUEST")


@check("unknown-members-are-tolerated")
def a_member_that_nobody_knows_has_no_meaning(s):
    s.begin(MAIL, unknown={"member": 1}).expect("201 OTP_REQUIRED")


@check("null-is-absent")
def null_is_a_member_that_is_left_out(s):
    s.act(s.test_mail(), OTP, {"otp": None}).expect("400 REQUIRED_VALUE otp")


@check("text-is-text")
def a_number_is_no_code(s):
    s.act(s.test_mail(), OTP, {"otp": 123456}).expect("400 INVALID_VALUE otp")


@check("correlation-id")
def an_error_repeats_the_correlation_id(s):
    reply = s.initialize({"user": 1})
    same(reply.headers["Correlation-Id"], reply["id"])


@check("answers-are-hal")
def an_authentication_comes_as_hal(s):
    same("application/hal+json;charset=UTF-8", s.test_mail().headers["Content-Type"])


@check("nothing-is-cached")
def an_answer_may_not_be_cached(s):
    headers = s.test_mail().headers
    same([True, True], ["no-cache" in headers[name] for name in ("Cache-Control", "Pragma")])


@check("links-lead-to-itself")
def every_link_is_the_own_address(s):
    begun = s.test_mail()
    same({f"{s.environment}{ALL}/{begun['id']}"}, {link["href"] for link in begun["_links"].values()})
