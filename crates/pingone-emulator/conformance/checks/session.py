"""A client with a token, and what comes back to it."""

import base64
import calendar
import json
import time
import urllib.error
import urllib.parse
import urllib.request

VENDOR = "application/vnd.pingidentity."
SELECT, OTP, CANCEL = VENDOR + "device.select+json", VENDOR + "otp.check+json", VENDOR + "cancel.push.authentication+json"
ASSERTION, REMEMBERED = VENDOR + "assertion.check+json", VENDOR + "payload.check+json"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
GRANT = {"grant_type": "client_credentials"}
ALL = "/deviceAuthentications"
NOBODY = "00000000-0000-4000-8000-000000000000"
USER = "python-user"


# No redirect is followed, no proxy asked, and an error is an answer like any other.
class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


HTTP = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect)


class Reply:
    def __init__(self, status, headers, body):
        self.status, self.headers = status, headers
        self.body = json.loads(body) if body else None

    def summary(self):
        """Status, and the words that say what is the case: no secret is among them."""
        body = self.body if isinstance(self.body, dict) else {}
        detail = (body.get("details") or [{}])[0]
        words = [body.get("status"), body.get("error"), body.get("code"), detail.get("code"), detail.get("target")]
        return " ".join([str(self.status)] + [word for word in words if isinstance(word, str)])

    def expect(self, words):
        """Every word is among those of the summary."""
        if not set(words.split()) <= set(self.summary().split()):
            raise AssertionError(f"expected: {words}\n    seen:     {self.summary()}")
        return self

    def __getitem__(self, name):
        return self.body[name]


def same(expected, seen):
    if expected != seen:
        raise AssertionError(f"expected: {expected!r}\n    seen:     {seen!r}")


class Session:
    def __init__(self, address):
        self.control = address + "/_emulator"
        about = self.tell("GET", "/").body
        self.environment = f"{address}/{about['environmentId']}"
        self.management = f"{address}/v1/environments/{about['environmentId']}"
        self.client, self.user = (about["clientId"], about["clientSecret"]), about["userId"]
        self.authorization = None

    def call(self, method, url, headers=None, body=None):
        headers = {name: value for name, value in (headers or {}).items() if value is not None}
        request = urllib.request.Request(url, body, headers, method=method)
        if body is not None and "Content-Type" not in headers:
            # urllib would call it a form.
            request.add_unredirected_header("Content-Type", "")
        try:
            with HTTP.open(request, timeout=30) as response:
                return Reply(response.status, response.headers, response.read())
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error.code, error.headers, error.read())

    def tell(self, method, path, body=None):
        """Tells or asks the emulator itself something."""
        return self.call(method, self.control + path, {}, json.dumps(body or {}).encode() if method != "GET" else None)

    def token(self, pair=None, form=GRANT, media_type=FORM):
        basic = "Basic " + base64.b64encode(":".join(pair or self.client).encode()).decode()
        headers = {"Authorization": basic, "Content-Type": media_type}
        return self.call("POST", self.environment + "/as/token", headers, urllib.parse.urlencode(form).encode())

    def log_in(self):
        self.authorization = "Bearer " + self.token().expect("200")["access_token"]

    def get(self, path, **headers):
        return self.call("GET", self.environment + path, {"Authorization": self.authorization, **headers})

    def post(self, path, media_type, body, **headers):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Authorization": self.authorization, "Content-Type": media_type, **headers}
        return self.call("POST", self.environment + path, headers, body)

    def manage(self, method, path, body=None, media_type=None):
        """A request to the management API; what has a body is JSON unless it says otherwise."""
        headers = {"Authorization": self.authorization, "Content-Type": media_type or (body is not None and JSON) or None}
        return self.call(method, self.management + path, headers, None if body is None else json.dumps(body).encode())

    def initialize(self, body):
        return self.post(ALL, JSON, body)

    def user_has(self, *devices, **more):
        self.tell("PUT", f"/users/{USER}", {"devices": devices, **more}).expect("200")

    def begin(self, *devices, **body):
        """Begins for a user who has these devices, of which the first is the default."""
        self.user_has(*devices)
        return self.initialize({"user": {"id": USER}, **body})

    def one_time(self, **device):
        return self.initialize({"user": {"id": self.user}, "selectedDevice": {"oneTime": device}})

    def test_mail(self):
        return self.one_time(type="EMAIL", email="python@example.com", testMode=True).expect("201 OTP_REQUIRED")

    def read(self, begun):
        return self.get(f"{ALL}/{begun['id']}")

    def act(self, begun, media_type, body):
        return self.post(f"{ALL}/{begun['id']}", media_type, body)

    def cancel(self, begun):
        return self.act(begun, CANCEL, {"reason": "CHANGE_DEVICE"})

    def select(self, begun, device):
        return self.act(begun, SELECT, {"device": {"id": device}})

    def check(self, begun, otp):
        return self.act(begun, OTP, {"otp": otp})

    def last_code(self):
        return self.tell("GET", "/codes")["codes"][-1]["code"]

    def answer(self, begun, answer):
        return self.tell("POST", f"/pushes/{begun['id']}", {"answer": answer})

    def advance(self, seconds):
        self.tell("POST", "/clock", {"advance": seconds}).expect("200")
        self.log_in()

    def now(self):
        text = self.tell("GET", "/clock")["now"]
        return calendar.timegm(time.strptime(text[:19], "%Y-%m-%dT%H:%M:%S"))
