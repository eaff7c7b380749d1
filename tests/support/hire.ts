/** A member as they are after their first sign-in: with a password of their own choice, by the product's own doors. */
type Hired = {
  readonly name: string
  readonly role: string
  readonly display?: string
  readonly unit?: string
  readonly password: string
}

const first = 'for the first day only'

/** @param token of the installation. @returns the status of the last answer: 204 */
export async function hire(url: string, token: string, { password, ...member }: Hired): Promise<number> {
  const ask = (method: string, path: string, headers: Record<string, string>, body?: object) =>
    fetch(`${url}${path}`, {
      method,
      headers: body ? { ...headers, 'content-type': 'application/json' } : headers,
      body: body && JSON.stringify(body),
    })
  const origin = { origin: url }
  const { name } = member
  const added = await ask(
    'POST',
    '/api/staff',
    { authorization: `Bearer ${token}` },
    { ...member, password: first },
  )
  if (added.status !== 201) throw new Error(`${name} was not added: ${await added.text()}`)
  const signed = await ask('POST', '/session', origin, { name, password: first })
  const own = { ...origin, cookie: signed.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
  const chosen = await ask('POST', '/api/account/password', own, { password: first, next: password })
  if (chosen.status !== 204) throw new Error(`${name} chose no password: ${await chosen.text()}`)
  return (await ask('DELETE', '/session', own)).status
}
