/** Settings that had another name in the version before: the old one is read where the new one is not set. */
const renamed: Readonly<Record<string, string>> = { LINE_CAPACITY: 'QUEUE_CAPACITY' }

/** Periods that the rules of retention say now; read for this version, where they are set. */
const moved: Readonly<Record<string, string>> = {
  TRANSCRIPT_DAYS: 'transcripts',
  TRAIL_MONTHS: 'trail',
  CALLBACK_MESSAGE_DAYS: 'recordings',
}

type Env = Readonly<Record<string, string | undefined>>

/** The environment by today's names. */
export function byTodaysNames(env: Env): Env {
  const values = { ...env }
  for (const [was, is] of Object.entries(renamed)) values[is] ||= values[was]
  return values
}

/** A sentence for each old name that is set, for whoever keeps the environment. */
export const oldNameHints = (env: Env): readonly string[] => [
  ...Object.entries(renamed).flatMap(([was, is]) =>
    env[was]
      ? [
          `${was} 已改名为 ${is}，请改配置；下个版本不再读旧名 / ${was} is now ${is}: the next version reads the new name only`,
        ]
      : [],
  ),
  ...Object.entries(moved).flatMap(([was, kind]) =>
    env[was]
      ? [
          `${was} 请改写在 RETENTION_RULES 的 ${kind}；下个版本只读文件 / ${was} is ${kind} in RETENTION_RULES now: the next version reads the file only`,
        ]
      : [],
  ),
]
