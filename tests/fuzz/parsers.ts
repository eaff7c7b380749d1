/** What reads each protocol, without a socket: whatever it is given, it answers in time and throws nothing. */
import { messageOf } from '../../src/captions/messages.ts'
import { createTextKeyboard } from '../../src/captions/text-screen.ts'
import { codecOf } from '../../src/media/codecs.ts'
import { createJitterBuffer, depthOf, putPayload, takeFrame } from '../../src/media/jitter.ts'
import { beginsPress, createKeyMemory, keyIn } from '../../src/media/presses.ts'
import { countPacket, createReception, takeBlock, totalsOf } from '../../src/media/reception.ts'
import { readReports, roundTripMsOf } from '../../src/media/rtcp.ts'
import { emptyRtpFields, readRtp } from '../../src/media/rtp.ts'
import { createTextHearing, hearText } from '../../src/media/t140.ts'
import { inspect } from '../../src/sipd/inspect.ts'
import { headers } from '../../src/sipd/message.ts'
import { parseMessage } from '../../src/sipd/parse.ts'
import { serialise } from '../../src/sipd/serialise.ts'
import { createFramer } from '../../src/sipd/stream.ts'
import * as page from '../../src/telephony/lines/browser/protocol.ts'
import { calledOf, callerOf } from '../../src/telephony/lines/sip/caller.ts'
import { keyOfInfo } from '../../src/telephony/lines/sip/info.ts'
import { readOffer, readRemote } from '../../src/telephony/lines/sip/sdp.ts'
import * as twilio from '../../src/telephony/lines/twilio/messages.ts'
import * as seeds from './seeds.ts'

export type Parser = { readonly seeds: readonly Buffer[]; take(bytes: Buffer): void }

const home = { country: 'CN', areaCode: '10' } as const

function takeSip(bytes: Buffer): void {
  const text = bytes.toString('latin1')
  const inspected = inspect(text)
  createFramer().take(text)
  if (inspected.outcome === 'silence') return
  const { message } = inspected
  parseMessage(serialise(message))
  const get = (name: string) => headers(message, name)[0]
  callerOf({ get: get as never }, home, true)
  if (message.kind === 'request') calledOf(message.uri)
  keyOfInfo(get('Content-Type') ?? '', message.body)
}

function takeSdp(bytes: Buffer): void {
  const text = bytes.toString('latin1')
  readRemote(text, 4)
  readOffer(text)?.answer({ address: '127.0.0.1', port: 40_000, version: 1, textPort: 40_002 })
}

const fields = emptyRtpFields()
/** One stream of each, as a long call would have it. */
const buffer = createJitterBuffer(codecOf('PCMA'))
const frame = new Uint8Array(160)
const reception = createReception()
const memory = createKeyMemory()
const hearing = createTextHearing()
const keyboard = createTextKeyboard()
let nowMs = 0

function takeRtp(bytes: Buffer): void {
  nowMs += 20
  if (!readRtp(bytes, fields)) return
  const { ssrc, sequence, timestamp, payloadStart, payloadEnd, payloadType } = fields
  countPacket(reception, sequence, timestamp, ssrc, nowMs, payloadType !== 101)
  if (payloadType === 101 && payloadEnd - payloadStart >= 4) {
    keyIn(bytes, fields)
    beginsPress(memory, fields, bytes, nowMs)
  } else putPayload(buffer, ssrc, sequence, timestamp, bytes, payloadStart, payloadEnd)
  takeFrame(buffer, frame)
  if (depthOf(buffer) < 0) throw new Error('a buffer with less than nothing in it')
  totalsOf(reception)
  takeBlock(reception)
}

function takeRtcp(bytes: Buffer): void {
  const read = readReports(bytes, 0x01020304)
  if (read?.echo) roundTripMsOf(read.echo, nowMs)
}

function takeT140(bytes: Buffer): void {
  if (!readRtp(bytes, fields)) return
  const text = hearText(hearing, { t140: 106, red: 105 }, fields, bytes)
  if (text !== undefined)
    for (const { text: line } of keyboard.take(text))
      if (line.length > 1000) throw new Error('a line without end')
}

function takeWebSocket(bytes: Buffer): void {
  const text = bytes.toString()
  page.readMessage(text)
  page.readFrame(bytes)
  twilio.readMessage(text)
  twilio.readWebhook(Object.fromEntries(new URLSearchParams(text)))
  const said = jsonOf(text)
  for (const schema of Object.values(messageOf)) schema.safeParse(said)
}
const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const parsers: Readonly<Record<'SIP' | 'SDP' | 'RTP' | 'RTCP' | 'T.140' | 'WebSocket', Parser>> = {
  SIP: { seeds: seeds.sip, take: takeSip },
  SDP: { seeds: seeds.sdp, take: takeSdp },
  RTP: { seeds: seeds.rtp, take: takeRtp },
  RTCP: { seeds: seeds.rtcp, take: takeRtcp },
  'T.140': { seeds: seeds.t140, take: takeT140 },
  WebSocket: { seeds: seeds.webSocket, take: takeWebSocket },
}
