// What comes from the service is text, and stays text: nothing here makes markup of it.

/** An element with attributes and children; text is a child too. */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) node.setAttribute(attribute, value);
  node.append(...children);
  return node;
}

/** A picture of the page's own, which says nothing that does not stand beside it. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `/_emulator/page/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** Writes only what changes, so that a selection stays and nothing is read out twice. */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function show(node, is) {
  if (node.hidden === is) node.hidden = !is;
}

const updates = new WeakMap();

/** Has `update` called with what `node` shows, now and whenever `keep` meets it again. */
export function view(node, update) {
  updates.set(node, update);
  return node;
}

/**
 * Makes the children of `parent` those of `items`, each known by its key. A child that stays is the same element in the
 * same place, so that it keeps the focus.
 */
export function keep(parent, items, key, make) {
  const known = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const keys = new Set(items.map(key));
  for (const [name, child] of known) if (!keys.has(name)) child.remove();
  let place = parent.firstElementChild;
  for (const item of items) {
    const child = known.get(key(item)) ?? make(item);
    child.dataset.key = key(item);
    updates.get(child)?.(item);
    if (child === place) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
  }
}

/** A button that puts what `text` returns on the clipboard, and says so. */
export function copyButton(what, text) {
  const button = element("button", { type: "button", class: "small", "aria-label": `Copy ${what}` }, "Copy");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text());
      write(button, "Copied");
    } catch {
      // Neither with another machine's page over HTTP, nor if the user has forbidden it.
      write(button, "Not possible");
    }
    setTimeout(() => write(button, "Copy"), 1500);
  });
  return button;
}

/** Enough of an id to tell two apart. */
export function short(id) {
  return id.length > 24 ? `${id.slice(0, 8)}…` : id;
}

/** A time of the service, as a clock here shows it. */
export function time(iso) {
  return new Date(iso).toLocaleTimeString([], { timeStyle: "medium", hourCycle: "h23" });
}
