import { useEffect, useRef, useState } from 'react'
import { say } from '../language.ts'

/** What the tab whose page is the seat's phone tells the other tabs of this browser, and what they ask of it. */
type RingNews =
  /** Told anew each second while it rings: a tab that was closed while it rang tells no end. */
  { readonly kind: 'rings'; readonly who: string } | { readonly kind: 'still' } | { readonly kind: 'answer' }

const channel = 'jieting-ringing'
const everyMs = 1_000
/** A browser slows a tab that nobody looks at down to once a second. */
const silentMs = 3_500

const rings = (who: string) => say({ 'zh-CN': `☎ 来电 ${who}`, en: `☎ Ringing: ${who}` })

/** The title of the tab says it while it rings. */
function useRingingTitle(who: string | undefined): void {
  useEffect(() => {
    if (who === undefined) return
    const before = document.title
    document.title = `${rings(who)} · ${before}`
    return () => {
      document.title = before
    }
  }, [who])
}

/**
 * For the seat's page: while it rings, all tabs of ours say so, and the system does where this one is not looked at and the browser was allowed to; who answers in another
 * tab answers here.
 * @param who rings; undefined while nobody does
 */
export function useRingsEverywhere(who: string | undefined, answer: () => void): void {
  const take = useRef(answer)
  take.current = answer
  useRingingTitle(who)
  useEffect(() => {
    if (who === undefined) return
    const others = new BroadcastChannel(channel)
    const tell = () => others.postMessage({ kind: 'rings', who } satisfies RingNews)
    others.onmessage = ({ data }: MessageEvent<RingNews>) => {
      if (data.kind === 'answer') take.current()
    }
    tell()
    const timer = setInterval(tell, everyMs)
    const shown =
      document.hidden && 'Notification' in window && Notification.permission === 'granted'
        ? new Notification(rings(who), { tag: channel, requireInteraction: true })
        : undefined
    if (shown) shown.onclick = () => window.focus()
    return () => {
      clearInterval(timer)
      shown?.close()
      others.postMessage({ kind: 'still' } satisfies RingNews)
      others.close()
    }
  }, [who])
}

/** For every other tab: who rings at the seat of this browser, and how to answer. */
export function useRingingAtSeat() {
  const [who, setWho] = useState<string>()
  const seat = useRef<BroadcastChannel>(undefined)
  useRingingTitle(who)
  useEffect(() => {
    const from = new BroadcastChannel(channel)
    seat.current = from
    let timer: ReturnType<typeof setTimeout> | undefined
    from.onmessage = ({ data }: MessageEvent<RingNews>) => {
      if (data.kind === 'answer') return
      clearTimeout(timer)
      setWho(data.kind === 'rings' ? data.who : undefined)
      if (data.kind === 'rings') timer = setTimeout(() => setWho(undefined), silentMs)
    }
    return () => {
      clearTimeout(timer)
      from.close()
    }
  }, [])
  return { who, answer: () => seat.current?.postMessage({ kind: 'answer' } satisfies RingNews) }
}
