/** A citizen's or a seat's caption page without a browser: a socket in memory, and the lines that a reader would see. */
import { type CaptionLine, type Change, type Live, linesOf, type ToPage } from '../../src/captions/index.ts'
import { createMailbox, type Socket } from '../../src/foundation/index.ts'

export type CaptionPage = ReturnType<typeof openCaptionPage>

export function openCaptionPage(
  live: Live,
  pass: string,
  { after = 0, page = 'page', address = '192.0.2.7' } = {},
) {
  const told: ToPage[] = []
  const news = createMailbox<ToPage>()
  let onMessage: (message: string | Uint8Array) => void = () => undefined
  let onClose: () => void = () => undefined
  let closed: { readonly code: number; readonly reason: string } | undefined
  let backlog = 0
  const socket: Socket = {
    send(message) {
      if (closed) return
      const parsed = JSON.parse(String(message)) as ToPage
      told.push(parsed)
      news.put(parsed)
    },
    backlog: () => backlog,
    ping: async () => undefined,
    onMessage: listen => {
      onMessage = listen
    },
    onClose: listen => {
      onClose = listen
    },
    close(code = 1000, reason = '') {
      if (closed) return
      closed = { code, reason }
      onClose()
    },
  }
  const query = { after: String(after), page }
  live.mount.open(socket, { url: '', params: { pass }, query, headers: {}, address })

  const changes = (): readonly Change[] => told.flatMap(one => (one.kind === 'changes' ? one.changes : []))
  return {
    told,
    changes,
    lines: (): readonly CaptionLine[] => linesOf(changes()).filter(({ text }) => text !== ''),
    /** The lines as they read: `who: text`. */
    reads: () => linesOf(changes()).flatMap(({ who, text }) => (text === '' ? [] : [`${who}: ${text}`])),
    status: () => told.findLast(one => one.kind === 'status'),
    refusal: () => told.find(one => one.kind === 'refused')?.why,
    closed: () => closed,
    last: () => changes().at(-1)?.n ?? 0,
    sends: (message: unknown) => onMessage(JSON.stringify(message)),
    sendsRaw: (message: string | Uint8Array) => onMessage(message),
    /** How many bytes its slow network has not taken yet. */
    isSlow: (bytes: number) => {
      backlog = bytes
    },
    leaves: () => socket.close(1001),
    /** Waits until a line of this text is there. */
    async sees(text: string | RegExp): Promise<CaptionLine> {
      const deadline = AbortSignal.timeout(5_000)
      const found = () =>
        linesOf(changes()).find(line =>
          typeof text === 'string' ? line.text === text : text.test(line.text),
        )
      for (;;) {
        const line = found()
        if (line) return line
        await news.take(deadline).catch(() => {
          throw new Error(
            `did not see ${text}, but: ${linesOf(changes())
              .map(line => line.text)
              .join(' | ')}`,
          )
        })
      }
    },
  }
}
