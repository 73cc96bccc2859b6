"""Registrations that are right, and ones that were changed in one thing: what the emulator and two libraries make of them.

The emulator may accept nothing that both libraries refuse, and refuse nothing that both accept, but for the differences
with a reason below. Takes the auth_url of an emulator.
"""

import copy
import hashlib
import json
import sys

from ceremonies import ORIGIN, RP_ID, Emulator, assign, b64url, client_data, compare, flip, says_yes
from fido2 import cbor
from fido2.attestation import Attestation
from fido2.server import Fido2Server
from fido2.webauthn import PublicKeyCredentialRpEntity
from webauthn import verify_registration_response
from webauthn.helpers.cose import COSEAlgorithmIdentifier

# What is refused here and accepted by both, and why.
STRICTER = {
    "challenge with padding": "WebAuthn compares it with Base64URL, which has no padding there",
    "extensions that are no map": "WebAuthn: extensions are a CBOR map",
    "id and rawId of another credential": "WebAuthn: rawId is the id that was signed, by which the key is found later",
    "id of another credential in the credential": "the same from the other side",
    "key changed": "no point of its curve, or an even modulus: nobody could ever log in with it",
}

# What both libraries offer as well: ES256, PS256 and RS256.
OFFERED = [
    COSEAlgorithmIdentifier.ECDSA_SHA_256, COSEAlgorithmIdentifier.RSASSA_PSS_SHA_256,
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,
]


class Draft:
    """A registration before it is signed; a mutation changes what is signed, or what is sent."""

    def __init__(self, key, other, challenge):
        self.key, self.signer, self.other, self.challenge = key, key, other, challenge
        self.client_data = {"type": "webauthn.create", "challenge": b64url(challenge), "origin": ORIGIN}
        self.client_data_json = None
        self.rp_id, self.flags, self.counter, self.rest = RP_ID, 0x45, 9, b""
        self.aaguid, self.id, self.cose = bytes(16), key.id, dict(key.cose)
        self.credential = None
        self.data = None
        self.format, self.statement = "none", lambda draft, signature: {}
        self.change_object = lambda value: value
        self.change_bytes = lambda data: data
        self.edit = lambda value: None

    def build(self):
        client_data = self.client_data_json or json.dumps(self.client_data).encode()
        credential = self.credential
        if credential is None:
            credential = self.aaguid + len(self.id).to_bytes(2, "big") + self.id + cbor.encode(self.cose)
        data = self.data
        if data is None:
            data = hashlib.sha256(self.rp_id.encode()).digest() + bytes([self.flags]) + self.counter.to_bytes(4, "big")
            data += credential + self.rest
        signature = self.signer.sign(data + hashlib.sha256(client_data).digest())
        value = {"fmt": self.format, "attStmt": self.statement(self, signature), "authData": data}
        attested = self.change_bytes(cbor.encode(self.change_object(value)))
        whole = {
            "id": b64url(self.key.id), "rawId": b64url(self.key.id), "type": "public-key",
            "response": {"clientDataJSON": b64url(client_data), "attestationObject": b64url(attested)},
            "clientExtensionResults": {},
        }
        self.edit(whole)
        return whole


def raw_client_data(text):
    def change(draft):
        draft.client_data_json = text(json.dumps(draft.client_data))
    return change


def edit(function):
    return assign(edit=function)


def response(name, value):
    return edit(lambda whole: whole["response"].update({name: value}))


def without(name, of_response=False):
    return edit(lambda whole: (whole["response"] if of_response else whole).pop(name, None))


def packed(change=lambda statement: statement, **others):
    """Attested by its own key; `change` makes another statement of the right one."""
    def mutate(draft):
        draft.format = "packed"
        draft.statement = lambda one, signature: change({"alg": one.key.cose[3], "sig": signature})
        for name, value in others.items():
            setattr(draft, name, value)
    return mutate


def attested_object(**members):
    def change(value):
        changed = {**value, **members}
        return {name: member for name, member in changed.items() if member is not None}
    return assign(change_object=change)


def with_cose(change):
    def mutate(draft):
        change(draft.cose)
    return mutate


def of_another(*names):
    def mutate(draft):
        draft.edit = lambda whole: whole.update({name: b64url(draft.other.id) for name in names})
    return mutate


def first_coordinate_flipped(draft):
    if -3 in draft.cose:
        draft.cose[-2] = flip(draft.cose[-2])
    else:
        # An even modulus is no key.
        draft.cose[-1] = flip(draft.cose[-1])


MUTATIONS = {
    "as it is": lambda draft: None,
    "attested by its own key": packed(),
    # clientDataJSON
    "type of an assertion": client_data(type="webauthn.get"),
    "type missing in clientDataJSON": client_data(type=None),
    "type of another case": client_data(type="WEBAUTHN.CREATE"),
    "challenge of another ceremony": client_data(challenge=b64url(bytes(32))),
    "challenge missing": client_data(challenge=None),
    "challenge empty": client_data(challenge=""),
    "challenge cut": lambda draft: draft.client_data.update(challenge=b64url(draft.challenge[:-1])),
    "challenge with padding": lambda draft: draft.client_data.update(challenge=draft.client_data["challenge"] + "="),
    "origin of another site": client_data(origin="https://evil.example"),
    "origin of a subdomain": client_data(origin="https://a.app.example.com"),
    "origin without encryption": client_data(origin="http://app.example.com"),
    "origin with a port": client_data(origin="https://app.example.com:8443"),
    "origin missing": client_data(origin=None),
    "crossOrigin false": client_data(crossOrigin=False),
    "unknown member": client_data(new_keys_may_be_added_here="do not compare"),
    "clientDataJSON with blanks": raw_client_data(lambda text: b" " + text.encode() + b"\n"),
    "clientDataJSON cut": raw_client_data(lambda text: text.encode()[:-1]),
    "clientDataJSON with more behind it": raw_client_data(lambda text: text.encode() + b"{}"),
    "clientDataJSON an array": raw_client_data(lambda text: b"[" + text.encode() + b"]"),
    "clientDataJSON changed after signing": lambda draft: (
        packed()(draft),
        setattr(draft, "edit", lambda whole: whole["response"].update(
            clientDataJSON=b64url(json.dumps(draft.client_data).replace("}", " }").encode())))),
    # authenticatorData
    "relying party of somebody else": assign(rp_id="evil.example"),
    "relying party of a subdomain": assign(rp_id="app.example.com"),
    "nobody present": assign(flags=0x44),
    "not verified": assign(flags=0x41),
    "eligible for backup": assign(flags=0x4D),
    "backed up": assign(flags=0x5D),
    "backed up, not eligible": assign(flags=0x55),
    "reserved flags": assign(flags=0x67),
    "no credential": assign(flags=0x05, credential=b""),
    "credential without its flag": assign(flags=0x05),
    "flag without its credential": assign(credential=b""),
    "credential cut": lambda draft: setattr(
        draft, "credential", bytes(16) + len(draft.id).to_bytes(2, "big") + draft.id + cbor.encode(draft.cose)[:-1]),
    "id cut in the credential": lambda draft: setattr(
        draft, "credential", bytes(16) + (len(draft.id) + 500).to_bytes(2, "big") + draft.id + cbor.encode(draft.cose)),
    "extensions": assign(flags=0xC5, rest=cbor.encode({"credProtect": 2})),
    "extensions empty": assign(flags=0xC5, rest=cbor.encode({})),
    "extensions missing": assign(flags=0xC5),
    "extensions cut": assign(flags=0xC5, rest=cbor.encode({"credProtect": 2})[:-1]),
    "extensions without their flag": assign(rest=cbor.encode({"credProtect": 2})),
    "extensions that are no map": assign(flags=0xC5, rest=cbor.encode(7)),
    "one byte behind the end": assign(rest=b"\0"),
    "authenticatorData of 36 bytes": assign(data=bytes(36)),
    "authenticatorData empty": assign(data=b""),
    "counter 0": assign(counter=0),
    "counter at its most": assign(counter=0xFFFFFFFF),
    "model of an authenticator": assign(aaguid=bytes(range(16))),
    # the credential
    "id of another credential in the credential": lambda draft: setattr(draft, "id", draft.other.id),
    "id empty in the credential": assign(id=b""),
    "key of another algorithm": with_cose(lambda cose: cose.update({3: -35 if cose[1] == 2 else -259})),
    "key without its algorithm": with_cose(lambda cose: cose.pop(3)),
    "key without its type": with_cose(lambda cose: cose.pop(1)),
    "key of another type": with_cose(lambda cose: cose.update({1: 4})),
    "key without a part": with_cose(lambda cose: cose.pop(-2)),
    "key no map": lambda draft: setattr(
        draft, "credential", bytes(16) + len(draft.id).to_bytes(2, "big") + draft.id + cbor.encode([1, 2])),
    "key changed": first_coordinate_flipped,
    # the attestation
    "attestation of another key": packed(signer=None),
    "attestation flipped": packed(lambda statement: {**statement, "sig": flip(statement["sig"])}),
    "attestation cut": packed(lambda statement: {**statement, "sig": statement["sig"][:-1]}),
    "attestation empty": packed(lambda statement: {**statement, "sig": b""}),
    "attestation without a signature": packed(lambda statement: {"alg": statement["alg"]}),
    "attestation without an algorithm": packed(lambda statement: {"sig": statement["sig"]}),
    "attestation of another algorithm": packed(lambda statement: {**statement, "alg": -8}),
    "attestation by what is no certificate": packed(lambda statement: {**statement, "x5c": [b"no certificate"]}),
    "attestation by text": packed(lambda statement: {**statement, "sig": "signature"}),
    "none with a statement": assign(statement=lambda draft, signature: {"alg": draft.key.cose[3], "sig": signature}),
    "packed with no statement": assign(format="packed"),
    "format that nobody knows": assign(format="pigeon"),
    "format empty": assign(format=""),
    "format of a security key": assign(format="fido-u2f"),
    "format of another case": assign(format="NONE"),
    "fmt missing": attested_object(fmt=None),
    "attStmt missing": attested_object(attStmt=None),
    "authData missing": attested_object(authData=None),
    "authData text": attested_object(authData="text"),
    "attStmt an array": attested_object(attStmt=[]),
    "fmt a number": attested_object(fmt=5),
    "another member in the object": attested_object(other=True),
    "attestationObject cut": assign(change_bytes=lambda data: data[:-1]),
    "attestationObject empty": assign(change_bytes=lambda data: b""),
    "attestationObject and more": assign(change_bytes=lambda data: data + b"\0"),
    "attestationObject an array": assign(change_object=lambda value: list(value)),
    # what is around it
    "id with padding": edit(lambda whole: whole.update(id=whole["id"] + "=")),
    "id of another credential": of_another("id"),
    "rawId of another credential": of_another("rawId"),
    "id and rawId of another credential": of_another("id", "rawId"),
    "id missing": without("id"),
    "rawId missing": without("rawId"),
    "id empty": edit(lambda whole: whole.update(id="")),
    "rawId a number": edit(lambda whole: whole.update(rawId=5)),
    "type missing": without("type"),
    "type password": edit(lambda whole: whole.update(type="password")),
    "response missing": without("response"),
    "clientDataJSON missing": without("clientDataJSON", True),
    "attestationObject missing": without("attestationObject", True),
    "attestationObject null": response("attestationObject", None),
    "transports": response("transports", ["internal", "hybrid"]),
    "authenticatorAttachment": edit(lambda whole: whole.update(authenticatorAttachment="platform")),
    "clientExtensionResults": edit(lambda whole: whole.update(clientExtensionResults={"credProps": {"rk": True}})),
}


class Registrations(Emulator):
    def begin(self, user):
        # A user of its own has no other passkey, and nobody else has this one.
        self.call("PUT", f"{self.control_url}/users/{user}", {"devices": []})
        body = {"type": "FIDO2", "rp": {"id": RP_ID, "name": "Example"}}
        headers = {**self.headers, "Content-Type": "application/json"}
        waiting = self.call("POST", f"{self.management}/users/{user}/devices", body, headers)
        assert waiting.get("status") == "ACTIVATION_REQUIRED", waiting
        options = json.loads(waiting["publicKeyCredentialCreationOptions"])
        return waiting["id"], bytes(byte & 0xFF for byte in options["challenge"])

    def accepts(self, user, device, attestation):
        headers = {**self.headers, "Content-Type": "application/vnd.pingidentity.device.activate+json"}
        body = {"origin": ORIGIN, "attestation": json.dumps(attestation)}
        answer = self.call("POST", f"{self.management}/users/{user}/devices/{device}", body, headers)
        assert answer.get("status") == "ACTIVE" or answer.get("code") == "INVALID_DATA", answer
        self.call("DELETE", f"{self.control_url}/users/{user}")
        return answer.get("status") == "ACTIVE"


def py_webauthn(challenge, attestation):
    verify_registration_response(
        credential=json.dumps(attestation), expected_challenge=challenge, expected_rp_id=RP_ID, expected_origin=ORIGIN,
        supported_pub_key_algs=OFFERED)


def python_fido2(challenge, attestation):
    def verify_attestation(attested, client_data_hash):
        Attestation.for_type(attested.fmt)().verify(attested.att_stmt, attested.auth_data, client_data_hash)

    server = Fido2Server(
        PublicKeyCredentialRpEntity(id=RP_ID, name="Example"), attestation="direct",
        verify_origin=lambda origin: origin == ORIGIN, verify_attestation=verify_attestation)
    state = {"challenge": b64url(challenge), "user_verification": "preferred"}
    data = server.register_complete(state, copy.deepcopy(attestation))
    # It leaves this to its callers, who know what was offered.
    assert data.credential_data.public_key.ALGORITHM in (-7, -37, -257)


def main():
    emulator = Registrations(sys.argv[1])

    def try_one(key, other, mutate, number):
        user = f"user-{number}"
        device, challenge = emulator.begin(user)
        draft = Draft(key, other, challenge)
        mutate(draft)
        draft.signer = draft.signer or other
        attestation = draft.build()
        votes = [says_yes(library, challenge, attestation) for library in (py_webauthn, python_fido2)]
        return emulator.accepts(user, device, attestation), votes

    sys.exit(compare("registrations", MUTATIONS, STRICTER, ("ES256", "RS256"), try_one) > 0)


if __name__ == "__main__":
    main()
