import { useCallback, useRef } from 'react'
import type { CaptionLine } from '../../http/contract.ts'
import { SeatCaptions } from '../captions/seat-captions.tsx'
import { words } from './words.ts'

/** What a caller said, by the pass to the captions of their call. */
export type HeardInCall = { readonly pass: string; readonly lines: readonly CaptionLine[] }

/** Shows a line of the captions, and marks it for a moment. */
export function showLine(id: number): void {
  const line = document.querySelector<HTMLElement>(`.seat-page .captions [data-line="${id}"]`)
  if (!line) return
  line.scrollIntoView({ block: 'nearest' })
  line.tabIndex = -1
  line.focus({ preventScroll: true })
}

/** What both sides say. After the call it stays on the screen for the notes, until the next one. */
export function Captions({
  pass,
  onHeard,
}: {
  readonly pass: string | undefined
  /** Told what the caller has said and typed so far, and in which call's captions. */
  readonly onHeard: (heard: HeardInCall) => void
}) {
  const last = useRef<string>(undefined)
  if (pass !== undefined) last.current = pass
  const shown = last.current ?? ''
  const tell = useCallback(
    (lines: readonly CaptionLine[]) => onHeard({ pass: shown, lines }),
    [onHeard, shown],
  )
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
