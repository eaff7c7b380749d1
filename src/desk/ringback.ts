import { type Sound, sampleRate, soundOf } from '../media/index.ts'

/**
 * The ringing tone that a seat hears meanwhile: 450 Hz, 1 s on and 4 s off (GB/T 3380), as soft as the music on
 * hold.
 */
export function ringback(): Sound {
  const [hz, onSeconds, cycleSeconds, peak] = [450, 1, 5, 0.11]
  const samples = new Int16Array(cycleSeconds * sampleRate)
  for (let at = 0; at < onSeconds * sampleRate; at++)
    samples[at] = Math.round(peak * 32_767 * Math.sin((2 * Math.PI * hz * at) / sampleRate))
  return soundOf(samples)
}
