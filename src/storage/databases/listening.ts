import { type Clock, createEvents, type Log, type Off, reasonOf, sleep } from '../../foundation/index.ts'

type Session = { run(text: string): Promise<void>; end(): Promise<void> }

type Options = {
  readonly clock: Clock
  readonly log: Log
  connect(hear: (channel: string, payload: string) => void, onLost: () => void): Promise<Session>
}

/** A silent connection may be dead: probe it this often, and reconnect this long after it was lost. */
const askMs = 2_000
const retryMs = 500

/** A separate connection for LISTEN, opened with the first listener and reopened whenever it is lost. */
export function keepListening({ clock, log, connect }: Options) {
  const notices = createEvents<Record<string, string>>(error =>
    log.error({ reason: reasonOf(error) }, 'a database listener failed'),
  )
  const channels = new Set<string>()
  const over = new AbortController()
  let session: Session | undefined
  let first: Promise<void> | undefined
  let holding: Promise<void> | undefined

  async function hold(onFirstTry: () => void) {
    while (!over.signal.aborted) {
      const lost = new AbortController()
      try {
        session = await connect(notices.emit, () => lost.abort())
        for (const channel of channels) await session.run(listenTo(channel))
        onFirstTry()
        while (await passed(askMs, AbortSignal.any([lost.signal, over.signal]))) await session.run('select 1')
      } catch (error) {
        log.warn({ reason: reasonOf(error) }, 'not listening to the database')
        onFirstTry()
      }
      const ending = session
      session = undefined
      await ending?.end().catch(error => log.debug({ reason: reasonOf(error) }, 'a lost connection ended'))
      await passed(retryMs, over.signal)
    }
  }

  /** Waits. Resolves with false if the signal cut it short. */
  const passed = (ms: number, signal: AbortSignal) =>
    sleep(clock, ms, signal).then(
      () => true,
      () => false,
    )

  return {
    async listen(channel: string, hear: (payload: string) => void): Promise<Off> {
      const off = notices.on(channel, hear)
      const isNew = !channels.has(channel)
      channels.add(channel)
      first ??= new Promise(resolve => {
        holding = hold(resolve)
      })
      if (isNew && session) await session.run(listenTo(channel))
      else await first
      return off
    },
    async close() {
      over.abort()
      await holding
    },
  }
}

/** A LISTEN statement for a channel. Running it again does nothing. */
export const listenTo = (channel: string) => `listen "${channel.replaceAll('"', '""')}"`
