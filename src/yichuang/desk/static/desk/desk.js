/* The desk by keyboard: find, choose, consult, receive, decide, undo. */
"use strict";

(() => {
  const root = document.getElementById("clerk");
  if (!root) return;
  const desk = window.desk;
  const DOUBLE_MS = 600;
  const SAID_MS = 6000;
  const search = document.getElementById("q");
  const found = document.getElementById("found");
  const work = document.getElementById("work");
  const consult = document.getElementById("consult");
  const keys = document.getElementById("keys");
  const lookFor = document.getElementById("look-for");
  const messages = document.getElementById("messages");
  const toast = document.getElementById("toast");
  let opensWhenFound = false;
  let carried = null; // what was typed of the applicant when another item is opened
  let late = null; // the form as it stands when the answer to it arrives: typed on meanwhile, perhaps
  let escapedAt = 0;

  const form = () => document.getElementById("receive");
  const options = () => [...found.querySelectorAll("[role=option]")];
  const chosen = () => found.querySelector("[aria-selected=true]");
  const isText = (element) =>
    element && (element.matches("textarea, select") || (element.matches("input") && !["radio", "checkbox", "file", "button", "submit"].includes(element.type)));

  // the list
  function about(item, name) {
    consult.querySelector("[name=item]").value = item;
    const words = document.getElementById("consult-about");
    words.textContent = name || words.dataset.general;
  }

  function choose(option, withFocus) {
    for (const other of options()) other.setAttribute("aria-selected", String(other === option));
    about(option.dataset.item, option.querySelector(".found-name").textContent);
    if (withFocus) option.focus();
    option.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const list = options();
    if (!list.length) return;
    const at = list.indexOf(chosen());
    const inList = found.contains(document.activeElement);
    // from the search box ↓ takes what is marked already, or the first
    const next = !inList && at >= 0 && by > 0 ? at : at + by;
    if (next < 0) search.focus();
    else choose(list[Math.min(next, list.length - 1)], true);
  }

  const isCurrent = () => found.querySelector("[data-words]").dataset.words === search.value.trim();

  function openChosen() {
    if (!isCurrent()) {
      opensWhenFound = true;
      return;
    }
    const option = chosen() || options()[0];
    if (option) option.click();
  }

  function listArrived() {
    for (const option of options()) option.tabIndex = -1;
    const option = chosen();
    const current = form();
    if (option) choose(option, false);
    else about(current ? current.dataset.item : "", current ? current.dataset.name : "");
    if (opensWhenFound && isCurrent()) {
      opensWhenFound = false;
      openChosen();
    }
  }

  // the work
  function workArrived(isSent) {
    const current = form();
    if (!current && work.querySelector("[data-looked]")) {
      about("", "");
      (work.querySelector(".alert") || work.querySelector("[autofocus]"))?.focus();
      return;
    }
    if (!current) {
      desk.forget(false);
      about("", "");
      for (const option of options()) option.setAttribute("aria-selected", "false");
      work.querySelector("[autofocus]")?.focus();
      return;
    }
    about(current.dataset.item, current.dataset.name);
    if (isSent) {
      desk.fill(current, late || desk.fieldsOf(current));
      late = null;
      current.dataset.pristine = "";
      desk.keep();
      const wrong = current.querySelector("[aria-invalid=true], .is-wrong input, .alert");
      if (wrong && wrong.matches(".alert")) wrong.tabIndex = -1;
      wrong?.focus();
      return;
    }
    desk.markPristine(current);
    if (carried) desk.fill(current, { ...desk.fieldsOf(current), ...carried });
    carried = null;
    const number = current.elements.id_number;
    const isKnown = number.value.trim() !== "";
    if (isKnown) recognise("");
    (isKnown ? current.querySelector("[data-all]") || number : number).focus();
  }

  function party() {
    const current = form();
    if (!current || !desk.isTyped(current)) return null;
    const ofItem = /^(form_key|told|points|owner|decline_reason|redirect_reason|(state|copies|form|file)-)/;
    return Object.fromEntries(Object.entries(desk.fieldsOf(current)).filter(([name]) => !ofItem.test(name)));
  }

  desk.openPanel = (current, name, isOpen) => {
    for (const panel of current.querySelectorAll("[data-panel]")) {
      const opens = isOpen && panel.dataset.panel === name;
      panel.hidden = !opens;
      current.querySelector(`button[name=panel][value=${panel.dataset.panel}]`).setAttribute("aria-expanded", String(opens));
    }
  };

  function togglePanel(button) {
    const current = button.form;
    const panel = current.querySelector(`[data-panel=${button.value}]`);
    const opens = panel.hidden;
    desk.openPanel(current, button.value, opens);
    if (!opens) return button.focus();
    if (button.value === "correct") {
      for (const row of current.querySelectorAll("tr[data-spec]")) {
        const tick = panel.querySelector(`[data-spec="${row.dataset.spec}"] input`);
        tick.checked = "required" in row.dataset && row.querySelector("input[type=radio]:checked")?.value !== "1";
      }
    }
    panel.querySelector("input:not([type=hidden]), textarea").focus();
    panel.scrollIntoView({ block: "nearest" });
    desk.keep();
  }

  // who that is, by the number just typed
  desk.recognise = recognise;
  async function recognise(prefix) {
    const current = form();
    const input = current.elements[`${prefix}id_number`];
    const box = document.getElementById(prefix ? "agent-known" : "known");
    const typed = input.value;
    const asked = { who: prefix ? "agent" : "applicant", item: current.dataset.item, kind: current.elements.kind.value };
    for (const name of ["id_type", "id_number"]) asked[prefix + name] = current.elements[prefix + name].value;
    let answer;
    try {
      answer = await fetch(document.getElementById("known").dataset.url, {
        method: "POST",
        body: new URLSearchParams(asked),
        headers: { "X-CSRFToken": root.dataset.token },
        redirect: "manual",
      });
    } catch {
      return desk.lineDown();
    }
    if (answer.type === "opaqueredirect") return desk.sessionOver();
    if (!answer.ok || input.value !== typed) return;
    box.innerHTML = await answer.text();
    const isWrong = Boolean(box.querySelector("[data-fault]"));
    if (isWrong) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    input.closest(".field").classList.toggle("field-wrong", isWrong);
    const known = box.querySelector(".known");
    if (!known) return;
    input.value = known.dataset.number;
    if (!prefix) current.elements.kind.value = known.dataset.kind;
    const name = current.elements[`${prefix}name`];
    if (known.dataset.name && (!name.value.trim() || name.value === name.dataset.filled)) {
      name.value = name.dataset.filled = known.dataset.name;
      if (document.activeElement === name) name.select(); // typed on, it is replaced and not doubled
    }
    current.elements[`${prefix}phone`].placeholder = known.dataset.phone || "";
    desk.keep();
  }

  function nextField(input) {
    const reachable = [...input.form.querySelectorAll("input, select, textarea, button")].filter(
      (one) => one.tabIndex >= 0 && !one.disabled && one.type !== "hidden" && one.offsetParent !== null,
    );
    reachable[reachable.indexOf(input) + 1]?.focus();
  }

  // keys
  function decide() {
    const current = form() || document.getElementById("carry-on");
    if (!current) return;
    const panel = current.querySelector("[data-panel]:not([hidden]) [name=decision]");
    (panel || current.querySelector("[data-main]")).click(); // htmx sends the button that was clicked
  }

  function escape(event) {
    const open = form()?.querySelector("[data-panel]:not([hidden])");
    if (open) {
      togglePanel(form().querySelector(`button[name=panel][value=${open.dataset.panel}]`));
      escapedAt = 0;
      return;
    }
    if (work.querySelector("[data-looked]")) return location.assign(root.dataset.desk); // with what was typed before
    if (event.timeStamp - escapedAt < DOUBLE_MS) desk.fresh();
    escapedAt = event.timeStamp;
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || keys.open || event.defaultPrevented) return;
    const at = document.activeElement;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (!event.repeat) decide();
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") return escape(event);
    if (at === search || found.contains(at)) {
      const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (way) {
        event.preventDefault();
        return step(way);
      }
    }
    const line = at.closest("[data-case]")?.closest("li"); // of the cases found
    const near = line && { ArrowDown: line.nextElementSibling, ArrowUp: line.previousElementSibling }[event.key];
    if (near) {
      event.preventDefault();
      return near.querySelector("[data-case]").focus();
    }
    if (event.key === "Enter" && at === search) {
      event.preventDefault();
      return openChosen();
    }
    if (event.key === "Enter" && at.form && at.form === form() && at.matches("input")) {
      event.preventDefault(); // a case is never decided by a stray Enter
      return nextField(at);
    }
    if (event.key === "Enter" && (at === document.body || at === work)) {
      return work.querySelector("[data-next]")?.click();
    }
    if (isText(at) && !event.altKey) return;
    if (event.key === "/" || event.code === "KeyG") {
      event.preventDefault();
      const box = event.key === "/" ? search : lookFor;
      box.focus();
      return box.select();
    }
    if (event.key === "?") {
      event.preventDefault();
      return keys.showModal();
    }
    const button = [...document.querySelectorAll(`[data-key="${event.code}"]`)].find((one) => one.offsetParent !== null);
    if (!button || event.repeat) return;
    event.preventDefault();
    button.click();
  });

  document.addEventListener("click", (event) => {
    const panel = event.target.closest("button[name=panel]");
    if (panel && panel.value !== "check") {
      event.preventDefault();
      togglePanel(panel);
    }
    if (event.target.closest("[data-all]")) {
      for (const radio of event.target.closest("form").querySelectorAll('tr[data-spec] input[type=radio][value="1"]')) radio.checked = true;
      desk.keep();
    }
    if (event.target.closest("[data-new]")) {
      event.preventDefault();
      desk.fresh();
    }
    const option = event.target.closest("#found [role=option]");
    if (option) choose(option, false);
  });

  document.addEventListener("change", (event) => {
    const { name } = event.target;
    if (!event.target.closest("#receive")) return;
    if (["id_number", "id_type", "kind"].includes(name) && form().elements.id_number.value.trim()) recognise("");
    if (["agent_id_number", "agent_id_type"].includes(name) && form().elements.agent_id_number.value.trim()) recognise("agent_");
    if (name === "has_agent" && event.target.checked) form().elements.agent_id_number.focus();
  });

  // htmx
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.id === "receive") desk.cancelSaving();
    if (event.target.closest("#found")) carried = party();
    messages.replaceChildren();
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.status === 403 && !xhr.getResponseHeader("HX-Retarget")) {
      event.detail.shouldSwap = false;
      desk.sessionOver();
    }
    late = xhr.status === 422 && form() ? desk.fieldsOf(form()) : null;
    if (late) delete late.form_key; // the answer may bring a new one
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target === found) listArrived();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target === work) workArrived(event.detail.requestConfig.verb === "post");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const shown = work.querySelector("[data-again]"); // a case: after undo and void it stands otherwise
    if (shown && event.detail.successful && /\/(undo|void)\//.test(event.detail.requestConfig.path)) htmx.ajax("GET", shown.dataset.again, { target: "#work", swap: "innerHTML settle:0ms" });
  });
  for (const failed of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failed, (event) => {
      const sender = event.detail.elt;
      const isForm = sender.matches("form[method=post]");
      desk.keep();
      desk.lineDown(isForm ? event.detail.requestConfig.triggeringEvent?.submitter : null);
    });
  }
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status >= 500) {
      desk.keep();
      toast.textContent = root.dataset.failed;
    }
  });

  // what is said goes away by itself
  let saidTimer;
  new MutationObserver(() => {
    if (!toast.textContent.trim()) return;
    toast.classList.remove("is-over");
    clearTimeout(saidTimer);
    saidTimer = setTimeout(() => toast.classList.add("is-over"), SAID_MS);
  }).observe(toast, { childList: true, characterData: true, subtree: true });

  setTimeout(() => messages.querySelectorAll(".alert-success, .alert-info").forEach((one) => one.remove()), SAID_MS);

  for (const option of options()) option.tabIndex = -1;
  if (form()) workArrived(Boolean(form().querySelector("[aria-invalid=true]")));
  else if (work.querySelector(".outcome")) workArrived(true);
  if (chosen()) choose(chosen(), false);
  desk.restore();
})();
