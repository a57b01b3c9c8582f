// Comfort only: everything works without this file.

// The menu of a narrow screen, as far as it is open there.
const openFold = () => {
  const fold = document.querySelector("details.fold[open]");
  return fold?.checkVisibility() ? fold : null;
};

// Escape closes an open menu and gives the focus back; `/` goes to the search field of a public
// page. The keys of signed-in pages stand in keys.js.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const open = document.querySelector("details.menu[open]") ?? openFold();
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  }
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  const isOff = document.documentElement.dataset.keys === "off" || document.querySelector(".app");
  if (event.key === "/" && !isOff && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const fields = document.querySelectorAll("[role=search] input[type=search]");
    const field = [...fields].find((one) => one.checkVisibility());
    if (field) {
      event.preventDefault();
      field.focus();
    }
  }
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// What begins with `forget:` was kept in this browser for the person who signs out.
document.addEventListener("submit", ({ target }) => {
  if (!target.matches("[action$='/logout/']")) return;
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("forget:")) localStorage.removeItem(key);
  }
});

// A filter changes the address after the page was made: the switches lead back to what is shown.
document.addEventListener("submit", ({ target }) => {
  if (target.matches(".preference")) target.elements.next.value = location.pathname + location.search;
});

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-print]")) print();
});

// The theme switches in place: what was typed and where the page stood stay as they are.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-in-place]")) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
  if (!answer?.ok) return location.reload();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const switched = page.querySelector(`form[action="${form.getAttribute("action")}"]`);
  if (!switched) return location.reload();
  const { theme } = page.documentElement.dataset;
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  const scheme = "meta[name=color-scheme]";
  document.querySelector(scheme).content = page.querySelector(scheme).content;
  form.replaceWith(switched);
  switched.querySelector("button").focus();
});

// A part that came back as a whole page is a sign-in or an error: it is shown as a page. What was
// sent and refused, or could not be fetched at all, stays as it is, and the page says so.
const isPage = (xhr) => /^\s*<!doctype/i.test(xhr.responseText);

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target, requestConfig, isError } = event.detail;
  if (target === document.body || !isPage(xhr)) return;
  event.detail.shouldSwap = false;
  if (requestConfig.verb === "get" || !isError) location.assign(xhr.responseURL);
});

function tell(event) {
  const { xhr, requestConfig } = event.detail;
  const region = document.querySelector(".messages");
  if (!region || (requestConfig.verb === "get" && isPage(xhr))) return;
  const toast = document.createElement("p");
  toast.className = "toast is-error";
  toast.textContent = region.dataset.failed;
  region.replaceChildren(toast);
}
document.addEventListener("htmx:responseError", tell);
document.addEventListener("htmx:sendError", tell);

// In a picker the down arrow leads from the search box to the results, where arrows choose; Escape
// leads back. Enter while searching takes the only result, or leads to the first of several; when
// the results are still on their way, it does so when they come. A form that asks for nothing else
// then goes on by itself; any other is not sent half.
const boxOf = (picker) => picker.querySelector("input[type=search]");
const resultsOf = (picker) => [...picker.querySelectorAll("input[type=radio]")];
const answers = new WeakMap(); // by picker, the words to which its results belong
const waiting = new WeakSet(); // pickers in which Enter was pressed before the results came
const LONGEST_WAIT = 2000; // ms

function chooseFirst(picker) {
  waiting.delete(picker);
  const results = resultsOf(picker);
  if (!results.length) return;
  const first = results.find((one) => one.checked) ?? results[0];
  first.checked = true;
  if (results.length > 1) return first.focus();
  const others = [...first.form.elements].filter(
    (one) => !picker.contains(one) && one.matches("input:not([type=hidden]), select, textarea"),
  );
  if (!others.length) first.form.requestSubmit();
}

function goOn(picker) {
  const box = boxOf(picker);
  if ((answers.get(picker) ?? box.defaultValue) === box.value) return chooseFirst(picker);
  waiting.add(picker);
  setTimeout(() => waiting.has(picker) && chooseFirst(picker), LONGEST_WAIT);
}

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const picker = detail.elt.closest?.(".picker") ?? detail.target?.closest?.(".picker");
  if (!picker) return;
  const box = boxOf(picker);
  answers.set(picker, String(detail.requestConfig?.parameters?.[box.name] ?? box.value));
  if (waiting.has(picker) && answers.get(picker) === box.value) chooseFirst(picker);
});

document.addEventListener("keydown", (event) => {
  const picker = event.target.closest(".picker");
  if (!picker) return;
  const results = resultsOf(picker);
  const searching = event.target === boxOf(picker);
  if (searching && event.key === "ArrowDown" && results.length) {
    event.preventDefault();
    const first = results.find((one) => one.checked) ?? results[0];
    first.checked = true;
    first.focus();
  } else if (searching && event.key === "Enter") {
    if (results.some((one) => one.checked)) return;
    event.preventDefault();
    goOn(picker);
  } else if (!searching && event.key === "Escape") {
    boxOf(picker).focus();
  }
});

// A page that is one step of several begins in its form: the next key already answers.
const begins = document.querySelector("form[data-begins]");
if (begins && !location.hash && !document.querySelector("[role=alert]")) {
  const first = begins.querySelector("input:not([type=hidden], [type=file]), select, textarea");
  const chosen = first?.type === "radio" && begins.querySelector(`[name="${first.name}"]:checked`);
  (chosen || first)?.focus();
}
