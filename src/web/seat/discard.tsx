import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { orderWords as words } from './order-words.ts'
import type { DraftForm } from './use-draft.ts'

/** Pressed once it asks; pressed again what was written is gone. */
export function Discard({ form }: { readonly form: DraftForm }) {
  const [isAsked, setAsked] = useState(false)
  useEffect(() => {
    if (!isAsked) return
    const timer = setTimeout(() => setAsked(false), 5_000)
    return () => clearTimeout(timer)
  }, [isAsked])
  if (form.shown.id === undefined) return null
  const press = () => {
    if (isAsked) void form.discard()
    setAsked(!isAsked)
  }
  return (
    <Button className="button" onPress={press}>
      {isAsked ? words.reallyDiscard : words.discard}
    </Button>
  )
}
