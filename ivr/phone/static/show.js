// Puts into the page what the server told: lines, the place on the picture, the state.

const element = (id) => document.getElementById(id);
const desk = element("desk");
export const words = JSON.parse(desk.dataset.words);
const calm = matchMedia("(prefers-reduced-motion: reduce)");

function make(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function speak(paragraph, said) {
  for (const [place, one] of said.entries()) {
    const span = make("span", one.mark ? "unapproved" : "", one.words);
    span.lang = one.language;
    span.title = one.prompt;
    const key = namesKey(said, place);
    if (key) span.classList.add("says-key");
    const first = paragraph.childElementCount === 0;
    if (begins(said, place) && !first && paragraph.lastChild.nodeName !== "BR") {
      paragraph.append(make("br"));
    }
    paragraph.append(span, key || ends(said, place) ? make("br") : " ");
  }
}

const is = (said, at, ...kinds) => kinds.some((kind) => said[at]?.prompt.startsWith(kind));

// A key ends the option that it belongs to: "press two", or one digit that stands alone.
function namesKey(said, place) {
  const alone = !is(said, place - 1, "digit.") && !is(said, place + 1, "digit.");
  return is(said, place, "key.") || (is(said, place, "digit.") && alone);
}

// An option, and a number that is announced, begin a line of their own: also where a sentence
// came before them. An option is whatever stands right before its key.
function begins(said, place) {
  return namesKey(said, place + 1) || is(said, place, "place.", "announce.");
}

// The last digit of a number that was announced ends its line.
function ends(said, place) {
  return is(said, place, "digit.") && !is(said, place + 1, "digit.");
}

function marks(said) {
  const found = new Set(said.map((one) => one.mark).filter(Boolean));
  const row = make("p", "marks");
  for (const mark of found) row.append(make("span", "mark", mark));
  if (said.some((one) => one.clear)) row.append(make("span", "mark clear", words["state.clear"]));
  return row;
}

const FAINT = new Set(["dead", "toneless", "silence"]);

function turn(line) {
  const item = make("li", `turn ${line.who}`);
  if (line.kind === "error") item.classList.add("error");
  if (FAINT.has(line.kind)) item.classList.add("faint");
  item.append(make("p", "who", words[`who.${line.who}`]));
  const paragraph = make("p", "words", line.said.length ? "" : line.text || "…");
  speak(paragraph, line.said);
  item.append(paragraph, marks(line.said));
  return item;
}

// What one telephone goes on hearing is one turn, however many clips it is made of; and so are keys
// that are pressed one after the other.
function goesOn(item, line) {
  if (line.key && item?.dataset.pressed === line.who) {
    item.querySelector(".words").append(` ${line.key}`);
    return true;
  }
  const same = item?.dataset.says === line.who && line.said.length > 0;
  if (!same) return false;
  speak(item.querySelector(".words"), line.said);
  item.querySelector(".marks").replaceWith(marks(line.said));
  return true;
}

// The transcript stays at its end, unless somebody has scrolled up to read.
const list = element("transcript");
const log = element("log");
let atEnd = true;
let lastTop = 0;

function stay() {
  if (atEnd) log.scrollTop = log.scrollHeight;
}

log.addEventListener("scroll", () => {
  const left = log.scrollHeight - log.scrollTop - log.clientHeight;
  if (left < 4) atEnd = true;
  else if (log.scrollTop < lastTop - 4) atEnd = false;
  lastTop = log.scrollTop;
});
new ResizeObserver(stay).observe(log);

export function showLines(lines) {
  for (const line of lines) {
    if (goesOn(list.lastElementChild, line)) continue;
    list.querySelector(".now")?.classList.remove("now");
    const item = turn(line);
    if (line.kind === "says") {
      item.classList.add("now");
      item.dataset.says = line.who;
    }
    if (line.key) item.dataset.pressed = line.who;
    list.append(item);
  }
  element("empty").hidden = list.childElementCount > 0;
  stay();
}

// What the page itself has to say: that a telephone rings, that a call was broken off.
export function showNote(text, error = false) {
  const item = turn({ who: "carrier", kind: error ? "error" : "note", said: [], text });
  list.querySelector(".now")?.classList.remove("now");
  list.append(item);
  element("empty").hidden = true;
  stay();
}

export function clearLines() {
  list.replaceChildren();
  atEnd = true;
}

function mark(node) {
  const picture = element("picture");
  for (const old of picture.querySelectorAll(".here, .passed")) old.classList.remove("here", "passed");
  const pass = (name) => {
    const way = picture.querySelector(`[data-way="${CSS.escape(name)}"]`);
    way?.classList.add("passed");
    way?.parentNode.append(way); // over the ways that were not taken
  };
  const find = (name) => picture.querySelector(`[data-node="${CSS.escape(name)}"]`);
  const here = find(node);
  if (!here) return "";
  here.classList.add("here");
  pass(node);
  for (let above = find(here.dataset.parent); above; above = find(above.dataset.parent)) {
    above.classList.add("passed");
    pass(above.dataset.node);
  }
  const box = here.getBoundingClientRect();
  const frame = picture.getBoundingClientRect();
  const top = picture.scrollTop + box.top - frame.top - frame.height / 3;
  picture.scrollTo({ top, behavior: calm.matches ? "auto" : "smooth" });
  return here.querySelector("title").textContent;
}

export function showPlace(place) {
  const label = mark(place?.node ?? "");
  const kind = place?.covered ? "covered" : place?.leg;
  element("place").textContent = words[`place.${kind}`] ?? (label || words["place.none"]);
}

export function showCarrier(state) {
  const shown = element("carrier");
  if (shown.dataset.state === state) return;
  shown.dataset.state = state;
  shown.textContent = state === "blocked" ? words["sound.blocked"] : words[`carrier.${state}`];
}

// Somebody who is no telephone of the page is rung: told.other is theirs.
export function showOther(told) {
  element("other").hidden = !told;
  if (!told) return;
  const { status } = told.other;
  element("other-pick-up").hidden = !(told.waiting?.kind === "ring" && status === "ringing");
  element("other-press").hidden = status !== "in-progress" || told.phase === "talking";
  const state = told.phase === "talking" ? "talks" : status === "ringing" ? "rings" : "hears";
  const text = words[`other.${state}`];
  if (element("other-state").textContent !== text) element("other-state").textContent = text;
}

const time = new Intl.DateTimeFormat(`${desk.dataset.language}-BE`, {
  timeZone: desk.dataset.zone, weekday: "long", day: "numeric", month: "long",
  hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

// What time it is, and whether that is only pretended.
export function showMoment(moment, pretended) {
  const text = time.format(moment);
  const shown = pretended ? words["time.pretended"].replace("{time}", text) : text;
  if (element("moment").textContent !== shown) element("moment").textContent = shown;
}

export function showProblem(field, text) {
  const problem = element(`${field}-problem`);
  problem.hidden = !text;
  problem.textContent = text;
  element(field).setAttribute("aria-invalid", String(Boolean(text)));
}

export function showDocument(text) {
  if (text) element("document").textContent = text;
}
