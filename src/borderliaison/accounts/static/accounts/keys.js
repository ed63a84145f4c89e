// Says in the officer's language what went wrong with a security key; allauth itself only logs it.
document.addEventListener("allauth.error", (event) => {
  const line = document.getElementById("key-error");
  if (!line) return;
  event.preventDefault();
  const name = event.detail.exception && event.detail.exception.name;
  const words = { NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "known" };
  line.textContent = line.dataset[words[name] || "other"];
  line.hidden = false;
});

// A button that only scripts make work can be pressed once they do; allauth's listen to the same event.
document.addEventListener("DOMContentLoaded", () => {
  setTimeout(() => {
    for (const button of document.querySelectorAll("button[data-when-ready]")) button.disabled = false;
  });
});
