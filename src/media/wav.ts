import { sampleRate } from './sound.ts'

export const wavHeaderBytes = 44
const bytesPerSample = 2

/**
 * The header of a WAV file of 16-bit linear PCM, at 8 kHz unless another rate is given (RIFF, "Multimedia Programming Interface and Data
 * Specifications 1.0", Microsoft and IBM 1991), for `dataBytes` of interleaved samples after it.
 */
export function wavHeader(channels: number, dataBytes: number, samplesPerSecond = sampleRate): Uint8Array {
  const header = Buffer.alloc(wavHeaderBytes)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(wavHeaderBytes - 8 + dataBytes, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16) // bytes of the format that follows
  header.writeUInt16LE(1, 20) // linear PCM
  header.writeUInt16LE(channels, 22)
  header.writeUInt32LE(samplesPerSecond, 24)
  header.writeUInt32LE(samplesPerSecond * channels * bytesPerSample, 28)
  header.writeUInt16LE(channels * bytesPerSample, 32)
  header.writeUInt16LE(bytesPerSample * 8, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(dataBytes, 40)
  return header
}
