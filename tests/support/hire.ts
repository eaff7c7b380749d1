/** A member as they are after their first sign-in: with a password of their own choice, by the product's own doors. */
import { type Visitor, visitorsOf } from './visitors.ts'

export type Hired = {
  readonly name: string
  readonly role: string
  readonly display?: string
  readonly unit?: string
  readonly password: string
}

const first = 'for the first day only'

/** @param by the token of the installation, or an administrator. @returns the status of the last answer: 204 */
export async function hire(
  url: string,
  by: string | Pick<Visitor, 'post'>,
  { password, ...member }: Hired,
): Promise<number> {
  const { program, signsIn } = visitorsOf(url)
  const { name } = member
  const added = await (typeof by === 'string' ? program(by) : by).post('/api/staff', {
    ...member,
    password: first,
  })
  if (added.status !== 201) throw new Error(`${name} was not added: ${added.body}`)
  const own = await signsIn(name, first)
  const chosen = await own.post('/api/account/password', { password: first, next: password })
  if (chosen.status !== 204) throw new Error(`${name} chose no password: ${chosen.body}`)
  return (await own.delete('/session')).status
}
