/**
 * A streaming model that hears the tones of `tone-speech`, of the family T-one (raw samples at 8 kHz in chunks of
 * 300 ms, ten frames of scores a chunk). Its layers are the sums of products with each tone: nothing is trained.
 */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sampleRate } from '../../src/media/index.ts'
import { constant, float, float16, int32, node, value, writeOnnx } from './onnx.ts'
import { alphabet, frameSamples, frequencyOf, quietPower } from './tone-speech.ts'

const framesAChunk = 10
const tones = alphabet.length

/** @returns the directory, as an operator would supply it. */
export async function makeToneModel(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'jieting-tones-'))
  await writeFile(join(directory, 'model.onnx'), toneModel())
  const tokens = ['<blk>', ...alphabet].map((token, id) => `${token} ${id}`)
  await writeFile(join(directory, 'tokens.txt'), `${tokens.join('\n')}\n`)
  return directory
}

export function toneModel(): Uint8Array {
  return writeOnnx({
    inputs: [
      value('input', 'samples', int32, ['N', framesAChunk * frameSamples, 1]),
      value('input', 'state', float16, ['N', 1]),
    ],
    outputs: [
      value('output', 'scores', float, ['N', framesAChunk, tones + 1]),
      value('output', 'next_state', float16, ['N', 1]),
    ],
    constants: [
      constant('frames', [3], new BigInt64Array([-1n, BigInt(framesAChunk), BigInt(frameSamples)])),
      // Samples to the products with the cosine and the sine of each tone, then the energy of the two.
      constant('waves', [frameSamples, 2 * tones], waves()),
      constant('pairs', [2 * tones, tones], pairs()),
      // A frame is silence, or no tone, unless one tone has more than half of its energy.
      constant('half', [1], new Float32Array([0.5])),
      constant('quiet', [1], new Float32Array([quietPower * frameSamples])),
      constant('last', [1], new BigInt64Array([-1n])),
    ],
    nodes: [
      node('Cast', ['samples'], ['loud'], { to: float }),
      node('Reshape', ['loud', 'frames'], ['framed']),
      node('MatMul', ['framed', 'waves'], ['products']),
      node('Mul', ['products', 'products'], ['squares']),
      node('MatMul', ['squares', 'pairs'], ['energies']),
      node('Mul', ['framed', 'framed'], ['powers']),
      node('ReduceSum', ['powers', 'last'], ['power'], { keepdims: 1 }),
      node('Mul', ['power', 'half'], ['most']),
      node('Max', ['most', 'quiet'], ['blank']),
      node('Concat', ['blank', 'energies'], ['scores'], { axis: 2 }),
      node('Identity', ['state'], ['next_state']),
    ],
    metadata: { frame_length_ms: '300', state_dim: '1', sample_rate: String(sampleRate) },
  })
}

function waves(): Float32Array {
  const data = new Float32Array(frameSamples * 2 * tones)
  const scale = Math.sqrt(2 / frameSamples)
  for (let at = 0; at < frameSamples; at++)
    for (const [tone, character] of alphabet.entries()) {
      const angle = (2 * Math.PI * frequencyOf(character) * at) / sampleRate
      data[at * 2 * tones + 2 * tone] = scale * Math.cos(angle)
      data[at * 2 * tones + 2 * tone + 1] = scale * Math.sin(angle)
    }
  return data
}

function pairs(): Float32Array {
  const data = new Float32Array(2 * tones * tones)
  for (let row = 0; row < 2 * tones; row++) data[row * tones + (row >> 1)] = 1
  return data
}
