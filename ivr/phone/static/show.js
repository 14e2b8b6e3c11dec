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
    paragraph.append(span, key ? make("br") : " ");
  }
}

// A key ends the option that it belongs to: "press two", or one digit that stands alone.
function namesKey(said, place) {
  const is = (at, kind) => Boolean(said[at]?.prompt.startsWith(kind));
  const alone = !is(place - 1, "digit.") && !is(place + 1, "digit.");
  return is(place, "key.") || (is(place, "digit.") && alone);
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

// What one telephone goes on hearing is one turn, however many clips it is made of.
function goesOn(item, line) {
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
    list.append(item);
  }
  element("empty").hidden = list.childElementCount > 0;
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
  let text = label || words["place.none"];
  if (place?.leg === "deadend") text = words["place.deadend"];
  if (place?.covered) text = words["place.covered"];
  element("place").textContent = text;
}

export function showPhase(phase) {
  const text = words[`phase.${phase}`];
  if (element("phase").textContent !== text) element("phase").textContent = text;
  const busy = phase !== "idle" && phase !== "ended";
  element("call").disabled = busy;
  element("hang-up").disabled = !busy;
}

export function showCarrier(state) {
  const shown = element("carrier");
  if (shown.dataset.state === state) return;
  shown.dataset.state = state;
  shown.textContent = state === "blocked" ? words["sound.blocked"] : words[`carrier.${state}`];
}

export function showOther(told) {
  const { leg, status } = told.other;
  const hand = told.waiting?.kind === "ring" && status === "ringing";
  element("other").hidden = !leg;
  element("other-pick-up").hidden = !hand;
  element("other-press").hidden = status !== "in-progress" || told.phase === "talking";
  const state = told.phase === "talking" ? "talks" : status === "ringing" ? "rings" : "hears";
  element("other-state").textContent = words[`other.${state}`];
}

const time = new Intl.DateTimeFormat(`${desk.dataset.language}-BE`, {
  timeZone: desk.dataset.zone, weekday: "long", day: "numeric", month: "long",
  hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

export function showMoment(moment) {
  element("moment").textContent = moment ? time.format(new Date(moment)) : "";
}

export function showDocument(text) {
  if (text) element("document").textContent = text;
}

export function showProgress(seconds) {
  const bar = element("progress");
  bar.style.transition = "none";
  bar.style.transform = "scaleX(0)";
  if (!seconds || calm.matches) return;
  bar.getBoundingClientRect();
  bar.style.transition = `transform ${seconds}s linear`;
  bar.style.transform = "scaleX(1)";
}
