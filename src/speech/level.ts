/**
 * The level of prompts: RMS of the active speech in dBov. ITU-T P.56 and G.100 give -26 dBov for conversation; our choice
 * of 4 dB more is heard well in street noise and still leaves room for peaks.
 */
export const speechLevelDbov = -22
/** No sample exceeds this. A prompt that would is left softer, because clipping hurts more than a lower level. */
const peakLimitDbov = -2

const frameSamples = 160
/** ITU-T P.56's margin: frames further below the speech level are pauses. */
const marginDb = 15.9

const toDb = (power: number) => 10 * Math.log10(power)
const toGain = (db: number) => 10 ** (db / 20)

/**
 * RMS in dBov over the 20 ms frames that hold speech. These are the frames within the margin below this same level, found
 * by iterating until it is stable. Close to ITU-T P.56 method B, but simpler. -Infinity for silence.
 */
export function activeLevelDbov(samples: Float32Array): number {
  let frames = powersOfFrames(samples).filter(power => power > 0)
  for (;;) {
    const levelDb = toDb(frames.reduce((sum, power) => sum + power, 0) / frames.length)
    const speech = frames.filter(power => toDb(power) >= levelDb - marginDb)
    if (speech.length === frames.length) return frames.length === 0 ? -Infinity : levelDb
    frames = speech
  }
}

/** The same sound at the level of prompts. Silence is unchanged. */
export function levelled(samples: Float32Array, targetDbov = speechLevelDbov): Float32Array {
  const levelDb = activeLevelDbov(samples)
  if (levelDb === -Infinity) return samples
  // Plain loops here and below: a closure per sample would be a tenth of a prompt's cost.
  let peak = 0
  for (let at = 0; at < samples.length; at++) peak = Math.max(peak, Math.abs(samples[at]!))
  const gain = Math.min(toGain(targetDbov - levelDb), toGain(peakLimitDbov) / peak)
  const result = new Float32Array(samples.length)
  for (let at = 0; at < samples.length; at++) result[at] = samples[at]! * gain
  return result
}

function powersOfFrames(samples: Float32Array): number[] {
  const powers: number[] = []
  for (let at = 0; at < samples.length; at += frameSamples) {
    const end = Math.min(at + frameSamples, samples.length)
    let power = 0
    for (let index = at; index < end; index++) power += samples[index]! ** 2
    powers.push(power / (end - at))
  }
  return powers
}
