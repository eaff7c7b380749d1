import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { openSherpa } from '../../src/speech/index.ts'
import { findSherpaModel } from '../../src/speech/recognizers/sherpa-model.ts'
import { createUpsampler } from '../../src/speech/recognizers/sherpa-upsample.ts'
import { allOf, keepSilent, speak } from '../support/hearing.ts'
import { makeToneModel } from '../support/tone-model.ts'

let directory: string
beforeAll(async () => {
  directory = await makeToneModel()
})
afterAll(() => rm(directory, { recursive: true }))

const open = (folder: string) =>
  openSherpa({ directory: folder, family: 't-one-ctc', workers: 1, clock: systemClock, log: silentLog })

it('survives a model that ends the process of whoever loads it, and says so', async () => {
  const broken = await mkdtemp(join(tmpdir(), 'jieting-broken-'))
  await cp(directory, broken, { recursive: true })
  await writeFile(join(broken, 'tokens.txt'), 'no tokens at all\n')
  await expect(open(broken)).rejects.toMatchObject({ code: 'recognizer-missing', place: broken })
  await writeFile(join(broken, 'model.onnx'), 'no model')
  await expect(open(broken)).rejects.toMatchObject({ code: 'recognizer-missing', place: broken })
  await rm(broken, { recursive: true })
})

it('loses the oldest sound when it is given more than it can take, and tells how much', async () => {
  const sherpa = await open(directory)
  const hearing = sherpa.listen({ language: 'zh-CN' })
  // All in one turn of the event loop: nothing is taken meanwhile.
  keepSilent(hearing, 12_000, 0)
  speak(hearing, '您好', 12_000)
  hearing.close()
  const heard = await allOf(hearing)
  expect(heard[0]).toMatchObject({ kind: 'gap', reason: 'slow', fromMs: 0, toMs: 2360, frames: 118 })
  expect(heard.at(-1)).toMatchObject({ kind: 'final', text: '您好' })
  await sherpa.close()
})

describe('the folder of a model', () => {
  const folderOf = async (...names: readonly string[]) => {
    const folder = await mkdtemp(join(tmpdir(), 'jieting-model-'))
    for (const name of names) await writeFile(join(folder, name), '')
    return folder
  }

  it('is a transducer, in its int8 form, with words that are likely', async () => {
    const folder = await folderOf(
      ...['encoder-epoch-99-avg-1.onnx', 'encoder-epoch-99-avg-1.int8.onnx', 'decoder-epoch-99-avg-1.onnx'],
      ...['joiner-epoch-99-avg-1.int8.onnx', 'tokens.txt', 'bpe.vocab'],
    )
    const model = await findSherpaModel(folder, 'zipformer2-ctc')
    expect(model).toMatchObject({
      takesHotwords: true,
      samplesPerSecond: 16_000,
      config: {
        transducer: {
          encoder: join(folder, 'encoder-epoch-99-avg-1.int8.onnx'),
          decoder: join(folder, 'decoder-epoch-99-avg-1.onnx'),
        },
        modelingUnit: 'cjkchar+bpe',
      },
    })
    await rm(folder, { recursive: true })
  })

  it.each([
    [['encoder.int8.onnx', 'decoder.int8.onnx', 'tokens.txt'], 'paraformer'],
    [['ctc-epoch-20-avg-1-chunk-16-left-128.onnx', 'tokens.txt'], 'zipformer2Ctc'],
  ])('of %s is a %s', async (names, key) => {
    const folder = await folderOf(...names)
    expect((await findSherpaModel(folder, 'zipformer2-ctc')).config).toHaveProperty(key)
    await rm(folder, { recursive: true })
  })

  it.each([[[]], [['model.onnx']], [['encoder.onnx', 'tokens.txt']]])('of %j is none', async names => {
    const folder = await folderOf(...names)
    await expect(findSherpaModel(folder, 'nemo-ctc')).rejects.toMatchObject({ code: 'recognizer-missing' })
    await rm(folder, { recursive: true })
    await expect(findSherpaModel(folder, 'nemo-ctc')).rejects.toThrow(/no directory/)
  })
})

it('makes of 8 kHz the same tone at 16 kHz, whatever portions it comes in', () => {
  const upsample = createUpsampler()
  const tone = (hertz: number, rate: number, at: number) => Math.sin((2 * Math.PI * hertz * at) / rate)
  for (const hertz of [300, 1000, 3400]) {
    const made: number[] = []
    for (let at = 0, size = 1; at < 4000; at += size, size = (size * 7) % 331)
      made.push(...upsample(Float32Array.from({ length: size }, (_, step) => tone(hertz, 8000, at + step))))
    const late = 2 * 16
    const wrong = made.slice(200, 4000).map((sample, at) => sample - tone(hertz, 16_000, at + 200 - late))
    expect(Math.max(...wrong.map(Math.abs))).toBeLessThan(0.01)
  }
})
