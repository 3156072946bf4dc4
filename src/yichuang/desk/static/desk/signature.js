/* A signature drawn with mouse, pen or finger becomes the PNG of the form's file field. */
"use strict";

(() => {
  const SCALE = 2; // sharp on paper
  const INK = "#16202c";

  function prepare(box) {
    const canvas = box.querySelector("canvas");
    const input = box.querySelector("input[type=file]");
    const state = box.querySelector("[data-state]");
    const pen = canvas.getContext("2d");
    let isDown = false;
    let isDrawn = false;
    let pending = null;

    function clear() {
      canvas.width = Math.max(canvas.clientWidth, 240) * SCALE;
      canvas.height = canvas.clientHeight * SCALE;
      pen.scale(SCALE, SCALE);
      pen.fillStyle = "#ffffff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.strokeStyle = INK;
      pen.lineWidth = 2.5;
      pen.lineCap = pen.lineJoin = "round";
      isDrawn = false;
      state.textContent = state.dataset.empty;
    }

    function keep() {
      pending = new Promise((resolve) => canvas.toBlob(resolve, "image/png")).then((blob) => {
        const files = new DataTransfer();
        files.items.add(new File([blob], "signature.png", { type: "image/png" }));
        input.files = files.files;
        pending = null;
        state.textContent = state.dataset.drawn;
      });
    }

    canvas.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      if (!canvas.width || !isDrawn) clear();
      canvas.setPointerCapture(event.pointerId);
      isDown = isDrawn = true;
      pen.beginPath();
      pen.moveTo(event.offsetX, event.offsetY);
      pen.lineTo(event.offsetX + 0.1, event.offsetY);
      pen.stroke();
      event.preventDefault();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!isDown) return;
      for (const point of event.getCoalescedEvents?.() || [event]) pen.lineTo(point.offsetX, point.offsetY);
      pen.stroke();
    });
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, () => {
        if (!isDown) return;
        isDown = false;
        keep();
      });
    }
    box.querySelector("[data-clear]").addEventListener("click", () => {
      clear();
      input.value = "";
    });
    input.addEventListener("change", () => {
      clear(); // an uploaded file takes the place of what was drawn
      if (input.files.length) state.textContent = input.files[0].name;
    });
    input.form.addEventListener("submit", (event) => {
      if (!pending) return;
      event.preventDefault();
      const { submitter } = event;
      pending.then(() => input.form.requestSubmit(submitter));
    });

    for (const hidden of box.querySelectorAll("[hidden]")) hidden.hidden = false;
    clear();
  }

  document.querySelectorAll("[data-signature]").forEach(prepare);

  // Who comes for an organisation shows a paper of their own: <div data-person-type="111">, the identity card.
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[name=way]") || !event.target.closest("form")?.querySelector(".way-agent")) return;
    const box = document.querySelector("[data-person-type]");
    const type = box?.querySelector("select");
    if (!type) return;
    type.dataset.applicant ??= type.value;
    const isAgent = event.target.value === "2";
    type.value = isAgent && type.dataset.applicant !== box.dataset.personType ? box.dataset.personType : type.dataset.applicant;
  });
})();
