import { structuredPatch } from 'diff'
import type { FlowSource } from '../read.ts'

/** The changes of a file in hunks with three lines of context; each line begins with ` `, `+` or `-`. */
export type FileDiff = {
  readonly name: string
  readonly hunks: readonly {
    /** The hunk's first line before and after, starting at 1. */
    readonly from: number
    readonly to: number
    readonly lines: readonly string[]
  }[]
}

/** The differences between two sets of files. A file missing on one side counts as empty there. */
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
