// Asks the emulator every second, and shows what it says.

import * as api from "./api.js";
import { offerToBegin, showConnection } from "./connect.js";
import { show, write } from "./dom.js";
import { nameOf, nameOfType, showUsers, whoLogsIn } from "./phones.js";
import { showAuthentications, showJournal } from "./record.js";

const SECOND = 1000;
/** Users change by the data and the control paths only. */
const USERS_EVERY = 5;

const at = (id) => document.getElementById(id);

/** What the emulator has said last; `about` is nothing while it is gone. */
let about, users, moment;
let ticks = 0;
let timer;
let turn = Promise.resolve();

async function ask() {
  if (about === undefined || ticks % USERS_EVERY === 0) {
    // Another emulator may have come to this port.
    [about, users] = await Promise.all([api.about(), api.users()]);
  }
  ticks += 1;
  const next = await api.now();
  next.shown = whoLogsIn(users, next);
  const withSecret = next.shown.flatMap(({ id, devices }) =>
    devices.filter((device) => device._emulator?.secret && device.otpEnabled !== false).map((device) => [id, device.id]));
  const codes = await Promise.all(withSecret.map(([user, device]) => api.generatedCode(user, device)));
  next.generated = new Map(withSecret.map(([user, device], index) => [`${user} ${device}`, codes[index]]));
  return next;
}

function showAll(next) {
  const before = moment;
  moment = next;
  showConnection(about, next.authentications.length === 0);
  showUsers(next.shown, () => moment, answer);
  const further = users.filter((user) => !next.shown.some((shown) => shown.id === user.id)).length;
  const others = further === 1 ? "1 other user appears" : `${further} other users appear`;
  write(at("further"), further === 0 ? "" : `${others} here upon logging in.`);
  showAuthentications(next.authentications, deviceName);
  showJournal(next.requests, about.environmentId);
  document.title = next.pushes.length === 0 ? "PingOne emulator" : `(${next.pushes.length}) PingOne emulator`;
  show(at("clock"), !next.clock.running);
  write(at("clock"), "Clock stopped");
  if (before !== undefined) announce(before, next);
}

function deviceName(userId, deviceId, type) {
  const device = moment.shown.find((user) => user.id === userId)?.devices.find(({ id }) => id === deviceId);
  return device === undefined ? nameOfType(type) : nameOf(device);
}

/** Says what is new to whoever does not see the page. */
function announce(before, next) {
  const isNew = (list, key) => (one) => !list.some((other) => key(other) === key(one));
  const id = (one) => one.deviceAuthenticationId;
  const news = [
    ...next.pushes.filter(isNew(before.pushes, id)).map((push) => `${deviceName(push.userId, push.deviceId)}: a push waits.`),
    ...next.codes.filter(isNew(before.codes, (one) => id(one) + one.sentAt)).map((code) => `${deviceName(code.userId, code.deviceId)}: a code has come.`),
    ...next.authentications.filter(isNew(before.authentications, (one) => one.id + one.status))
      .filter(({ status }) => ["COMPLETED", "FAILED"].includes(status))
      .map((one) => `Log-in ${one.status.toLowerCase()}.`),
  ];
  if (news.length > 0) write(at("announcement"), news.join(" "));
}

async function answer(push, what, number) {
  try {
    await api.answerPush(push.deviceAuthenticationId, what, number);
    write(at("notice"), "");
  } catch (problem) {
    const isLate = problem instanceof api.Refusal && problem.status === 404;
    write(at("notice"), isLate ? "Too late: the push no longer waits." : `That did not work: ${problem.message}`);
  }
  await tick();
}

function showPresence(problem) {
  const isGone = problem !== undefined;
  document.body.classList.toggle("is-gone", isGone);
  at("live").classList.toggle("live", !isGone);
  write(at("live"), isGone ? "Gone" : "Live");
  show(at("gone"), isGone);
  write(at("gone"), !isGone ? "" : problem instanceof api.Refusal
    ? `The emulator refuses: ${problem.message}.`
    : "The emulator does not answer. Start it again on this port; this page goes on by itself.");
}

/** Asks and shows once the asking before is done; then again in a second, unless the tab is hidden. */
function tick() {
  clearTimeout(timer);
  turn = turn.then(async () => {
    let next, problem;
    try {
      next = await ask();
    } catch (reason) {
      [about, problem] = [undefined, reason];
    }
    showPresence(problem);
    if (!document.hidden) timer = setTimeout(tick, SECOND);
    if (next !== undefined) showAll(next);
  });
  return turn;
}

// Nobody sees a hidden tab. Coming back asks at once.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) clearTimeout(timer);
  else tick();
});
offerToBegin(() => about, tick);
tick();
