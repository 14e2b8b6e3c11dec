// Makes or uses a passkey, and sends its answer with the form that the button stands in.
(() => {
  const { browserSupportsWebAuthn, startAuthentication, startRegistration } = SimpleWebAuthnBrowser;
  if (!browserSupportsWebAuthn()) return;
  for (const words of document.querySelectorAll("[data-passkey-words]")) words.hidden = false;
  for (const part of document.querySelectorAll("[data-passkey]")) {
    const button = part.querySelector("button");
    const problem = part.querySelector("[data-problem]");
    const form = button.form;
    button.hidden = false;
    button.addEventListener("click", async () => {
      if (!form.reportValidity()) return;
      problem.hidden = true;
      button.disabled = true;
      try {
        const answer = await fetch(part.dataset.source);
        if (!answer.ok) throw new Error("refused");
        const ask = { optionsJSON: await answer.json() };
        const made = part.dataset.passkey === "make"
          ? await startRegistration(ask) : await startAuthentication(ask);
        part.querySelector("input[name=passkey]").value = JSON.stringify(made);
        form.submit();
      } catch {
        problem.hidden = false;
        button.disabled = false;
      }
    });
  }
})();
