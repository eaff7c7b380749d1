/** The ring of a Chinese telephone exchange, heard by who is rung: 450 Hz, 1 s on and 4 s off (GB/T 3380), softly. */
export type Ringer = { start(): void; stop(): void; close(): void }

const hz = 450
const cycleMs = 5_000
const onSeconds = 1
const loudness = 0.2

/** To be called when a button was pressed: only then does a browser let a page sound. */
export function createRinger(): Ringer {
  const context = new AudioContext()
  let timer: ReturnType<typeof setInterval> | undefined
  let tone: OscillatorNode | undefined

  const ringOnce = () => {
    const volume = new GainNode(context, { gain: loudness })
    tone = new OscillatorNode(context, { frequency: hz })
    tone.connect(volume).connect(context.destination)
    tone.start()
    tone.stop(context.currentTime + onSeconds)
  }
  const stop = () => {
    clearInterval(timer)
    timer = undefined
    tone?.disconnect()
    tone = undefined
  }
  return {
    start() {
      if (timer !== undefined) return
      ringOnce()
      timer = setInterval(ringOnce, cycleMs)
    },
    stop,
    close() {
      stop()
      void context.close()
    },
  }
}
