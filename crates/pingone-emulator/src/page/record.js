// What has happened: the authentications, and the requests.

import { element, keep, short, time, view, write } from "./dom.js";

const COLOURS = {
  COMPLETED: "good",
  FAILED: "bad",
  PUSH_CONFIRMATION_TIMED_OUT: "bad",
  PUSH_CONFIRMATION_REQUIRED: "waits",
};

export function showAuthentications(authentications, nameOf) {
  const newestFirst = authentications.toReversed();
  keepOr("authentications", newestFirst, (one) => one.id, authenticationRow(nameOf), "None yet.");
}

function authenticationRow(nameOf) {
  return (one) => {
    const [badge, device, details, at] = ["badge", "what", "details", "at"].map((name) => element("span", { class: name }));
    const row = element("li", {}, badge, at, device, details);
    row.title = one.id;
    return view(row, (now) => {
      badge.dataset.colour = now.expired ? "none" : COLOURS[now.status] ?? "open";
      write(badge, now.expired ? "EXPIRED" : now.status);
      write(device, now.deviceId === undefined ? "No device chosen" : nameOf(now.userId, now.deviceId, now.deviceType));
      const user = now.userId === undefined ? "user unknown" : `user ${short(now.userId)}`;
      write(details, [now.error, user, short(now.id)].filter(Boolean).join(" · "));
      write(at, time(now.updatedAt));
    });
  };
}

export function showJournal(requests, environmentId) {
  const newestFirst = requests.map((request, index) => ({ ...request, key: `${index}` })).toReversed();
  keepOr("journal", newestFirst, (request) => request.key, requestRow(environmentId), "No request yet.");
}

function requestRow(environmentId) {
  return () => {
    const [badge, operation, path] = ["badge", "what", "details"].map((name) => element("span", { class: name }));
    return view(element("li", {}, badge, operation, path), (request) => {
      badge.dataset.colour = request.status < 400 ? "good" : "bad";
      write(badge, `${request.status}`);
      const fault = request.fault ? ` — fault ${request.fault}` : "";
      write(operation, (request.operation ?? "no operation") + fault);
      write(path, `${request.method} ${request.path.replace(`/${environmentId}/`, "/{envID}/")}`);
    });
  };
}

function keepOr(id, items, key, make, nothing) {
  const list = document.getElementById(id);
  const isEmpty = items.length === 0;
  keep(list, isEmpty ? [nothing] : items, isEmpty ? () => "nothing" : key, isEmpty ? emptyRow : make);
}

function emptyRow(text) {
  return element("li", { class: "note" }, text);
}
