"""Logs in with a passkey of the built-in data, whose private key is published beside it. Takes the auth_url."""

import base64
import hashlib
import json
import sys
import urllib.request
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

KEY = Path(__file__).parents[2] / "data/passkey-for-tests-only.pem"
CREDENTIAL_ID = "tPb8yfpRxX7cbW3gEVzRKSRwKxXCq5tl0dOByCvbviY"
ORIGIN = "https://pingone.com"

auth_url = sys.argv[1]
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def call(method, url, body=None, **headers):
    data = None if body is None else json.dumps(body).encode()
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    with opener.open(urllib.request.Request(url, data, headers, method=method)) as answer:
        return json.load(answer)


def b64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


about = call("GET", f"{auth_url}/_emulator/")
base = f"{auth_url}/{about['environmentId']}"
token = call("POST", f"{auth_url}/_emulator/tokens", {"kind": "WORKER"})["access_token"]
bearer = f"Bearer {token}"

# Without a user: the passkey says who it is.
begun = call("POST", f"{base}/deviceAuthentications", {"rp": {"id": "pingone.com"}},
             Authorization=bearer, Content_Type="application/json")
options = json.loads(begun["publicKeyCredentialRequestOptions"])

# What a browser and an authenticator do: https://www.w3.org/TR/webauthn-2/#sctn-op-get-assertion
challenge = bytes(byte & 0xFF for byte in options["challenge"])
client_data = json.dumps({"type": "webauthn.get", "challenge": b64url(challenge), "origin": ORIGIN}).encode()
flags = bytes([0x05])  # a user was present and verified
data = hashlib.sha256(options["rpId"].encode()).digest() + flags + bytes(4)  # the counter: always 0
key = load_pem_private_key(KEY.read_bytes(), None)
signature = key.sign(data + hashlib.sha256(client_data).digest(), ECDSA(SHA256()))

assertion = {
    "id": CREDENTIAL_ID, "rawId": CREDENTIAL_ID, "type": "public-key",
    "response": {
        "clientDataJSON": b64url(client_data), "authenticatorData": b64url(data), "signature": b64url(signature),
        "userHandle": b64url(about["userId"].encode()),
    },
}
done = call("POST", f"{base}/deviceAuthentications/{begun['id']}",
            {"origin": ORIGIN, "assertion": json.dumps(assertion)},
            Authorization=bearer, Content_Type="application/vnd.pingidentity.assertion.check+json")
print(done["status"], done["user"]["id"])
sys.exit(done["status"] != "COMPLETED" or done["user"]["id"] != about["userId"])
