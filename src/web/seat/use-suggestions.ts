import { useEffect, useRef, useState } from 'react'
import type { SuggestionShown } from '../../http/contract.ts'
import { ask } from '../house/house.ts'
import { firstLength, type HeldSuggestions, heldAfter } from './held.ts'

/** What is said to the end is asked about at once; what grows, now and then. */
const settledMs = 20
const growingMs = 1_500

/**
 * What a call may be about, as it is told.
 * @param call with another one it begins anew
 * @param isSettled whether the last line was said to the end
 */
export function useSuggestions(
  call: string | undefined,
  {
    heard,
    isSettled,
    typed,
    district,
  }: {
    readonly heard: string
    readonly isSettled: boolean
    readonly typed: string
    readonly district: string
  },
) {
  const lastMs = useRef(0)
  const asked = useRef('')
  const [held, setHeld] = useState<HeldSuggestions>()
  const asking = useRef<AbortController>(undefined)
  const text = heard === '' ? typed : heard
  const title = heard === '' || typed === '' ? undefined : typed
  const length = heard.length + typed.length
  useEffect(() => setHeld(undefined), [call])
  useEffect(() => {
    if (length < firstLength) return
    const isSaid = isSettled && heard !== asked.current
    const dueMs = isSaid ? settledMs : Math.max(settledMs, lastMs.current + growingMs - performance.now())
    const timer = setTimeout(() => {
      lastMs.current = performance.now()
      asked.current = heard
      asking.current?.abort()
      const abort = new AbortController()
      asking.current = abort
      const body = {
        text: text.slice(0, 20_000),
        title: title?.slice(0, 20_000),
        district: district === '' ? undefined : district,
      }
      ask('POST /api/suggestions', { body }, abort.signal)
        .then((said: SuggestionShown) => {
          if (!abort.signal.aborted) setHeld(before => heldAfter(before, length, said))
        })
        // What is suggested stays as it was: the form works without.
        .catch(() => undefined)
    }, dueMs)
    return () => clearTimeout(timer)
  }, [text, title, heard, district, length, isSettled])
  return length < firstLength ? undefined : held
}
