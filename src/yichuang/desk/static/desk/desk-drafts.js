/* What is typed at the desk survives a reload, a lost connection and the end of the session. */
"use strict";

(() => {
  const root = document.getElementById("clerk");
  if (!root) return;
  const desk = (window.desk = window.desk || {});
  const OWN = `desk.draft.${root.dataset.person}`;
  const SAVE_MS = 2000;
  const RETRY_MS = 5000;
  const SKIPPED = new Set(["csrfmiddlewaretoken", "panel", "decision", "keep", "item"]);
  const line = document.getElementById("line-state");
  let timer;
  let retry;
  let unsent = null; // the button of what was to be sent when the connection went

  // Another person at this screen gets nothing of the one before.
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith("desk.draft.") && name !== OWN) sessionStorage.removeItem(name);
  }

  const currentForm = () => document.getElementById("receive");

  desk.fieldsOf = (form) => {
    const fields = {};
    for (const [name, value] of new FormData(form)) {
      if (SKIPPED.has(name) || typeof value !== "string") continue;
      (fields[name] = fields[name] || []).push(value);
    }
    return fields;
  };

  desk.fill = (form, fields) => {
    for (const control of form.elements) {
      const values = fields[control.name];
      if (!control.name || control.type === "file" || SKIPPED.has(control.name)) continue;
      if (control.type === "checkbox" || control.type === "radio") {
        if (values || control.type === "checkbox") control.checked = Boolean(values && values.includes(control.value));
      } else if (values && !control.name.startsWith("file-")) {
        control.value = values[0];
      }
    }
    desk.restoreFiles(form, fields);
  };

  // A form is worth keeping when anything but its key differs from how it came.
  const essence = (form) => JSON.stringify(Object.entries(desk.fieldsOf(form)).filter(([name]) => name !== "form_key"));
  desk.markPristine = (form) => {
    if (form.dataset.pristine === undefined) form.dataset.pristine = essence(form);
  };
  desk.isTyped = (form) => Boolean(form) && essence(form) !== form.dataset.pristine;

  const readLocal = () => {
    try {
      return JSON.parse(sessionStorage.getItem(OWN) || "null");
    } catch {
      return null;
    }
  };

  desk.keep = () => {
    const form = currentForm();
    if (!form || !desk.isTyped(form)) return;
    const open = form.querySelector("[data-panel]:not([hidden])");
    const draft = { item: form.dataset.item, keep: form.elements.keep.value, at: Date.now(), panel: open ? open.dataset.panel : "", fields: desk.fieldsOf(form) };
    sessionStorage.setItem(OWN, JSON.stringify(draft));
    clearTimeout(timer);
    timer = setTimeout(send, SAVE_MS);
  };

  desk.forget = (onServer) => {
    clearTimeout(timer);
    sessionStorage.removeItem(OWN);
    if (onServer) post("");
  };

  desk.cancelSaving = () => clearTimeout(timer);

  const send = () => {
    const kept = sessionStorage.getItem(OWN);
    if (kept) post(kept);
  };

  async function post(content) {
    try {
      const answer = await fetch(root.dataset.draft, {
        method: "POST",
        body: new URLSearchParams({ content }),
        headers: { "X-CSRFToken": root.dataset.token },
        redirect: "manual",
        keepalive: content.length < 60000,
      });
      if (answer.type === "opaqueredirect" || answer.status === 403) desk.sessionOver();
      else if (answer.status < 500) back();
    } catch {
      desk.lineDown();
    }
  }

  // Says what happened to the line, and tries again until it is back.
  desk.lineDown = (pending) => {
    if (pending) unsent = pending;
    line.textContent = line.dataset.offline;
    line.hidden = false;
    clearInterval(retry);
    retry = setInterval(probe, RETRY_MS);
  };

  const probe = () => {
    const kept = sessionStorage.getItem(OWN);
    if (kept) post(kept);
    else fetch(root.dataset.draft, { redirect: "manual" }).then((answer) => (answer.ok ? back() : desk.sessionOver()), () => {});
  };

  desk.sessionOver = () => {
    clearInterval(retry);
    const again = document.createElement("a");
    again.className = "btn btn-primary btn-small";
    again.href = line.dataset.login;
    again.textContent = line.dataset.again;
    line.replaceChildren(line.dataset.over, again);
    line.hidden = false;
  };

  function back() {
    clearInterval(retry);
    line.hidden = true;
    if (!unsent) return;
    const button = unsent;
    unsent = null;
    if (button.isConnected) button.click();
  }

  window.addEventListener("offline", () => desk.lineDown());
  window.addEventListener("online", probe);
  window.addEventListener("pagehide", () => {
    clearTimeout(timer);
    send();
  });
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => {
      if (!event.target.closest("#receive")) return;
      unsent = null;
      desk.keep();
    });
  }
  // What this tab holds comes first; otherwise what was kept on the server.
  desk.restore = async () => {
    if (document.querySelector("#work .outcome, #work [data-looked]")) return;
    let draft = readLocal();
    if (!draft) {
      try {
        const answer = await fetch(root.dataset.draft, { redirect: "manual" });
        draft = answer.ok ? (await answer.json()).draft : null;
      } catch {
        return;
      }
    }
    if (!draft || !draft.item) return;
    if (!currentForm() && !document.getElementById("keep").value) {
      const address = new URL(root.dataset.form, location.href);
      address.searchParams.set("item", draft.item);
      await htmx.ajax("GET", address.pathname + address.search, { target: "#work", swap: "innerHTML settle:0ms" });
    }
    const form = currentForm();
    if (!form || form.dataset.item !== draft.item) return;
    desk.markPristine(form);
    if (desk.isTyped(form)) return;
    desk.fill(form, draft.fields);
    for (const prefix of ["", "agent_"]) if (form.elements[`${prefix}id_number`].value.trim()) desk.recognise(prefix);
    if (draft.panel) desk.openPanel(form, draft.panel, true);
    sessionStorage.setItem(OWN, JSON.stringify(draft));
    tell(draft.at);
  };

  function tell(at) {
    const box = document.getElementById("restored");
    const moment = new Date(at);
    const time = `${String(moment.getHours()).padStart(2, "0")}:${String(moment.getMinutes()).padStart(2, "0")}`;
    const clear = document.createElement("button");
    clear.type = "button";
    clear.className = "link";
    clear.dataset.clear = "";
    clear.textContent = box.dataset.clear;
    box.append(box.dataset.words.replace("{time}", time), " ", clear);
    box.querySelector(".link").textContent = box.dataset.clear;
    box.hidden = false;
  }
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-clear]")) return;
    desk.fresh();
  });

  // An empty desk: nothing typed is kept.
  desk.fresh = () => {
    desk.forget(true);
    location.assign(root.dataset.desk);
  };
})();
