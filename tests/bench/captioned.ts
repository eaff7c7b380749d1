/** Calls that are captioned, as the benches have them. */
import { apiToken } from './product.ts'

/** Callers who leave a message: both what they say and the recording go on for as long as it takes. */
export const messageFlow = `
flow: hotline
audience: general
syllablesPerMinute: 200
patience: 30min
start: word
person: line
states:
  word:
    message:
      name: demand
      prompt: { zh-CN: 请讲。, en: Please speak. }
      atMost: 10min
      readback: { zh-CN: 谢谢。, en: Thank you. }
      next: thanks
      else: sorry
  line:
    queue:
      reason: bench
      prompt: { zh-CN: 请稍候。, en: Please hold. }
      reassure: { zh-CN: 请稍候。, en: Please hold. }
      every: 10min
      full: word
      failed: word
  thanks:
    hangup: { because: done }
  sorry:
    hangup: { because: failed }
`

const headers = { authorization: `Bearer ${apiToken}` }

/** Calls that are up, in the order in which they rang. */
export async function idsOf(api: string): Promise<readonly string[]> {
  type Answer = { readonly calls: readonly { readonly id: string }[]; readonly next?: string }
  const ids: string[] = []
  for (let before: string | undefined; ; ) {
    const query = new URLSearchParams({ limit: '100', state: 'answered', ...(before ? { before } : {}) })
    const answer = (await (await fetch(`${api}/api/calls?${query}`, { headers })).json()) as Answer
    ids.push(...answer.calls.map(({ id }) => id))
    if (!answer.next) return ids.toReversed()
    before = answer.next
  }
}

export type Pass = { readonly link: string; readonly live: string }

export async function openCaptions(api: string, call: string): Promise<Pass> {
  const answer = await fetch(`${api}/api/calls/${call}/captions`, { method: 'POST', headers })
  if (!answer.ok) throw new Error(`captions of a call: ${answer.status} ${await answer.text()}`)
  return answer.json() as Promise<Pass>
}
