/** Asks in place for what one looks, where the purpose that was given holds no longer: the chart stays as it is. */
export class Purpose {
  /** Whether he said that he does not look now: the page itself asks no more until he does something. */
  private isDeclined = false;

  constructor(
    private readonly dialog: HTMLDialogElement,
    private readonly isPresented: () => boolean,
  ) {}

  /** Return what he looks for; nothing where he does not say. */
  async ask(isOwn: boolean): Promise<string> {
    if (!isOwn && (this.isDeclined || this.isPresented())) return "";
    this.dialog.returnValue = "";
    this.dialog.showModal();
    await new Promise((done) => this.dialog.addEventListener("close", done, { once: true }));
    this.isDeclined = !this.dialog.returnValue;
    return this.dialog.returnValue;
  }
}
