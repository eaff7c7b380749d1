import { useRef } from 'react'
import { SeatCaptions } from '../captions/seat-captions.tsx'
import { words } from './words.ts'

/** What both sides say. After the call it stays on the screen for the notes, until the next one. */
export function Captions({ pass }: { readonly pass: string | undefined }) {
  const last = useRef<string>(undefined)
  if (pass !== undefined) last.current = pass
  return (
    <div className="card captions">
      <h2>{words.captions}</h2>
      {last.current === undefined ? (
        <p className="quiet">{words.noCaptions}</p>
      ) : (
        <SeatCaptions key={last.current} pass={last.current} />
      )}
    </div>
  )
}
