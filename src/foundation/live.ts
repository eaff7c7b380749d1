/** A value that is replaced while the service runs: holders of `value` read the current one at each access. */
export type LiveValue<Value extends object> = {
  /** Reads the fields of the current value; a field that was read out stays as it was at that moment. */
  readonly value: Value
  current(): Value
  /** Replaces the current value. */
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

/** A map that always reads from the current map, for code that keeps a reference to it. */
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
