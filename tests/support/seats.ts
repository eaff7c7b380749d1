/** Seats of a running hotline, by requests: a command takes a second of processor for each. */
import { expect } from 'vitest'
import { post } from './crowd.ts'
import { type RunningHotline, testToken } from './running-hotline.ts'

/** A post whose telephone is at `contact`, and who takes calls. */
export async function addReadySeat(hotline: RunningHotline, name: string, contact: string): Promise<void> {
  await post(hotline, '/seats', { name, display: '坐席', contact })
  await post(hotline, `/seats/${name}/ready`)
}

/** Resolves once it is gone: a call of its own, or the notes after it, come to their end first. */
export async function removeSeat(hotline: RunningHotline, name: string): Promise<void> {
  const remove = async () => {
    const headers = { authorization: `Bearer ${testToken}` }
    return (await fetch(`${hotline.url}/api/seats/${name}`, { method: 'DELETE', headers })).status
  }
  await expect.poll(remove, { timeout: 15_000, interval: 50 }).toBe(204)
}
