import { useEffect, useState } from 'react'
import type { Member, SessionView } from '../../http/contract.ts'

/** When a session ends, by the clock of this device. */
export type SessionEnds = { readonly idleAtMs: number; readonly endsAtMs: number }

/** How a page stands: it does not know yet, nobody has signed in, somebody has, or the house does not answer. */
export type SignInStanding =
  | { readonly kind: 'asking' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'nobody'; readonly openId: boolean; readonly refusal?: SignInRefusal }
  | {
      readonly kind: 'somebody'
      readonly member: Member
      readonly owes: SessionView['owes']
      /** By what the second step of the sign-in can be done. */
      readonly second: SessionView['second']
      readonly ends: SessionEnds
    }
export type SignInRefusal = 'wrong' | 'wait' | 'failed'

/** The clock of this device may be minutes wrong: how long is left is what counts. */
function endsOf({ idleEndsAtMs, endsAtMs, nowMs }: SessionView): SessionEnds {
  const offMs = Date.now() - (nowMs ?? Date.now())
  return { idleAtMs: (idleEndsAtMs ?? Infinity) + offMs, endsAtMs: (endsAtMs ?? Infinity) + offMs }
}

/** Who has signed in in this browser, and the ways in and out. */
export function useSession() {
  const [standing, setStanding] = useState<SignInStanding>({ kind: 'asking' })
  const stand = (view: SessionView) =>
    setStanding(
      view.member
        ? { kind: 'somebody', member: view.member, owes: view.owes, second: view.second, ends: endsOf(view) }
        : { kind: 'nobody', openId: view.openId },
    )
  const hear = async (asked: Promise<Response>) => {
    try {
      const answer = await asked
      if (!answer.ok) throw new Error(`the house answers ${answer.status}`)
      stand((await answer.json()) as SessionView)
    } catch {
      // No answer ends no session: a page with a call goes on with it once its network is back.
      setStanding(now => (now.kind === 'somebody' ? now : { kind: 'silent' }))
    }
  }
  /** Who is signed in, and until when; that a page asks keeps no session. */
  const ask = () => hear(fetch('/session'))
  /** Somebody is there. */
  const use = () => hear(fetch('/session/use', { method: 'POST' }))
  // Whoever opens a page is there.
  useEffect(() => void use(), [])

  return {
    standing,
    stand,
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
    /** The house says that the session is over, or that something is to be done first. */
    ask,
    use,
  }
}
