// Has a passkey sign what PingOne asks, and sends that as a form. There are three such pages: one for a user who is known,
// with the options in the form; the first page, where the passkey says whose it is; and the one that makes a passkey.
const form = document.querySelector("#passkey");
const problem = form.querySelector("#problem");

// Ends what goes on unasked as soon as a form is sent. There can be one request for a passkey at a time; and the cookie of
// a log-in that began unasked must not come after the one of the log-in that the form begins.
const unasked = new AbortController();
document.addEventListener("submit", () => unasked.abort(), { capture: true });

const tell = (text) => {
    problem.hidden = false;
    problem.textContent = text;
};

const options = async (signal) => {
    if (form.dataset.options) return form.dataset.options;
    const response = await fetch(form.dataset.begin, { method: "POST", signal });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    // For the next try: it is the same log-in.
    form.dataset.options = text;
    return text;
};

const make = () => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(form.dataset.create));
    return navigator.credentials.create({ publicKey });
};

const sign = async (how) => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(await options(how.signal)));
    return navigator.credentials.get({ publicKey, ...how });
};

const send = (credential) => {
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
};

const explain = (error) => {
    if (error.name === "NotAllowedError") tell("Nothing was confirmed. Try again, or choose another way.");
    else if (error.name === "InvalidStateError") tell("You already have a passkey for this page on this device.");
    else if (error.name === "SecurityError") tell(`Passkeys do not work at ${location.origin}.`);
    else tell(error.message);
};

form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    try {
        send(await (form.dataset.create ? make() : sign({})));
    } catch (error) {
        explain(error);
    }
});

// Passkeys among the names that the browser suggests, without being asked for.
const suggest = async () => {
    if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    send(await sign({ mediation: "conditional", signal: unasked.signal }));
};

if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
    form.hidden = false;
    // Who did not choose one has nothing to be told.
    if (form.dataset.begin) suggest().catch(() => {});
} else if (form.dataset.options || form.dataset.create) {
    form.hidden = false;
    form.querySelector("button").disabled = true;
    tell("This browser has no passkeys. Use another device.");
}
