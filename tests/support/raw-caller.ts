/** A caller by hand: SIP, sound and typed text each from a socket of its own, any byte of which can be another. */
import { createSocket, type Socket } from 'node:dgram'
import type { RunningHotline } from './running-hotline.ts'
import { headerOf, readSip, respond, type SipText, statusOf, writeSip } from './sip-message.ts'

export const bound = async (address: string): Promise<Socket> => {
  const socket = createSocket('udp4')
  await new Promise<void>(resolve => socket.bind(0, address, resolve))
  return socket
}

export type CallerOptions = {
  /** The whole of From but its tag, one character a byte. */
  readonly from?: string
  readonly headers?: readonly (readonly [string, string])[]
  /** @param here where the caller is, as host:port */
  contact?(here: string): string
}

export type RawCaller = Awaited<ReturnType<typeof openCaller>>

/** Somebody who is really in a call, with sound and typed text, and answers what is asked of them. */
export async function openCaller(
  hotline: Pick<RunningHotline, 'sip'>,
  user: string,
  address: string,
  { from = `<sip:${user}@${address}>`, headers: more = [], contact }: CallerOptions = {},
) {
  const signalling = await bound(address)
  const [sound, text] = [await bound(address), await bound(address)]
  const here = `${address}:${signalling.address().port}`
  const heard = { packets: 0 }
  sound.on('message', () => heard.packets++)
  const send = (message: string) =>
    signalling.send(Buffer.from(message, 'latin1'), hotline.sip.port, hotline.sip.host)
  let answer: SipText | undefined
  let isOver = false
  let answered: (final: SipText) => void = () => undefined
  const final = new Promise<SipText>(resolve => {
    answered = resolve
  })
  signalling.on('message', bytes => {
    const message = readSip(bytes.toString('latin1'))
    const status = statusOf(message)
    if (status >= 200 && /INVITE/.test(headerOf(message, 'cseq'))) {
      answer ??= message
      answered(message)
      if (status === 200) send(within('ACK', 1))
    } else if (status === 0 && !message.start.startsWith('ACK')) {
      send(respond(message, 200, 'caller'))
      if (message.start.startsWith('BYE')) isOver = true
    }
  })
  const dialog = (to: string, cseq: string, branch: string): [string, string][] => [
    ['Via', `SIP/2.0/UDP ${here};rport;branch=z9hG4bK${branch}`],
    ['Max-Forwards', '70'],
    ['From', `${from};tag=${user}`],
    ['To', to],
    ['Call-ID', `call-${user}@${address}`],
    ['CSeq', cseq],
    ['Contact', contact?.(here) ?? `<sip:${user}@${here}>`],
  ]
  let branches = 0
  const within = (method: string, seq: number, body = '', type = 'application/sdp') => {
    const headers = dialog(headerOf(answer!, 'to'), `${seq} ${method}`, `${user}${branches++}`)
    const uri = /<([^>]+)>/.exec(headerOf(answer!, 'contact'))?.[1] ?? 'sip:12345@127.0.0.1'
    return writeSip(
      `${method} ${uri} SIP/2.0`,
      body === '' ? headers : [...headers, ['Content-Type', type]],
      body,
    )
  }
  const offer = [
    ...['v=0', `o=- 1 1 IN IP4 ${address}`, 's=-', `c=IN IP4 ${address}`, 't=0 0'],
    ...[`m=audio ${sound.address().port} RTP/AVP 8 101`, 'a=rtpmap:101 telephone-event/8000'],
    ...[`m=text ${text.address().port} RTP/AVP 105 106`, 'a=rtpmap:106 t140/1000', 'a=rtpmap:105 red/1000'],
    ...['a=fmtp:105 106/106/106', ''],
  ].join('\r\n')
  send(
    writeSip(
      'INVITE sip:12345@127.0.0.1 SIP/2.0',
      [...dialog('<sip:12345@127.0.0.1>', '1 INVITE', user), ...more, ['Content-Type', 'application/sdp']],
      offer,
    ),
  )
  const status = statusOf(await final)
  const portOf = (kind: string) => Number(new RegExp(`m=${kind} (\\d+)`).exec(answer?.body ?? '')?.[1] ?? 0)
  return {
    status,
    heard: () => heard.packets,
    isOver: () => isOver,
    /** What this call says and is said within its dialog, to be mutated. */
    seeds: () =>
      [
        within('ACK', 1),
        within('INVITE', 2, offer),
        within('UPDATE', 3),
        within('INFO', 4, 'Signal=5\r\nDuration=160\r\n', 'application/dtmf-relay'),
        within('BYE', 5),
        within('REFER', 6),
        within('OPTIONS', 7),
        within('MESSAGE', 8, '你好', 'text/plain'),
      ].map(message => Buffer.from(message, 'latin1')),
    send: (bytes: Buffer) => signalling.send(bytes, hotline.sip.port, hotline.sip.host),
    sends: {
      RTP: (bytes: Buffer) => sound.send(bytes, portOf('audio'), '127.0.0.1'),
      RTCP: (bytes: Buffer) => sound.send(bytes, portOf('audio') + 1, '127.0.0.1'),
      'T.140': (bytes: Buffer) => portOf('text') > 0 && text.send(bytes, portOf('text'), '127.0.0.1'),
    },
    hangsUp: () => send(within('BYE', 9000)),
    close() {
      for (const socket of [signalling, sound, text]) socket.close()
    },
  }
}
