/** The sentences that the script says, which come with the page in its language. */

type Forms = Partial<Record<Intl.LDMLPluralRule, string>>;

export class Wording {
  private readonly rules = new Intl.PluralRules(document.documentElement.lang);

  constructor(private readonly said: Record<string, string | Forms>) {}

  say(name: string): string {
    const found = this.said[name];
    return typeof found === "string" ? found : "";
  }

  /** With a number in its right form. */
  count(name: string, n: number): string {
    const forms = this.said[name];
    if (typeof forms !== "object") return "";
    return (forms[this.rules.select(n)] ?? forms.other ?? "").replace("{n}", n.toLocaleString(document.documentElement.lang));
  }

  /** “13 of 26 items”, in the form that the second number wants. */
  of(name: string, n: number, all: number): string {
    const forms = this.said[name];
    if (typeof forms !== "object") return "";
    const form = forms[this.rules.select(all)] ?? forms.other ?? "";
    return form.replace("{n}", String(n)).replace("{all}", String(all));
  }

  fill(name: string, values: Record<string, string | number>): string {
    return this.say(name).replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ""));
  }
}
