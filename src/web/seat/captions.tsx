import { useCallback, useRef } from 'react'
import { SeatCaptions } from '../captions/seat-captions.tsx'
import { words } from './words.ts'

/** What a caller said, by the pass to the captions of their call. */
export type HeardInCall = { readonly pass: string; readonly text: string }

/** What both sides say. After the call it stays on the screen for the notes, until the next one. */
export function Captions({
  pass,
  onHeard,
}: {
  readonly pass: string | undefined
  /** Told what the caller has said and typed so far, a line each, and in which call's captions. */
  readonly onHeard: (heard: HeardInCall) => void
}) {
  const last = useRef<string>(undefined)
  if (pass !== undefined) last.current = pass
  const shown = last.current ?? ''
  const tell = useCallback((text: string) => onHeard({ pass: shown, text }), [onHeard, shown])
  return (
    <div className="card captions">
      <h2>{words.captions}</h2>
      {last.current === undefined ? (
        <p className="quiet">{words.noCaptions}</p>
      ) : (
        <SeatCaptions key={last.current} pass={last.current} onHeard={tell} />
      )}
    </div>
  )
}
