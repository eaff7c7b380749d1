import { type FormEvent, type RefObject, useEffect, useRef } from 'react'
import { Button } from 'react-aria-components'
import type { RecordingShown } from '../../http/recordings/api.ts'
import { spokenOf } from '../captions/line-view.tsx'
import { cityTime } from '../city.ts'
import { useNames } from '../house/names.ts'
import type { RecordedSound } from './use-sound.ts'
import { clockOf, words } from './words.ts'

type Props = { readonly shown: RecordingShown; readonly sound: RecordedSound }

/** What is said, as it is heard: the line that plays is marked and kept in sight, and each is a way to its moment. */
export function Transcript({ shown: { lines }, sound }: Props) {
  const list = useRef<HTMLOListElement>(null)
  const here = lines.findLast(({ atMs }) => atMs <= sound.atMs + 200)?.id
  useEffect(() => {
    if (!sound.isPlaying || here === undefined) return
    const box = list.current
    const line = box?.querySelector<HTMLElement>(`[data-line="${here}"]`)
    // Within its own box alone: the page stays where it is.
    if (box && line) box.scrollTop = line.offsetTop - box.offsetTop - box.clientHeight / 3
  }, [here, sound.isPlaying])
  return (
    <section className="card" aria-label={words.transcript}>
      <h2>{words.transcript}</h2>
      {lines.length === 0 && <p className="quiet">{words.noTranscript}</p>}
      {lines.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard (WCAG 2.1.1)
        <ol ref={list} className="lines" tabIndex={0} aria-label={words.transcript}>
          {lines.map(line => (
            <li key={line.id} data-line={line.id} aria-current={line.id === here ? 'true' : undefined}>
              <Moment atMs={line.atMs} sound={sound} /> <span>{spokenOf(line)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

const Moment = ({ atMs, sound }: { readonly atMs: number; readonly sound: RecordedSound }) => (
  <Button className="moment" aria-label={words.goTo(clockOf(atMs))} onPress={() => sound.seek(atMs)}>
    {clockOf(atMs)}
  </Button>
)

type NoteProps = Props & {
  readonly me: string
  readonly field: RefObject<HTMLInputElement | null>
  readonly note: (atMs: number, text: string) => Promise<boolean>
  readonly unnote: (id: string) => Promise<boolean>
}

export function Notes({ shown: { notes }, sound, me, field, note, unnote }: NoteProps) {
  const called = useNames()
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const text = String(new FormData(form).get('text') ?? '').trim()
    if (text !== '' && (await note(sound.atMs, text))) form.reset()
  }
  return (
    <section className="card" aria-label={words.notes}>
      <h2>{words.notes}</h2>
      {notes.length === 0 && <p className="quiet">{words.noNotes}</p>}
      <ol className="notes">
        {notes.map(({ id, atMs, text, by, madeAtMs }) => (
          <li key={id}>
            <Moment atMs={atMs} sound={sound} /> <span>{text}</span>{' '}
            <span className="quiet">{words.by(called(by), cityTime(madeAtMs))}</span>
            {by === me && (
              <Button className="moment" aria-label={words.takeBack} onPress={() => void unnote(id)}>
                ×
              </Button>
            )}
          </li>
        ))}
      </ol>
      <form onSubmit={event => void submit(event)}>
        <label>
          {words.noteAt(clockOf(sound.atMs))}
          <input ref={field} name="text" maxLength={500} required autoComplete="off" />
        </label>
        <Button className="button" type="submit">
          {words.add}
        </Button>
      </form>
    </section>
  )
}
