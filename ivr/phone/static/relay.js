// Asks the server, which asks the rehearsal carrier. A problem is one of: lost, away, broken.

const desk = document.getElementById("desk");
const query = `?lang=${desk.dataset.language}`;
const PROBLEMS = { 503: "away", 410: "broken" };

export class Problem extends Error {}

async function read(request) {
  let reply;
  try {
    reply = await request;
  } catch {
    throw new Problem("lost");
  }
  if (!reply.ok) throw new Problem(PROBLEMS[reply.status] ?? "lost");
  return reply.json();
}

export function ask(path, body) {
  return read(
    fetch(`${desk.dataset.base}${path}${query}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }),
  );
}

export async function carrierIsHere() {
  return (await read(fetch(`${desk.dataset.base}/carrier`))).here;
}

// The page is being left: nobody can wait for an answer any more.
export function farewell(path) {
  const body = new Blob(["{}"], { type: "application/json" });
  navigator.sendBeacon(`${desk.dataset.base}${path}`, body);
}
