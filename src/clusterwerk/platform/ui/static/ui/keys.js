// Keys, the panel beside a list, ticks and quick search. Comfort only: everything works without.
const frame = document.querySelector(".app");
const all = (selector) => [...document.querySelectorAll(selector)];
const one = (selector) => document.querySelector(selector);
const isOn = () => document.documentElement.dataset.keys !== "off";
const isTyping = ({ target }) =>
  target.closest("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])");
const reaches = (element) => element?.checkVisibility();

// --- Rows of a list, and the file of one beside it -----------------------------------------------

const rows = () => all("[data-rows] [data-row]").filter(reaches);
const linkOf = (row) => row?.querySelector("[data-beside]");
const panel = () => one("#panel [data-panel]");
const rowOf = (pk) => one(`[data-row="${pk}"]`);
const hasRoom = () => Boolean(one("#panel")) && matchMedia("(min-width: 80rem)").matches;
const currentRow = () =>
  document.activeElement.closest?.("[data-row]") ?? (panel() ? rowOf(panel().dataset.panel) : null);

function openBeside(row) {
  linkOf(row).dispatchEvent(new CustomEvent("beside", { bubbles: true }));
}

function step(by) {
  const list = rows();
  const next = list[list.indexOf(currentRow()) + by] ?? (currentRow() ? null : list[0]);
  if (!next) return;
  const wasInPanel = one("#panel")?.contains(document.activeElement);
  linkOf(next).focus();
  next.scrollIntoView({ block: "nearest" });
  if (panel()) {
    focusPanel = wasInPanel;
    openBeside(next);
  }
}

let focusPanel = true;

function markOpen() {
  const pk = panel()?.dataset.panel;
  for (const row of rows()) {
    row.classList.toggle("is-open", row.dataset.row === pk);
    if (row.dataset.row === pk) linkOf(row).setAttribute("aria-current", "true");
    else linkOf(row).removeAttribute("aria-current");
  }
  for (const button of all("#panel [data-step]")) button.hidden = false;
}

function closePanel() {
  const open = panel();
  if (!open) return false;
  const row = rowOf(open.dataset.panel);
  const address = open.querySelector("[data-close]").getAttribute("href");
  history.pushState({ htmx: true }, "", address === "?" ? location.pathname : address);
  one("#panel").replaceChildren();
  markOpen();
  (linkOf(row) ?? one("#content")).focus();
  return true;
}

document.addEventListener("click", (event) => {
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  const link = event.target.closest("[data-beside]");
  if (link && plain && !event.altKey && hasRoom()) {
    event.preventDefault();
    focusPanel = true;
    openBeside(link.closest("[data-row]"));
  }
  const button = event.target.closest("[data-step]");
  if (button) step(Number(button.dataset.step));
  if (plain && event.target.closest("[data-close]") && closePanel()) event.preventDefault();
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target?.id === "panel") {
    markOpen();
    if (focusPanel) one("#panel-title")?.focus();
    focusPanel = true;
  }
  if (detail.target?.id === "list") {
    const told = one("#list-told");
    if (told) told.textContent = one("#list-count")?.textContent ?? one("#list h2")?.textContent;
    tellTicks();
  }
});

// --- Ticks ---------------------------------------------------------------------------------------

const ticks = () => all("input[name=row][form=bulk]");

function tellTicks() {
  const page = one("[data-select-page]");
  if (!page) return;
  page.closest("label").hidden = false;
  const chosen = ticks().filter((tick) => tick.checked).length;
  page.checked = chosen > 0 && chosen === ticks().length;
  page.indeterminate = chosen > 0 && chosen < ticks().length;
  const told = one("[data-selected]");
  told.textContent = chosen ? told.dataset.selected.replace("%s", chosen) : "";
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-select-page]")) for (const tick of ticks()) tick.checked = target.checked;
  if (target.matches("[data-select-page], input[name=row]")) tellTicks();
});

// A view is kept as the list stands, which may be further than the page that was loaded.
document.addEventListener("submit", ({ target }) => {
  if (target.matches("[data-keeps-query]")) target.elements.query.value = location.search.slice(1);
});

// --- Quick search: a field with a list below it ---------------------------------------------------

const field = one("[data-quick]");
const found = one("#quick");
const options = () => all("#quick [role=option]");
let active = -1;

function activate(index) {
  const list = options();
  active = list.length ? (index + list.length) % list.length : -1;
  list.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
  if (active < 0) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", list[active].id);
  list[active].scrollIntoView({ block: "nearest" });
}

function show(isShown) {
  found.hidden = !isShown;
  field.setAttribute("aria-expanded", String(isShown && options().length > 0));
  if (!isShown) activate(-1);
}

const RECENT = "clusterwerk.recent"; // of this tab alone, and gone with it
const recent = () => JSON.parse(sessionStorage.getItem(RECENT) ?? "[]");

function showRecent() {
  const template = one("#quick-recent");
  const pages = recent().filter(([address]) => address !== location.pathname);
  if (!template || !pages.length) return;
  const list = template.content.cloneNode(true);
  const group = list.querySelector("[role=group]");
  pages.forEach(([address, title], at) => {
    const option = list.querySelector("[role=option]").cloneNode(true);
    option.id = `quick-recent-${at}`;
    option.href = address;
    option.textContent = title;
    group.append(option);
  });
  group.querySelector("[role=option]").remove();
  found.replaceChildren(list);
  show(true);
}

if (field && found) {
  const title = document.title.replace(/ – Clusterwerk$/, "");
  const kept = recent().filter(([address]) => address !== location.pathname);
  sessionStorage.setItem(RECENT, JSON.stringify([[location.pathname, title], ...kept].slice(0, 8)));
  field.addEventListener("focus", () => (field.value.trim() ? show(true) : showRecent()));
  field.addEventListener("input", () => field.value.trim() || showRecent());
  found.addEventListener("htmx:afterSwap", () => {
    activate(-1);
    show(Boolean(field.value.trim()));
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      show(true);
      const down = event.key === "ArrowDown";
      activate(active < 0 && !down ? -1 : active + (down ? 1 : -1));
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      options()[active].click();
    } else if (event.key === "Escape" && !found.hidden) {
      event.stopPropagation();
      event.preventDefault();
      show(false);
    }
  });
  document.addEventListener("click", ({ target }) => target.closest("[data-quick-frame]") || show(false));
  document.addEventListener("focusin", ({ target }) => target.closest("[data-quick-frame]") || show(false));
} else {
  sessionStorage.removeItem(RECENT);
}

// --- Keys ----------------------------------------------------------------------------------------

async function help() {
  const dialog = one("#keys");
  if (!dialog || dialog.open) return;
  const answer = await fetch(dialog.dataset.address, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) return location.assign(dialog.dataset.address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  dialog.querySelector("[data-keys-here]").replaceChildren(...page.body.children);
  dialog.showModal();
}

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-shuts]")) target.closest("dialog").close();
});

const KEYS = {
  "/": () => one("[data-quick]:not([hidden])"),
  f: () => one("#filters input[type=search]"),
};
let waits = 0; // until when a letter after `g` names a page

function act(event) {
  const { key } = event;
  if (waits > Date.now()) {
    waits = 0;
    const link = all("[data-go]").find((each) => each.dataset.go === key);
    if (link) return link.click() ?? true;
  }
  const into = KEYS[key]?.();
  if (into && reaches(into)) return into.focus() ?? into.select() ?? true;
  switch (key) {
    case "g":
      waits = Date.now() + 1500;
      return true;
    case "?":
      return help() && true;
    case "j":
    case "k":
      return rows().length > 0 && (step(key === "j" ? 1 : -1) ?? true);
    case "ArrowDown":
    case "ArrowUp":
      return Boolean(panel()?.contains(event.target)) && (step(key === "ArrowDown" ? 1 : -1) ?? true);
    case "x": {
      const tick = currentRow()?.querySelector("input[name=row]");
      return Boolean(tick) && (tick.click() ?? true);
    }
    case "e": {
      const row = panel() ? null : linkOf(currentRow());
      if (row) return location.assign(row.href) ?? true;
      const link = all("#panel [data-edit], #content [data-edit]").find(reaches);
      return Boolean(link) && (link.click() ?? true);
    }
  }
  return false;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (one("dialog[open]")) return;
  if (event.key === "Escape") {
    if (!one("details.menu[open], details.fold[open]") && !isTyping(event)) closePanel();
    return;
  }
  if (!frame || !isOn() || isTyping(event)) return;
  if (act(event)) event.preventDefault();
});

markOpen();
tellTicks();
