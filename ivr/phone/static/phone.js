// The telephone: what is pressed goes to the carrier, what comes back is played and shown.
// The browser owns the time of the call: it says when a clip has been heard or a wait is over.

import { ask, carrierIsHere, farewell, Problem } from "./relay.js";
import {
  clearLines, showCarrier, showDocument, showLines, showMoment, showOther, showPhase, showPlace,
  showProgress,
} from "./show.js";
import { Player, ring, tone, wake } from "./sound.js";

const KEYS = "0123456789*#";
const BEAT = 4000;
const PATIENCE = 700;
const element = (id) => document.getElementById(id);
const form = element("settings");
const player = new Player();

let call = null; // { leg, last, phase, other, begun, toneless }
let wait = null; // { id, seconds, begun, timer, clip, keys, done }

// ---- waiting: for a clip to be heard, or for time to pass

function stopWaiting() {
  if (!wait) return;
  clearTimeout(wait.timer);
  if (wait.clip) player.stop();
  wait = null;
  showProgress(0);
  element("skip-wait").disabled = true;
}

function over(id) {
  if (wait?.id !== id) return;
  wait.done = true;
  happen("ended", { wait: id });
}

function pass(id) {
  if (wait?.id !== id) return;
  wait.timer = setTimeout(() => over(id), wait.seconds * 1000);
}

function mute(id) {
  if (wait?.id !== id) return;
  wait.clip = "";
  showCarrier("blocked");
  pass(id);
}

function startWaiting(told) {
  if (told && told.id === wait?.id) {
    if (wait.done) over(told.id); // the carrier has not heard of it: say it again
    return;
  }
  stopWaiting();
  if (!told) return;
  const { id, left: seconds, clip, keys } = told;
  wait = { id, seconds, clip, keys, begun: performance.now(), done: false };
  if (told.clip) player.play(told.clip, () => over(told.id), () => mute(told.id));
  else pass(told.id);
  showProgress(told.mine || told.kind === "ring" ? told.left : 0);
  element("skip-wait").disabled = false;
}

// A key ends what is said, at once. Should nobody learn of the key, time goes on in its place.
function interrupt() {
  const { id, seconds } = wait;
  player.stop();
  wait.timer = setTimeout(() => over(id), (seconds - player.seconds) * 1000);
}

function heard() {
  if (!wait) return 0;
  return wait.clip ? player.seconds : (performance.now() - wait.begun) / 1000;
}

// ---- what the server told

function follow(told) {
  if (!call || told.call !== call.leg || told.last < call.last) return;
  showCarrier("here");
  showLines(told.lines.filter((line) => line.n > call.last));
  Object.assign(call, { last: told.last, phase: told.phase, other: told.other.leg });
  if (told.place) showPlace(told.place);
  showPhase(told.phase);
  showOther(told);
  showMoment(told.moment);
  showDocument(told.document);
  ring(told.phase === "ringing");
  if (told.phase === "ended") end();
  else startWaiting(told.waiting);
}

function end() {
  stopWaiting();
  ring(false);
  call = null;
}

function stumble(error) {
  if (!(error instanceof Problem)) throw error;
  showCarrier(error.message);
  if (error.message === "broken" && call) {
    end();
    showPhase("ended");
  }
}

async function happen(event, facts = {}, leg = call?.leg) {
  if (!call || !leg) return;
  const slow = event === "look" ? 0 : setTimeout(() => showPhase("asking"), PATIENCE);
  try {
    follow(await ask(`/call/${leg}/${event}`, { since: call.last, ...facts }));
  } catch (error) {
    stumble(error);
  } finally {
    clearTimeout(slow);
    if (call) showPhase(call.phase);
  }
}

// ---- what is pressed

function settings() {
  const given = Object.fromEntries(new FormData(form));
  return {
    to: given.to,
    shown: given.shown,
    from: given.from ?? "",
    at: given.at,
    answers: [given.answers, given["answers.rest"]],
    tones: !given.toneless,
  };
}

function complete() {
  const number = element("from");
  const good = element("shown").value !== "shown" || number.checkValidity();
  element("from-hint").hidden = good;
  number.setAttribute("aria-invalid", String(!good));
  if (!good) {
    element("settings-box").open = true;
    number.focus();
  }
  return good;
}

async function dial() {
  if (call || !complete()) return;
  wake();
  const given = settings();
  clearLines();
  showPlace(null);
  showPhase("asking");
  element("rung").textContent = given.to;
  try {
    const told = await ask("/call", given);
    call = { leg: told.call, last: 0, begun: Date.now(), toneless: !given.tones };
    follow(told);
  } catch (error) {
    showPhase("idle");
    stumble(error);
  }
}

function press(key) {
  const cap = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  cap.classList.add("down");
  setTimeout(() => cap.classList.remove("down"), 160);
  const after = heard();
  if (!call?.toneless) {
    tone(key);
    if (wait?.keys && wait.clip) interrupt();
  }
  happen("keys", { key, after });
}

function hangUp() {
  stopWaiting();
  happen("hang-up");
}

for (const cap of document.querySelectorAll("[data-key]")) {
  cap.addEventListener("click", () => press(cap.dataset.key));
}
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (KEYS.includes(event.key)) {
    event.preventDefault();
    press(event.key);
  }
});
element("call").addEventListener("click", dial);
element("hang-up").addEventListener("click", hangUp);
element("skip-wait").addEventListener("click", () => wait && over(wait.id));
element("other-pick-up").addEventListener("click", () => happen("answer", {}, call?.other));
element("other-press").addEventListener("click", () => happen("keys", { key: "1" }, call?.other));
element("other-hang-up").addEventListener("click", () => happen("hang-up", {}, call?.other));
form.addEventListener("submit", (event) => event.preventDefault());
element("shown").addEventListener("change", () => {
  element("from-field").hidden = element("shown").value !== "shown";
});

// ---- how things stand

function clock() {
  if (!call) return;
  const seconds = Math.floor((Date.now() - call.begun) / 1000);
  const rest = String(seconds % 60).padStart(2, "0");
  element("clock").textContent = `${Math.floor(seconds / 60)}:${rest}`;
}

async function beat() {
  if (call) {
    await happen("look");
    return;
  }
  try {
    showCarrier((await carrierIsHere()) ? "here" : "away");
  } catch (error) {
    stumble(error);
  }
}

addEventListener("pagehide", () => {
  if (call) farewell(`/call/${call.leg}/hang-up`);
});
element("settings-box").open = matchMedia("(min-width: 46rem)").matches;
setInterval(clock, 500);
setInterval(beat, BEAT);
beat();
