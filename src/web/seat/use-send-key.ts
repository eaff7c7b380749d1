import { type RefObject, useEffect } from 'react'

/**
 * Ctrl+Enter sends the form from wherever the focus is: a kind is taken among the suggestions, an answer in the knowledge. Within
 * another form it is that one's.
 */
export function useSendKey(form: RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !event.ctrlKey || event.repeat) return
      const around = event.target instanceof Element ? event.target.closest('form') : null
      if (around !== null && around !== form.current) return
      event.preventDefault()
      // A button that has the focus is not pressed by it.
      event.stopPropagation()
      form.current?.requestSubmit()
    }
    addEventListener('keydown', onKey, { capture: true })
    return () => removeEventListener('keydown', onKey, { capture: true })
  }, [form])
}
