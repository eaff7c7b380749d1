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
