// Has a passkey sign what PingOne asks, and sends that as a form. There are three such pages: one for a user who is known,
// with the options in the form; the first page, where the passkey says whose it is; and the one that makes a passkey.
const form = document.querySelector("#passkey");
const problem = form.querySelector("#problem");
let conditional;

const tell = (text) => {
    problem.hidden = false;
    problem.textContent = text;
};

const options = async () => {
    if (form.dataset.options) return form.dataset.options;
    const response = await fetch(form.dataset.begin, { method: "POST" });
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
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(await options()));
    return navigator.credentials.get({ publicKey, ...how });
};

const send = (credential) => {
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
};

const explain = (error) => {
    if (error.name === "AbortError") return;
    if (error.name === "NotAllowedError") tell("Nothing was confirmed. Try again, or choose another way.");
    else if (error.name === "InvalidStateError") tell("You have it already: this device keeps a passkey of yours for this page.");
    else if (error.name === "SecurityError") tell(`Passkeys do not work at ${location.origin}.`);
    else tell(error.message);
};

form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    // There can be one request at a time.
    conditional?.abort();
    try {
        send(await (form.dataset.create ? make() : sign({})));
    } catch (error) {
        explain(error);
    }
});

// Passkeys among the names that the browser suggests, without being asked for.
const suggest = async () => {
    if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    conditional = new AbortController();
    send(await sign({ mediation: "conditional", signal: conditional.signal }));
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
