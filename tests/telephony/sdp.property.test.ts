import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readRemote as readEnds, readOffer } from '../../src/telephony/lines/sip/sdp.ts'

const local = { address: '192.0.2.10', port: 20_000, version: 1 }
const offer = (...lines: readonly string[]) =>
  ['v=0', 'o=- 1 1 IN IP4 192.0.2.1', 's=-', 'c=IN IP4 192.0.2.1', 't=0 0', ...lines, ''].join('\r\n')
const rtt = [
  'm=text 5000 RTP/AVP 98 100',
  'a=rtpmap:98 t140/1000',
  'a=rtpmap:100 red/1000',
  'a=fmtp:100 98/98/98',
]

it('reads any offer without a throw, and answers only what was in it', () => {
  const seeds = [
    offer('m=audio 4000 RTP/AVP 8 0 101', 'a=rtpmap:101 telephone-event/8000', 'a=sendrecv'),
    offer('m=audio 40000/2 RTP/AVPF 96 18 ', 'a=rtpmap:96 PCMA/8000', ...rtt),
    offer('m=video 5000 RTP/AVP 99', 'm=audio\t4000 RTP/AVP 0', 'c=IN IP6 ::1', 'a=inactive'),
    offer('m=audio 0 RTP/AVP 8 101', 'm=text 4002 RTP/AVP 98', 'a=rtpmap:98 t140/1000'),
    offer('c=IN IP4 localhost', 'm=audio 4000 RTP/SAVP 8', 'm=audio 4000 RTP/AVP  8'),
  ]
  const spoilt = fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(300), fc.nat(6), fc.string({ unit: 'binary', maxLength: 4 })), {
        maxLength: 5,
      }),
    )
    .map(([sdp, cuts]) =>
      cuts.reduce((text, [at, length, put]) => text.slice(0, at) + put + text.slice(at + length), sdp),
    )
  fc.assert(
    fc.property(spoilt, sdp => {
      const read = readOffer(sdp, 4)
      readEnds(sdp, 4)
      if (!read) return
      expect(read.remote?.port ?? 1).toBeGreaterThan(0)
      expect(read.remote?.port ?? 1).toBeLessThan(65_536)
      const answered = read.answer(local).split('\r\n')
      const streams = answered.filter(line => line.startsWith('m='))
      const offered = sdp.split(/\r\n|\r|\n/).filter(line => line.trim().startsWith('m='))
      expect(streams.length).toBe(offered.length)
      const [chosen, ...others] = streams.filter(line => line.startsWith('m=audio 20000 '))
      expect(others).toEqual([])
      expect(chosen === undefined).toBe(read.remote === undefined)
      const types = chosen?.split(' ').slice(3) ?? []
      const line = offered[streams.indexOf(chosen ?? '')] ?? ''
      for (const type of types) expect(line.split(/[ \t]+/)).toContain(type)
    }),
    { seed: 3264, numRuns: 3_000 },
  )
})
