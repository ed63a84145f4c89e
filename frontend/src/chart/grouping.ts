/** Gathers things by what they have in common, in the order in which they come. */
export function grouped<Thing, Key>(things: Iterable<Thing>, keyOf: (thing: Thing) => Key): Map<Key, Thing[]> {
  const found = new Map<Key, Thing[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const some = found.get(key);
    if (some) some.push(thing);
    else found.set(key, [thing]);
  }
  return found;
}
