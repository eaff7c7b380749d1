/**
 * The E-model, ITU-T G.107 (06/2015): how good people would call a call with this delay and this loss. All terms of the
 * model with its default values (table 3); what we measure replaces four of them.
 */
export type Impairment = {
  /** Mouth to ear, in ms; echo comes back after twice that. */
  readonly delayMs: number
  /** 0 to 1. */
  readonly loss: number
  /** Ie: impairment of the codec without loss; 0 for G.711 (ITU-T G.113, table I.1). */
  readonly codecImpairment: number
  /** Bpl: how well it bears loss; G.711 4.3 without concealment, 25.1 with (ITU-T G.113, table I.2). */
  readonly lossRobustness: number
}

export const plainG711 = { codecImpairment: 0, lossRobustness: 4.3 } as const

const sendLoudness = 8 // SLR, dB
const receiveLoudness = 2 // RLR, dB
const overallLoudness = sendLoudness + receiveLoudness // OLR
const sidetone = 15 // STMR, dB
const receiverFactor = 3 // Dr: listener sidetone is STMR + Dr
const senderFactor = 3 // Ds
const talkerEcho = 65 // TELR, dB
const echoPath = 110 // WEPL, dB
const circuitNoise = -70 // Nc, dBm0p
const noiseFloor = -64 // Nfor, dBmp
const roomNoise = 35 // Ps and Pr, dB(A)
const quantizing = 1 // qdu

/** Transmission rating R, 0 to 93.2 with this telephone's defaults. */
export function rating(impairment: Impairment): number {
  const noise = totalNoise()
  const signalToNoise = 15 - 1.5 * (sendLoudness + noise) // Ro
  return (
    signalToNoise -
    simultaneous(noise, signalToNoise, impairment.delayMs) -
    delayed(noise, signalToNoise, impairment.delayMs) -
    equipment(impairment)
  )
}

/** Mean opinion score, 1 to 4.5 (G.107, annex B). */
export function opinionScore(r: number): number {
  if (r <= 6.5) return 1
  if (r >= 100) return 4.5
  return 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6
}

/** No: all noise as seen from the 0 dBr point (clause 7.2). */
function totalNoise(): number {
  const atSender =
    roomNoise -
    sendLoudness -
    senderFactor -
    100 +
    0.004 * (roomNoise - overallLoudness - senderFactor - 14) ** 2
  const effectiveRoom = roomNoise + decibel(1 + power(10 - (sidetone + receiverFactor)))
  const atReceiver = receiveLoudness - 121 + effectiveRoom + 0.008 * (effectiveRoom - 35) ** 2
  return decibel(
    power(circuitNoise) + power(atSender) + power(atReceiver) + power(noiseFloor + receiveLoudness),
  )
}

/** Is: what comes with the voice itself: too loud, sidetone, quantizing (clause 7.3). */
function simultaneous(noise: number, signalToNoise: number, delayMs: number): number {
  const x = overallLoudness + 0.2 * (64 + noise - receiveLoudness)
  const tooLoud = 20 * ((1 + (x / 8) ** 8) ** (1 / 8) - x / 8)
  const masked = -decibel(power(-sidetone) + Math.exp(-delayMs / 4) * power(-talkerEcho))
  const side =
    12 * (1 + ((masked - 13) / 6) ** 8) ** (1 / 8) -
    28 * (1 + ((masked + 1) / 19.4) ** 35) ** (1 / 35) -
    13 * (1 + ((masked - 3) / 33) ** 13) ** (1 / 13) +
    29
  const q = 37 - 15 * Math.log10(quantizing)
  const g = 1.07 + 0.258 * q + 0.0602 * q ** 2
  const steps =
    decibel(1 + 10 ** ((signalToNoise - 100) / 15 + 46 / 8.4 - g / 9) + 10 ** (46 / 30 - g / 40)) * 1.5
  return tooLoud + side + steps
}

/** Id: talker echo, listener echo and delay itself (clause 7.4). */
function delayed(noise: number, signalToNoise: number, delayMs: number): number {
  const echo =
    talkerEcho - 40 * Math.log10((1 + delayMs / 10) / (1 + delayMs / 150)) + 6 * Math.exp(-0.3 * delayMs ** 2)
  const room = -1.5 * (noise - receiveLoudness)
  const talker = room - (80 + 2.5 * (echo - 14))
  const talkerEchoes = (talker / 2 + Math.sqrt(talker ** 2 / 4 + 100) - 1) * (1 - Math.exp(-delayMs))
  const listener = signalToNoise - 10.5 * (echoPath + 7) * (2 * delayMs + 1) ** -0.25
  const listenerEchoes = listener / 2 + Math.sqrt(listener ** 2 / 4 + 169)
  const x = Math.log2(delayMs / 100)
  const tooLate = delayMs <= 100 ? 0 : 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2)
  return talkerEchoes + listenerEchoes + tooLate
}

/** Ie-eff: codec and random loss (clause 7.5). */
function equipment({ loss, codecImpairment, lossRobustness }: Impairment): number {
  const percent = loss * 100
  return codecImpairment + (95 - codecImpairment) * (percent / (percent + lossRobustness))
}

function power(decibels: number): number {
  return 10 ** (decibels / 10)
}

function decibel(ratio: number): number {
  return 10 * Math.log10(ratio)
}
