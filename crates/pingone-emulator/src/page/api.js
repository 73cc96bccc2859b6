// The control paths, as any program may use them.

const PATIENCE = 5000;

async function ask(path, method = "GET", body = undefined, headers = {}) {
  const response = await fetch(path, {
    method,
    headers: { accept: "application/json", ...headers },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE),
  });
  const answer = await response.json();
  if (!response.ok) throw new Refusal(response.status, answer.error ?? answer.message);
  return answer;
}

/** The emulator is there, and says no. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export const about = () => ask("/_emulator/");

export const users = async () => (await ask("/_emulator/users")).users;

/** Everything that changes by itself. */
export async function now() {
  const asked = [
    ask("/_emulator/clock"),
    ask("/_emulator/pushes"),
    ask("/_emulator/codes?last=50"),
    ask("/_emulator/device-authentications?last=50"),
    ask("/_emulator/authentication-codes?last=50"),
    ask("/_emulator/journal?last=100"),
  ];
  const [clock, { pushes }, { codes }, { deviceAuthentications }, { authenticationCodes }, { requests }] =
    await Promise.all(asked);
  return { clock, pushes, codes, authentications: deviceAuthentications, authenticationCodes, requests };
}

/** What an app or a token shows now; nothing if the device has no secret that can be used. */
export async function generatedCode(userId, deviceId) {
  const path = ["users", userId, "devices", deviceId, "code"].map(encodeURIComponent).join("/");
  try {
    return (await ask(`/_emulator/${path}`)).code;
  } catch (problem) {
    if (problem instanceof Refusal) return undefined;
    throw problem;
  }
}

export function answerPush(id, answer, number) {
  return ask(`/_emulator/pushes/${encodeURIComponent(id)}`, "POST", { answer, number });
}

/** A phone's app is given a pairing key. */
export function pairPhone(pairingKey) {
  return ask("/_emulator/phones", "POST", { pairingKey });
}

/** The user's app takes an authentication code, or the user answers what it asks. */
export function takeCode(id, what) {
  return ask(`/_emulator/authentication-codes/${encodeURIComponent(id)}`, "POST", what);
}

/** Begins a log-in of the first user, as a client would. */
export async function begin({ environmentId, userId }) {
  const token = (await ask("/_emulator/tokens", "POST", { kind: "WORKER" })).access_token;
  const path = `/${encodeURIComponent(environmentId)}/deviceAuthentications`;
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  return ask(path, "POST", { user: { id: userId } }, headers);
}
