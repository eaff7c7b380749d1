import { type Lines, lanes } from './svm.ts'
import type { Vector } from './vocabulary.ts'

/**
 * The weights of all labels as they are kept: a byte each, of which a half is the largest of its label. With few labels
 * every weight is kept; with many, those that matter, since a feature speaks for a handful of five hundred labels.
 */
export type PackedLines = {
  readonly labels: number
  /** What a byte of 127 stands for, by label. */
  readonly scales: Float32Array
  readonly constants: Float32Array
  /** Where each place's entries begin; absent, every place has an entry for each label in its order. */
  readonly starts?: Uint32Array | undefined
  readonly entryLabels?: Uint16Array | undefined
  readonly entries: Int8Array
}

/** A model is at most 10 MB; the rest is for its labels and head. */
export const mostBytes = 9_500_000
/** More labels than these are kept sparsely. */
const mostDense = 32
const bytesOfFeature = 6
/** With where its entries begin. */
const bytesOfSparse = 10
const bytesOfEntry = 3

export const mostFeatures = (labels: number): number =>
  labels <= mostDense ? Math.floor(mostBytes / (bytesOfFeature + labels)) : 400_000

/** Small weights are many and finer: a byte is the root of the weight. */
const packed = (weight: number, scale: number) =>
  scale === 0 ? 0 : Math.sign(weight) * Math.round(127 * Math.sqrt(Math.min(1, Math.abs(weight) / scale)))
const unpacked = Float32Array.from({ length: 256 }, (_, at) => {
  const byte = at - 128
  return Math.sign(byte) * (byte / 127) ** 2
})

export type Packer = {
  /** Takes the lines of some labels, from the first of them on. */
  add(from: number, lines: Lines): void
  packed(): PackedLines
}

export function createPacker(width: number, labels: number): Packer {
  const scales = new Float32Array(labels)
  const constants = new Float32Array(labels)
  const isDense = labels <= mostDense
  const dense = new Int8Array(isDense ? width * labels : 0)
  const sparse: { place: number; label: number; byte: number }[] = []
  const room = (mostBytes - width * bytesOfSparse) / bytesOfEntry / labels
  return {
    add(from, lines) {
      for (let label = 0; label < lines.count; label++) {
        const own = new Float32Array(width)
        let scale = 0
        for (let place = 0; place < width; place++) {
          own[place] = lines.weights[place * lanes + label]!
          scale = Math.max(scale, Math.abs(own[place]!))
        }
        scales[from + label] = scale
        constants[from + label] = lines.constants[label] ?? 0
        if (isDense) {
          for (let place = 0; place < width; place++)
            dense[place * labels + from + label] = packed(own[place]!, scale)
          continue
        }
        const sizes = own.map(Math.abs).filter(size => size > 0)
        const least = sizes.sort()[Math.max(0, sizes.length - Math.floor(room))] ?? 0
        own.forEach((weight, place) => {
          const byte = Math.abs(weight) < least ? 0 : packed(weight, scale)
          if (byte !== 0) sparse.push({ place, label: from + label, byte })
        })
      }
    },
    packed() {
      if (isDense) return { labels, scales, constants, entries: dense }
      sparse.sort((one, other) => one.place - other.place || one.label - other.label)
      const starts = new Uint32Array(width + 1)
      for (const { place } of sparse) starts[place + 1]!++
      for (let place = 0; place < width; place++) starts[place + 1]! += starts[place] ?? 0
      return {
        labels,
        scales,
        constants,
        starts,
        entryLabels: Uint16Array.from(sparse, ({ label }) => label),
        entries: Int8Array.from(sparse, ({ byte }) => byte),
      }
    },
  }
}

/** The score of each label. */
export function scoresBy(lines: PackedLines, { places, weights }: Vector): Float32Array {
  const { labels, entryLabels, entries } = lines
  const scores = new Float32Array(labels)
  for (let at = 0; at < places.length; at++) {
    const weight = weights[at]!
    const [from, to] = spanOf(lines, places[at]!)
    for (let entry = from; entry < to; entry++)
      scores[entryLabels ? entryLabels[entry]! : entry - from]! += unpacked[entries[entry]! + 128]! * weight
  }
  return scores.map((score, label) => score * (lines.scales[label] ?? 0) + (lines.constants[label] ?? 0))
}

/** What one feature weighs for one label. */
export function weightOf(lines: PackedLines, place: number, label: number): number {
  const [from, to] = spanOf(lines, place)
  const entry = lines.entryLabels ? lines.entryLabels.subarray(from, to).indexOf(label) : label
  return entry < 0 ? 0 : unpacked[(lines.entries[from + entry] ?? 0) + 128]! * (lines.scales[label] ?? 0)
}

const spanOf = ({ labels, starts }: PackedLines, place: number) =>
  starts ? ([starts[place]!, starts[place + 1]!] as const) : ([place * labels, (place + 1) * labels] as const)
