/* Small behaviours; every page works without them. */
"use strict";

(() => {
  const POLL_MS = 700;
  const WARN_SECONDS = 120;
  const BELL_MS = 60_000;

  function csrfToken(form) {
    return form.elements.csrfmiddlewaretoken.value;
  }

  // Menus close on Escape (focus returns to them) and on a click elsewhere.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  // A second click on a button that asks: <button data-confirm="确认停用？">; it falls back after five seconds.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-confirm]");
    if (!button) return;
    if (button.dataset.asked) {
      if (event.detail > 1) event.preventDefault(); // the second half of a double click is no answer
      return;
    }
    event.preventDefault();
    const words = button.textContent;
    button.dataset.asked = "1";
    button.textContent = button.dataset.confirm;
    setTimeout(() => {
      delete button.dataset.asked;
      button.textContent = words;
    }, 5000);
  });

  // Forms marked data-auto are sent when a choice changes.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto]");
    if (form) form.requestSubmit();
  });

  // Leaving: what this tab kept of one person's work is not for the next.
  document.addEventListener("submit", (event) => {
    if (event.target.action.endsWith("/logout/")) sessionStorage.clear();
  });

  // Exports: the browser downloads, the page shows how far the server has come.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-export]");
    if (!link) return;
    const address = new URL(link.href);
    const token = [...crypto.getRandomValues(new Uint8Array(12))].map((n) => n.toString(16).padStart(2, "0")).join("");
    address.searchParams.set("token", token);
    if (link.dataset.progress) {
      event.preventDefault();
      watchExport(link, token);
      location.assign(address);
    }
  });

  async function watchExport(link, token) {
    const box = link.parentElement.querySelector(".export-state");
    const bar = box.querySelector("progress");
    const words = box.querySelector("span");
    const address = new URL(link.dataset.progress, location.href);
    address.searchParams.set("token", token);
    box.hidden = false;
    bar.hidden = false;
    bar.removeAttribute("value");
    words.textContent = "";
    let misses = 0;
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      const state = await progressAt(address);
      misses = state ? 0 : misses + 1;
      if (misses > 10 || (state && state.state === "failed")) {
        bar.hidden = true;
        words.textContent = box.dataset.failed;
        return;
      }
      if (!state) continue;
      const done = Number(state.done || 0);
      const total = Number(state.total || 0);
      const isOver = state.state === "done" || state.finished === true || (total > 0 && done >= total);
      if (total) {
        bar.max = total;
        bar.value = done;
      }
      bar.hidden = isOver;
      words.textContent = fill(isOver ? box.dataset.finished : box.dataset.rows, { done, total: total || done });
      if (isOver) return;
    }
  }

  async function progressAt(address) {
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  function fill(words, values) {
    return words.replace(/\{(\w+)\}/g, (_, name) => values[name].toLocaleString("en-US"));
  }

  // Before the session ends, say so; afterwards lead to the log-in.
  const notice = document.getElementById("session-notice");
  if (notice) {
    let timer;
    const start = () => {
      clearTimeout(timer);
      notice.hidden = true;
      timer = setTimeout(warn, Math.max(0, Number(notice.dataset.seconds) - WARN_SECONDS) * 1000);
    };
    const warn = () => {
      notice.hidden = false;
      timer = setTimeout(over, WARN_SECONDS * 1000);
    };
    const over = () => {
      notice.hidden = false;
      notice.querySelector("p").textContent = notice.dataset.over;
      const link = document.createElement("a");
      link.className = "btn btn-primary";
      link.href = `${notice.dataset.login}?next=${encodeURIComponent(location.pathname + location.search)}`;
      link.textContent = notice.dataset.again;
      notice.querySelector("form")?.replaceWith(link);
    };
    notice.querySelector("form").addEventListener("submit", async (event) => {
      event.preventDefault();
      const form = event.target;
      const answer = await fetch(notice.dataset.renew, { method: "POST", headers: { "X-CSRFToken": csrfToken(form) } });
      if (answer.ok) start();
      else over();
    });
    document.addEventListener("htmx:afterRequest", start);
    start();
  }

  // The bell counts anew each minute while the page is looked at; the header says that nobody clicked, so that the
  // session still ends.
  async function ring() {
    const bell = document.querySelector("[data-bell]");
    if (!bell || document.visibilityState !== "visible") return;
    try {
      const answer = await fetch(bell.dataset.bell, { headers: { "X-Unattended": "1" } });
      if (!answer.ok || answer.redirected) return;
      const fresh = document.createElement("template");
      fresh.innerHTML = await answer.text();
      const next = fresh.content.querySelector("[data-bell]");
      if (next && !bell.matches(":focus")) bell.replaceWith(next);
    } catch {
      /* no connection: asked again in a minute */
    }
  }
  if (document.querySelector("[data-bell]")) {
    setInterval(ring, BELL_MS);
    if (document.querySelector("[data-stale]")) ring();
  }

  // Wide tables on narrow screens scroll: let the keyboard reach them.
  for (const box of document.querySelectorAll(".table-box, .desk")) {
    if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) box.tabIndex = 0;
  }
})();
