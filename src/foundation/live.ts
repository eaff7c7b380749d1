/** A value that becomes another while the house runs: whoever has `value` reads each time what holds then. */
export type LiveValue<Value extends object> = {
  /** Its fields are those of what holds; whoever takes one out of it keeps the one of that moment. */
  readonly value: Value
  current(): Value
  /** From now on another one holds. */
  use(next: Value): void
}

export function createLive<Value extends object>(first: Value): LiveValue<Value> {
  let now = first
  const value = new Proxy(first, {
    get: (_, key) => Reflect.get(now, key),
    has: (_, key) => Reflect.has(now, key),
    ownKeys: () => Reflect.ownKeys(now),
    getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(now, key),
  })
  return {
    value,
    current: () => now,
    use(next) {
      now = next
    },
  }
}

/** A map whose entries are those of what holds, for whoever keeps the map itself. */
export function liveMap<Key, Entry>(now: () => ReadonlyMap<Key, Entry>): ReadonlyMap<Key, Entry> {
  return {
    get size() {
      return now().size
    },
    get: key => now().get(key),
    has: key => now().has(key),
    keys: () => now().keys(),
    values: () => now().values(),
    entries: () => now().entries(),
    forEach: (each, thisArgument) => now().forEach(each, thisArgument),
    [Symbol.iterator]: () => now()[Symbol.iterator](),
  }
}
