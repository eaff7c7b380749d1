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
    expect(answer?.remote).not.toHaveProperty('eventPayloadType')
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
    expect(answer?.remote.send).toBe(send)
  })

  it('reads the direction of the session, and the hold of old', () => {
    expect(readRemote(offer('a=sendonly', 'm=audio 4000 RTP/AVP 8'))?.send).toBe(false)
    expect(readRemote(offer('m=audio 4000 RTP/AVP 8', 'c=IN IP4 0.0.0.0'))?.send).toBe(false)
  })

  it.each([
    ['no codec of ours', offer('m=audio 4000 RTP/AVP 18 9')],
    ['SRTP', offer('m=audio 4000 RTP/SAVP 8')],
    ['no audio', offer('m=video 4000 RTP/AVP 99')],
    ['a port of 0', offer('m=audio 0 RTP/AVP 8')],
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
})
