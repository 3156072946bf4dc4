/* Scans go up as they are chosen; each row shows how far, and what was wrong. */
"use strict";

(() => {
  const root = document.getElementById("clerk");
  if (!root) return;
  const desk = (window.desk = window.desk || {});
  const LARGEST = 20 * 1024 * 1024;

  const icon = (name) => {
    const mark = document.createElement("i");
    mark.className = `bi bi-${name}`;
    mark.setAttribute("aria-hidden", "true");
    return mark;
  };

  function entry(name) {
    const item = document.createElement("li");
    const words = document.createElement("span");
    words.textContent = name;
    words.title = name;
    item.append(words);
    return item;
  }

  function kept(row, id, name) {
    const item = entry(name);
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = `file-${row.dataset.spec}`;
    field.value = `${id}:${name}`;
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "link";
    remove.dataset.remove = id;
    remove.textContent = root.dataset.wordRemove;
    item.prepend(field, icon("file-earmark-check"));
    item.append(remove);
    return item;
  }

  desk.restoreFiles = (form, fields) => {
    for (const row of form.querySelectorAll("tr[data-spec]")) {
      const values = fields[`file-${row.dataset.spec}`] || [];
      row.querySelector("[data-files]").replaceChildren(
        ...values.map((value) => kept(row, value.slice(0, value.indexOf(":")), value.slice(value.indexOf(":") + 1))),
      );
    }
  };

  function fault(row, words) {
    const box = row.querySelector(".row-fault");
    box.textContent = words;
    row.classList.toggle("is-wrong", Boolean(words));
  }

  function reason(request) {
    try {
      const answer = JSON.parse(request.responseText);
      return answer.error || answer.message || root.dataset.uploadFailed;
    } catch {
      return root.dataset.uploadFailed;
    }
  }

  function upload(row, file) {
    const list = row.querySelector("[data-files]");
    if (file.size > LARGEST) {
      fault(row, root.dataset.tooLarge.replace("{name}", file.name).replace("{size}", Math.round(file.size / 1048576)));
      return;
    }
    const item = entry(file.name);
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", file.name);
    item.append(bar);
    list.append(item);
    const data = new FormData();
    data.set("file", file);
    data.set("spec", row.dataset.spec);
    const request = new XMLHttpRequest();
    request.open("POST", root.dataset.upload);
    request.setRequestHeader("X-CSRFToken", root.dataset.token);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      bar.max = event.total;
      bar.value = event.loaded;
    });
    request.addEventListener("load", () => {
      let answer = null;
      try {
        answer = request.status < 300 ? JSON.parse(request.responseText) : null;
      } catch {
        desk.sessionOver(); // the log-in page came instead
      }
      if (answer && answer.id) {
        item.replaceWith(kept(row, String(answer.id), answer.name || file.name));
        const state = row.querySelector('input[type="radio"][value="1"]');
        if (state) state.checked = true;
      } else {
        item.remove();
        fault(row, reason(request));
      }
      desk.keep();
    });
    request.addEventListener("error", () => {
      item.remove();
      fault(row, root.dataset.uploadFailed);
      desk.lineDown();
    });
    request.send(data);
  }

  document.addEventListener("change", (event) => {
    const input = event.target;
    if (input.type !== "file" || !input.name.startsWith("upload-")) return;
    take(input.closest("tr[data-spec]"), input.files);
    input.value = "";
  });

  function take(row, files) {
    fault(row, "");
    for (const file of files) upload(row, file);
  }

  // A scan dragged onto its row; dropped beside, it must not replace the page and what is typed on it.
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    const row = event.target.closest("tr[data-spec]");
    event.dataTransfer.dropEffect = row ? "copy" : "none";
    mark(row);
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) mark(null);
  });
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    mark(null);
    const row = event.target.closest("tr[data-spec]");
    if (row) take(row, event.dataTransfer.files);
  });

  function mark(row) {
    for (const other of document.querySelectorAll("tr.is-target")) other.classList.toggle("is-target", other === row);
    row?.classList.add("is-target");
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-remove]");
    if (!button) return;
    const row = button.closest("tr[data-spec]");
    button.closest("li").remove();
    desk.keep();
    row.querySelector('input[type="file"]').focus();
    try {
      await fetch(root.dataset.discard.replace("/0/", `/${button.dataset.remove}/`), { method: "POST", headers: { "X-CSRFToken": root.dataset.token } });
    } catch {
      desk.lineDown();
    }
  });
})();
