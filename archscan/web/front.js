"use strict";
const form = document.getElementById("form");
const message = document.getElementById("message");
const busy = document.getElementById("busy");
const [first, more] = ["first", "more"].map((name) => document.getElementById(name));
const inputs = [document.getElementById("camera"), document.getElementById("file")];

// A photo may be dropped anywhere, also a long list of answers below the place for words.
function show(place) {
  place.scrollIntoView({block: "nearest"});
}

function say(words) {
  message.textContent = words;
  message.hidden = !words;
  if (words) show(message);
}

let held = null;
function working(yes) {
  if (yes) held = document.activeElement;
  // Words that appear are read out; a place for them that appears with them may not be.
  busy.textContent = yes ? "Measuring …" : "";
  if (yes) show(busy);
  document.body.classList.toggle("working", yes);
  for (const input of inputs) input.disabled = yes;
  // What is disabled loses the focus: who uses the keys would have to begin at the top again.
  if (!yes && document.activeElement === document.body) held?.focus({preventScroll: true});
}

async function post(address, body) {
  let answer;
  try {
    answer = await fetch(address, {method: "POST", body});
  } catch {
    throw new Error("The computer does not answer. Is archscan still running there?");
  }
  const said = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
  if (answer.ok) return said;
  throw new Error(said.message ? `${said.message} ${said.advice}` : "Something went wrong. Try again.");
}

// The key stands behind the address's #, which browsers send to nobody, and is taken out of
// the address at once, so that no history keeps it.
async function enter() {
  const key = location.hash.slice(1);
  if (!key) return;
  history.replaceState(null, "", location.pathname);
  say("");
  await post("/enter", key);
}
let entered;
function knock() {
  entered = enter().catch((error) => say(error.message));
}
knock();
// A link that is followed while the page is open loads nothing anew.
addEventListener("hashchange", knock);

// A yes to one of the questions may stand for several symptoms, of which some may be ticked too.
function wishes() {
  const filled = [...new FormData(form)].filter(([, value]) => typeof value === "string" && value);
  const told = filled.flatMap(([name, value]) => value.split(" ").map((one) => [name, one]));
  return new URLSearchParams([...new Map(told.map((pair) => [pair.join(" "), pair])).values()]);
}

async function measure(files) {
  say("");
  if (!files.length || document.body.classList.contains("working")) return;
  if (files.length > 1) return say("One photo at a time, please.");
  const most = Number(form.dataset.mostBytes);
  if (files[0].size > most) {
    return say(`This file is larger than ${Math.floor(most / 2 ** 20)} megabytes. ` +
      form.dataset.tooLargeAdvice);
  }
  if (!form.checkValidity()) {
    // The browser says what is wrong, for some seconds and not that the photo was left.
    say("The photo was not measured: the age cannot be right. Correct it, then choose the photo again.");
    form.reportValidity();
    return;
  }
  working(true);
  try {
    // A folder, say, or a photo that was moved since; sent, it would fail like a lost computer.
    await files[0].slice(0, 1).arrayBuffer().catch(() => {
      throw new Error("This cannot be read. Choose the photo itself, from where it is now.");
    });
    await entered;
    const done = await post(`/scan?${wishes()}`, files[0]);
    location.href = done.result;
  } catch (error) {
    say(error.message);
    working(false);
  }
}

for (const input of inputs) {
  input.addEventListener("change", async () => {
    await measure(input.files);
    input.value = ""; // The same photo may be chosen again.
  });
}
form.addEventListener("submit", (event) => event.preventDefault());
// What is wrong with a field can be shown only where the field is.
form.addEventListener("invalid", () => { more.open = true; }, true);

const carriesFiles = (event) => [...event.dataTransfer.types].includes("Files");
addEventListener("dragover", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  document.body.classList.add("over");
});
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.body.classList.remove("over");
});
addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  document.body.classList.remove("over");
  measure(event.dataTransfer.files);
});

// Back from a result, the browser may show this page as it was left: answers that are still
// there, perhaps another person's, must be seen.
addEventListener("pageshow", () => {
  working(false);
  first.open = first.querySelector(":checked") !== null;
  more.open = [...wishes()].some(([, value]) => value !== "auto");
});
