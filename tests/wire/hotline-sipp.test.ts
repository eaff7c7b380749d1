/** SIPp rings the running product, the sound beside it on a socket of ours: keys by INFO over TCP, and as tones over UDP. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFailed } from 'vitest'
import { decode, encode } from '../../src/media/codec.ts'
import { codecOf } from '../../src/media/codecs.ts'
import { type Baresip, hasBaresip, startBaresip } from '../support/baresip.ts'
import { createRtpPeer, type RtpPeer } from '../support/rtp-peer.ts'
import { type RunningHotline, runHotline } from '../support/running-hotline.ts'
import { addReadySeat, removeSeat } from '../support/seats.ts'
import { hasSipp, runSipp } from '../support/sipp.ts'
import { chirp, find, tone } from '../support/sounds.ts'

/** Without the tools the tests are skipped by name; where everything has to be there, they fail. */
const canRun = (hasSipp && hasBaresip) || process.env.CI === 'true'
const down = chirp(3000, 400, 300)
const up = chirp(400, 3000, 300)
/** The key 0 (ITU-T Q.23): 941 and 1336 Hz, in 100 ms, then silence. */
const zero = new Int16Array(1600).fill(0)
const [low, high] = [tone(941, 100), tone(1336, 100)]
low.forEach((sample, at) => {
  zero[at] = sample + (high[at] ?? 0)
})
const folder = join(import.meta.dirname, 'sipp')

describe.skipIf(!canRun)('SIPp and a seat at a baresip', { timeout: 40_000 }, () => {
  let hotline: RunningHotline
  let seat: Baresip
  beforeAll(async () => {
    hotline = await runHotline({ SEAT_WRAP_UP_SECONDS: '0' })
  }, 60_000)
  afterAll(() => hotline.close())
  // Each test, and each try of it, has a phone of its own.
  beforeEach(async () => {
    seat = await startBaresip({ user: 's1', codec: 'pcmu', says: down })
    await addReadySeat(hotline, 's1', seat.contact)
    // Where it got stuck, in the product's own words.
    onTestFailed(async () => {
      const { calls } = await hotline.api<{ calls: readonly { id: string }[] }>('/calls')
      for (const { id } of calls) console.info((await hotline.jieting('calls', 'show', id)).out)
      console.info((await hotline.jieting('seat', 'list')).out)
    })
  }, 30_000)
  afterEach(async () => {
    await seat.close()
    await removeSeat(hotline, 's1')
  })

  /** Rings with `acts`. */
  const ring = async (transport: string, phone: RtpPeer, format: number, acts = '') => {
    const logs = await mkdtemp(join(tmpdir(), 'sipp-log-'))
    const log = join(logs, 'messages')
    await writeFile(log, '')
    const scenario = await readFile(join(folder, 'hotline-caller.xml'), 'utf8')
    const code = runSipp(scenario.replace('<!-- ACTS -->', acts), hotline.sip, [
      ...['-m', '1', '-t', transport, '-timeout', '30'],
      ...['-key', 'rtp_port', String(phone.port), '-key', 'format', String(format)],
      ...['-trace_msg', '-message_file', log],
    ])
    const logged = async (line: RegExp): Promise<string> => {
      const found = async () => line.exec(await readFile(log, 'utf8'))?.[1] ?? ''
      await expect.poll(found, { timeout: 10_000, interval: 20 }).not.toBe('')
      return found()
    }
    return {
      /** SIPp's exit code. */
      code,
      /** When it sent its ACK. */
      ackedMs: async () =>
        Date.parse(await logged(/-+ (\S+[ \t]\S+)[^\n]*\n[^\n]*message sent[^\n]*\n\s*ACK /)),
      /** Where it is listened to. */
      listensAt: async () => ({
        address: '127.0.0.1',
        port: Number(await logged(/SIP\/2\.0 200[\s\S]*?m=audio (\d+)/)),
      }),
      close: () => rm(logs, { recursive: true }),
    }
  }
  const heardBy = (phone: RtpPeer, codec: 'PCMA' | 'PCMU') =>
    decode(codecOf(codec), Buffer.concat(phone.heard.map(({ payload }) => payload)))
  /** Answers, hears the caller for a while, and hangs up. */
  const serve = async () => {
    await seat.happens('CALL_INCOMING')
    seat.order('accept')
    await seat.happens('CALL_ESTABLISHED')
    await expect.poll(async () => (await seat.heard()).length, { timeout: 15_000 }).toBeGreaterThan(12_000)
    seat.order('hangup')
    await seat.happens('CALL_CLOSED')
  }
  const sources = async () =>
    (await hotline.facts()).flatMap(fact => (fact.kind === 'key' ? [[fact.key, fact.source]] : []))

  it('over TCP, 0 by INFO leads to the seat, and the greeting is there soon after the ACK', async () => {
    const phone = await createRtpPeer()
    const call = await ring('t1', phone, 8, await readFile(join(folder, 'hotline-info.xml'), 'utf8'))
    const [first] = await phone.hears(({ payload }) => payload.some(byte => byte !== 0xd5 && byte !== 0x55))
    const heardMs = performance.timeOrigin + (first?.atMs ?? 0)
    const afterMs = heardMs - (await call.ackedMs())
    console.info(`the greeting sounds ${afterMs.toFixed(0)} ms after the ACK`)
    expect(afterMs).toBeLessThan(300)
    const speaking = phone.sayAll(await call.listensAt(), said(up, 14))
    await serve()
    expect(await call.code).toBe(0)
    expect(await sources()).toEqual([['0', 'info']])
    expect(find(down, heardBy(phone, 'PCMA')).likeness).toBeGreaterThan(0.9)
    expect(find(up, await seat.heard()).likeness).toBeGreaterThan(0.9)
    await speaking
    await call.close()
    phone.close()
  })

  it('over UDP without telephone-event, 0 as a tone leads to the seat', async () => {
    const phone = await createRtpPeer()
    const call = await ring('u1', phone, 8)
    const there = await call.listensAt()
    await phone.hears(() => true, 25)
    await phone.sayAll(there, said(zero, 1))
    const speaking = phone.sayAll(there, said(up, 14))
    await serve()
    expect(await call.code).toBe(0)
    expect(await sources()).toEqual([['0', 'tone']])
    expect(find(down, heardBy(phone, 'PCMA')).likeness).toBeGreaterThan(0.9)
    expect(find(up, await seat.heard()).likeness).toBeGreaterThan(0.9)
    await speaking
    await call.close()
    phone.close()
  })
})

/** A sound some times over, in A-law. */
function said(samples: Int16Array, times: number): Uint8Array {
  const bytes = new Uint8Array(samples.length * times)
  encode(
    codecOf('PCMA'),
    Int16Array.from({ length: bytes.length }, (_, at) => samples[at % samples.length] ?? 0),
    bytes,
  )
  return bytes
}
