// The page: two telephones, what rings at them, the settings, and how things stand.

import { Call } from "./call.js";
import { ask, farewell, Problem } from "./relay.js";
import { fits, keepTime, ownNumber, setup, tellTime, watch } from "./settings.js";
import {
  clearLines, showCarrier, showDocument, showLines, showNote, showOther, showPlace, showProblem,
  words,
} from "./show.js";
import { ring, wake } from "./sound.js";
import { Telephone } from "./telephone.js";

const KEYS = "0123456789*#";
const BEAT = 1500;
const SIDES = { line: "caller", gate: "caller", headset: "operator" };
const element = (id) => document.getElementById(id);
const desk = element("desk");
const narrow = matchMedia("(max-width: 45.99rem)");
const caller = new Telephone("caller", "");
const operator = new Telephone("operator", "operator-");
const telephones = [caller, operator];
const calls = new Map();
let stays = ""; // what is said of the carrier until the next call: broken, or blocked

// ---- which leg is on which telephone

function sideOf(number) {
  return number === desk.dataset.operator ? operator : number === ownNumber() ? caller : null;
}

function seats(told) {
  const root = told.placed ? sideOf(told.to) : caller;
  const child = told.other.leg ? sideOf(told.other.to) : null;
  const found = new Map();
  if (root) found.set(root, told.call);
  if (child && child !== root) found.set(child, told.other.leg);
  return found;
}

function seat(call, told) {
  const found = seats(told);
  for (const telephone of telephones) {
    const leg = found.get(telephone);
    if (leg && telephone.busy && telephone.call !== call) {
      if (told.other.status === "ringing" || told.phase === "rung") call.happen("answer", { manner: "busy" }, leg);
    } else if (leg) {
      telephone.hold(call, leg, told);
    } else {
      telephone.lose(call);
    }
  }
  const elsewhere = told.other.leg && ![...found.values()].includes(told.other.leg);
  showOther(elsewhere ? told : null);
  element("other").call = elsewhere ? { call, leg: told.other.leg } : null;
}

// ---- what a call tells the page

const page = {
  followed(call, told, lines) {
    if (!stays) showCarrier("here");
    showLines(lines);
    seat(call, told);
    for (const line of lines) listen(line);
    if (told.phase === "ended") calls.delete(call.leg);
    place(told);
    showDocument(told.document);
    arrange();
  },
  waiting(call) {
    for (const one of telephones) if (one.call === call) one.show("asking");
  },
  blocked() {
    stays = "blocked";
    showCarrier(stays);
  },
  stumbled(call, error) {
    if (error.message === "broken") {
      stays = "broken";
      calls.delete(call.leg);
      for (const one of telephones) one.lose(call);
      showNote(words["carrier.broken"], true);
      showOther(null);
      showPlace({ leg: "over" });
      arrange();
    }
    stumble(error);
  },
};

function listen(line) {
  const telephone = telephones.find((one) => one.side === SIDES[line.who]);
  if (!telephone || line.kind !== "says") return;
  const text = line.said.map((one) => one.words).join(" ");
  telephone.hear(text, line.said[0]?.language ?? "");
}

function place(told) {
  if (told.phase === "ended") showPlace({ leg: "over" });
  else if (told.placed) showPlace({ leg: "callback" });
  else if (told.place) showPlace(told.place);
}

function stumble(error) {
  if (!(error instanceof Problem)) throw error;
  if (error.message === "unfit") showProblem(error.told.field, error.told.words);
  else showCarrier(error.message);
}

// ---- what matters now is where it is seen, and heard

function arrange() {
  const rung = telephones.some((one) => one.phase === "rung");
  const waits = telephones.some((one) => one.phase === "ringing");
  ring(rung ? "here" : waits ? "away" : "");
  document.title = rung ? `${words["rings.title"]} · ${words.title}` : words.title;
  const busy = caller.busy;
  const called = busy && caller.phase === "rung";
  element("call").hidden = called;
  element("call").disabled = busy;
  element("pick-up").hidden = !called;
  element("otherwise").hidden = !called;
  element("hang-up").disabled = !busy || called;
  element("skip-wait").disabled = !(caller.call?.wait || operator.call?.wait);
  element("operator-live").hidden = !operator.busy;
  element("operator-hint").hidden = operator.busy;
  element("operator-telephone").dataset.live = operator.busy ? "yes" : "no";
  element("operator-pick-up").hidden = operator.phase !== "rung";
  const keys = listener();
  for (const one of telephones) one.root.dataset.keys = one === keys && caller.busy && operator.busy ? "yes" : "no";
  const above = element(narrow.matches && called ? "display" : "keypad");
  if (above.nextElementSibling !== element("hooks")) above.after(element("hooks"), element("otherwise"));
  put(element("other"), narrow.matches && !element("other").hidden ? element("display") : null);
  const up = narrow.matches && operator.busy;
  if (up) put(element("operator-telephone"), null, element("left"));
  else put(element("operator-telephone"), null);
}

// Put a panel after another part, at the beginning of a column, or back where it belongs.
function put(panel, after, column = element("middle")) {
  if (after) {
    if (after.nextElementSibling !== panel) after.after(panel);
    return;
  }
  const first = panel.id === "other" ? element("heard") : column.firstElementChild;
  if (panel.parentElement === column) return;
  column.insertBefore(panel, first);
}

// ---- what is pressed

async function dial() {
  if (caller.busy || !fits()) return;
  wake();
  stays = "";
  if (!operator.busy) clearLines();
  showPlace(null);
  caller.show("asking");
  element("call").disabled = true;
  try {
    const given = await setup();
    const told = await ask("/call", given);
    const call = new Call(told.call, page, !given.tones);
    calls.set(call.leg, call);
    call.follow(told);
  } catch (error) {
    caller.show("idle");
    arrange();
    stumble(error);
  }
}

// Where the computer's keys go: to the telephone that waits for one, else to one that is used.
function listener() {
  return telephones.find((one) => one.listens) ?? telephones.find((one) => one.busy) ?? caller;
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (KEYS.includes(event.key)) {
    event.preventDefault();
    listener().press(event.key);
  }
});
element("call").addEventListener("click", dial);
element("skip-wait").addEventListener("click", () => (caller.call ?? operator.call)?.skip());
for (const button of document.querySelectorAll("[data-manner]")) {
  button.addEventListener("click", () => caller.meet(button.dataset.manner));
}
const toOther = (event, facts) => {
  const held = element("other").call;
  held?.call.happen(event, facts, held.leg);
};
element("other-pick-up").addEventListener("click", () => toOther("answer", {}));
element("other-press").addEventListener("click", () => toOther("keys", { key: "1" }));
element("other-hang-up").addEventListener("click", () => toOther("hang-up", {}));
narrow.addEventListener("change", arrange);

// ---- how things stand

function clock() {
  tellTime();
  for (const one of telephones) one.tick();
}

function meetNew(side, lines) {
  for (const line of lines ?? []) {
    if (calls.has(line.call) || line.status !== "ringing") continue;
    const call = new Call(line.call, page);
    calls.set(call.leg, call);
    showNote(words[`rings.${side}`]);
    call.happen("look");
  }
}

const held = new Set(); // the numbers that this page has had
let beating = false;
async function beat() {
  if (beating) return;
  beating = true;
  try {
    for (const call of calls.values()) if (!call.pending) call.happen("look");
    held.add(ownNumber());
    const told = await ask("/beat", { from: ownNumber() });
    keepTime(told);
    if (!stays || !told.here) showCarrier(told.here ? "here" : "away");
    for (const side of ["caller", "operator"]) meetNew(side, told.lines[side]);
  } catch (error) {
    stumble(error);
  } finally {
    beating = false;
  }
}

addEventListener("pagehide", () => {
  for (const call of calls.values()) farewell(`/call/${call.leg}/hang-up`);
  for (const number of held) farewell("/release", { from: number });
});
document.addEventListener("visibilitychange", () => document.hidden || beat());
watch(stumble);
setInterval(clock, 500);
setInterval(beat, BEAT);
arrange();
beat();
