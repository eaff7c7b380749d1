import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault, newSecret } from '../../foundation/index.ts'
import { readSecret, replaceSecret } from '../../storage/index.ts'
import { tokenFaults, tokenPath } from '../token.ts'
import { type KeyShown, keyNames } from './api.ts'

type KeyName = KeyShown['name']

/** The keys of this installation, and their rotation. */
export type Keys = {
  list(): Promise<readonly KeyShown[]>
  /** @throws Fault `key-elsewhere` if a setting holds the key, `key-lasting` for a key that has to stay */
  rotate(name: KeyName, forget: boolean): Promise<KeyShown>
  /** The installation's token as it is now. */
  apiToken(): string
}

const settingOf = {
  'api-token': 'API_TOKEN',
  'session-key': 'SESSION_KEY',
  'ledger-key': 'LEDGER_KEY',
} as const satisfies Readonly<Record<KeyName, string>>

/** Session and ledger keys are read at the start, so a new one takes effect at the next. */
const takesHold = {
  'api-token': 'at-once',
  'session-key': 'next-start',
  'ledger-key': 'next-start',
} as const satisfies Readonly<Record<KeyName, KeyShown['takesHold']>>

/** @param given keys from the environment, which take precedence over files */
export function createKeys({
  dataDir,
  apiToken,
  given,
}: {
  readonly dataDir: string
  readonly apiToken: string
  readonly given: Readonly<Partial<Record<(typeof settingOf)[KeyName], string>>>
}): Keys {
  let tokenNow = apiToken
  const pathOf = (name: KeyName) => (name === 'api-token' ? tokenPath(dataDir) : join(dataDir, name))

  async function show(name: KeyName): Promise<KeyShown> {
    const setting = given[settingOf[name]]
    const about = { name, takesHold: takesHold[name] }
    if (setting !== undefined) return { ...about, from: 'environment', older: setting.split(',').length - 1 }
    const path = pathOf(name)
    const text = await readSecret(path, tokenFaults).catch(() => '')
    const changedAtMs = await stat(path).then(
      ({ mtimeMs }) => Math.round(mtimeMs),
      () => undefined,
    )
    return { ...about, from: 'file', changedAtMs, older: Math.max(0, text.split('\n').length - 1) }
  }

  return {
    list: () => Promise.all(keyNames.map(show)),
    async rotate(name, forget) {
      if (given[settingOf[name]] !== undefined) throw elsewhere(settingOf[name])
      if (name === 'ledger-key' && forget) throw lasting(name)
      const made = newSecret(256)
      // Nothing is sealed with the API token, so the old one becomes worthless at once.
      await replaceSecret(pathOf(name), made, forget || name === 'api-token')
      if (name === 'api-token') tokenNow = made
      return show(name)
    },
    apiToken: () => tokenNow,
  }
}

const elsewhere = (setting: string) =>
  new Fault({
    code: 'key-elsewhere',
    place: setting,
    found: 'a key that the environment holds',
    expected: 'another one there, the one before it behind a comma, and a start',
  })

const lasting = (name: string) =>
  new Fault({
    code: 'key-lasting',
    place: name,
    found: 'keys before it that are to be forgotten',
    expected: 'that they stay for what they have written: without them it would look forged',
  })
