// Passkeys in the browser: asks the gateway for a question, lets the device answer it, sends the answer back. Served as a file: no inline script.
"use strict";
(() => {
  const refusal = "Dat lukte niet. Probeer het nog eens, of gebruik wachtwoord en code.";
  const say = (text) => {
    const error = document.getElementById("passkey-error");
    error.textContent = text;
    error.hidden = false;
  };
  const post = async (path, body) => {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF": "1" },
      body: JSON.stringify(body ?? {}),
    });
    if (answer.status === 204) return null;
    const reply = await answer.json();
    if (answer.ok) return reply;
    if (reply.type === "urn:barnahus:problem:recent-sign-in") throw new Error("Bevestig eerst hieronder dat u het bent; daarna hebt u vijf minuten.");
    throw new Error(refusal);
  };
  const onClick = (element, work) => element.addEventListener("click", async () => {
    try {
      await work();
    } catch (error) {
      say(error instanceof DOMException ? refusal : error.message);
    }
  });

  const signIn = document.getElementById("passkey-sign-in");
  if (signIn && window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
    signIn.hidden = false;
    onClick(signIn, async () => {
      const { options, state } = await post("/account/passkey-sign-in/question");
      const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      await post("/account/passkey-sign-in", { credential: credential.toJSON(), state });
      location.assign("/");
    });
  }

  const add = document.getElementById("add-passkey");
  if (add) {
    onClick(add, async () => {
      if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) throw new Error("Uw browser kent geen passkeys.");
      const { options, state } = await post("/api/account/passkeys/question");
      const credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
      await post("/api/account/passkeys", { answer: { credential: credential.toJSON(), state }, name: document.getElementById("name").value });
      location.reload();
    });
  }

  for (const button of document.querySelectorAll("[data-remove-passkey]")) {
    onClick(button, async () => {
      await post(`/api/account/passkeys/${button.dataset.removePasskey}/removal`);
      location.reload();
    });
  }
})();
