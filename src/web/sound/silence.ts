import type { PageSound, SoundEars } from './sound.ts'

const frameMs = 20
const frameSamples = 160
/** A-law for nothing (ITU-T G.711). */
const nothing = 0xd5

/**
 * A page's telephone where the browser gives it no sound: it says silence, so that the line is seen to live, and takes
 * as heard what would have been played by now. Keys, typing and captions go on: text does not depend on sound.
 */
export function openSilence({ onFrame, onHeard }: SoundEars): PageSound {
  let time = 0
  let saidMs = performance.now()
  /** When all that has come would have been played. */
  let playedMs = 0
  let marks: { readonly name: string; readonly atMs: number }[] = []

  const say = () => {
    const bytes = new Uint8Array(4 + frameSamples).fill(nothing)
    new DataView(bytes.buffer).setUint32(0, time)
    time = (time + frameSamples) >>> 0
    saidMs += frameMs
    onFrame(bytes, 0)
  }
  const timer = setInterval(() => {
    const nowMs = performance.now()
    // A page in the background is woken once a second.
    while (saidMs + frameMs <= nowMs) say()
    const reached = marks.filter(({ atMs }) => atMs <= nowMs)
    marks = marks.filter(({ atMs }) => atMs > nowMs)
    for (const { name } of reached) onHeard(name)
  }, frameMs)

  return {
    hear() {
      playedMs = Math.max(playedMs, performance.now()) + frameMs
    },
    mark: name => void marks.push({ name, atMs: playedMs }),
    clear() {
      playedMs = 0
      marks = marks.map(({ name }) => ({ name, atMs: 0 }))
    },
    mute: () => undefined,
    wake: () => undefined,
    async listen() {
      throw new Error('this browser gives the page no sound')
    },
    close: () => clearInterval(timer),
  }
}
