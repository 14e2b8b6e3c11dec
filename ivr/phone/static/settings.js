// How the caller's telephone is set, and what time it is: asked for, checked, and told to the server.

import { ask } from "./relay.js";
import { showMoment, showProblem, words } from "./show.js";

const SAME = 5000; // milliseconds that are no difference worth telling
const element = (id) => document.getElementById(id);
const desk = element("desk");
const form = element("settings");
let ahead = 0; // milliseconds by which the pretended time is ahead of the real one
let told = false;
let settled = Promise.resolve(); // the time that was set last is known to the server

// The caller's own number; where it is none, the example.
export function ownNumber() {
  const number = element("from");
  return number.checkValidity() ? number.value : desk.dataset.caller;
}

// What the next call is made with, once the server knows the time.
export async function setup() {
  await settled;
  const given = Object.fromEntries(new FormData(form));
  return {
    to: given.to,
    shown: given.shown,
    from: ownNumber(),
    answers: [given.answers, given["answers.rest"]],
    tones: !given.toneless,
  };
}

// Whether everything that was typed can be; what cannot is said where it stands.
export function fits() {
  const asked = [["from", element("shown").value === "shown"], ["at", Boolean(element("at"))]];
  const wrong = asked.filter(([name, needed]) => needed && !check(name)).map(([name]) => name);
  if (wrong.length) {
    element("settings-box").open = true;
    element(wrong[0]).focus();
  }
  return wrong.length === 0;
}

function check(name) {
  const good = element(name).checkValidity();
  showProblem(name, good ? "" : words[`${name}.bad`]);
  return good;
}

export function keepTime({ moment }) {
  const first = !told;
  told = true;
  ahead = new Date(moment).getTime() - Date.now();
  if (Math.abs(ahead) < SAME) ahead = 0;
  if (first && ahead) showPretended(); // an earlier page set it: it can be seen and taken back
  tellTime();
}

function showPretended() {
  const written = new Intl.DateTimeFormat("sv-SE", {
    timeZone: desk.dataset.zone, dateStyle: "short", timeStyle: "short",
  }).format(Date.now() + ahead); // in Swedish a time reads as in ISO 8601
  if (element("at") && !element("at").value) element("at").value = written.replace(" ", "T");
}

export function tellTime() {
  showMoment(new Date(Date.now() + ahead), ahead !== 0);
}

// `stumble` is told what the server would not have.
export function watch(stumble) {
  form.addEventListener("submit", (event) => event.preventDefault());
  // only a demonstration can pretend another time
  element("at")?.addEventListener("change", () => {
    if (!check("at")) return;
    settled = ask("/time", { at: element("at").value }).then(keepTime, stumble);
  });
  element("from").addEventListener("change", () => {
    check("from");
    element("caller-number").textContent = ownNumber();
  });
  element("shown").addEventListener("change", () => {
    element("from-field").hidden = element("shown").value !== "shown";
  });
  element("settings-box").open = matchMedia("(min-width: 46rem)").matches;
}
