import { describe, expect, it } from 'vitest'
import { readRemote as readEnds, readOffer, writeOffer } from '../../src/telephony/lines/sip/sdp.ts'

const readRemote = (sdp: string) => readEnds(sdp)?.remote

const local = { address: '192.0.2.10', port: 20_000, version: 1 }
const offer = (...lines: readonly string[]) =>
  ['v=0', 'o=- 1 1 IN IP4 192.0.2.1', 's=-', 'c=IN IP4 192.0.2.1', 't=0 0', ...lines, ''].join('\r\n')

const answerOffer = (sdp: string, to: typeof local) => {
  const read = readOffer(sdp)
  return read && { remote: read.remote, sdp: read.answer(to) }
}

describe('an SDP answer', () => {
  it('takes the first of A-law and µ-law as offered, with the other end’s number for keys', () => {
    const answer = answerOffer(
      offer('m=audio 4000 RTP/AVP 18 0 8 96', 'a=rtpmap:96 telephone-event/8000', 'a=ptime:30'),
      local,
    )
    expect(answer?.remote).toEqual({
      address: '192.0.2.1',
      port: 4000,
      codec: 'PCMU',
      eventPayloadType: 96,
      send: true,
    })
    expect(answer?.sdp.split('\r\n')).toEqual([
      'v=0',
      'o=- 20000 1 IN IP4 192.0.2.10',
      's=-',
      'c=IN IP4 192.0.2.10',
      't=0 0',
      'm=audio 20000 RTP/AVP 0 96',
      'a=rtpmap:0 PCMU/8000',
      'a=rtpmap:96 telephone-event/8000',
      'a=fmtp:96 0-15',
      'a=ptime:20',
      'a=sendrecv',
      '',
    ])
  })

  it('names no events where none were offered', () => {
    const answer = answerOffer(offer('m=audio 4000 RTP/AVP 8'), local)
    expect(answer?.remote?.eventPayloadType).toBeUndefined()
    expect(answer?.sdp).toContain('m=audio 20000 RTP/AVP 8\r\n')
    expect(answer?.sdp).not.toContain('telephone-event')
  })

  it('does not take events of another rate for those of G.711', () => {
    const both = offer(
      'm=audio 4000 RTP/AVP 8 100 101',
      'a=rtpmap:100 telephone-event/48000',
      'a=rtpmap:101 telephone-event/8000',
    )
    expect(readRemote(both)?.eventPayloadType).toBe(101)
  })

  it('refuses every other stream, in its place', () => {
    const answer = answerOffer(
      offer('m=video 5000 RTP/AVP 99', 'm=audio 4000 RTP/AVP 8', 'm=audio 4002 RTP/AVP 0'),
      local,
    )
    expect(answer?.sdp.split('\r\n').filter(line => line.startsWith('m='))).toEqual([
      'm=video 0 RTP/AVP 99',
      'm=audio 20000 RTP/AVP 8',
      'm=audio 0 RTP/AVP 0',
    ])
  })

  it('takes the address of the stream before that of the session', () => {
    const remote = readRemote(offer('m=audio 4000 RTP/AVP 8', 'c=IN IP4 192.0.2.99'))
    expect(remote?.address).toBe('192.0.2.99')
  })

  it.each([
    ['sendrecv', 'sendrecv', true],
    ['sendonly', 'recvonly', false],
    ['recvonly', 'sendonly', true],
    ['inactive', 'inactive', false],
  ])('answers %s with %s', (theirs, ours, send) => {
    const answer = answerOffer(offer('m=audio 4000 RTP/AVP 8', `a=${theirs}`), local)
    expect(answer?.sdp).toContain(`a=${ours}\r\n`)
    expect(answer?.remote?.send).toBe(send)
  })

  it('reads the direction of the session, and the hold of old', () => {
    expect(readRemote(offer('a=sendonly', 'm=audio 4000 RTP/AVP 8'))?.send).toBe(false)
    expect(readRemote(offer('m=audio 4000 RTP/AVP 8', 'c=IN IP4 0.0.0.0'))?.send).toBe(false)
  })

  it.each([
    ['no codec of ours', offer('m=audio 4000 RTP/AVP 18 9')],
    ['SRTP', offer('m=audio 4000 RTP/SAVP 8')],
    ['no audio', offer('m=video 4000 RTP/AVP 99')],
    ['a port beyond all', offer('m=audio 70000 RTP/AVP 8')],
    ['a name for an address', offer('m=audio 4000 RTP/AVP 8', 'c=IN IP4 phone.example')],
    ['no address', ['v=0', 'm=audio 4000 RTP/AVP 8', ''].join('\r\n')],
    ['more streams than an answer can hold', offer(...Array(9).fill('m=audio 4000 RTP/AVP 8'))],
    ['no SDP', 'hello\0\r\n\r\nm=\r\nm=audio'],
    ['nothing', ''],
  ])('does not take %s', (_, sdp) => {
    expect(answerOffer(sdp, local)).toBeUndefined()
  })

  it('understands what we offer ourselves', () => {
    expect(readRemote(writeOffer({ ...local, address: '2001:db8::1' }))).toEqual({
      address: '2001:db8::1',
      port: 20_000,
      codec: 'PCMA',
      eventPayloadType: 101,
      send: true,
    })
  })

  const rtt = [
    'm=text 5000 RTP/AVP 98 100',
    'a=rtpmap:98 t140/1000',
    'a=rtpmap:100 red/1000',
    'a=fmtp:100 98/98/98',
  ]

  it('takes text beside the sound where it has a port for it, in the numbers of the offer', () => {
    const read = readOffer(offer('m=audio 4000 RTP/AVP 8', ...rtt, 'a=fmtp:98 cps=12'))
    expect(read?.text).toEqual({
      address: '192.0.2.1',
      port: 5000,
      payloads: { t140: 98, red: 100 },
      charactersASecond: 12,
      send: true,
    })
    expect(
      read
        ?.answer({ ...local, textPort: 20_002 })
        .split('\r\n')
        .slice(-6),
    ).toEqual([
      'm=text 20002 RTP/AVP 100 98',
      'a=rtpmap:100 red/1000',
      'a=rtpmap:98 t140/1000',
      'a=fmtp:100 98/98/98',
      'a=sendrecv',
      '',
    ])
    expect(read?.answer(local)).toContain('m=text 0 RTP/AVP 98 100\r\n')
  })

  it.each([
    ['no text', ['m=audio 4000 RTP/AVP 8']],
    [
      'text that is encrypted',
      ['m=audio 4000 RTP/AVP 8', 'm=text 5000 RTP/SAVP 98', 'a=rtpmap:98 t140/1000'],
    ],
    ['text of another kind', ['m=audio 4000 RTP/AVP 8', 'm=text 5000 RTP/AVP 98', 'a=rtpmap:98 t140c/8000']],
    ['text that was refused', ['m=audio 4000 RTP/AVP 8', 'm=text 0 RTP/AVP 98', 'a=rtpmap:98 t140/1000']],
  ])('reads no text in an offer with %s', (_, lines) => {
    expect(readOffer(offer(...lines))?.text).toBeUndefined()
  })

  it('understands the text that we offer ourselves', () => {
    expect(readEnds(writeOffer({ ...local, textPort: 20_002 }))?.text).toEqual({
      address: local.address,
      port: 20_002,
      payloads: { t140: 106, red: 105 },
      send: true,
    })
  })

  /** The lines of an answer that say what is taken of which stream. */
  const taken = (sdp: string, to: typeof local & { readonly textPort?: number } = local, family?: 4 | 6) =>
    readOffer(sdp, family)
      ?.answer(to)
      .split('\r\n')
      .filter(line => /^(m=|a=rtpmap)/.test(line))
  const plain = ['m=audio 20000 RTP/AVP 8', 'a=rtpmap:8 PCMA/8000']

  it.each([
    ['a blank at the end', ['m=audio 4000 RTP/AVP 8 ']],
    ['blanks where one belongs', ['m=audio  4000  RTP/AVP  18  8']],
    ['tabs', ['m=audio\t4000\tRTP/AVP\t8']],
    ['a number of ports', ['m=audio 4000/2 RTP/AVP 8']],
    ['formats that are no numbers', ['m=audio 4000 RTP/AVP x 8']],
    ['attributes that nobody knows', ['m=audio 4000 RTP/AVP 8', 'a=x-magic:1', 'a=', 'y=9', 'garbage']],
    ['a blank line within it', ['', 'm=audio 4000 RTP/AVP 8']],
    [
      'a name for what needs none',
      ['m=audio 4000 RTP/AVP 18 8', 'a=rtpmap:18 G729/8000', 'a=rtpmap:8 pcma/8000/1'],
    ],
  ])('takes A-law from an offer with %s', (_, lines) => {
    expect(taken(offer(...lines))).toEqual(plain)
    expect(taken(offer(...lines).replaceAll('\r\n', '\n'))).toEqual(plain)
  })

  it.each([
    ['a trailing blank', 'm=audio 4000 RTP/AVP 18 '],
    ['a double blank', 'm=audio 4000 RTP/AVP  18'],
    ['a tab', 'm=audio 4000 RTP/AVP 18\t'],
    ['no format at all', 'm=audio 4000 RTP/AVP'],
    ['no format but a blank', 'm=audio 4000 RTP/AVP '],
  ])('finds nothing of ours in one with another codec and %s', (_, line) => {
    expect(readOffer(offer(line))).toBeUndefined()
  })

  it.each([
    ['PCMA', 96, 'PCMA'],
    ['pcmu', 127, 'PCMU'],
  ])('takes %s at the dynamic type %d, and answers and speaks by that number', (written, type, codec) => {
    const sdp = offer(`m=audio 4000 RTP/AVP ${type}`, `a=rtpmap:${type} ${written}/8000`)
    expect(taken(sdp)).toEqual([`m=audio 20000 RTP/AVP ${type}`, `a=rtpmap:${type} ${codec}/8000`])
    expect(readOffer(sdp)?.remote).toMatchObject({ codec, payloadType: type })
  })

  it.each([
    ['of another rate', ['m=audio 4000 RTP/AVP 96', 'a=rtpmap:96 PCMA/16000']],
    ['of two channels', ['m=audio 4000 RTP/AVP 96', 'a=rtpmap:96 PCMA/8000/2']],
    ['without a name', ['m=audio 4000 RTP/AVP 96']],
    ['named as something else', ['m=audio 4000 RTP/AVP 8', 'a=rtpmap:8 opus/48000/2']],
  ])('does not take a type %s for G.711', (_, lines) => {
    expect(readOffer(offer(...lines))).toBeUndefined()
  })

  it.each<readonly [what: string, lines: readonly string[], answered: readonly string[]]>([
    ['alone', ['m=audio 0 RTP/AVP 8 101'], ['m=audio 0 RTP/AVP 8 101']],
    [
      'with its picture',
      ['m=audio 0 RTP/AVP 9', 'm=video 0 RTP/AVP 99'],
      ['m=audio 0 RTP/AVP 9', 'm=video 0 RTP/AVP 99'],
    ],
    [
      'while text goes on',
      ['m=audio 0 RTP/AVP 8', 'm=text 4002 RTP/AVP 98', 'a=rtpmap:98 t140/1000'],
      ['m=audio 0 RTP/AVP 8', 'm=text 20002 RTP/AVP 98'],
    ],
  ])('stops sound that is stopped by port 0 (%s)', (_, lines, answered) => {
    const read = readOffer(offer(...lines))
    const sdp = read?.answer({ ...local, textPort: 20_002 }) ?? ''
    expect([read?.remote, sdp.match(/^m=.*$/gm)]).toEqual([undefined, answered])
    expect(readEnds(offer(...lines))).toMatchObject({ text: read?.text })
  })

  it('has nothing for what is to take the place of stopped sound, as a fax', () => {
    const fax = offer('m=audio 0 RTP/AVP 8', 'm=image 4000 udptl t38')
    expect([readOffer(fax), readEnds(fax)]).toEqual([undefined, undefined])
  })

  it('answers the profile that was offered, of text as of sound', () => {
    const avpf = offer(
      'm=audio 4000 RTP/AVPF 8 101',
      'a=rtpmap:101 telephone-event/8000',
      'a=rtcp-fb:* trr-int 5000',
      'm=text 5000 RTP/AVPF 98',
      'a=rtpmap:98 t140/1000',
    )
    expect(taken(avpf, { ...local, textPort: 20_002 })).toEqual([
      'm=audio 20000 RTP/AVPF 8 101',
      'a=rtpmap:8 PCMA/8000',
      'a=rtpmap:101 telephone-event/8000',
      'm=text 20002 RTP/AVPF 98',
      'a=rtpmap:98 t140/1000',
    ])
  })

  it.each([
    'RTP/SAVP',
    'RTP/SAVPF',
    'UDP/TLS/RTP/SAVPF',
    'UDP/TLS/RTP/SAVP',
    'RTP/XYZ',
    'udp',
    'TCP/RTP/AVP',
  ])('takes no stream over %s, and the one after it that is plain', profile => {
    expect(readOffer(offer(`m=audio 4000 ${profile} 8`))).toBeUndefined()
    expect(taken(offer(`m=audio 4000 ${profile} 8`, 'm=audio 4002 RTP/AVP 8'))).toEqual([
      `m=audio 0 ${profile} 8`,
      ...plain,
    ])
  })

  it('answers each stream in its place, whatever it is', () => {
    const answer = taken(
      offer(
        'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
        'm=x-data 5000 TCP/TLS/BFCP *',
        'm=audio 0 RTP/AVP 8',
        'm=image 6000 udptl t38',
        'm=audio 4000 RTP/AVP 0 8',
        'm=video 5000 RTP/AVP 99 100',
      ),
    )
    expect(answer).toEqual([
      'm=application 0 UDP/DTLS/SCTP webrtc-datachannel',
      'm=x-data 0 TCP/TLS/BFCP *',
      'm=audio 0 RTP/AVP 8',
      'm=image 0 udptl t38',
      'm=audio 20000 RTP/AVP 0',
      'a=rtpmap:0 PCMU/8000',
      'm=video 0 RTP/AVP 99 100',
    ])
  })

  it.each([
    ['c=IN IP4 localhost', '127.0.0.1'],
    ['c=IN IP4 LOCALHOST.', '127.0.0.1'],
    ['c=IN IP4 phone.localhost', '127.0.0.1'],
    ['c=IN IP6 localhost', '::1'],
    ['c=IN IP6 ip6-localhost', '::1'],
    ['c=IN  IP4\t192.0.2.7', '192.0.2.7'],
    ['c=IN IP4 192.0.2.7/127', '192.0.2.7'],
    ['c=in ip4 192.0.2.7', '192.0.2.7'],
  ])('reads in %s the address %s', (line, address) => {
    expect(readRemote(offer('m=audio 4000 RTP/AVP 8', line))?.address).toBe(address)
  })

  it.each(['c=IN IP4 224.0.0.5/127', 'c=IN IP4 239.1.2.3', 'c=IN IP4 255.255.255.255', 'c=IN IP6 ff02::1'])(
    'sends no sound to many: %s',
    line => {
      expect(readOffer(offer('m=audio 4000 RTP/AVP 8', line))).toBeUndefined()
    },
  )

  it('reads the name of a codec that has blanks in it', () => {
    const spaced = offer('m=audio 4000 RTP/AVP 98', 'a=rtpmap: 98  PCMA / 8000 ')
    expect(readOffer(spaced)?.remote).toMatchObject({ codec: 'PCMA', payloadType: 98 })
  })

  it('takes no codec whose name is a number, and goes on to the next', () => {
    const numbered = offer('m=audio 4000 RTP/AVP 97 98', 'a=rtpmap:97 0', 'a=rtpmap:98 PCMA/8000')
    expect(readOffer(numbered)?.remote).toMatchObject({ codec: 'PCMA', payloadType: 98 })
    expect(readOffer(offer('m=audio 4000 RTP/AVP 97', 'a=rtpmap:97 0'))).toBeUndefined()
  })

  it('reads an address of the stream where the session has none', () => {
    const sdp = [
      'v=0',
      'o=- 1 1 IN IP4 x',
      's=-',
      't=0 0',
      'm=audio 4000 RTP/AVP 8',
      'c=IN IP4 192.0.2.9',
      '',
    ].join('\r\n')
    expect(readRemote(sdp)?.address).toBe('192.0.2.9')
  })

  it('takes the family that we reach, and no other', () => {
    const six = offer('m=audio 4000 RTP/AVP 8', 'c=IN IP6 ::1')
    const four = offer('m=audio 4000 RTP/AVP 8')
    const both = offer(
      'm=audio 4000 RTP/AVP 8',
      'c=IN IP6 2001:db8::1',
      'm=audio 4002 RTP/AVP 8',
      'c=IN IP4 192.0.2.1',
    )
    expect([readOffer(six, 4), readOffer(four, 6), readEnds(six, 4)]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect(readOffer(six, 6)?.remote?.address).toBe('::1')
    expect(readOffer(six, 6)?.answer({ ...local, address: '::1' })).toContain('c=IN IP6 ::1\r\n')
    expect(readOffer(both, 4)?.remote?.address).toBe('192.0.2.1')
    expect(readOffer(both, 6)?.remote?.address).toBe('2001:db8::1')
    // Who says hold by the address of nobody has none to be reached at.
    expect(readOffer(offer('m=audio 4000 RTP/AVP 8', 'c=IN IP4 0.0.0.0'), 6)?.remote?.send).toBe(false)
  })

  it.each([
    ['its name', ['m=audio 4000 RTP/AVP 8 96', 'a=rtpmap:96 TELEPHONE-EVENT/8000/1'], 96],
    ['no name, at 101', ['m=audio 4000 RTP/AVP 8 101'], 101],
    ['no name, with the keys it has', ['m=audio 4000 RTP/AVP 8 97', 'a=fmtp:97 0-15'], 97],
    ['no name, with keys and flash', ['m=audio 4000 RTP/AVP 8 97', 'a=fmtp:97 0-16'], 97],
    ['a tab in its name', ['m=audio 4000 RTP/AVP 8 101', 'a=rtpmap: 101\ttelephone-event/8000'], 101],
  ])('finds the events of keys by %s', (_, lines, type) => {
    expect(readOffer(offer(...lines))?.remote?.eventPayloadType).toBe(type)
    expect(taken(offer(...lines))?.at(-1)).toBe(`a=rtpmap:${type} telephone-event/8000`)
  })

  it.each([
    ['a type that has another name', ['m=audio 4000 RTP/AVP 8 101', 'a=rtpmap:101 opus/48000/2']],
    ['any other type without a name', ['m=audio 4000 RTP/AVP 8 97']],
    ['101 that is not in the stream', ['m=audio 4000 RTP/AVP 8', 'a=rtpmap:101 telephone-event/8000']],
  ])('does not take %s for events', (_, lines) => {
    expect(readOffer(offer(...lines))?.remote?.eventPayloadType).toBeUndefined()
  })

  it('hears keys by the number that we offered, too, where an answer has another or none', () => {
    const renumbered = offer('m=audio 4000 RTP/AVP 8 96', 'a=rtpmap:96 telephone-event/8000')
    expect(readRemote(renumbered)).toMatchObject({ eventPayloadType: 96, ownEventPayloadType: 101 })
    expect(readRemote(offer('m=audio 4000 RTP/AVP 8'))?.ownEventPayloadType).toBe(101)
    const taken101 = offer('m=audio 4000 RTP/AVP 8 101', 'a=rtpmap:101 opus/48000/2')
    expect(readRemote(taken101)?.ownEventPayloadType).toBeUndefined()
    expect(readOffer(renumbered)?.remote?.ownEventPayloadType).toBeUndefined()
  })
})
