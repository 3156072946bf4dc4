/* Lists by keyboard: rows are walked and chosen, buttons answer to the keys printed on them, typed text is kept. */
"use strict";

(() => {
  document.documentElement.classList.add("has-scripts");

  const TYPED = "textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file])";
  let lastPicked = null;

  function rows() {
    return [...document.querySelectorAll("table.rows tbody tr")];
  }

  function currentRow() {
    return document.activeElement.closest("table.rows tbody tr");
  }

  function boxOf(row) {
    return row?.querySelector(".pick input");
  }

  function walk(step) {
    const all = rows();
    if (!all.length) return false;
    const at = all.indexOf(currentRow());
    const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1);
    const link = all[next].querySelector("[data-open]");
    link.focus();
    all[next].scrollIntoView({ block: "nearest" });
    return true;
  }

  // The batch bar counts what is chosen; nothing chosen, nothing to send.
  function count() {
    const bar = document.querySelector(".batch");
    if (!bar) return;
    const chosen = document.querySelectorAll(".rows tbody .pick input:checked").length;
    for (const place of bar.querySelectorAll("[data-count]")) place.textContent = chosen;
    for (const button of bar.querySelectorAll("[data-needs-chosen]")) button.disabled = chosen === 0;
    const all = document.querySelector("[data-pick-all]");
    if (all) {
      const boxes = document.querySelectorAll(".rows tbody .pick input").length;
      all.checked = chosen > 0 && chosen === boxes;
      all.indeterminate = chosen > 0 && chosen < boxes;
    }
  }

  function pick(box, isChosen) {
    box.checked = isChosen;
    count();
  }

  function pickAll() {
    const boxes = [...document.querySelectorAll(".rows tbody .pick input")];
    const isEveryone = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !isEveryone;
    count();
  }

  document.addEventListener("click", (event) => {
    if (event.target.matches("[data-pick-all]")) {
      pickAll();
      return;
    }
    const box = event.target.closest(".rows tbody .pick input");
    if (!box) return;
    const boxes = [...document.querySelectorAll(".rows tbody .pick input")];
    if (event.shiftKey && lastPicked && boxes.includes(lastPicked)) {
      const [first, last] = [boxes.indexOf(lastPicked), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const between of boxes.slice(first, last + 1)) between.checked = box.checked;
    }
    lastPicked = box;
    count();
  });

  // A key is that of a button in the row at hand, else of one on the page: <button data-key="s">, data-key="ctrl+enter".
  function keyed(key) {
    const selector = `[data-key="${key}"]`;
    const inRow = currentRow()?.querySelector(selector);
    const found = inRow || [...document.querySelectorAll(selector)].find((one) => !one.closest("table.rows tbody"));
    return found && !found.closest("[hidden]") ? found : null;
  }

  function press(key) {
    const target = keyed(key);
    if (!target) return false;
    if (target.tagName === "DETAILS") {
      target.open = true;
      const field = target.querySelector("textarea, select, input:not([type=hidden])");
      (field || target.querySelector("[data-submits]"))?.focus(); // so that Ctrl+Enter sends this form
      return true;
    }
    if (target.matches(TYPED)) {
      target.focus();
      return true;
    }
    if (target.hasAttribute("data-needs-chosen") && target.disabled) {
      const box = boxOf(currentRow());
      if (!box) return true;
      pick(box, true); // nothing chosen: the row at hand is meant
    }
    target.click();
    return true;
  }

  function plainKey(event) {
    switch (event.key) {
      case "j":
      case "ArrowDown":
        return walk(1);
      case "k":
      case "ArrowUp":
        return walk(-1);
      case "x":
      case " ": {
        const box = boxOf(currentRow());
        if (!box || event.target === box || event.target.matches("button, summary")) return false;
        pick(box, !box.checked);
        return true;
      }
      case "a":
        if (!document.querySelector(".rows tbody .pick input")) return press("a");
        pickAll();
        return true;
      default:
        return event.key.length === 1 ? press(event.key) : false;
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || event.altKey || event.metaKey) return;
    if (event.ctrlKey) {
      if (event.key !== "Enter") return;
      const form = event.target.closest("form[data-main]");
      const isHandled = form ? (form.requestSubmit(form.querySelector("[data-submits]")), true) : press("ctrl+enter");
      if (isHandled) event.preventDefault();
      return;
    }
    if (event.key === "Escape" && event.target.matches(TYPED)) {
      event.target.blur();
      return;
    }
    const isDown = event.key === "ArrowDown" && event.target.matches("input:not([list])");
    if (event.target.matches(TYPED) && !isDown) return; // from a search field down into the list
    if (plainKey(event)) event.preventDefault();
  });

  // A form is sent once: the second half of a double click finds it already on its way.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-once]") || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent; // come back to by "back"
    count();
  });

  // Typed text outlives a reload and a lost connection: <textarea data-keep="7:K0001…:opinion">; data-forget ends it.
  for (const done of document.querySelectorAll("[data-forget]")) sessionStorage.removeItem(`kept:${done.dataset.forget}`);
  for (const field of document.querySelectorAll("[data-keep]")) {
    const kept = sessionStorage.getItem(`kept:${field.dataset.keep}`);
    if (kept && !field.dataset.given) {
      field.value = kept;
      const details = field.closest("details");
      if (details) details.open = true;
    }
  }
  document.addEventListener("input", (event) => {
    const key = event.target.dataset.keep;
    if (key) sessionStorage.setItem(`kept:${key}`, event.target.value);
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.getAttribute("action")?.includes("logout")) return; // desks are shared
    for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith("kept:"))) sessionStorage.removeItem(key);
  });

  // A preview repeats what is typed elsewhere: <span data-shows="id_reason">.
  function show() {
    for (const place of document.querySelectorAll("[data-shows]")) {
      const typed = document.getElementById(place.dataset.shows)?.value.trim().replace(/。+$/, "");
      place.textContent = typed || place.dataset.empty || "";
      place.classList.toggle("gap", !typed);
    }
  }
  document.addEventListener("input", show);
  show();

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });

  count();
})();
