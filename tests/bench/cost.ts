import type { ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * CPU time of all threads of a process, s, to the nanosecond (proc(5), schedstat): the sampled times of /proc/pid/stat
 * are blind to work that begins and ends between two timer ticks, as a paced loop's does.
 */
export function cpuSeconds({ pid }: ChildProcess): number {
  const threads = readdirSync(`/proc/${pid}/task`)
  const busyNs = (thread: string) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
  return threads.reduce((sum, thread) => sum + busyNs(thread), 0) / 1e9
}

/** Memory that a process holds now, MB (proc(5), VmRSS). */
export function residentMegabytes({ pid }: ChildProcess): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}

/** Resolves when a process has next to nothing to do any more: under a twentieth of a core for five seconds. */
export async function settled(child: ChildProcess): Promise<void> {
  for (let before = cpuSeconds(child); ; ) {
    await delay(5000)
    const now = cpuSeconds(child)
    if (now - before < 0.25) return
    before = now
  }
}
