// What has happened: the authentications, and the requests.

import { element, keep, short, time, view, write } from "./dom.js";

const COLOURS = {
  COMPLETED: "good",
  FAILED: "bad",
  PUSH_CONFIRMATION_TIMED_OUT: "none",
  PUSH_CONFIRMATION_REQUIRED: "waits",
};

export function showAuthentications(authentications, nameOf) {
  const newestFirst = authentications.toReversed();
  keepOr("authentications", newestFirst, (one) => one.id, authenticationRow(nameOf), "None yet.");
}

function authenticationRow(nameOf) {
  return (one) => {
    const [badge, device, details, at] = spans("badge", "what", "details", "at");
    const row = element("li", {}, badge, at, element("div", { class: "line" }, device, details));
    row.title = one.id;
    return view(row, (now) => {
      badge.dataset.colour = now.expired ? "none" : COLOURS[now.status] ?? "open";
      write(badge, now.expired ? "EXPIRED" : now.status);
      write(device, now.deviceId === undefined ? "No device chosen" : nameOf(now.userId, now.deviceId, now.deviceType));
      const user = now.userId === undefined ? "user unknown" : `user ${short(now.userId)}`;
      write(details, [now.error, now.message, user, short(now.id)].filter(Boolean).join(" · "));
      write(at, time(now.updatedAt));
    });
  };
}

export function showJournal(requests, environmentId) {
  const newestFirst = together(requests).toReversed();
  keepOr("journal", newestFirst, (request) => request.key, requestRow(environmentId), "No request yet.");
}

/** One entry for requests that are alike and follow each other: a client reads again and again. */
function together(requests) {
  const entries = [];
  for (const request of requests) {
    const text = JSON.stringify({ ...request, at: undefined });
    const last = entries.at(-1);
    if (last?.text === text) last.times += 1;
    else entries.push({ ...request, text, times: 1, key: `${entries.length}` });
  }
  return entries;
}

function requestRow(environmentId) {
  return () => {
    const [badge, operation, path, times] = spans("badge", "what", "details", "at");
    return view(element("li", {}, badge, operation, path, times), (request) => {
      badge.dataset.colour = request.status < 400 ? "good" : "bad";
      write(badge, `${request.status}`);
      const fault = request.fault ? ` — fault ${request.fault}` : "";
      write(operation, (request.operation ?? "no operation") + fault);
      const segments = request.path.replace(`/${environmentId}/`, "…/").split("/");
      const problem = [request.error, request.detail, request.target, request.message].filter(Boolean).join(" ");
      const told = [problem, ...request.warnings].filter(Boolean).map((text) => ` · ${text}`).join("");
      write(path, `${request.method} ${segments.map(short).join("/")}${told}`);
      path.title = request.path;
      write(times, request.times > 1 ? `× ${request.times}` : "");
    });
  };
}

const spans = (...names) => names.map((name) => element("span", { class: name }));

function keepOr(id, items, key, make, nothing) {
  const list = document.getElementById(id);
  const isEmpty = items.length === 0;
  keep(list, isEmpty ? [nothing] : items, isEmpty ? () => "nothing" : key, isEmpty ? emptyRow : make);
}

function emptyRow(text) {
  return element("li", { class: "note" }, text);
}
