/** Removes a listener. */
export type Off = () => void

/**
 * Typed notices. A lost notice may cost a screen a refresh but never harms a caller: what matters is a row or a
 * call.
 */
export type Events<Notices extends object> = {
  on<Name extends keyof Notices>(name: Name, listen: (notice: Notices[Name]) => void): Off
  emit<Name extends keyof Notices>(name: Name, notice: Notices[Name]): void
}

/**
 * Listeners cannot break the emitter: what one throws goes to `onListenerError`, and the others are still called.
 * @param onListenerError gets the error and the name of the notice
 */
export function createEvents<Notices extends object>(
  onListenerError: (error: unknown, name: keyof Notices) => void,
): Events<Notices> {
  const listeners = new Map<keyof Notices, Set<(notice: never) => void>>()
  return {
    on(name, listen) {
      const all = listeners.get(name) ?? new Set()
      listeners.set(name, all.add(listen))
      return () => all.delete(listen)
    },
    emit(name, notice) {
      for (const listen of [...(listeners.get(name) ?? [])]) {
        try {
          listen(notice as never)
        } catch (error) {
          onListenerError(error, name)
        }
      }
    },
  }
}
