// How a phone becomes a user's: its app is given a pairing key.

import * as api from "./api.js";
import { write } from "./dom.js";

const at = (id) => document.getElementById(id);

/** Has the form pair a phone by the key that is typed or pasted; calls `done` with the user whose phone it is then. */
export function offerToPair(done) {
  const [form, key, problem] = [at("pair"), at("pairing-key"), at("pair-problem")];
  const button = form.querySelector("button");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    write(problem, "");
    try {
      const { userId } = await api.pairPhone(key.value.trim());
      key.value = "";
      done(userId);
    } catch (refusal) {
      write(problem, `This failed: ${refusal.message}.`);
    }
    button.disabled = false;
    key.focus();
  });
}
