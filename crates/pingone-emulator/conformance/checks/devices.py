"""Devices in the form of the emulator's data file, and their codes."""

import base64
import hashlib
import hmac
import struct

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
PHONE = {"id": "phone", "type": "MOBILE", "otpEnabled": True, "_emulator": {"secret": SECRET}}
MAIL = {"id": "mail", "type": "EMAIL", "email": "ad****@example.com"}
TOTP = {"id": "totp", "type": "TOTP", "_emulator": {"secret": SECRET}}
PASSKEY = {"id": "passkey", "type": "FIDO2", "rp": {"id": "example.com"}, "credentialId": "AAAA"}
BLOCKED = {"id": "blocked", "type": "SMS", "phone": "*******44", "_emulator": {"blocked": True}}
BROWSER = {"id": "browser", "type": "BROWSER", "name": "Firefox", "_emulator": {"cookie": "rm=123"}}


def other_than(code):
    return code[:-1] + ("2" if code[-1] == "1" else "1")


def totp(now, secret=SECRET):
    """The code of an app, from RFC 6238 and not from the emulator."""
    mac = hmac.new(base64.b32decode(secret), struct.pack(">Q", now // 30), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7FFFFFFF) % 10**6:06}"
