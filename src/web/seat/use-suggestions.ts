import { useEffect, useRef, useState } from 'react'
import type { SuggestionShown } from '../../http/contract.ts'
import { ask } from '../house/house.ts'
import { firstLength, type HeldSuggestions, heldAfter } from './held.ts'

const everyMs = 250

/** What a call may be about, as it is told. @param call with another one it begins anew */
export function useSuggestions(call: string | undefined, heard: string, typed: string, district: string) {
  const [held, setHeld] = useState<HeldSuggestions>()
  const asking = useRef<AbortController>(undefined)
  const text = heard === '' ? typed : heard
  const title = heard === '' || typed === '' ? undefined : typed
  const length = heard.length + typed.length
  useEffect(() => setHeld(undefined), [call])
  useEffect(() => {
    if (length < firstLength) return
    const timer = setTimeout(() => {
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
    }, everyMs)
    return () => clearTimeout(timer)
  }, [text, title, district, length])
  return length < firstLength ? undefined : held
}
