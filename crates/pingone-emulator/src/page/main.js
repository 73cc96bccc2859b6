// Asks the emulator every second, and shows what it says.

import * as api from "./api.js";
import { offerToBegin, showConnection } from "./connect.js";
import { show, write } from "./dom.js";
import { offerToPair } from "./pair.js";
import { nameOf, nameOfType, showUsers, whoLogsIn } from "./phones.js";
import { showAuthentications, showJournal } from "./record.js";

const SECOND = 1000;
/** The control paths may have changed users; what a client has changed stands in the journal. */
const USERS_EVERY = 5;

const at = (id) => document.getElementById(id);

/** What the emulator has said last. */
let about, users, moment;
/** When a client has asked for something about users last. */
let usersAskedAt;
/** The users whose phones were paired here. */
const paired = new Set();
/** Another emulator may have come to this port. */
let isStrange = true;
let ticks = 0;
let timer;
let turn = Promise.resolve();

async function ask() {
  if (isStrange || ticks % USERS_EVERY === 0) [about, users] = await Promise.all([api.about(), api.users()]);
  isStrange = false;
  ticks += 1;
  const next = await api.now();
  const askedAt = next.requests.findLast(({ path }) => path.includes("/users/"))?.at;
  if (askedAt !== usersAskedAt) [usersAskedAt, users] = [askedAt, await api.users()];
  next.shown = whoLogsIn(users, next, paired);
  const hasSecret = (device) => device._emulator?.secret !== undefined && device.otpEnabled !== false;
  const withSecret = next.shown.flatMap((user) => user.devices.filter(hasSecret).map((device) => [user.id, device.id]));
  const codes = await Promise.all(withSecret.map(([user, device]) => api.generatedCode(user, device)));
  next.generated = new Map(withSecret.map(([user, device], index) => [`${user} ${device}`, codes[index]]));
  return next;
}

function showAll(next) {
  const before = moment;
  moment = next;
  showConnection(about, next.authentications.length === 0);
  showUsers(next.shown, () => moment, answer, take);
  const further = users.filter((user) => !next.shown.some((shown) => shown.id === user.id)).length;
  const others = further === 1 ? "1 more user appears" : `${further} more users appear`;
  write(at("further"), further === 0 ? "" : `${others} here after logging in.`);
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
  const added = (list, key) => {
    const known = new Set(before[list].map(key));
    return next[list].filter((one) => !known.has(key(one)));
  };
  const name = (one) => deviceName(one.userId, one.deviceId, one.deviceType);
  const news = [
    ...added("pushes", (push) => push.deviceAuthenticationId).map((push) => `${name(push)}: a push waits.`),
    ...added("authenticationCodes", (code) => code.id).map(() => "A log-in page shows a code to scan."),
    ...added("codes", (code) => code.deviceAuthenticationId + code.sentAt).map((code) => `${name(code)}: a code came.`),
    ...added("authentications", (one) => one.id + one.status)
      .filter(({ status }) => status === "COMPLETED" || status === "FAILED")
      .map(({ status }) => `Log-in ${status.toLowerCase()}.`),
  ];
  if (news.length > 0) write(at("announcement"), news.join(" "));
}

const answer = (push, what, number) =>
  act(() => api.answerPush(push.deviceAuthenticationId, what, number), "Too late: the push is no longer pending.");

const take = (code, what) => act(() => api.takeCode(code.id, what), "Too late: the code can no longer be used.");

async function act(what, late) {
  try {
    await what();
    write(at("notice"), "");
  } catch (problem) {
    const isLate = problem instanceof api.Refusal && problem.status === 404;
    write(at("notice"), isLate ? late : `This failed: ${problem.message}`);
  }
  await tick();
}

function showPresence(problem) {
  const isGone = problem !== undefined;
  document.body.classList.toggle("is-gone", isGone);
  at("live").classList.toggle("live", !isGone);
  write(at("live"), isGone ? "Gone" : "Live");
  show(at("gone"), isGone);
  const gone = "The emulator does not answer. Start it again on this port, and this page will reconnect.";
  const refuses = problem instanceof api.Refusal && `The emulator refuses: ${problem.message}.`;
  write(at("gone"), isGone ? refuses || gone : "");
}

/** Asks and shows once the turn before is over, however it ended; then again in a second, unless the tab is hidden. */
function tick() {
  clearTimeout(timer);
  turn = turn.catch(() => {}).then(async () => {
    let next, problem;
    try {
      next = await ask();
    } catch (reason) {
      [isStrange, problem] = [true, reason];
    }
    showPresence(problem);
    clearTimeout(timer);
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
offerToPair((userId) => {
  paired.add(userId);
  ticks = 0;
  tick();
});
tick();
