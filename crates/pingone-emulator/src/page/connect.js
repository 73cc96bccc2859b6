// What a client is configured with, and what to do first.

import * as api from "./api.js";
import { copyButton, element, keep, show, view, write } from "./dom.js";

const at = (id) => document.getElementById(id);

/** Shows the values, and the welcome as long as nobody has logged in. */
export function showConnection(about, isEmpty) {
  const values = [
    ["Authentication base", location.origin],
    ["Environment", about.environmentId],
    ["Client", about.clientId],
    ["Client secret", about.clientSecret],
    ["A user", about.userId],
  ];
  keep(at("values"), values, ([name]) => name, valueRow);
  if (isEmpty && at("welcome").hidden) at("connect").open = true;
  if (!isEmpty && !at("welcome").hidden) at("connect").open = false;
  show(at("welcome"), isEmpty);
}

function valueRow([name]) {
  const value = element("dd");
  const row = element("div", {}, element("dt", {}, name), value, copyButton(name, () => value.textContent));
  return view(row, ([, text]) => write(value, text));
}

/** Has the button begin a log-in of the user whom `about` returns; calls `done` then. */
export function offerToBegin(about, done) {
  const [button, problem] = [at("begin"), at("begin-problem")];
  button.addEventListener("click", async () => {
    button.disabled = true;
    write(problem, "");
    try {
      await api.begin(about());
      at("phones-title").tabIndex = -1;
      at("phones-title").focus();
    } catch (refusal) {
      write(problem, `This failed: ${refusal.message}`);
    }
    button.disabled = false;
    done();
  });
}
