import { useEffect, useState } from 'react'
import type { Member, SessionView } from '../../http/contract.ts'

/** How a page stands: it does not know yet, nobody has signed in, somebody has, or the house does not answer. */
export type SignInStanding =
  | { readonly kind: 'asking' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'nobody'; readonly openId: boolean; readonly refusal?: SignInRefusal }
  | { readonly kind: 'somebody'; readonly member: Member }
export type SignInRefusal = 'wrong' | 'wait' | 'failed'

/** Who has signed in in this browser, and the ways in and out. */
export function useSession() {
  const [standing, setStanding] = useState<SignInStanding>({ kind: 'asking' })
  const stand = ({ member, openId }: SessionView) =>
    setStanding(member ? { kind: 'somebody', member } : { kind: 'nobody', openId })
  const ask = async () => {
    try {
      const answer = await fetch('/session')
      if (!answer.ok) throw new Error(`the house answers ${answer.status}`)
      stand((await answer.json()) as SessionView)
    } catch {
      // No answer ends no session: a page with a call goes on with it once its network is back.
      setStanding(now => (now.kind === 'somebody' ? now : { kind: 'silent' }))
    }
  }
  useEffect(() => void ask(), [])

  return {
    standing,
    async signIn(name: string, password: string) {
      const refuse = (refusal: SignInRefusal) =>
        setStanding(now => (now.kind === 'nobody' ? { ...now, refusal } : now))
      try {
        const answer = await fetch('/session', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ name, password }),
        })
        if (answer.ok) stand((await answer.json()) as SessionView)
        else refuse(answer.status === 401 ? 'wrong' : answer.status === 429 ? 'wait' : 'failed')
      } catch {
        refuse('failed')
      }
    },
    async signOut() {
      await fetch('/session', { method: 'DELETE' }).catch(() => undefined)
      await ask()
    },
    /** The house says that the session is over. */
    ask,
  }
}
