import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react'
import { Button } from 'react-aria-components'
import type { RecordingShown } from '../../http/recordings/api.ts'
import { type Channels, type RecordedSound, speeds } from './use-sound.ts'
import { Waveform } from './waveform.tsx'
import { clockOf, spanWords, words } from './words.ts'

type Props = {
  readonly shown: RecordingShown
  readonly sound: RecordedSound
  /** The field for a note is wanted. */
  readonly onNote: () => void
}

const stepMs = 5_000
const leapMs = 10_000

/** A recording as it is heard: by mouse, by touch, and by keys that hold while the focus is within (WCAG 2.1.4). */
export function Player({ shown, sound, onNote }: Props) {
  const { durationMs, spans, notes } = shown
  const peaks = useMemo(() => Uint8Array.from(atob(shown.peaks), one => one.charCodeAt(0)), [shown.peaks])
  const slider = useRef<HTMLDivElement>(null)
  const marks = notes.map(({ atMs }) => atMs)
  const acts: Readonly<Record<string, () => void>> = {
    ' ': sound.toggle,
    k: sound.toggle,
    ArrowLeft: () => sound.move(-stepMs),
    ArrowRight: () => sound.move(stepMs),
    j: () => sound.move(-leapMs),
    l: () => sound.move(leapMs),
    Home: () => sound.seek(0),
    End: () => sound.seek(durationMs),
    '[': () => sound.seek(marks.findLast(ms => ms < sound.atMs - 500) ?? 0),
    ']': () => sound.seek(marks.find(ms => ms > sound.atMs + 50) ?? durationMs),
    m: onNote,
  }
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    const { target, key } = event
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const isForButton = target instanceof HTMLButtonElement && key === ' '
    if (isForButton || target instanceof HTMLSelectElement || target instanceof HTMLInputElement) return
    const act = acts[key.length === 1 ? key.toLowerCase() : key]
    if (!act) return
    event.preventDefault()
    act()
  }
  const point = ({ clientX, buttons }: PointerEvent<HTMLElement>) => {
    const box = slider.current?.getBoundingClientRect()
    if (box && (buttons & 1) === 1) sound.seek(((clientX - box.left) / box.width) * durationMs)
  }
  const now = words.at(clockOf(sound.atMs), clockOf(durationMs))
  return (
    <section className="player" aria-label={words.player} onKeyDown={onKey}>
      <audio {...sound.audio} />
      <div className="sides">
        <span className="citizen">{words.citizen}</span>
        <span className="others">{words.others}</span>
      </div>
      <div
        ref={slider}
        className="seek"
        role="slider"
        tabIndex={0}
        aria-label={words.position}
        aria-valuemin={0}
        aria-valuemax={Math.round(durationMs / 1000)}
        aria-valuenow={Math.round(sound.atMs / 1000)}
        aria-valuetext={now}
        onPointerDown={event => {
          event.currentTarget.setPointerCapture(event.pointerId)
          point(event)
        }}
        onPointerMove={point}
      >
        <Waveform peaks={peaks} durationMs={durationMs} atMs={sound.atMs} spans={spans} notes={notes} />
      </div>
      <div className="row">
        <Button className="button main big" onPress={sound.toggle}>
          {sound.isPlaying ? words.pause : words.play}
        </Button>
        <Button className="button" onPress={() => sound.move(-leapMs)}>
          {words.back10}
        </Button>
        <Button className="button" onPress={() => sound.move(leapMs)}>
          {words.on10}
        </Button>
        <span className="time">{now}</span>
        <label>
          {words.speed}
          <select value={sound.speed} onChange={event => sound.setSpeed(Number(event.target.value))}>
            {speeds.map(speed => (
              <option key={speed} value={speed}>{`${speed} ×`}</option>
            ))}
          </select>
        </label>
        <label>
          {words.channels}
          <select
            value={sound.channels}
            onChange={event => sound.setChannels(event.target.value as Channels)}
          >
            <option value="both">{words.channelBoth}</option>
            <option value="left">{words.channelLeft}</option>
            <option value="right">{words.channelRight}</option>
          </select>
        </label>
      </div>
      {sound.isBroken && (
        <p className="trouble" role="alert">
          {words.noSound}
        </p>
      )}
      {spans.length > 0 && (
        <details>
          <summary>{words.silent}</summary>
          <ul>
            {spans.map(({ kind, fromMs, untilMs }) => (
              <li key={fromMs}>{`${clockOf(fromMs)}–${clockOf(untilMs)} ${spanWords[kind]}`}</li>
            ))}
          </ul>
        </details>
      )}
      <p className="quiet">{words.keys}</p>
    </section>
  )
}
