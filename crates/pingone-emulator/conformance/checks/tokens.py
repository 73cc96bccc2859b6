"""Who may ask."""

import urllib.parse

from . import check
from .session import FORM, GRANT, JSON, USER, same


@check("token-request-is-a-form")
def a_token_is_not_asked_for_in_json(s):
    s.token(media_type=JSON).expect("415")


@check("parameter-twice")
def a_parameter_may_not_come_twice(s):
    s.token(form=[*GRANT.items(), *GRANT.items()]).expect("400 invalid_request")


@check("only-client-credentials")
def no_password_is_taken(s):
    s.token(form={"grant_type": "password"}).expect("400 unsupported_grant_type")


@check("no-scope-needed")
def a_worker_gets_a_bearer_token(s):
    same("Bearer", s.token().expect("200")["token_type"])


@check("one-authentication-method")
def the_secret_in_the_form_is_refused(s):
    form = {**GRANT, "client_id": s.client[0], "client_secret": s.client[1]}
    url, body = s.environment + "/as/token", urllib.parse.urlencode(form).encode()
    s.call("POST", url, {"Content-Type": FORM}, body).expect("401 invalid_client")


@check("bad-credentials-are-invalid-client")
def a_wrong_secret_is_refused(s):
    s.token(pair=(s.client[0], "wrong")).expect("401 invalid_client")
    s.token(pair=("unknown", "wrong")).expect("401 invalid_client")


@check("worker-token-is-required")
def the_token_of_a_user_is_refused(s):
    s.authorization = "Bearer " + s.tell("POST", "/tokens", {"kind": "USER"})["access_token"]
    s.initialize({}).expect("401 INVALID_TOKEN")


@check("token-lives-an-hour")
def a_token_ends(s):
    s.tell("POST", "/clock", {"advance": s.token()["expires_in"] + 1})
    s.initialize({}).expect("401 INVALID_TOKEN")
