// Has a passkey sign PingOne's challenge, and sends the result as a form. Three pages use it: the one for a known user, whose
// form has the options; the first page, where the passkey identifies its user; and the one that creates a passkey.
const form = document.querySelector("#passkey");
const problem = form.querySelector("#problem");

// Aborts the conditional request when any form is sent. There can be only one request for a passkey at a time; and the cookie
// of the log-in that the conditional request begins must not replace that of the log-in that the form begins.
const conditional = new AbortController();
document.addEventListener("submit", () => conditional.abort(), { capture: true });

const tell = (text) => {
    problem.hidden = false;
    problem.textContent = text;
};

const options = async (signal) => {
    if (form.dataset.options) return form.dataset.options;
    const response = await fetch(form.dataset.begin, { method: "POST", signal });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    // The next try is part of the same log-in.
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

// Conditional UI: the browser lists passkeys among the names that it suggests.
const suggest = async () => {
    if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    send(await sign({ mediation: "conditional", signal: conditional.signal }));
};

if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
    form.hidden = false;
    // A user who did not ask for a passkey need not hear that there was none.
    if (form.dataset.begin) suggest().catch(() => {});
} else if (form.dataset.options || form.dataset.create) {
    form.hidden = false;
    form.querySelector("button").disabled = true;
    tell("This browser has no passkeys. Use another device.");
}
