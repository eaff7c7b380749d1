import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type Forgetter, filesIn, type Holding, type KeptFile, removeFiles } from '../storage/index.ts'

export const textHoldings: readonly Holding[] = [
  {
    name: '/texts',
    title: { 'zh-CN': '短信存件', en: 'Texts laid down' },
    what: 'numbers, and what was written to them, while there is no gateway',
    kept: 'texts',
  },
]

const laidDown = z.object({ to: z.string(), text: z.string() })

export function forgetsTexts(folder: string): readonly Forgetter[] {
  const isText = (name: string) => /\.(json|part)$/.test(name)
  const read = async ({ name }: KeptFile) => {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '')
    return { name, text }
  }
  /** Whether an SMS is addressed to a person or mentions them. */
  const isOf = (text: string, digits: string, forms: readonly string[]) =>
    (digits !== '' && text.includes(digits)) || forms.some(form => text.includes(JSON.stringify(form)))
  const filesOf = async (digits: string, forms: readonly string[]) => {
    const all = await Promise.all((await filesIn(folder, isText)).map(read))
    return all.filter(({ text }) => isOf(text, digits, forms))
  }
  return [
    {
      name: '/texts',
      async export({ digits, forms }) {
        const found = (await filesOf(digits, forms)).map(({ text }) => laidDown.safeParse(jsonOf(text)).data)
        return found.flatMap(one => one ?? [])
      },
      forget: async ({ digits, forms }) => ({
        count: await removeFiles(folder, await filesOf(digits, forms)),
      }),
      sweeps: [
        {
          kind: 'texts',
          async sweep({ beforeMs, limit, held }) {
            const old = (await filesIn(folder, isText)).filter(({ writtenMs }) => writtenMs < beforeMs)
            const free =
              held.forms.length === 0
                ? old
                : (await Promise.all(old.map(read))).filter(({ text }) => !isOf(text, '', held.forms))
            return removeFiles(folder, free.slice(0, limit))
          },
        },
      ],
    },
  ]
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
