"""Assertions that are right, and ones that were changed in one thing: what the emulator and two libraries make of them.

The emulator may accept nothing that both libraries refuse, and refuse nothing that both accept, but for the differences
with a reason below. Takes the auth_url of an emulator.
"""

import copy
import hashlib
import json
import sys

from ceremonies import ORIGIN, RP_ID, Emulator, assign, b64url, client_data, compare, flip, says_yes
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.webauthn import Aaguid, AttestedCredentialData, PublicKeyCredentialRpEntity
from webauthn import verify_authentication_response

# What is refused here and accepted by both, and why.
STRICTER = {
    "challenge with padding": "WebAuthn compares it with Base64URL, which has no padding there",
    "userHandle of somebody else": "WebAuthn, step 6: it has to map to the same user; the libraries leave that to their callers",
    "extensions that are no map": "WebAuthn: extensions are a CBOR map",
}


class Draft:
    """An assertion before it is signed; a mutation changes what is signed, or what is sent."""

    def __init__(self, user, key, other, challenge):
        self.user = user
        self.key, self.signer, self.other, self.challenge = key, key, other, challenge
        self.client_data = {"type": "webauthn.get", "challenge": b64url(challenge), "origin": ORIGIN}
        self.client_data_json = None
        self.rp_id, self.flags, self.counter, self.rest = RP_ID, 0x05, 9, b""
        self.data = None
        self.change_signature = lambda signature: signature
        self.change_message = lambda message: message
        self.change_sent = lambda sent: None
        self.edit = lambda value: None

    def build(self):
        client_data = self.client_data_json or json.dumps(self.client_data).encode()
        data = self.data
        if data is None:
            data = hashlib.sha256(self.rp_id.encode()).digest() + bytes([self.flags]) + self.counter.to_bytes(4, "big") + self.rest
        message = self.change_message(data + hashlib.sha256(client_data).digest())
        sent = {"client_data": client_data, "data": data, "signature": self.change_signature(self.signer.sign(message))}
        self.change_sent(sent)
        value = {
            "id": b64url(self.key.id), "rawId": b64url(self.key.id), "type": "public-key",
            "response": {
                "clientDataJSON": b64url(sent["client_data"]), "authenticatorData": b64url(sent["data"]),
                "signature": b64url(sent["signature"]),
            },
        }
        self.edit(value)
        return value


def edit(function):
    return assign(edit=function)


def sent(name, function):
    def change(draft):
        draft.change_sent = lambda parts: parts.update({name: function(parts[name])})
    return change


def credential(draft):
    return bytes(16) + len(draft.key.id).to_bytes(2, "big") + draft.key.id + cbor.encode(draft.key.cose)


def response(name, value):
    return edit(lambda whole: whole["response"].update({name: value}))


def without(name, of_response=False):
    return edit(lambda whole: (whole["response"] if of_response else whole).pop(name, None))


def raw_client_data(text):
    def change(draft):
        draft.client_data_json = text(json.dumps(draft.client_data))
    return change


def flags_and_rest(flags, rest):
    def change(draft):
        draft.flags, draft.rest = flags, rest(draft)
    return change


MUTATIONS = {
    "as it is": lambda draft: None,
    # clientDataJSON
    "type of a registration": client_data(type="webauthn.create"),
    "type of a payment": client_data(type="payment.get"),
    "type missing in clientDataJSON": client_data(type=None),
    "type of another case": client_data(type="WEBAUTHN.GET"),
    "challenge of another ceremony": client_data(challenge=b64url(bytes(32))),
    "challenge missing": client_data(challenge=None),
    "challenge empty": client_data(challenge=""),
    "challenge cut": lambda draft: draft.client_data.update(challenge=b64url(draft.challenge[:-1])),
    "challenge with padding": lambda draft: draft.client_data.update(challenge=draft.client_data["challenge"] + "="),
    "challenge lengthened": lambda draft: draft.client_data.update(challenge=b64url(draft.challenge + b"\0")),
    "origin of another site": client_data(origin="https://evil.example"),
    "origin of a subdomain": client_data(origin="https://a.app.example.com"),
    "origin without encryption": client_data(origin="http://app.example.com"),
    "origin with a port": client_data(origin="https://app.example.com:8443"),
    "origin with a slash": client_data(origin="https://app.example.com/"),
    "origin in capitals": client_data(origin="https://APP.example.com"),
    "origin missing": client_data(origin=None),
    "crossOrigin false": client_data(crossOrigin=False),
    "unknown member": client_data(new_keys_may_be_added_here="do not compare"),
    "clientDataJSON in another order": lambda draft: setattr(
        draft, "client_data", dict(reversed(list(draft.client_data.items())))),
    "clientDataJSON with blanks": raw_client_data(lambda text: b" " + text.encode() + b"\n"),
    "clientDataJSON cut": raw_client_data(lambda text: text.encode()[:-1]),
    "clientDataJSON with more behind it": raw_client_data(lambda text: text.encode() + b"{}"),
    "clientDataJSON an array": raw_client_data(lambda text: b"[" + text.encode() + b"]"),
    "clientDataJSON null": raw_client_data(lambda text: b"null"),
    "clientDataJSON no UTF-8": raw_client_data(lambda text: text.encode()[:-1] + b',"a":"\xff"}'),
    "clientDataJSON changed after signing": sent("client_data", lambda data: data.replace(b"}", b" }")),
    # authenticatorData
    "relying party of somebody else": assign(rp_id="evil.example"),
    "relying party of a subdomain": assign(rp_id="app.example.com"),
    "relying party in capitals": assign(rp_id="EXAMPLE.COM"),
    "nobody present": assign(flags=0x04),
    "no flags": assign(flags=0x00),
    "not verified": assign(flags=0x01),
    "eligible for backup": assign(flags=0x0D),
    "backed up": assign(flags=0x1D),
    "backed up, not eligible": assign(flags=0x15),
    "reserved flag 1": assign(flags=0x07),
    "reserved flag 2": assign(flags=0x25),
    "flag AT without data": assign(flags=0x45),
    "flag ED without data": assign(flags=0x85),
    "flags AT and ED without data": assign(flags=0xC5),
    "data of AT": flags_and_rest(0x45, credential),
    "data of AT cut": flags_and_rest(0x45, lambda draft: credential(draft)[:-1]),
    "data of AT and more": flags_and_rest(0x45, lambda draft: credential(draft) + b"\0"),
    "data of AT without its flag": flags_and_rest(0x05, credential),
    "data of ED": flags_and_rest(0x85, lambda _: cbor.encode({"credProtect": 2})),
    "data of ED empty": flags_and_rest(0x85, lambda _: cbor.encode({})),
    "data of ED cut": flags_and_rest(0x85, lambda _: cbor.encode({"credProtect": 2})[:-1]),
    "data of ED and more": flags_and_rest(0x85, lambda _: cbor.encode({}) + b"\0"),
    "data of ED without its flag": flags_and_rest(0x05, lambda _: cbor.encode({})),
    "extensions that are no map": flags_and_rest(0x85, lambda _: cbor.encode(7)),
    "data of AT and ED": flags_and_rest(0xC5, lambda draft: credential(draft) + cbor.encode({"a": True})),
    "data of AT and ED, ED missing": flags_and_rest(0xC5, credential),
    "one signed byte behind the end": assign(rest=b"\0"),
    "many signed bytes behind the end": assign(rest=bytes(100)),
    "authenticatorData of 36 bytes": lambda draft: setattr(
        draft, "data", hashlib.sha256(RP_ID.encode()).digest() + bytes([5, 0, 0, 9])),
    "authenticatorData empty": sent("data", lambda data: b""),
    "counter changed after signing": sent("data", lambda data: data[:33] + (99).to_bytes(4, "big") + data[37:]),
    "flags changed after signing": sent("data", lambda data: data[:32] + b"\x0d" + data[33:]),
    "bytes added after signing": sent("data", lambda data: data + b"\0"),
    "counter 0 after 5": assign(counter=0),
    "counter 5 after 5": assign(counter=5),
    "counter 6 after 5": assign(counter=6),
    "counter at its most": assign(counter=0xFFFFFFFF),
    # signature
    "signature of another key": lambda draft: setattr(draft, "signer", draft.other),
    "signature flipped at its end": assign(change_signature=flip),
    "signature flipped at its start": assign(change_signature=lambda signature: flip(signature, 0)),
    "signature cut": assign(change_signature=lambda signature: signature[:-1]),
    "signature lengthened": assign(change_signature=lambda signature: signature + b"\0"),
    "signature empty": assign(change_signature=lambda signature: b""),
    "signature of zeros": assign(change_signature=lambda signature: bytes(len(signature))),
    "signature of authenticatorData only": assign(change_message=lambda message: message[:-32]),
    "signature of the hash only": assign(change_message=lambda message: message[-32:]),
    "signature of nothing": assign(change_message=lambda message: b""),
    "signature of the message's hash": assign(change_message=lambda message: hashlib.sha256(message).digest()),
    # what is around it
    "id with padding": edit(lambda whole: whole.update(id=whole["id"] + "=")),
    "id and rawId with padding": edit(lambda whole: whole.update(id=whole["id"] + "=", rawId=whole["rawId"] + "=")),
    "id of another credential": lambda draft: setattr(
        draft, "edit", lambda whole: whole.update(id=b64url(draft.other.id))),
    "rawId of another credential": lambda draft: setattr(
        draft, "edit", lambda whole: whole.update(rawId=b64url(draft.other.id))),
    "id and rawId of another credential": lambda draft: setattr(
        draft, "edit", lambda whole: whole.update(id=b64url(draft.other.id), rawId=b64url(draft.other.id))),
    "id missing": without("id"),
    "rawId missing": without("rawId"),
    "rawId empty": edit(lambda whole: whole.update(rawId="")),
    "id empty": edit(lambda whole: whole.update(id="")),
    "rawId a number": edit(lambda whole: whole.update(rawId=5)),
    "type missing": without("type"),
    "type password": edit(lambda whole: whole.update(type="password")),
    "type null": edit(lambda whole: whole.update(type=None)),
    "type empty": edit(lambda whole: whole.update(type="")),
    "response missing": without("response"),
    "clientDataJSON missing": without("clientDataJSON", True),
    "authenticatorData missing": without("authenticatorData", True),
    "signature missing": without("signature", True),
    "signature null": response("signature", None),
    "signature an object": response("signature", {}),
    "userHandle null": response("userHandle", None),
    "userHandle of the user": lambda draft: setattr(
        draft, "edit", lambda whole: whole["response"].update(userHandle=b64url(draft.user.encode()))),
    "userHandle of somebody else": response("userHandle", b64url(b"somebody else")),
    "userHandle a number": response("userHandle", 5),
    "authenticatorAttachment": edit(lambda whole: whole.update(authenticatorAttachment="platform")),
    "clientExtensionResults": edit(lambda whole: whole.update(clientExtensionResults={})),
}


class Assertions(Emulator):
    def begin(self, user, key):
        device = {
            "id": "passkey", "type": "FIDO2", "rp": {"id": RP_ID}, "credentialId": b64url(key.id),
            "_emulator": {"publicKey": key.form, "signCount": 5},
        }
        # A user of its own has no counters and no failures yet.
        self.call("PUT", f"{self.control_url}/users/{user}", {"devices": [device]})
        headers = {**self.headers, "Content-Type": "application/json"}
        begun = self.call("POST", f"{self.base}/deviceAuthentications", {"user": {"id": user}}, headers)
        assert begun.get("status") == "ASSERTION_REQUIRED", begun
        options = json.loads(begun["publicKeyCredentialRequestOptions"])
        return begun["id"], bytes(byte & 0xFF for byte in options["challenge"])

    def accepts(self, one, assertion):
        headers = {**self.headers, "Content-Type": "application/vnd.pingidentity.assertion.check+json"}
        body = {"origin": ORIGIN, "assertion": json.dumps(assertion)}
        answer = self.call("POST", f"{self.base}/deviceAuthentications/{one}", body, headers)
        is_refused = answer.get("status") == "FAILED" or answer.get("code") in ("INVALID_DATA", "INVALID_REQUEST")
        assert is_refused or answer.get("status") == "COMPLETED", answer
        return not is_refused


def py_webauthn(key, challenge, assertion):
    verify_authentication_response(
        credential=json.dumps(assertion), expected_challenge=challenge, expected_rp_id=RP_ID, expected_origin=ORIGIN,
        credential_public_key=cbor.encode(key.cose), credential_current_sign_count=5)


def python_fido2(key, challenge, assertion):
    server = Fido2Server(PublicKeyCredentialRpEntity(id=RP_ID, name="Example"), verify_origin=lambda origin: origin == ORIGIN)
    known = AttestedCredentialData.create(Aaguid.NONE, key.id, CoseKey.parse(key.cose))
    state = {"challenge": b64url(challenge), "user_verification": "preferred"}
    server.authenticate_complete(state, [known], copy.deepcopy(assertion))


def main():
    emulator = Assertions(sys.argv[1])

    def try_one(key, other, mutate, number):
        user = f"user-{number}"
        one, challenge = emulator.begin(user, key)
        draft = Draft(user, key, other, challenge)
        mutate(draft)
        assertion = draft.build()
        votes = [says_yes(library, key, challenge, assertion) for library in (py_webauthn, python_fido2)]
        return emulator.accepts(one, assertion), votes

    sys.exit(compare("assertions", MUTATIONS, STRICTER, ("ES256", "RS256", "EdDSA"), try_one) > 0)


if __name__ == "__main__":
    main()
