/** Calls that are captioned, as the benches have them. */
import { apiToken } from './product.ts'

const headers = { authorization: `Bearer ${apiToken}` }

/** Calls that are up, in the order in which they rang. */
export async function idsOf(api: string): Promise<readonly string[]> {
  type Answer = { readonly calls: readonly { readonly id: string }[]; readonly next?: string }
  const ids: string[] = []
  for (let before: string | undefined; ; ) {
    const query = new URLSearchParams({ limit: '100', state: 'answered' })
    if (before) query.set('before', before)
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
