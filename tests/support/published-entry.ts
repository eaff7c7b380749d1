import { hire } from './hire.ts'

const password = 'a long enough password'

/** An example of the knowledge base that answers: drafted by a program, reviewed by a supervisor who has signed in. */
export async function publishEntry(url: string, token: string, entry: { question: string; text: string }) {
  await hire(url, token, { name: 'reviewer', display: '李主任', role: 'supervisor', password })
  const post = async (path: string, body: object, headers: Readonly<Record<string, string>>) => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    return answer
  }
  const program = { authorization: `Bearer ${token}` }
  const validUntil = new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 10)
  const content = { ...entry, unit: 'centre', validUntil, example: '是' }
  const { id } = (await (await post('/api/knowledge', content, program)).json()) as { id: string }
  await post(`/api/knowledge/${id}/submit`, { version: 1 }, program)
  const session = await post('/session', { name: 'reviewer', password }, { origin: url })
  const own = { origin: url, cookie: session.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
  const entries = [{ id, version: 1, revision: 1 }]
  await post('/api/knowledge/reviews', { entries, verdict: 'publish' }, own)
  return id
}
