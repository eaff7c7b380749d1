import {
  type Asked,
  type Cancel,
  type Clock,
  Fault,
  keepsUp,
  type Log,
  openLivePages,
  type Socket,
  type SocketMount,
} from '../foundation/index.ts'
import type { CallId } from '../telephony/index.ts'
import type { CallCaptions } from './call-captions.ts'
import type { Captions } from './captions.ts'
import { type FromPage, type ReaderRefusal, readMessage, type ToPage } from './messages.ts'
import type { ReaderRole } from './passes.ts'

export type LiveOptions = {
  readonly captions: Captions
  readonly clock: Clock
  readonly log: Log
  /** Readers that one call may have. */
  readonly mostReaders?: number
}

export type Live = {
  readonly mount: SocketMount
  readers(): number
  close(): void
}

type Reader = {
  readonly socket: Socket
  readonly call: CallId
  readonly role: ReaderRole
  /** Names the page across its connections. */
  readonly page: string
  /** Number of the last change that was sent. */
  sent: number
  /** Messages it may still send in this second, beside letters. */
  budget: number
  /** Letters that came in this second. */
  letters: number
  /** Whether a seat still has the call; a citizen always has. */
  readonly holds: () => boolean
  /** The seat had gone from the call when this was looked at last. */
  isGone: boolean
}

/** What waits for a slow page; above, it is sent nothing until that has left, and then only the latest of each line. */
const mostBacklogBytes = 64 * 1024
/** A page that hears nothing for longer takes its connection for dead. */
const beatMs = 5_000
/** Nobody does more in a second; a stuck key repeats 30 times. */
const messagesASecond = 40
/** So fast come words that are dictated or filled in; above, it is no page of ours. */
const lettersASecond = 1_000

/** Shows captions on pages, as they come, and takes what is typed there. Each connection goes on where the last one ended. */
export function openLive({ captions, clock, log, mostReaders = 200 }: LiveOptions): Live {
  const readers = new Map<CallId, Set<Reader>>()

  const text = (message: ToPage) => JSON.stringify(message)
  const send = (reader: Reader, message: ToPage) => reader.socket.send(text(message))

  const catchUp = (reader: Reader, { transcript }: CallCaptions) => {
    if (reader.sent >= transcript.last || reader.socket.backlog() > mostBacklogBytes) return
    send(reader, { kind: 'changes', changes: transcript.after(reader.sent) })
    reader.sent = transcript.last
  }

  const statusOf = (call: CallCaptions): ToPage => ({
    kind: 'status',
    readers: readers.get(call.call.id)?.size ?? 0,
    ...call.status(),
  })

  captions.watch({
    onChange(call, change) {
      const all = readers.get(call.call.id)
      if (!all) return
      // Said once for all who keep up.
      const message = text({ kind: 'changes', changes: [change] })
      for (const reader of all) {
        const isNext = reader.sent === change.n - 1 && reader.socket.backlog() <= mostBacklogBytes
        if (isNext) reader.socket.send(message)
        if (isNext) reader.sent = change.n
        else catchUp(reader, call)
      }
    },
    onStatus(call) {
      const all = readers.get(call.call.id)
      if (!all) return
      const message = text(statusOf(call))
      for (const reader of all) reader.socket.send(message)
      if (!call.status().over) return
      for (const reader of all) reader.socket.close(1000, 'over')
    },
  })

  const pages = openLivePages<Reader>(clock, beatMs, open => {
    const message = text({ kind: 'beat' })
    for (const reader of open) {
      const isGone = !reader.holds()
      // The last words of whoever hung up are still written when their seat has let go.
      if (isGone && reader.isGone) {
        refuse(reader.socket, 'over')
        continue
      }
      reader.isGone = isGone
      const call = captions.of(reader.call)
      if (call) catchUp(reader, call)
      if (keepsUp(reader)) reader.socket.send(message)
    }
  })

  const refuse = (socket: Socket, why: ReaderRefusal) => {
    socket.send(text({ kind: 'refused', why }))
    socket.close(1008, why)
  }

  const obey = async (call: CallCaptions, reader: Reader, message: FromPage) => {
    switch (message.kind) {
      case 'type': {
        const done = message.done === true
        captions.figures.counts.typed++
        const id = call.typing.type(reader.role, `${reader.page}/${message.line}`, message.text, done)
        if (id === undefined) return
        if (done) send(reader, { kind: 'typed', line: message.line, id })
        if (done && message.voice === true) await call.voice(id)
        return
      }
      case 'person':
        // Who talks with a person has one.
        if (call.status().agent !== undefined) return
        call.tell('person-asked')
        return call.call.keys.put({ key: '0', source: 'message', atMs: clock.monotonicMs() })
      case 'wrong':
        return call.tell('captions-wrong')
      case 'fix':
        try {
          call.typing.fix(message.line, message.found, message.becomes, message.at)
          captions.figures.counts.fixes++
        } catch (error) {
          if (!(error instanceof Fault)) throw error
          send(reader, { kind: 'refused-fix', line: message.line })
        }
        return
      case 'on':
        captions.turnOn(call.call.id)
    }
  }

  const open = (socket: Socket, { params, query, address, member }: Asked) => {
    const pass = captions.passes.enter(params.pass ?? '', address)
    if (typeof pass === 'string') return refuse(socket, pass)
    if (pass.member !== undefined && pass.member !== member?.name) return refuse(socket, 'wrong')
    const call = captions.of(pass.call)
    if (!call) return refuse(socket, 'over')
    const all = readers.get(pass.call) ?? new Set()
    if (all.size >= mostReaders) return refuse(socket, 'full')
    const after = Number(query.after ?? 0)
    const reader: Reader = {
      socket,
      call: pass.call,
      role: pass.role,
      page: (query.page ?? '').slice(0, 32) || address,
      sent: Number.isInteger(after) && after > 0 ? Math.min(after, call.transcript.last) : 0,
      budget: messagesASecond,
      letters: 0,
      holds: pass.holds ?? (() => true),
      isGone: false,
    }
    readers.set(pass.call, all.add(reader))
    let stopRefill: Cancel | undefined

    pages.add(reader, () => {
      stopRefill?.()
      all.delete(reader)
      if (all.size === 0) readers.delete(pass.call)
    })
    const { code, link } = captions.passes.ofCall(pass.call)
    send(reader, {
      kind: 'welcome',
      role: pass.role,
      startedAtMs: call.call.invitedAtMs,
      // Who was let in comes back by what no neighbour's wrong codes close.
      ...(pass.role === 'seat' ? { code } : { link }),
    })
    // Who opens the page wants captions; a seat's screen is open anyway, and switches them on by hand.
    if (pass.role === 'citizen') call.turnOn()
    catchUp(reader, call)
    send(reader, statusOf(call))

    socket.onMessage(sent => {
      if (!all.has(reader)) return
      const message = readMessage(pass.role, sent)
      if (!message) {
        captions.figures.counts.garbage++
        return refuse(socket, 'garbage')
      }
      const isLetter = message.kind === 'type' && message.done !== true
      if (isLetter ? ++reader.letters > lettersASecond : reader.budget-- <= 0) {
        captions.figures.counts.garbage++
        return refuse(socket, 'too-fast')
      }
      // Nobody types to a caller whom another has.
      if (message.kind === 'type' && !reader.holds()) return refuse(socket, 'over')
      stopRefill ??= clock.after(1000, () => {
        stopRefill = undefined
        reader.budget = messagesASecond
        reader.letters = 0
      })
      // Each holds its whole line: what is passed over is made good by the next, and by the end of the line.
      if (isLetter && reader.letters > messagesASecond) return
      obey(call, reader, message).catch(() =>
        log.error({ call: pass.call }, 'a message of a caption page failed'),
      )
    })
  }

  return {
    mount: {
      path: '/c/:pass/live',
      maxMessageBytes: 8 * 1024,
      origins: 'same',
      // Tries of codes are counted more strictly than this; it is for those who knock and do not speak.
      perMinute: 120,
      open,
    },
    readers: () => pages.open.size,
    close: pages.close,
  }
}
