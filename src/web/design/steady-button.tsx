import { type ReactNode, useEffect, useState } from 'react'

/** Hands that tremble tap twice, up to this far apart; keys of a keyboard, too. */
export const steadyMs = 1000

/**
 * A button in a place where another one was: it takes no press until its meaning has stood for a while, so that the
 * second of two taps does not undo the first. It stays in reach of the keyboard meanwhile.
 */
export function SteadyButton({
  meaning,
  atOnce = false,
  className,
  shortcut,
  onPress,
  children,
}: {
  /** What a press does; whenever it changes, the wait begins anew. */
  readonly meaning: string
  /** Nothing was in this place before: it may be pressed as soon as it is there. */
  readonly atOnce?: boolean
  readonly className: string
  readonly shortcut?: string
  readonly onPress: () => void
  readonly children: ReactNode
}) {
  const [steady, setSteady] = useState(atOnce ? meaning : undefined)
  useEffect(() => {
    if (steady === meaning) return
    setSteady(undefined)
    const timer = setTimeout(() => setSteady(meaning), steadyMs)
    return () => clearTimeout(timer)
  }, [meaning])
  const isSteady = steady === meaning
  return (
    <button
      type="button"
      className={className}
      aria-disabled={!isSteady}
      aria-keyshortcuts={shortcut}
      onClick={() => isSteady && onPress()}
    >
      {children}
    </button>
  )
}
