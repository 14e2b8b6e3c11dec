// Asks the server, which asks the rehearsal carrier. A problem is one of: lost, away, broken, and
// unfit, which names a setting and says in words what is wrong with it.

const desk = document.getElementById("desk");
const query = `?lang=${desk.dataset.language}`;
const PROBLEMS = { 400: "unfit", 503: "away", 410: "broken" };

export class Problem extends Error {
  constructor(kind, told = {}) {
    super(kind);
    this.told = told;
  }
}

export async function ask(path, body) {
  let reply;
  try {
    reply = await fetch(`${desk.dataset.base}${path}${query}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Problem("lost");
  }
  const told = await reply.json().catch(() => null);
  if (!reply.ok) throw new Problem((told && PROBLEMS[reply.status]) ?? "lost", told ?? {});
  if (!told) throw new Problem("lost");
  return told;
}

// The page is being left: nobody can wait for an answer any more.
export function farewell(path, given = {}) {
  const body = new Blob([JSON.stringify(given)], { type: "application/json" });
  navigator.sendBeacon(`${desk.dataset.base}${path}`, body);
}
