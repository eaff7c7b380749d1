import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { monotonicMs } from '../../src/foundation/index.ts'
import { hasSipp, runSipp } from '../support/sipp.ts'
import { callThat, hangUpAfter } from '../support/sipp-scenarios.ts'
import { type Caller, ring, talk } from './callers.ts'
import { residentMegabytes, settled } from './cost.ts'
import { flow } from './hotline.ts'
import { apiToken, type Hotline, start, stop } from './product.ts'
import { percentile, type Row } from './row.ts'

const conversations = 50
const setUpsASecond = 20
/** Of how many calls it has forgotten whatever it ever forgets. */
const warmUpCalls = 2000

/** What minutes of calls leave behind in the product, and how soon it answers beside conversations. */
export async function run(isLong: boolean): Promise<readonly Row[]> {
  const directory = await mkdtemp(join(tmpdir(), 'jieting-bench-'))
  await writeFile(join(directory, 'hotline.yaml'), flow)
  const hotline = await start(directory, { MAX_CALLS: '500' })
  try {
    const rows = [await answering(hotline, isLong ? 600 : 20)]
    if (hasSipp) rows.push(await growing(hotline, isLong ? 36_000 : 2000))
    return [...rows, await emptying(hotline)]
  } finally {
    await stop(hotline.child)
    await rm(directory, { recursive: true })
  }
}

async function answering({ sip }: Hotline, seconds: number): Promise<Row> {
  const talking: Caller[] = []
  let goesOn = true
  const answeredMs: number[] = []
  try {
    for (let at = 0; at < conversations; at++) talking.push(await ring(sip, at))
    void talk(talking, () => goesOn)
    const setUps: Promise<void>[] = []
    const beganMs = monotonicMs()
    for (let at = 0; at < seconds * setUpsASecond; at++) {
      await delay(Math.max(0, beganMs + (at * 1000) / setUpsASecond - monotonicMs()))
      setUps.push(setUp(sip, conversations + at).then(ms => void answeredMs.push(ms)))
    }
    await Promise.all(setUps)
  } finally {
    goesOn = false
    for (const caller of talking) caller.hangup()
    await delay(500)
    for (const caller of talking) caller.close()
  }
  return {
    what: `INVITE to 200, ${setUpsASecond} set-ups a second for ${seconds} s beside ${conversations} calls`,
    figure: `p50 ${percentile(answeredMs, 0.5)} p99 ${percentile(answeredMs, 0.99)} ms of ${answeredMs.length}`,
    target: 'p99 < 100 ms',
    method: 'the product with PGlite; each of the calls sends and hears sound; who sets up hangs up at once',
  }
}

async function setUp(sip: number, at: number): Promise<number> {
  const caller = await ring(sip, at)
  caller.hangup()
  await delay(500)
  caller.close()
  return caller.answeredAfterMs
}

async function growing({ sip, child }: Hotline, calls: number): Promise<Row> {
  const ringUp = async (count: number) => {
    const load = ['-m', `${count}`, '-r', '60', '-l', '60', '-t', 'u1', '-timeout', `${60 + count}`]
    const code = await runSipp(callThat(hangUpAfter(100)), { host: '127.0.0.1', port: sip }, load)
    if (code !== 0) throw new Error(`SIPp ended with ${code}`)
    await settled(child)
  }
  await ringUp(warmUpCalls)
  const before = residentMegabytes(child)
  await ringUp(calls)
  const after = residentMegabytes(child)
  return {
    what: `Memory that ${calls} short calls leave`,
    figure: `${before.toFixed(0)} MB to ${after.toFixed(0)} MB, ${(((after - before) / before) * 100).toFixed(1)} %`,
    target: '< 5 %',
    method: `SIPp, 60 a second at most, after ${warmUpCalls} others; the product with PGlite, at rest each time`,
  }
}

/** What has to be nothing when nobody is on the line. */
const emptied =
  /^jieting_(calls|media_ports|callers_waiting|journal_waiting|writes_waiting|writes_lost_total)\b/

async function emptying({ api }: Hotline): Promise<Row> {
  const headers = { authorization: `Bearer ${apiToken}` }
  const text = await (await fetch(`${api}/metrics`, { headers })).text()
  const lines = text.split('\n').filter(line => emptied.test(line))
  const left = lines.filter(line => Number(line.split(' ').at(-1)) !== 0)
  return {
    what: 'What is left after all of it',
    figure: left.length === 0 ? `nothing in ${lines.length} figures` : left.join(', '),
    target: 'nothing',
    method: 'calls, media ports, callers who wait, writes that wait or were lost, as /metrics tells them',
  }
}
