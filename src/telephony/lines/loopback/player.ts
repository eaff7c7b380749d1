import type { Clock } from '../../../foundation/index.ts'
import type { PlayEnd, PlayOptions, Sound } from '../../../media/index.ts'

/** Plays sounds by the clock alone: each takes its duration, and nothing is heard but by `begins`. */
export type Player = {
  play(sounds: readonly Sound[], options?: PlayOptions): Promise<PlayEnd>
  /** Ends what plays, if anything does. */
  stop(how: PlayEnd): void
}

/** @param begins told of each sound as it begins. */
export function createPlayer(clock: Clock, begins: (sound: Sound) => void): Player {
  let current: ((how: PlayEnd) => void) | undefined
  const stop = (how: PlayEnd) => current?.(how)

  return {
    stop,
    play(sounds, { loop = false, signal } = {}) {
      stop('stopped')
      if (signal?.aborted) return Promise.resolve('stopped')
      const takesTime = sounds.some(sound => sound.durationMs > 0)
      return new Promise(resolve => {
        const onAbort = () => end('stopped')
        const end = (how: PlayEnd) => {
          cancel?.()
          current = undefined
          signal?.removeEventListener('abort', onAbort)
          resolve(how)
        }
        let cancel: (() => void) | undefined
        const playFrom = (index: number) => {
          const sound = sounds[index] ?? (loop && takesTime ? sounds[0] : undefined)
          if (!sound) return end('finished')
          begins(sound)
          const next = index < sounds.length ? index + 1 : 1
          // What hears a sound begin may have ended the play.
          if (current !== end) return
          if (sound.durationMs > 0) cancel = clock.after(sound.durationMs, () => playFrom(next))
          else playFrom(next)
        }
        current = end
        signal?.addEventListener('abort', onAbort, { once: true })
        playFrom(0)
      })
    },
  }
}
