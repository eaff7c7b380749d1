import { type ReactNode, useState } from 'react'
import { Button } from 'react-aria-components'
import { cityTime } from '../city.ts'
import { SteadyButton } from '../design/steady-button.tsx'
import { Table } from '../design/table.tsx'
import { say } from '../language.ts'
import { useNames } from './names.ts'

type VersionSaid = {
  readonly number: number
  /** What somebody signed in with, or, of files, where these came from. */
  readonly author: string
  readonly note: string
  readonly madeAtMs: number
  /** What was decided before it; absent of the first. */
  readonly parent?: number
}

type VersionsProps = {
  /** What this card is called on the page. */
  readonly name: string
  readonly versions: readonly VersionSaid[]
  readonly holds: { readonly version: number } | undefined
  /** Decided, and its time is to come. */
  readonly next: { readonly version: number; readonly fromMs: number } | undefined
  /** Who published it, where it was nobody: it came from files. */
  readonly ofFiles: (version: number) => string | undefined
  /** The way back to one that does not hold; absent where this reader has none. */
  readonly wayBack?: (version: number) => ReactNode
  /** What was other in it than in the one before. */
  readonly changesOf: (version: number) => ReactNode
}

/** All that was published, who did it and why, what was other in each, and the way back: of rules as of the catalogue. */
export function VersionTable({ name, versions, holds, next, ofFiles, wayBack, changesOf }: VersionsProps) {
  const nameOf = useNames()
  const [compared, setCompared] = useState<number>()
  const holding = (number: number) => {
    if (number === holds?.version) return words.holdsNow
    return number === next?.version ? words.holdsFrom(cityTime(next.fromMs, 'date')) : ''
  }
  return (
    <>
      <Table
        caption={name}
        head={words.head}
        narrow="cards"
        none={words.none}
        rows={versions.map(({ number, author, note, madeAtMs, parent }) => ({
          key: number,
          cells: [
            words.version(number),
            holding(number),
            cityTime(madeAtMs, 'date'),
            ofFiles(number) ?? nameOf(author),
            note,
            <span key="acts" className="acts">
              {parent !== undefined && (
                <Button
                  className="button"
                  aria-pressed={compared === number}
                  aria-label={`${words.version(number)} ${words.compare}`}
                  onPress={() => setCompared(compared === number ? undefined : number)}
                >
                  {words.compare}
                </Button>
              )}
              {number !== holds?.version && wayBack?.(number)}
            </span>,
          ],
        }))}
      />
      {compared !== undefined && (
        <>
          <h2>
            {words.version(compared)} · {words.changes}
          </h2>
          {changesOf(compared)}
        </>
      )}
    </>
  )
}

/** One person has it hold again, at once. */
export const UseAgain = ({ version, use }: { readonly version: number; readonly use: () => unknown }) => (
  <SteadyButton meaning={`use ${version}`} atOnce className="button" onPress={() => void use()}>
    {words.use}
  </SteadyButton>
)

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })
const words = {
  head: [
    both('版本', 'Version'),
    both('使用', 'Holds'),
    both('发布时间', 'Published'),
    both('发布人', 'By'),
    both('说明', 'Why'),
    both('操作', 'Acts'),
  ],
  none: both('还没有发布过', 'Nothing was published yet'),
  version: (number: number) => both(`第 ${number} 版`, `Version ${number}`),
  changes: both('改了什么', 'What is other'),
  holdsNow: both('在用', 'now'),
  holdsFrom: (time: string) => both(`${time} 起用`, `from ${time}`),
  compare: both('看改动', 'Changes'),
  use: both('改用这一版', 'Have it hold'),
}
