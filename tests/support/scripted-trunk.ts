/** The far end of a trunk by hand, over UDP: it answers as a test tells it to, word for word. */
import { createSocket } from 'node:dgram'
import { createMailbox, type Mailbox } from '../../src/foundation/index.ts'
import { headerOf, readSip, respond, type SipText, sdpOf, statusOf, writeSip } from './sip-message.ts'

type Headers = readonly (readonly [string, string])[]

export type ScriptedTrunk = {
  readonly uri: string
  readonly contact: string
  /** INVITEs, each once however often it was sent. */
  readonly invites: Mailbox<SipText>
  /** Other requests, but ACKs; those that are not kept for the test are answered with 200. */
  readonly requests: Mailbox<SipText>
  /** @param headers an empty one is left out: of those that it has by itself, too. @param tag of which of those whom it rings */
  answer(request: SipText, status: number, headers?: Headers, body?: string, tag?: string): void
  /** A request of its own in the call that this INVITE began; resolves with the final response. */
  ask(invite: SipText, method: string, headers?: Headers, body?: string): Promise<SipText>
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

  const waiting = new Map<string, (response: SipText) => void>()
  let asked = 0

  const answer: ScriptedTrunk['answer'] = (request, status, headers = [], body = '', tag = 'far-end') => {
    const type = body ? ([['Content-Type', 'application/sdp']] as const) : []
    const own = headers.some(([name]) => name === 'Contact') ? [] : ([['Contact', `<${contact}>`]] as const)
    const said = headers.filter(([, value]) => value !== '')
    const text = respond(request, status, tag, [...own, ...said, ...type], body)
    socket.send(text, ports.get(headerOf(request, 'via')) ?? 0, '127.0.0.1')
  }
  const ask: ScriptedTrunk['ask'] = (invite, method, headers = [], body = '') => {
    const branch = `z9hG4bKtrunk${++asked}`
    const type = body ? ([['Content-Type', 'application/sdp']] as const) : []
    const own = [
      ['Via', `SIP/2.0/UDP ${here};rport;branch=${branch}`],
      ['Max-Forwards', '70'],
      ['From', `${headerOf(invite, 'to')};tag=far-end`],
      ['To', headerOf(invite, 'from')],
      ['Call-ID', headerOf(invite, 'call-id')],
      ['CSeq', `${asked} ${method}`],
      ['Contact', `<${contact}>`],
    ] as const
    const uri = /<([^>]+)>/.exec(headerOf(invite, 'contact'))?.[1] ?? ''
    const text = writeSip(`${method} ${uri} SIP/2.0`, [...own, ...headers, ...type], body)
    socket.send(text, ports.get(headerOf(invite, 'via')) ?? 0, '127.0.0.1')
    return new Promise(resolve => waiting.set(branch, resolve))
  }
  socket.on('message', (bytes, from) => {
    const message = readSip(bytes.toString())
    const status = statusOf(message)
    if (status >= 200) waiting.get(/branch=([^;\s]+)/.exec(headerOf(message, 'via'))?.[1] ?? '')?.(message)
    if (status > 0) return
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
    ask,
    keep: (...methods) => methods.forEach(method => void kept.add(method)),
    close: () => new Promise<void>(resolve => socket.close(() => resolve())),
  }
}

export const someSdp = sdpOf(40_000)
