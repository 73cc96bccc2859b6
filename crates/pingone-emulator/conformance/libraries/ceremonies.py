"""What assertions and registrations have in common: keys, the emulator, and the comparison with two libraries."""

import base64
import hashlib
import json
import urllib.error
import urllib.request

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from fido2 import cbor
from fido2.cose import CoseKey

RP_ID, ORIGIN = "example.com", "https://app.example.com"


def b64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Key:
    """A key pair of one algorithm, in the form in which the emulator is given it."""

    def __init__(self, algorithm):
        self.algorithm = algorithm
        if algorithm == "ES256":
            self.private = ec.generate_private_key(ec.SECP256R1())
            self.cose = dict(CoseKey.for_alg(-7).from_cryptography_key(self.private.public_key()))
            self.form = {"kty": "EC", "crv": "P-256", "x": b64url(self.cose[-2]), "y": b64url(self.cose[-3])}
        elif algorithm == "RS256":
            self.private = rsa.generate_private_key(65537, 2048)
            self.cose = dict(CoseKey.for_alg(-257).from_cryptography_key(self.private.public_key()))
            self.form = base64.b64encode(cbor.encode(self.cose)).decode()
        else:
            self.private = ed25519.Ed25519PrivateKey.generate()
            self.cose = dict(CoseKey.for_alg(-8).from_cryptography_key(self.private.public_key()))
            self.form = self.private.public_key().public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
        self.id = hashlib.sha256(cbor.encode(self.cose)).digest()

    def sign(self, message):
        if self.algorithm == "ES256":
            return self.private.sign(message, ec.ECDSA(hashes.SHA256()))
        if self.algorithm == "RS256":
            return self.private.sign(message, padding.PKCS1v15(), hashes.SHA256())
        return self.private.sign(message)


def flip(data, at=-1):
    changed = bytearray(data)
    changed[at] ^= 1
    return bytes(changed)


# Mutations of a draft: of its own members, and of those of its client data.

def assign(**members):
    def change(draft):
        for name, value in members.items():
            setattr(draft, name, value)
    return change


def client_data(**members):
    def change(draft):
        for name, value in members.items():
            if value is None:
                del draft.client_data[name]
            else:
                draft.client_data[name] = value
    return change


class Emulator:
    def __init__(self, auth_url):
        self.control_url = f"{auth_url}/_emulator"
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self.open = opener.open
        environment = self.call("GET", f"{self.control_url}/")["environmentId"]
        self.base = f"{auth_url}/{environment}"
        self.management = f"{auth_url}/v1/environments/{environment}"
        token = self.call("POST", f"{self.control_url}/tokens", {"kind": "WORKER"})["access_token"]
        self.headers = {"Authorization": f"Bearer {token}"}

    def call(self, method, url, body=None, headers=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data, headers or {}, method=method)
        try:
            with self.open(request) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            return json.load(error)


def says_yes(library, *arguments):
    try:
        library(*arguments)
        return True
    except Exception:
        return False


def compare(what, mutations, stricter, algorithms, try_one):
    """Tries each mutation with a key of each algorithm; returns how many differences there are without a reason.

    `try_one(key, other, mutate, number)` says whether the emulator accepts it, and whether the libraries do.
    """
    tried, differences, told = 0, [], set()
    for algorithm in algorithms:
        key, other = Key(algorithm), Key(algorithm)
        accepted = 0
        for name, mutate in mutations.items():
            ours, votes = try_one(key, other, mutate, tried)
            tried, accepted = tried + 1, accepted + ours
            if name == "as it is" and not (ours and all(votes)):
                differences.append(f"{algorithm}: a right one: emulator {ours}, libraries {votes}")
            if ours and not any(votes):
                differences.append(f"{algorithm}: {name}: accepted here, refused by both")
            if not ours and all(votes):
                if name in stricter:
                    told.add(name)
                else:
                    differences.append(f"{algorithm}: {name}: refused here, accepted by both")
        assert accepted >= 10, f"{algorithm}: no more than {accepted} were accepted"
    differences += [f"{name}: is in the list of differences, and does not differ" for name in sorted(stricter.keys() - told)]
    for difference in differences:
        print(difference)
    print(f"{tried} {what}, {len(mutations)} of each algorithm; {len(differences)} differences without a reason, {len(told)} with one")
    return len(differences)
