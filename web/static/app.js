// What a page can do better with a script: copy, drop a file, watch a check.
// Every page works without this file.
"use strict";

for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const code = button.parentElement.querySelector("code");
    if (!await copy(code)) return;
    const label = button.textContent;
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

// copy falls back to the selection where the clipboard is closed, as it is on
// pages that came over plain HTTP.
async function copy(node) {
  try {
    await navigator.clipboard.writeText(node.textContent);
    return true;
  } catch {
    const range = document.createRange();
    range.selectNodeContents(node);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    return document.execCommand("copy");
  }
}

// The browser's own words about a chosen file are hidden: they need not be in
// the language of the page.
function tellChosen() {
  for (const box of document.querySelectorAll(".pick")) {
    const names = [...box.querySelector("input").files].map((f) => f.name);
    box.querySelector("output").textContent = names.slice(0, 3).join(", ") + (names.length > 3 ? ", … (" + names.length + ")" : "");
  }
}
addEventListener("change", tellChosen);
addEventListener("pageshow", tellChosen);

const form = document.querySelector("form[data-live]");
if (form) {
  const box = form.elements.target;
  const upload = form.elements.certificate;

  upload.addEventListener("change", () => {
    if (upload.files.length) form.elements.upload.value = "yes";
  });
  for (const choice of form.elements.upload) {
    choice.addEventListener("change", () => { if (choice.value !== "yes") upload.value = ""; });
  }
  // What was given last counts.
  box.addEventListener("input", () => {
    form.elements.file.value = "";
    tellChosen();
  });
  // Enter sends what is one line; more lines are typed with Shift.
  box.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && !e.shiftKey && !e.isComposing) {
      e.preventDefault();
      form.requestSubmit();
    }
  });
  form.querySelector(".drop").hidden = false;
  for (const type of ["dragover", "dragleave", "drop"]) {
    form.addEventListener(type, (e) => {
      if (!e.dataTransfer || !e.dataTransfer.types.includes("Files")) return;
      e.preventDefault();
      form.classList.toggle("over", type === "dragover");
      if (type === "drop" && e.dataTransfer.files.length) {
        form.elements.file.files = e.dataTransfer.files;
        tellChosen();
        form.requestSubmit();
      }
    });
  }
  form.addEventListener("submit", (e) => {
    if (!window.ReadableStream || !window.TextDecoderStream) return;
    e.preventDefault();
    watch(form).catch(() => form.submit());
  });
}

// watch runs the check as a stream of events. Whatever is not a check, and
// every mistake, is sent again as a plain form.
async function watch(form) {
  const live = document.getElementById("live");
  const mistake = document.getElementById("target-error");
  const buttons = document.querySelectorAll("form[data-live] button[type=submit], button[form=check]");
  const restore = () => { for (const b of buttons) b.disabled = false; live.hidden = true; };
  // A mistake is told in the form as it stands: what was typed and chosen stays.
  const tell = (problem) => {
    restore();
    mistake.textContent = problem.detail || problem.title;
    mistake.scrollIntoView({ block: "center" });
    if (problem.field === "secret_token") form.querySelector("details").open = true;
    (form.elements[problem.field] || form.elements.target).focus({ preventScroll: true });
  };
  for (const b of buttons) b.disabled = true;
  mistake.textContent = "";
  addEventListener("pageshow", restore, { once: true });
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "text/event-stream" } });
    if ((answer.headers.get("Content-Type") || "").startsWith("application/problem+json")) return tell(await answer.json());
    if (!answer.ok || !(answer.headers.get("Content-Type") || "").startsWith("text/event-stream")) throw new Error("no stream");
    live.hidden = false;
    live.scrollIntoView({ block: "nearest" });
    for (const row of live.querySelectorAll("li")) show(row, "", "·", "", "");
    begin(live.querySelector("li"), live);
    for await (const [event, data] of eventsOf(answer.body)) {
      if (event === "stage") ended(live, data);
      if (event === "problem") return tell(data);
      if (event === "done") {
        live.querySelector("[role=status]").textContent = live.dataset.done;
        location.assign(data.location);
        return;
      }
    }
    throw new Error("the stream broke off");
  } catch (err) {
    restore();
    throw err;
  }
}

async function* eventsOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value;
    for (let end; (end = rest.indexOf("\n\n")) >= 0; rest = rest.slice(end + 2)) {
      const lines = rest.slice(0, end).split("\n");
      yield [lines[0].slice("event: ".length), JSON.parse(lines[1].slice("data: ".length))];
    }
  }
}

function ended(live, stage) {
  const row = live.querySelector(`[data-stage="${CSS.escape(stage.id)}"]`);
  if (!row) return;
  for (let r = row; r && !r.classList.contains("ended"); r = r.previousElementSibling) {
    if (r === row) show(r, "ended " + stage.status, stage.symbol, stage.word, stage.duration_ms + " " + live.dataset.ms);
    else show(r, "ended", "•", live.dataset.ended, "");
  }
  begin(row.nextElementSibling, live);
}

function begin(row, live) {
  if (row) show(row, "running", "•", live.dataset.running, "");
}

function show(row, state, symbol, word, time) {
  row.className = state;
  row.querySelector(".symbol").textContent = symbol;
  row.querySelector(".status").textContent = word;
  row.querySelector(".ms").textContent = time;
}
