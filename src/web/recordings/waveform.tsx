import { useEffect, useRef } from 'react'
import type { RecordingNote, RecordingSpan } from '../../recordings/api.ts'

type Props = {
  /** Left and right in turn, a byte each of 100 ms. */
  readonly peaks: Uint8Array
  readonly durationMs: number
  readonly atMs: number
  readonly spans: readonly RecordingSpan[]
  readonly notes: readonly RecordingNote[]
}

const height = 120

/** How loud each side is: the citizen above the middle, whom they hear below it; silent stretches shaded, notes as flags. */
export function Waveform({ peaks, durationMs, atMs, spans, notes }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const drawn = canvas.current
    if (!drawn) return
    const draw = () => drawAll(drawn, { peaks, durationMs, atMs, spans, notes })
    draw()
    const watch = new ResizeObserver(draw)
    watch.observe(drawn)
    return () => watch.disconnect()
  }, [peaks, durationMs, atMs, spans, notes])
  return <canvas ref={canvas} className="waveform" height={height} />
}

function drawAll(canvas: HTMLCanvasElement, { peaks, durationMs, atMs, spans, notes }: Props): void {
  const width = Math.max(1, Math.floor(canvas.clientWidth * devicePixelRatio))
  const tall = Math.floor(height * devicePixelRatio)
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== tall) canvas.height = tall
  const pen = canvas.getContext('2d')
  if (!pen) return
  const styles = getComputedStyle(canvas)
  const colour = (name: string) => styles.getPropertyValue(name)
  const placeOf = (ms: number) => (ms / Math.max(1, durationMs)) * width
  pen.clearRect(0, 0, width, tall)
  for (const { kind, fromMs, untilMs } of spans) {
    pen.fillStyle = colour(kind === 'paused' ? '--wave-paused' : '--wave-silent')
    pen.fillRect(placeOf(fromMs), 0, Math.max(2, placeOf(untilMs) - placeOf(fromMs)), tall)
  }
  const count = peaks.length / 2
  const middle = tall / 2
  const here = placeOf(atMs)
  // Asked for once: there are some thousand columns, drawn while it plays.
  const heard = [colour('--wave-heard-citizen'), colour('--wave-heard-others')] as const
  const ahead = [colour('--wave-citizen'), colour('--wave-others')] as const
  for (let x = 0; x < width; x++) {
    const first = Math.floor((x / width) * count)
    const last = Math.max(first + 1, Math.floor(((x + 1) / width) * count))
    const [up, down] = [loudest(peaks, first, last, 0), loudest(peaks, first, last, 1)]
    const [citizen, others] = x < here ? heard : ahead
    pen.fillStyle = citizen
    pen.fillRect(x, middle - up * middle, 1, Math.max(1, up * middle))
    pen.fillStyle = others
    pen.fillRect(x, middle, 1, Math.max(1, down * middle))
  }
  pen.fillStyle = colour('--wave-note')
  for (const { atMs: noted } of notes) pen.fillRect(placeOf(noted) - 1, 0, 3, tall)
  pen.fillStyle = colour('--wave-here')
  pen.fillRect(here - 1, 0, 2, tall)
}

/** 0 to 1; the root makes quiet voices seen. */
function loudest(peaks: Uint8Array, from: number, until: number, channel: 0 | 1): number {
  let most = 0
  for (let at = from; at < until; at++) most = Math.max(most, peaks[at * 2 + channel] ?? 0)
  return Math.sqrt(most / 255)
}
