/** A telephone for tests: SIP over UDP by hand, its sound through a media port of its own. */

import { randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { createMailbox, type Mailbox } from '../../src/foundation/index.ts'
import type { MediaPool, MediaPort } from '../../src/media/index.ts'
import { headerOf, readSip, respond, type SipText, sdpOf, statusOf, writeSip } from './sip-message.ts'

export type SipPhone = {
  readonly contact: string
  /** Calls that ring here. */
  readonly rung: Mailbox<PhoneCall>
  ring(to: string, options?: RingOptions): Promise<PhoneCall>
  /** Any request out of a dialog; resolves with its final response. */
  request(method: string, headers?: readonly (readonly [string, string])[], uri?: string): Promise<SipText>
  /** From now on it is this server's: one whose address had to be known before there was any. */
  belongsTo(server: { readonly host: string; readonly port: number }): void
  close(): Promise<void>
}

export type RingOptions = {
  readonly from?: string
  /** The whole of From, without its tag; one character a byte. */
  readonly fromHeader?: string
  /** What is rung, where it is no user of the server. */
  readonly uri?: string
  /** null: none, and the answer goes out in the ACK. */
  readonly sdp?: string | null
  /** Streams to offer beside the sound. */
  readonly streams?: readonly string[]
  /** Never acknowledges a 200. */
  readonly withoutAck?: boolean
  readonly headers?: readonly (readonly [string, string])[]
  /** In place of its own; null: none. */
  readonly contact?: string | null
  /** Sent in the same breath as the ACK. */
  readonly byeWithAck?: boolean
}

export type PhoneCall = {
  readonly port: MediaPort
  /** The final response to our INVITE; of one that rang here, the INVITE itself. */
  readonly final: Promise<SipText>
  /** Resolves when a BYE, a CANCEL or a refusal came, or we hung up. */
  readonly ended: Promise<void>
  /** What the other end asked of us within the call, but ACKs; all of it is answered with 200. */
  readonly asked: Mailbox<SipText>
  /** Whom it shows as its caller. */
  readonly from: string
  accept(): void
  reject(status: number, headers?: readonly (readonly [string, string])[]): void
  hangup(): void
  /** `silently`: answers nothing from now on; else as one that was started anew, and knows of no call. */
  die(how: 'silently' | 'and-comes-back'): void
  /** Answers such requests so from now on. */
  refuse(method: string, status: number): void
  /** ACK of the last re-INVITE of ours, with or without an answer. */
  acknowledge(sdp?: string): void
  /** How another phone names this call to whoever it is with (RFC 3891), once it is answered. */
  named(): string
  /** A request within the dialog; resolves with its final response. */
  request(method: string, headers: readonly (readonly [string, string])[], body?: string): Promise<SipText>
}

const token = () => randomBytes(6).toString('hex')
const tagIn = (address: string) => /;tag=([^;\s]+)/.exec(address)?.[1] ?? ''

export async function plugInPhone(
  first: { readonly host: string; readonly port: number },
  media: MediaPool,
  user = 'phone',
): Promise<SipPhone> {
  let server = first
  const socket = createSocket('udp4')
  await new Promise<void>(resolve => socket.bind(0, '127.0.0.1', resolve))
  const here = `127.0.0.1:${socket.address().port}`
  const contact = `sip:${user}@${here}`
  const rung = createMailbox<PhoneCall>()
  const transactions = new Map<string, (response: SipText) => void>()
  const dialogs = new Map<string, (request: SipText) => void>()
  const refused = new Map<string, number>()
  const statusFor = ({ start }: SipText) => refused.get(start.split(' ')[0] ?? '') ?? 200
  const openPorts = new Set<MediaPort>()

  /** Text that is one byte a character goes as those bytes: in whatever encoding a name of it is. */
  const send = (text: string) => {
    const bytes = [...text].every(one => one <= '\xff') ? 'latin1' : 'utf8'
    socket.send(Buffer.from(text, bytes), server.port, server.host)
  }
  const via = (branch: string) => ['Via', `SIP/2.0/UDP ${here};rport;branch=${branch}`] as const
  const openPort = async () => {
    const port = await media.open()
    openPorts.add(port)
    return port
  }

  /** Sends a request and hears its responses until a final one. */
  const transact = (
    method: string,
    uri: string,
    headers: readonly (readonly [string, string])[],
    body = '',
    branch = `z9hG4bK${token()}`,
    onProvisional: (response: SipText) => void = () => undefined,
  ): Promise<SipText> => {
    const named = headers.find(([name]) => name === 'CSeq')?.[1].split(' ')[1] ?? method
    const key = `${branch} ${named}`
    const final = new Promise<SipText>(resolve => {
      transactions.set(key, response => {
        if (statusOf(response) < 200) return onProvisional(response)
        resolve(response)
      })
    })
    const type = body && !headers.some(([name]) => name === 'Content-Type')
    send(
      writeSip(
        `${method} ${uri} SIP/2.0`,
        [
          via(branch),
          ['Max-Forwards', '70'],
          ...headers,
          ...(type ? [['Content-Type', 'application/sdp'] as const] : []),
        ],
        body,
      ),
    )
    return final
  }

  socket.on('message', (bytes, from) => {
    const message = readSip(bytes.toString())
    if (statusOf(message) > 0) {
      const branch = /branch=([^;\s]+)/.exec(headerOf(message, 'via'))?.[1]
      const method = headerOf(message, 'cseq').split(' ')[1]
      transactions.get(`${branch} ${method}`)?.(message)
      return
    }
    const callId = headerOf(message, 'call-id')
    const known = dialogs.get(callId)
    if (known) return known(message)
    if (message.start.startsWith('INVITE')) void takeRing(message)
    else if (!message.start.startsWith('ACK'))
      socket.send(respond(message, 481, token()), from.port, from.address)
  })

  const listenTo = (port: MediaPort, sdp: string) => {
    const [, audio, type] = /m=audio (\d+) \S+ (\d+)/.exec(sdp) ?? []
    const address = /c=IN IP4 (\S+)/.exec(sdp)?.[1]
    const event = /a=rtpmap:(\d+) telephone-event/.exec(sdp)?.[1]
    if (!audio || !address) return
    port.connect({
      address,
      port: Number(audio),
      codec: type === '0' ? 'PCMU' : 'PCMA',
      eventPayloadType: event ? Number(event) : undefined,
      send: true,
    })
  }

  const takeRing = async (invite: SipText) => {
    const callId = headerOf(invite, 'call-id')
    const tag = token()
    const port = await openPort()
    let over: () => void = () => undefined
    const ended = new Promise<void>(resolve => {
      over = resolve
    })
    const target = /<([^>]+)>/.exec(headerOf(invite, 'contact'))?.[1] ?? headerOf(invite, 'contact')
    let sequence = 1
    const request: PhoneCall['request'] = (method, headers, body) =>
      transact(
        method,
        target,
        [
          ['From', `${headerOf(invite, 'to')};tag=${tag}`],
          ['To', headerOf(invite, 'from')],
          ['Call-ID', callId],
          ['CSeq', `${sequence++} ${method}`],
          ['Contact', `<${contact}>`],
          ...headers,
        ],
        body,
      )
    /** A re-INVITE of ours is acknowledged by a request of its own. */
    const acknowledge = (sdp = '') => {
      const type = sdp ? ([['Content-Type', 'application/sdp']] as const) : []
      const headers = [
        via(`z9hG4bK${token()}`),
        ['From', `${headerOf(invite, 'to')};tag=${tag}`],
        ['To', headerOf(invite, 'from')],
        ['Call-ID', callId],
        ['CSeq', `${sequence - 1} ACK`],
        ...type,
      ] as const
      send(writeSip(`ACK ${target} SIP/2.0`, headers, sdp))
    }
    let accepted = false
    const asked = createMailbox<SipText>()
    dialogs.set(callId, message => {
      if (message.start.startsWith('INVITE')) return
      if (message.start.startsWith('ACK')) return
      asked.put(message)
      send(respond(message, statusFor(message), tag))
      if (message.start.startsWith('CANCEL') && !accepted) send(respond(invite, 487, tag))
      if (/^(CANCEL|BYE)/.test(message.start)) over()
    })
    send(respond(invite, 180, tag, [['Contact', `<${contact}>`]]))
    rung.put({
      port,
      asked,
      final: Promise.resolve(invite),
      ended,
      from: headerOf(invite, 'from'),
      acknowledge,
      named: () => `${callId};to-tag=${tagIn(headerOf(invite, 'from'))};from-tag=${tag}`,
      accept() {
        accepted = true
        listenTo(port, invite.body)
        const headers = [
          ['Contact', `<${contact}>`],
          ['Content-Type', 'application/sdp'],
        ] as const
        send(respond(invite, 200, tag, headers, sdpOf(port.local.port)))
      },
      reject(status, headers) {
        send(respond(invite, status, tag, headers))
        // Asked for a password, it comes again under the same Call-ID.
        dialogs.delete(callId)
        over()
      },
      hangup() {
        void request('BYE', [])
        over()
      },
      die: how => die(callId, how),
      refuse: (method, status) => void refused.set(method, status),
      request,
    })
  }
  const die = (callId: string, how: 'silently' | 'and-comes-back') => {
    if (how === 'silently') dialogs.set(callId, () => undefined)
    else dialogs.delete(callId)
  }

  return {
    contact,
    rung,
    request: (method, headers = [], uri = `sip:${server.host}:${server.port}`) =>
      transact(method, uri, [
        ['From', `<sip:${user}@${server.host}>;tag=${token()}`],
        ['To', `<sip:${user}@${server.host}>`],
        ...(headers.some(([name]) => name === 'Call-ID') ? [] : [['Call-ID', token()] as const]),
        ...(headers.some(([name]) => name === 'CSeq') ? [] : [['CSeq', `1 ${method}`] as const]),
        ...headers,
      ]),

    async ring(to, options = {}) {
      const port = await openPort()
      const branch = `z9hG4bK${token()}`
      const callId = token()
      const uri = options.uri ?? `sip:${to}@${server.host}:${server.port}`
      const from = options.fromHeader ?? `<sip:${options.from ?? '13800138000'}@${server.host}>`
      const dialog = {
        from: `${from};tag=${token()}`,
        to: `<${uri}>`,
        target: uri,
      }
      let sequence = 1
      const named = options.contact === undefined ? `<${contact}>` : options.contact
      const headersOf = (method: string, number = sequence++) => [
        ['From', dialog.from] as const,
        ['To', dialog.to] as const,
        ['Call-ID', callId] as const,
        ['CSeq', `${number} ${method}`] as const,
        ...(named === null ? [] : [['Contact', named] as const]),
      ]
      let over: () => void = () => undefined
      const ended = new Promise<void>(resolve => {
        over = resolve
      })
      const more = options.streams?.map(line => `${line}\r\n`).join('') ?? ''
      const offer = options.sdp === undefined ? sdpOf(port.local.port) + more : (options.sdp ?? '')
      const request: PhoneCall['request'] = (method, headers, body) =>
        transact(
          method,
          dialog.target,
          [...headersOf(method).filter(([name]) => !headers.some(([own]) => own === name)), ...headers],
          body,
        )
      const ack = (number: number, sameBranch: boolean, body: string) => {
        const type = body ? ([['Content-Type', 'application/sdp']] as const) : []
        const ackBranch = sameBranch ? branch : `z9hG4bK${token()}`
        const target = sameBranch ? uri : dialog.target
        send(writeSip(`ACK ${target} SIP/2.0`, [via(ackBranch), ...headersOf('ACK', number), ...type], body))
      }
      let settled = false
      const final = transact(
        'INVITE',
        uri,
        [...headersOf('INVITE'), ...(options.headers ?? [])],
        offer,
        branch,
      ).then(response => {
        settled = true
        dialog.to = headerOf(response, 'to')
        if (statusOf(response) >= 300) {
          ack(1, true, '')
          over()
          return response
        }
        dialog.target = /<([^>]+)>/.exec(headerOf(response, 'contact'))?.[1] ?? uri
        listenTo(port, response.body)
        if (!options.withoutAck) ack(1, false, options.sdp === null ? sdpOf(port.local.port) : '')
        if (options.byeWithAck) void request('BYE', []).then(over)
        return response
      })
      const asked = createMailbox<SipText>()
      dialogs.set(callId, message => {
        if (message.start.startsWith('ACK')) return
        asked.put(message)
        send(respond(message, statusFor(message), 'x'))
        if (message.start.startsWith('BYE')) over()
      })
      return {
        port,
        asked,
        final,
        ended,
        from: dialog.from,
        acknowledge: sdp => ack(sequence - 1, false, sdp ?? ''),
        named: () => `${callId};to-tag=${tagIn(dialog.to)};from-tag=${tagIn(dialog.from)}`,
        accept: () => undefined,
        reject: () => undefined,
        hangup() {
          if (settled) void request('BYE', [])
          else send(writeSip(`CANCEL ${uri} SIP/2.0`, [via(branch), ...headersOf('CANCEL', 1)]))
          if (settled) over()
        },
        die: how => die(callId, how),
        refuse: (method, status) => void refused.set(method, status),
        request,
      }
    },

    belongsTo(other) {
      server = other
    },
    async close() {
      for (const port of openPorts) await port.close()
      await new Promise<void>(resolve => socket.close(resolve))
    },
  }
}
