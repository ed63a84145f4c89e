/** Opens dialogs and prints; a dialog closes by Esc, by its buttons, and by a click beside it. */
export function openDialogs(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("[data-print]")) {
      event.preventDefault();
      window.print();
      return;
    }
    const opener = target.closest<HTMLElement>("[data-opens]");
    const name = opener?.dataset["opens"];
    const dialog = name ? document.getElementById(name) : null;
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
      return;
    }
    if (target instanceof HTMLDialogElement && target.open) target.close();
  });
}
