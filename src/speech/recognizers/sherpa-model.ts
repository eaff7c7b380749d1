import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../../foundation/index.ts'

/** Families of single-file streaming models that sherpa-onnx runs; the file does not tell its family. */
export const sherpaFamilies = ['zipformer2-ctc', 'nemo-ctc', 't-one-ctc'] as const
export type SherpaFamily = (typeof sherpaFamilies)[number]

/** A model in a directory, as published for sherpa-onnx. */
export type SherpaModel = {
  /** The `modelConfig` for OnlineRecognizer. */
  readonly config: Readonly<Record<string, unknown>>
  /** Whether it accepts likely words; only transducers do. */
  readonly takesHotwords: boolean
  /** The sample rate of its training. */
  readonly samplesPerSecond: 8_000 | 16_000
  /** Factor for its times: sherpa-onnx counts T-one's chunks of ten frames as single frames. */
  readonly framesCounted: 1 | 10
}

const familyKeys: Readonly<Record<SherpaFamily, string>> = {
  'zipformer2-ctc': 'zipformer2Ctc',
  'nemo-ctc': 'nemoCtc',
  't-one-ctc': 'toneCtc',
}

/**
 * Finds the model in a directory. Encoder, decoder and joiner make a transducer; without a joiner it is a Paraformer; a
 * single model is a CTC model of the given family. An int8 model is preferred to a full one, because CPU is scarce.
 * @throws Fault `recognizer-missing`
 */
export async function findSherpaModel(directory: string, family: SherpaFamily): Promise<SherpaModel> {
  const names = await readdir(directory).catch(() => undefined)
  if (!names) throw missing(directory, 'no directory', 'the folder of a streaming model')
  const model = modelOf(names, family)
  if (!model || !names.includes('tokens.txt'))
    throw missing(
      directory,
      names.filter(name => /\.(onnx|txt)$/.test(name)).join(', ') || 'no model',
      'tokens.txt and *.onnx of a streaming model: encoder, decoder and joiner, or a CTC model alone',
    )
  const inPlace = Object.fromEntries(
    Object.entries(model.parts).map(([part, name]) => [part, join(directory, name)]),
  )
  const bpe = names.includes('bpe.vocab')
    ? { modelingUnit: 'cjkchar+bpe', bpeVocab: join(directory, 'bpe.vocab') }
    : { modelingUnit: 'cjkchar' }
  return {
    config: {
      [model.key]: inPlace,
      tokens: join(directory, 'tokens.txt'),
      numThreads: 1,
      provider: 'cpu',
      debug: 0,
      ...(model.key === 'transducer' ? bpe : {}),
    },
    takesHotwords: model.key === 'transducer',
    samplesPerSecond: model.key === 'toneCtc' ? 8_000 : 16_000,
    framesCounted: model.key === 'toneCtc' ? 10 : 1,
  }
}

type Parts = { readonly key: string; readonly parts: Readonly<Record<string, string>> }

function modelOf(names: readonly string[], family: SherpaFamily): Parts | undefined {
  const models = names.filter(name => name.endsWith('.onnx')).toSorted()
  const pick = (among: readonly string[]) => among.find(name => name.includes('int8')) ?? among[0]
  const part = (word: string) => pick(models.filter(name => name.startsWith(word)))
  const encoder = part('encoder')
  const decoder = part('decoder')
  const joiner = part('joiner')
  if (encoder && decoder && joiner) return { key: 'transducer', parts: { encoder, decoder, joiner } }
  if (encoder && decoder) return { key: 'paraformer', parts: { encoder, decoder } }
  const model = pick(models)
  return model && !encoder && !decoder ? { key: familyKeys[family], parts: { model } } : undefined
}

const missing = (place: string, found: string, expected: string) =>
  new Fault({ code: 'recognizer-missing', place, found, expected })
