import { structuredPatch } from 'diff'
import type { FlowSource } from '../read.ts'

/** What changed in a file: pieces with three lines around, each line after ` `, `+` or `-`. */
export type FileDiff = {
  readonly name: string
  readonly hunks: readonly {
    /** First line of the piece before and after, from 1. */
    readonly from: number
    readonly to: number
    readonly lines: readonly string[]
  }[]
}

/** What the later files changed of the earlier ones; a file that one side lacks is empty there. */
export function diffOf(before: readonly FlowSource[], after: readonly FlowSource[]): readonly FileDiff[] {
  const [old, young] = [textsOf(before), textsOf(after)]
  const names = [...new Set([...old.keys(), ...young.keys()])].sort()
  return names.flatMap(name => {
    const [was, is] = [old.get(name) ?? '', young.get(name) ?? '']
    if (was === is) return []
    const { hunks } = structuredPatch(name, name, was, is, '', '', { context: 3 })
    return [
      {
        name,
        hunks: hunks.map(({ oldStart, newStart, lines }) => ({ from: oldStart, to: newStart, lines })),
      },
    ]
  })
}

const textsOf = (files: readonly FlowSource[]) => new Map(files.map(({ path, text }) => [path, text]))
