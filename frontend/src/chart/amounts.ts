/** How much links say together, and how that is written. Pure. */
import type { Amounts, Item, Link } from "./model.ts";

/**
 * The sum of what some links between the same two say. Where they say nothing themselves, it is what one of the
 * two is: the cash that was involved, or all that was seized at the event.
 */
export function sumOf(links: readonly Link[], begin: Item | undefined, end: Item | undefined): Amounts {
  const sum: Amounts = {};
  for (const { amounts } of links) for (const [unit, amount] of Object.entries(amounts)) sum[unit] = (sum[unit] ?? 0) + amount;
  if (Object.keys(sum).length) return sum;
  const ends = [begin, end].filter((one) => one !== undefined);
  return ends.map(worthOf).find((worth) => Object.keys(worth).length) ?? ends.map(({ amounts }) => amounts).find((some) => Object.keys(some).length) ?? {};
}

/** What a sum of money is, by its currency. */
export function worthOf({ facts }: Item): Amounts {
  const [amount, currency] = [Number(facts["amount"]?.[0] ?? NaN), (facts["currency"]?.[0] ?? "").toUpperCase()];
  return Number.isFinite(amount) && /^[A-Z]{3}$/.test(currency) ? { [currency]: amount } : {};
}

/** Amounts in words of the page's language, the units in their order: “14.6 kg · 12,000 USD”. */
export function amountWords(amounts: Amounts): string {
  return Object.entries(amounts)
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([unit, amount]) => oneAmount(unit, amount))
    .join(" · ");
}

function oneAmount(unit: string, amount: number): string {
  const language = document.documentElement.lang;
  const style = { style: "unit", maximumFractionDigits: amount < 10 ? 3 : 1 } as const;
  if (unit === "weight") return amount.toLocaleString(language, { maximumFractionDigits: 3 });
  if (unit === "kg") return amount.toLocaleString(language, { ...style, unit: "kilogram" });
  if (unit === "s") return amount < 60 ? amount.toLocaleString(language, { ...style, unit: "second" }) : (amount / 60).toLocaleString(language, { ...style, unit: "minute" });
  return amount.toLocaleString(language, { style: "currency", currency: unit, currencyDisplay: "code", maximumFractionDigits: 0 });
}
