/** What phones, trunks, pages and strangers send, by protocol: to be mutated. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Report, writeReport } from '../../src/media/rtcp.ts'
import { seeds as sipSeeds } from '../sipd/seeds.ts'

const torture = join(import.meta.dirname, '..', 'sipd', 'rfc4475')
const latin1 = (texts: readonly string[]) => texts.map(text => Buffer.from(text, 'latin1'))

export const sip = latin1([
  ...sipSeeds,
  ...readdirSync(torture)
    .filter(name => name.endsWith('.dat'))
    .map(name => readFileSync(join(torture, name), 'latin1')),
])

const session = (...lines: readonly string[]) =>
  ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', ...lines, ''].join('\r\n')

export const sdp = latin1([
  session(
    'm=audio 4000 RTP/AVP 8 0 101',
    'a=rtpmap:101 telephone-event/8000',
    'a=fmtp:101 0-15',
    'a=sendrecv',
  ),
  session('m=audio 4000 RTP/AVP 18  '),
  session('m=audio 4000/2 RTP/AVP 8'),
  session('m=audio 40000 RTP/AVP 97', 'a=rtpmap:97 PCMA/8000'),
  session('m=audio 4000 RTP/AVP 8 101', 'a=recvonly', 'a=ptime:20'),
  session('m=audio 0 RTP/AVP 8'),
  session('c=IN IP6 ::1', 'm=audio 4000 RTP/AVP 8'),
  session('c=IN IP4 localhost', 'm=audio 4000 RTP/AVP 8'),
  session('m=audio 4000 RTP/SAVP 8', 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc'),
  session(
    'm=audio 4000 RTP/AVP 8',
    'a=rtcp:4005 IN IP4 127.0.0.1',
    'a=rtcp-mux',
    'a=candidate:1 1 UDP 1 127.0.0.1 4000 typ host',
  ),
  session(
    'm=audio 4000 RTP/AVP 8 101',
    'm=text 4002 RTP/AVP 105 106',
    'a=rtpmap:106 t140/1000',
    'a=rtpmap:105 red/1000',
    'a=fmtp:105 106/106/106',
  ),
  session('m=image 4000 udptl t38', 'm=video 4002 RTP/AVP 34', 'm=audio 4004 RTP/AVP 0'),
])

/** A header of RTP (RFC 3550, section 5.1) and what it carries. */
const packet = (type: number, payload: readonly number[], sequence = 1, first = 0x80) =>
  Buffer.from([first, type, 0, sequence, 0, 0, 0, 160 * sequence, 1, 2, 3, 4, ...payload])
const sound = Array.from({ length: 160 }, (_, at) => at)

export const rtp = [
  packet(8, sound),
  packet(0, sound, 2),
  packet(13, [64]),
  packet(8, [...sound, 0, 0, 0, 4], 3, 0xa0),
  packet(8, [0xbe, 0xde, 0, 1, 0x10, 0, 0, 0, ...sound], 4, 0x90),
  packet(8, sound, 5, 0x83),
  packet(0x80 | 101, [1, 10, 0, 160], 6),
  packet(101, [1, 0x8a, 3, 32], 7),
  packet(101, [16, 0x8a, 0xff, 0xff], 8),
]

const sent = { packets: 1, octets: 160, timestamp: 160, wallMs: 1_000 }
const report = (over: Partial<Report> = {}) =>
  Buffer.from(writeReport({ ssrc: 0x01020304, cname: 'x@127.0.0.1', sent, goodbye: false, ...over }))
export const rtcp = [
  report(),
  report({ sent: undefined }),
  report({ goodbye: true }),
  // A receiver report, a description without its end, an application's own packet, feedback (RFC 3550 section 6, RFC 4585).
  Buffer.from([
    0x81, 201, 0, 7, 1, 2, 3, 4, 4, 3, 2, 1, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 1, 0, 1, 0, 2, 0, 0, 0, 3,
  ]),
  Buffer.from([0x81, 202, 0, 3, 1, 2, 3, 4, 1, 200, 65, 66, 67, 0, 0, 0]),
  Buffer.from([0x80, 204, 0, 2, 1, 2, 3, 4, 65, 66, 67, 68]),
  Buffer.from([0x81, 206, 0, 2, 1, 2, 3, 4, 4, 3, 2, 1]),
  Buffer.from([0x80, 207, 0, 5, 1, 2, 3, 4, 4, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]),
]

const text = (said: string) => [...Buffer.from(said)]
export const t140 = [
  packet(106, text('你好')),
  packet(106, text('\ufeffa\b\u2028😀'), 2),
  packet(106, [0xe4, 0xbd], 3),
  packet(105, [106, ...text('好')], 4),
  packet(105, [0x80 | 106, 0, 0, 3, 0x80 | 106, 0x0a, 0, 3, 106, ...text('你好吗')], 5),
  packet(105, [0x80 | 106, 0xff, 0xff, 0xff, 106], 6),
  packet(105, [0x80 | 99, 0, 0, 1, 99, 1, 2], 7),
]

const json = (...all: readonly unknown[]) => all.map(one => Buffer.from(JSON.stringify(one)))
export const webSocket = [
  ...json(
    { kind: 'ring', to: '12345', language: 'zh-CN' },
    { kind: 'resume', key: 'x'.repeat(22) },
    ...['answer', 'refuse', 'hang-up', 'person', 'wrong', 'on'].map(kind => ({ kind })),
    { kind: 'key', key: '0' },
    { kind: 'heard', mark: 'm1' },
    { kind: 'type', line: 1, text: '我在望京', done: true, voice: false },
    { kind: 'fix', line: 1, found: '望经', becomes: '望京', at: 0 },
    { kind: 'code', code: '123456' },
    { event: 'connected', protocol: 'Call', version: '1.0.0' },
    {
      event: 'start',
      start: {
        streamSid: 'MZ1',
        callSid: 'CA1',
        customParameters: { token: 't' },
        mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
      },
    },
    { event: 'media', media: { track: 'inbound', timestamp: '20', payload: 'fn5+fg==' } },
    { event: 'dtmf', dtmf: { digit: '5' } },
    { event: 'mark', mark: { name: 'm' } },
    { event: 'stop', stop: {} },
  ),
  Buffer.concat([Buffer.from([0, 0, 0, 160]), Buffer.from(sound)]),
]
