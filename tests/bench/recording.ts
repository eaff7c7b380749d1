import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { createTalkRecorder } from '../../src/media/worker/talk-recorder.ts'
import type { Row } from './row.ts'

const calls = 200
const seconds = 60
const framesASecond = 50

/** What recording costs beside the rest of the 20 ms loop: the copying, the peaks, and all that the disk takes of this process. */
export async function run(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'jieting-bench-'))
  try {
    const together = { hears: [{} as never], heardBy: [{} as never] }
    let lost = 0
    const recorders = Array.from({ length: calls }, (_, at) =>
      createTalkRecorder(together, join(folder, `${at}.wav`), 'call', false, () => lost++),
    )
    const heard = Uint8Array.from({ length: 160 }, (_, at) => (at * 37) & 0xff)
    const said = Uint8Array.from({ length: 160 }, (_, at) => (at * 91) & 0xff)
    const sinceMs = performance.now()
    const before = process.cpuUsage()
    for (let second = 0; second < seconds; second++) {
      for (let frame = 0; frame < framesASecond; frame++)
        for (const { listen } of recorders) listen('PCMA', heard, said, 0)
      // As much time for the disk as its work takes, not more: the test is not of the disk.
      for (let wait = 0; wait < 50; wait++) await turn()
    }
    for (const { end } of recorders) end()
    await Promise.all(recorders.map(({ done }) => done))
    const { user, system } = process.cpuUsage(before)
    const percent = (user + system) / 1e6 / (calls * seconds) / 0.01
    const { size } = await stat(join(folder, '0.wav'))
    return [
      {
        what: `CPU of recording a call, ${calls} at once`,
        figure: `${percent.toFixed(4)} % of a core a call; ${(size / seconds / 1000).toFixed(1)} kB a second of call`,
        target: '<= 0.01 % of a core',
        method: `${seconds} s of frames each, as fast as they go, in ${Math.round(performance.now() - sinceMs)} ms; CPU time of the process with its threads for the disk; ${lost} pieces lost`,
      },
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}
