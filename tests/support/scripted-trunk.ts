/** The far end of a trunk by hand, over UDP: it answers as a test tells it to, word for word. */
import { createSocket } from 'node:dgram'
import { createMailbox, type Mailbox } from '../../src/foundation/index.ts'
import { headerOf, readSip, respond, type SipText, sdpOf, statusOf } from './sip-message.ts'

type Headers = readonly (readonly [string, string])[]

export type ScriptedTrunk = {
  readonly uri: string
  readonly contact: string
  /** INVITEs, each once however often it was sent. */
  readonly invites: Mailbox<SipText>
  /** Other requests, but ACKs; those that are not kept for the test are answered with 200. */
  readonly requests: Mailbox<SipText>
  /** @param headers an empty one is left out: of those that it has by itself, too. */
  answer(request: SipText, status: number, headers?: Headers, body?: string): void
  /** Says 200 to requests of these methods no more: the test does. */
  keep(...methods: readonly string[]): void
  close(): Promise<void>
}

export async function startScriptedTrunk(): Promise<ScriptedTrunk> {
  const socket = createSocket('udp4')
  await new Promise<void>(resolve => socket.bind(0, '127.0.0.1', resolve))
  const here = `127.0.0.1:${socket.address().port}`
  const contact = `sip:trunk@${here}`
  const invites = createMailbox<SipText>()
  const requests = createMailbox<SipText>()
  const seen = new Set<string>()
  const ports = new Map<string, number>()
  const kept = new Set<string>()
  const tag = 'far-end'

  const answer: ScriptedTrunk['answer'] = (request, status, headers = [], body = '') => {
    const type = body ? ([['Content-Type', 'application/sdp']] as const) : []
    const own = headers.some(([name]) => name === 'Contact') ? [] : ([['Contact', `<${contact}>`]] as const)
    const said = headers.filter(([, value]) => value !== '')
    const text = respond(request, status, tag, [...own, ...said, ...type], body)
    socket.send(text, ports.get(headerOf(request, 'via')) ?? 0, '127.0.0.1')
  }
  socket.on('message', (bytes, from) => {
    const message = readSip(bytes.toString())
    if (statusOf(message) > 0) return
    const [method = ''] = message.start.split(' ')
    // A CANCEL has the Via of its INVITE.
    const via = headerOf(message, 'via')
    const isNew = !seen.has(`${method} ${via}`)
    seen.add(`${method} ${via}`)
    ports.set(via, from.port)
    if (method === 'ACK') return
    if (method === 'INVITE') return void (isNew && invites.put(message))
    if (isNew) requests.put(message)
    if (!kept.has(method)) answer(message, 200)
  })
  return {
    uri: `sip:${here}`,
    contact,
    invites,
    requests,
    answer,
    keep: (...methods) => methods.forEach(method => void kept.add(method)),
    close: () => new Promise<void>(resolve => socket.close(() => resolve())),
  }
}

export const someSdp = sdpOf(40_000)
