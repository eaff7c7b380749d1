import { useSyncExternalStore } from 'react'
import type { CaptionConnection } from '../captions/connection.ts'
import { Aloud, LinesInBox } from '../captions/lines.tsx'
import { State } from '../captions/state.tsx'
import { Typing } from '../captions/typing.tsx'
import { useCaptions } from '../captions/use-captions.ts'
import { words } from './words.ts'

/** What is said, as text, and a way to type. After the call it stays on the screen until the next one. */
export function Captions({ pass }: { readonly pass: string | undefined }) {
  return (
    <section className="card captions" aria-label={words.captions}>
      <h2>{words.captions}</h2>
      {pass === undefined ? <p className="quiet">{words.noCaptions}</p> : <OfCall key={pass} pass={pass} />}
    </section>
  )
}

function OfCall({ pass }: { readonly pass: string }) {
  const line = useCaptions(pass)
  return line ? <Connected line={line} /> : null
}

function Connected({ line }: { readonly line: CaptionConnection }) {
  const screen = useSyncExternalStore(line.subscribe, line.screen)
  const isUp = screen.connection === 'live' || screen.connection === 'lost'
  return (
    <div className="captions-in-box">
      <State screen={screen} />
      <LinesInBox screen={screen} />
      <Aloud screen={screen} />
      {isUp ? <Typing line={line} speaks /> : null}
    </div>
  )
}
