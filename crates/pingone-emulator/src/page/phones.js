// The users who log in, and what lies on their devices.

import { copyButton, element, icon, keep, short, show, time, view, write } from "./dom.js";

const TYPES = {
  MOBILE: ["phone", "Phone"],
  EMAIL: ["mail", "E-mail"],
  SMS: ["message", "SMS"],
  WHATSAPP: ["message", "WhatsApp"],
  VOICE: ["call", "Voice call"],
  TOTP: ["code", "Authenticator app"],
  OATH_TOKEN: ["code", "OATH token"],
  FIDO2: ["key", "Passkey"],
  PLATFORM: ["key", "Passkey"],
  SECURITY_KEY: ["key", "Security key"],
  PINGID_DESKTOP_GEN2: ["desktop", "PingID Desktop"],
};

export const nameOfType = (type) => TYPES[type]?.[1] ?? type ?? "Device";

/** What a person would call it. */
export function nameOf(device) {
  const { nickname, name, email, phone, model, rp } = device;
  const names = [nickname, name, email, phone, model?.marketingName, rp?.name, rp?.id];
  return names.find((name) => typeof name === "string" && name !== "") ?? nameOfType(device.type);
}

/** Whether the device has the app that a code is for. */
const hasAppOf = (code, device) => device.type === "MOBILE" && device.application?.id === code.applicationId;

/**
 * The users who have something to do with a log-in or a new phone, or else the first: each with their devices, and with
 * those that a message went to though they are nobody's.
 */
export function whoLogsIn(users, { pushes, codes, authentications, authenticationCodes }, paired) {
  const found = new Map();
  const devicesOf = (id) => {
    if (!found.has(id)) {
      const devices = users.find((user) => user.id === id)?.devices ?? [];
      found.set(id, new Map(devices.map((device) => [device.id, device])));
    }
    return found.get(id);
  };
  for (const userId of paired) if (users.some(({ id }) => id === userId)) devicesOf(userId);
  for (const { userId } of authentications) if (userId !== undefined) devicesOf(userId);
  for (const { userId, deviceId, deviceType = "MOBILE" } of [...codes, ...pushes]) {
    const devices = devicesOf(userId);
    if (!devices.has(deviceId)) devices.set(deviceId, { id: deviceId, type: deviceType, name: deviceId });
  }
  for (const code of authenticationCodes) {
    const hasApp = (user) => user.devices.some((device) => hasAppOf(code, device));
    const user = users.find((user) => (code.userId === undefined ? hasApp(user) : user.id === code.userId));
    if (user !== undefined) devicesOf(user.id);
  }
  if (found.size === 0 && users.length > 0) devicesOf(users[0].id);
  const order = new Map(users.map(({ id }, index) => [id, index]));
  const place = ([id]) => order.get(id) ?? users.length;
  const all = [...found].sort((one, other) => place(one) - place(other));
  return all.map(([id, devices]) => ({ id, devices: [...devices.values()] }));
}

/**
 * Each user with their devices. `answer` is what a button of a push does: it takes the push, the answer and the number;
 * `take` is what one of an authentication code does.
 */
export function showUsers(users, moment, answer, take) {
  keep(document.getElementById("users"), users, (user) => user.id, ({ id }) => {
    const devices = element("ul", { class: "devices" });
    const title = element("h3", { title: id }, "User ", element("code", {}, id));
    return view(element("section", { class: "user" }, title, devices), (user) => {
      keep(devices, user.devices, (device) => device.id, deviceCard(user.id, moment, answer, take));
    });
  });
}

function deviceCard(userId, moment, answer, take) {
  return ({ id, type, tokenType, _emulator }) => {
    const kind = element("p");
    const name = element("h4", { tabindex: "-1" });
    const head = element("div", { class: "head" }, icon(TYPES[type]?.[0] ?? "desktop"), name, kind);
    const parts = ["pushes", "scans", "app", "codes"].map((name) => element("div", { class: name }));
    const [pushes, scans, app, codes] = parts;
    const card = element("li", { class: "panel device" }, head, pushes, scans, app, codes);
    return view(card, (device) => {
      const isHere = (one) => one.userId === userId && one.deviceId === id;
      const here = { pushes: moment().pushes.filter(isHere), codes: moment().codes.filter(isHere).toReversed() };
      const isOffered = (code) => code.status === "UNCLAIMED" || (code.awaitsAnswer && isHere(code));
      const offered = moment().authenticationCodes.filter((code) => hasAppOf(code, device) && isOffered(code));
      const generated = moment().generated.get(`${userId} ${id}`);
      write(name, nameOf(device));
      const { testMode, blocked } = device._emulator ?? {};
      const isNamed = nameOf(device) !== nameOfType(type);
      const isWaiting = device.status === "ACTIVATION_REQUIRED";
      const kinds = [
        isNamed && nameOfType(type), isWaiting && "not activated", testMode && "test mode", blocked && "blocked",
      ];
      write(kind, kinds.filter(Boolean).join(", "));
      keep(pushes, here.pushes, (push) => push.deviceAuthenticationId, pushPrompt(moment, answer, name));
      keep(scans, offered, (code) => code.id + code.status, codePrompt({ userId, deviceId: id }, take, name));
      const made = generatedCode(moment, tokenType, _emulator?.timeStep ?? 30);
      keep(app, generated === undefined ? [] : [generated], () => "now", made);
      const key = (code) => `${code.deviceAuthenticationId} ${code.sentAt} ${code.code}`;
      keep(codes, here.codes, key, sentCode(moment));
      const waiting = here.pushes.length + offered.length;
      card.classList.toggle("waits", waiting > 0);
      card.classList.toggle("idle", waiting + here.codes.length === 0 && generated === undefined);
    });
  };
}

/** Three numbers of which one is right, the same three whenever this push is shown. */
function choices(number) {
  const other = (step) => 10 + ((number - 10 + step) % 90);
  return [number, other(31), other(64)].sort((one, another) => one - another);
}

function pushPrompt(moment, answer, title) {
  return (push) => {
    const id = push.deviceAuthenticationId;
    const buttons = element("div", { class: "buttons" });
    const left = element("span", { class: "left" });
    const ask = push.number === undefined ? "Are you logging in?" : "Which number does the log-in page show?";
    const question = element("p", { class: "question" }, ask, " ", left);
    const button = (label, kind, what, number) => {
      const node = element("button", { type: "button", class: kind }, label);
      node.addEventListener("click", async () => {
        for (const one of buttons.children) one.disabled = true;
        await answer(push, what, number);
        for (const one of buttons.children) one.disabled = false;
        // The button is gone, or of no more use; whoever goes by keyboard stays at this device.
        title.focus();
      });
      return node;
    };
    if (push.number === undefined) buttons.append(button("Approve", "primary", "APPROVE"));
    else buttons.append(...choices(push.number).map((number) => button(`${number}`, "number", "APPROVE", number)));
    buttons.append(button("Deny", "deny", "DENY"), button("Let it time out", "quiet", "TIME_OUT"));
    const prompt = element("div", { class: "push", role: "group", "aria-label": ask }, question, buttons);
    prompt.append(element("p", { class: "note" }, `Log-in ${short(id)}`));
    return view(prompt, (now) => {
      const seconds = (new Date(now.timesOutAt) - new Date(moment().clock.now)) / 1000;
      write(left, `${Math.max(0, Math.ceil(seconds))} s left`);
    });
  };
}

/** A code that a log-in page shows: to be scanned, and then to be approved if the user has to. */
function codePrompt(phone, take, title) {
  return (code) => {
    const { header, body } = code.clientContext ?? {};
    const said = [header, body].filter((text) => typeof text === "string").join(": ");
    const ask = code.awaitsAnswer ? said || "Are you logging in?" : "A log-in page shows a code.";
    const buttons = element("div", { class: "buttons" });
    const button = (label, kind, what) => {
      const node = element("button", { type: "button", class: kind }, label);
      node.addEventListener("click", async () => {
        for (const one of buttons.children) one.disabled = true;
        await take(code, what);
        for (const one of buttons.children) one.disabled = false;
        title.focus();
      });
      return node;
    };
    if (code.awaitsAnswer) {
      buttons.append(button("Approve", "primary", { answer: "APPROVE" }), button("Deny", "deny", { answer: "DENY" }));
    } else {
      buttons.append(button("Scan it", "primary", phone));
    }
    const note = element("p", { class: "note" }, `Code ${code.code}`);
    const prompt = element("div", { class: "push", role: "group", "aria-label": ask });
    prompt.append(element("p", { class: "question" }, ask), buttons, note);
    return view(prompt, () => {});
  };
}

function sentCode(moment) {
  return ({ code, deviceAuthenticationId: id, userId, deviceId, sentAt }) => {
    const digits = element("output", { class: "code" }, code);
    const about = element("p", { class: "note" });
    const copy = copyButton("the code", () => code);
    const mail = element("div", { class: "sent" }, digits, copy, about);
    return view(mail, () => {
      const { authentications, codes, shown } = moment();
      const isOfSame = (other) => other.deviceAuthenticationId === id && (id !== undefined || other.deviceId === deviceId);
      const isLast = codes.findLast(isOfSame)?.code === code;
      const one = authentications.find((authentication) => authentication.id === id);
      const device = shown.find((user) => user.id === userId)?.devices.find(({ id }) => id === deviceId);
      const isLogIn = id !== undefined;
      const isAwaited = isLogIn ? one?.status === "OTP_REQUIRED" && !one.expired : device?.status === "ACTIVATION_REQUIRED";
      const isOpen = isAwaited && isLast;
      mail.classList.toggle("done", !isOpen);
      show(copy, isOpen);
      const purpose = isLogIn ? `log-in ${short(id)}` : "to activate the device";
      write(about, `${isOpen ? "Sent" : "No longer awaited; sent"} ${time(sentAt)} · ${purpose}`);
    });
  };
}

/** A token that counts shows its next code once this one was used. */
function generatedCode(moment, tokenType, window) {
  return () => {
    const digits = element("output", { class: "code" });
    const about = element("p", { class: "note" });
    const copy = copyButton("the code", () => digits.textContent);
    return view(element("div", { class: "sent" }, digits, copy, about), (code) => {
      write(digits, code);
      const second = Math.floor(new Date(moment().clock.now) / 1000);
      const left = window - (second % window);
      write(about, tokenType === "HOTP" ? "The next one comes once this one is used" : `The next one comes in ${left} s`);
    });
  };
}
