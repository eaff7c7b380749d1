import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { cityTime } from '../city.ts'
import { say } from '../language.ts'
import type { SessionEnds } from './session.ts'

const lookMs = 5_000
/** How often the house hears that somebody is there. */
const tellMs = 60_000
/** So long before a session ends for want of anybody it is said. */
const idleWarnMs = 2 * 60_000
/** So long before it ends whatever is done: what was begun can be brought to its end. */
const endWarnMs = 10 * 60_000
const signs = ['pointerdown', 'keydown', 'wheel'] as const

type Warning = { readonly kind: 'idle' | 'end'; readonly atMs: number }

/**
 * Tells the house that somebody is at the page, says before a session ends for want of anybody, and lets them stay by one
 * tap. Other tabs of the same session may have been used meanwhile: the house is asked before anything is said.
 */
export function IdleWatch({
  ends,
  use,
  ask,
}: {
  readonly ends: SessionEnds
  readonly use: () => Promise<void>
  readonly ask: () => Promise<void>
}) {
  const [warning, setWarning] = useState<Warning>()
  const seen = useRef({ atMs: 0, toldMs: Date.now() })

  const tell = () => {
    seen.current = { atMs: 0, toldMs: Date.now() }
    setWarning(undefined)
    void use()
  }
  const onSign = useEffectEvent(() => {
    const { toldMs } = seen.current
    if (warning?.kind === 'idle' || Date.now() - toldMs >= tellMs) tell()
    else seen.current = { atMs: Date.now(), toldMs }
  })
  const look = useEffectEvent(() => {
    const now = Date.now()
    const { atMs, toldMs } = seen.current
    if (atMs > toldMs && now - toldMs >= tellMs) return tell()
    const next = warningAt(ends, now)
    // Asked again while it is said: another tab may have gone on.
    if ((next ?? warning)?.kind === 'idle' || ends.endsAtMs <= now) void ask()
    setWarning(next)
  })
  useEffect(() => {
    const timer = setInterval(() => look(), lookMs)
    const listen = () => onSign()
    for (const sign of signs) document.addEventListener(sign, listen, { passive: true })
    return () => {
      clearInterval(timer)
      for (const sign of signs) document.removeEventListener(sign, listen)
    }
  }, [])

  if (!warning) return null
  return (
    <div className="idle-warning" role="alert">
      <p>{words[warning.kind](cityTime(warning.atMs, 'hour'))}</p>
      {warning.kind === 'idle' && (
        <Button className="button main" onPress={() => tell()}>
          {words.stay}
        </Button>
      )}
    </div>
  )
}

function warningAt({ idleAtMs, endsAtMs }: SessionEnds, now: number): Warning | undefined {
  if (idleAtMs < endsAtMs && idleAtMs - now <= idleWarnMs) return { kind: 'idle', atMs: idleAtMs }
  return endsAtMs - now <= endWarnMs ? { kind: 'end', atMs: endsAtMs } : undefined
}

const words = {
  idle: (at: string) =>
    say({
      'zh-CN': `您有一段时间没有操作，将于 ${at} 自动退出`,
      en: `Nothing was done here for a while: you are signed out at ${at}`,
    }),
  end: (at: string) =>
    say({
      'zh-CN': `本次登录将于 ${at} 结束，请办完手上的事，届时重新登录`,
      en: `This session ends at ${at}: bring what you do to its end, and sign in anew then`,
    }),
  stay: say({ 'zh-CN': '继续使用', en: 'Stay signed in' }),
} as const
