"""PyJWT verifies a token by /as/jwks; introspection of a live, an expired and a foreign token. Takes the auth_url."""

import base64
import json
import sys
import urllib.parse
import urllib.request

import jwt

auth_url = sys.argv[1]
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def call(method, url, data=None, headers=None):
    with opener.open(urllib.request.Request(url, data, headers or {}, method=method)) as answer:
        return json.load(answer)


def expect(what, is_so):
    if not is_so:
        sys.exit(f"not so: {what}")


about = call("GET", f"{auth_url}/_emulator/")
told = call("GET", f"{auth_url}/{about['environmentId']}/as/.well-known/openid-configuration")
pair = base64.b64encode(f"{about['clientId']}:{about['clientSecret']}".encode()).decode()


def ask(url, **form):
    headers = {"Authorization": f"Basic {pair}", "Content-Type": "application/x-www-form-urlencoded"}
    return call("POST", url, urllib.parse.urlencode(form).encode(), headers)


token = ask(told["token_endpoint"], grant_type="client_credentials")["access_token"]
keys = jwt.PyJWKSet.from_dict(call("GET", told["jwks_uri"]))
key = keys[jwt.get_unverified_header(token)["kid"]]
claims = jwt.decode(token, key, ["RS256"], audience="https://api.pingone.com", issuer=told["issuer"])
expect("the token is the client's", claims["client_id"] == about["clientId"] and "sub" not in claims)
header, payload, signature = token.split(".")
try:
    jwt.decode(f"{header}.{payload}.{signature[:-8]}AAAAAAAA", key, ["RS256"], audience="https://api.pingone.com")
    sys.exit("a token with another signature is verified")
except jwt.InvalidSignatureError:
    pass

introspect = told["introspection_endpoint"]
expect("a live token is active", ask(introspect, token=token)["active"] is True)
foreign = call("POST", f"{auth_url}/_emulator/tokens", b'{"kind": "OTHER_ENVIRONMENT"}')["access_token"]
expect("a foreign token is not", ask(introspect, token=foreign) == {"active": False})
call("POST", f"{auth_url}/_emulator/clock", b'{"advance": 3600}')
expect("an expired token is not", ask(introspect, token=token) == {"active": False})
print("a token is verified by /as/jwks; live, foreign and expired ones are told apart")
