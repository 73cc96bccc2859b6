"""Registers and logs in over plain HTTP with the client of PyPI's fido2, and an authenticator in software. Takes the auth_url."""

import hashlib
import json
import sys

from ceremonies import ORIGIN, RP_ID, Emulator, Key, b64url
from fido2 import cbor
from fido2.client import ClientError, DefaultClientDataCollector, Fido2Client, UserInteraction
from fido2.ctap import CtapDevice, CtapError
from fido2.ctap2 import Ctap2
from fido2.hid import CAPABILITY

USER = "fido2"


class SoftwareAuthenticator(CtapDevice):
    """Answers the three commands of CTAP 2 that a registration and a log-in need, with one key."""

    def __init__(self):
        self.key, self.counter, self.user = Key("ES256"), 0, None

    @property
    def capabilities(self):
        return CAPABILITY.CBOR

    @classmethod
    def list_devices(cls):
        return iter(())

    def call(self, cmd, data=b"", event=None, on_keepalive=None):
        command, parameters = data[0], cbor.decode(data[1:]) if len(data) > 1 else {}
        if command == Ctap2.CMD.GET_INFO:
            options = {"rk": True, "up": True}
            answer = {1: ["FIDO_2_0"], 3: bytes(16), 4: options, 5: 1200, 10: [{"alg": -7, "type": "public-key"}]}
        elif command == Ctap2.CMD.MAKE_CREDENTIAL:
            if self.key.id in [known["id"] for known in parameters.get(5, [])]:
                return bytes([CtapError.ERR.CREDENTIAL_EXCLUDED])
            self.user = parameters[3]["id"]
            credential = bytes(16) + len(self.key.id).to_bytes(2, "big") + self.key.id + cbor.encode(self.key.cose)
            signed = self.data(parameters[2]["id"], 0x41, credential)
            answer = {1: "packed", 2: signed, 3: {"alg": -7, "sig": self.key.sign(signed + parameters[1])}}
        elif self.key.id not in [known["id"] for known in parameters.get(3, [{"id": self.key.id}])]:
            return bytes([CtapError.ERR.NO_CREDENTIALS])
        else:
            signed = self.data(parameters[1], 0x01, b"")
            answer = {
                1: {"type": "public-key", "id": self.key.id}, 2: signed, 3: self.key.sign(signed + parameters[2]),
                4: {"id": self.user},
            }
        return b"\0" + cbor.encode(answer)

    def data(self, rp_id, flags, credential):
        self.counter += 1
        return hashlib.sha256(rp_id.encode()).digest() + bytes([flags]) + self.counter.to_bytes(4, "big") + credential


def for_browser(options):
    """What the service gives, as a browser takes it: Base64URL for signed bytes, numbers for text, and nothing for null."""
    def base64url(value):
        return b64url(bytes(byte & 0xFF for byte in value))

    def without_null(value):
        if isinstance(value, dict):
            return {name: without_null(member) for name, member in value.items() if member is not None}
        return [without_null(item) for item in value] if isinstance(value, list) else value

    options = without_null(options)
    options["challenge"] = base64url(options["challenge"])
    for credential in options.get("excludeCredentials", []) + options.get("allowCredentials", []):
        credential["id"] = base64url(credential["id"])
    if "user" in options:
        options["user"]["id"] = base64url(options["user"]["id"])
    for offered in options.get("pubKeyCredParams", []):
        offered["alg"] = int(offered["alg"])
    return options


def main():
    emulator = Emulator(sys.argv[1])
    emulator.call("PUT", f"{emulator.control_url}/users/{USER}", {"devices": []})
    devices = f"{emulator.management}/users/{USER}/devices"
    as_json = {**emulator.headers, "Content-Type": "application/json"}
    client = Fido2Client(SoftwareAuthenticator(), DefaultClientDataCollector(ORIGIN), UserInteraction())

    def register():
        body = {"type": "FIDO2", "rp": {"id": RP_ID, "name": "Example"}}
        waiting = emulator.call("POST", devices, body, as_json)
        options = for_browser(json.loads(waiting["publicKeyCredentialCreationOptions"]))
        made = client.make_credential(options)
        headers = {**emulator.headers, "Content-Type": "application/vnd.pingidentity.device.activate+json"}
        body = {"origin": ORIGIN, "attestation": json.dumps(dict(made))}
        return emulator.call("POST", f"{devices}/{waiting['id']}", body, headers)

    active = register()
    assert active["status"] == "ACTIVE", active
    print(active["status"], active["fidoRegistrationArtifacts"]["attestationType"])

    body = {"user": {"id": USER}, "selectedDevice": {"id": active["id"]}}
    begun = emulator.call("POST", f"{emulator.base}/deviceAuthentications", body, as_json)
    options = for_browser(json.loads(begun["publicKeyCredentialRequestOptions"]))
    assertion = client.get_assertion(options).get_response(0)
    headers = {**emulator.headers, "Content-Type": "application/vnd.pingidentity.assertion.check+json"}
    body = {"origin": ORIGIN, "assertion": json.dumps(dict(assertion))}
    done = emulator.call("POST", f"{emulator.base}/deviceAuthentications/{begun['id']}", body, headers)
    assert done["status"] == "COMPLETED", done
    print(done["status"], done["user"]["id"])

    try:
        register()
        sys.exit("the authenticator has made a second passkey for the same user")
    except ClientError as error:
        print("a second one:", error.code.name)
        assert error.code == ClientError.ERR.DEVICE_INELIGIBLE, error


if __name__ == "__main__":
    main()
