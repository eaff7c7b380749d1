/** A Twilio line behind a front desk, with Twilio itself as a stand-in on both sides. */
import { exampleCity } from '../../src/city/index.ts'
import { createMailbox, silentLog, systemClock } from '../../src/foundation/index.ts'
import { openFrontDesk } from '../../src/http/index.ts'
import type { Queries } from '../../src/storage/index.ts'
import { type Call, type CallFact, openTwilioLine } from '../../src/telephony/index.ts'
import { apiToken, createWeb } from '../http/house.ts'
import { linesForAll } from './shares.ts'
import { startTestMedia } from './sip-house.ts'
import { openTwilioRest } from './twilio-rest.ts'

export const callerId = '+861012345'
const accountSid = `AC${'5'.repeat(32)}`

/** @param database keeps which jobs were dialled. @param callsPerSecond 1000 when absent. */
export async function openTwilioHouse({
  portRange = [25_000, 25_999] as const,
  callsPerSecond = 1_000,
  publicUrl = 'https://hotline.example',
  database,
}: {
  readonly portRange?: readonly [number, number]
  readonly callsPerSecond?: number
  readonly publicUrl?: string
  readonly database?: Queries
} = {}) {
  const media = await startTestMedia(portRange)
  const calls = createMailbox<Call>()
  const facts: CallFact[] = []
  const twilio = {
    deskUrl: '',
    publicUrl,
    authToken: 'a-secret-that-twilio-and-we-share',
  }
  const rest = await openTwilioRest(twilio, accountSid)
  const openLine = () =>
    openTwilioLine({
      media,
      clock: systemClock,
      log: silentLog,
      home: exampleCity,
      shares: linesForAll(10),
      ...twilio,
      journal: { write: (_, fact) => facts.push(fact) },
      onCall: call => calls.put(call),
      onFailure: call => call.hangup(),
      out: { accountSid, apiUrl: rest.url, callerId, callsPerSecond, database },
    })
  const openDesk = async (line: Awaited<ReturnType<typeof openLine>>) => {
    const desk = await openFrontDesk({
      host: '127.0.0.1',
      port: 0,
      apiToken,
      log: silentLog,
      clock: systemClock,
      ...createWeb().web,
      mounts: { sockets: line.sockets, requests: line.requests },
    })
    twilio.deskUrl = desk.url
    return desk
  }
  let line = await openLine()
  let desk = await openDesk(line)
  return {
    media,
    calls,
    facts,
    twilio,
    rest,
    line: () => line,
    /** A process that is no more leaves its calls at Twilio as they are; another comes in its place. */
    async startAnew() {
      await desk.close()
      line = await openLine()
      desk = await openDesk(line)
    },
    async close() {
      await line.close()
      await desk.close()
      await rest.close()
      await media.close()
    },
  }
}
