import { load } from './media.ts'
import { percentile, type Row } from './row.ts'

const calls = 400
const gapMs = 60

/** What 400 callers hear for minutes, beside what the runtime alone does with as many sockets. */
export async function run(isLong: boolean): Promise<readonly Row[]> {
  const ms = isLong ? 600_000 : 20_000
  const bare = await load('media-bare.ts', calls, Math.min(ms, 120_000))
  const ours = await load('media-pool.ts', calls, ms)
  const gaps = (distances: readonly number[]) => distances.filter(distance => distance > gapMs).length
  return [
    {
      what: `Distance of a call’s packets, ${calls} calls with sound for ${ms / 1000} s`,
      figure: `p99 ${percentile(ours.distances, 0.99)} ms, bare ${percentile(bare.distances, 0.99)}; above ${gapMs} ms ${gaps(ours.distances)} of ${ours.distances.length}, bare ${gaps(bare.distances)}`,
      target: 'p99 <= bare + 0.5 ms, no gap that the loop made',
      method:
        'one worker; at the receiver of a tenth of the calls, in a process of their own; bare first, for two minutes at most',
    },
  ]
}
