import type { FromSound, ToSound } from './thread.ts'
import workletUrl from './worklet.ts?worker&url'

/** A page's microphone and loudspeaker, as frames of a telephone line. */
export type PageSound = {
  hear(bytes: Uint8Array): void
  mark(name: string): void
  clear(): void
  mute(on: boolean): void
  /** After the system had stopped it; to be called when a button was pressed. */
  wake(): void
  /** Takes a microphone, in place of another. @throws DOMException as getUserMedia does */
  listen(): Promise<void>
  close(): void
}

export type SoundEars = {
  /** 20 ms from the microphone, or of silence without one. */
  onFrame(bytes: Uint8Array, level: number): void
  onHeard(mark: string): void
  /** The microphone was unplugged, or taken away. */
  onMicrophoneLost(): void
  /** The system has stopped all sound of the page, as a telephone does that is locked or rings; or it goes on. */
  onAsleep(isAsleep: boolean): void
}

/** How long sound may take to begin before a page says that it does not. */
const beginsWithinMs = 1000

/**
 * To be called when a button was pressed: only then does a browser let a page sound.
 * @throws Error where the browser gives pages no sound
 */
export async function openSound(ears: SoundEars): Promise<PageSound> {
  const context = new AudioContext({ latencyHint: 'interactive' })
  await context.audioWorklet.addModule(workletUrl)
  const telephone = new AudioWorkletNode(context, 'telephone', { outputChannelCount: [1], channelCount: 1 })
  telephone.connect(context.destination)
  const begun = setTimeout(() => tellSleep(), beginsWithinMs)
  const tellSleep = () => {
    clearTimeout(begun)
    ears.onAsleep(context.state !== 'running')
  }
  const wake = () => void context.resume().catch(tellSleep)
  const onShown = () => document.visibilityState === 'visible' && context.state !== 'running' && wake()
  context.onstatechange = tellSleep
  document.addEventListener('visibilitychange', onShown)
  wake()
  let microphone: MediaStream | undefined
  let source: MediaStreamAudioSourceNode | undefined
  const tell = (message: ToSound) => telephone.port.postMessage(message)

  const drop = () => {
    source?.disconnect()
    for (const track of microphone?.getTracks() ?? []) {
      track.onended = null
      track.stop()
    }
    microphone = source = undefined
  }
  telephone.port.onmessage = ({ data }: MessageEvent<FromSound>) => {
    if (data.kind === 'frame') ears.onFrame(data.bytes, data.level)
    else ears.onHeard(data.mark)
  }

  return {
    hear: bytes => tell({ kind: 'frame', bytes }),
    mark: mark => tell({ kind: 'mark', mark }),
    clear: () => tell({ kind: 'clear' }),
    mute: on => tell({ kind: 'mute', on }),
    wake,
    async listen() {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
      })
      drop()
      microphone = stream
      for (const track of stream.getTracks()) track.onended = ears.onMicrophoneLost
      source = context.createMediaStreamSource(stream)
      source.connect(telephone)
    },
    close() {
      drop()
      tell({ kind: 'over' })
      clearTimeout(begun)
      context.onstatechange = null
      document.removeEventListener('visibilitychange', onShown)
      void context.close()
    },
  }
}
