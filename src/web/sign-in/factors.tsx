import './factors.css'
import { startRegistration } from '@simplewebauthn/browser'
import { type FormEvent, useId, useState } from 'react'
import { Button } from 'react-aria-components'
import { encode } from 'uqr'
import type { Account, FactorShown, NewTotp } from '../../http/contract.ts'
import { cityTime } from '../city.ts'
import { Trouble } from '../design/trouble.tsx'
import { ask, Refused } from '../house/house.ts'
import { refusalOf } from '../house/refusal.ts'
import { words } from './factor-words.ts'

type Asked = Parameters<typeof startRegistration>[0]['optionsJSON']
type Shown = Pick<Account, 'factors' | 'recoveryLeft' | 'isFactorNeeded'>
/** Passkeys are bound to a name, and browsers make them on trusted pages alone. */
const takesPasskeys = window.isSecureContext && !/^[\d.]+$|:/.test(location.hostname)

/**
 * What a member proves themselves by beside the password. The password is asked once for whatever is done here. @param
 * isForced where nothing else opens until one is added @param onChanged told once something is, and its codes were read
 */
export function Factors({
  factors,
  recoveryLeft,
  isFactorNeeded,
  isForced = false,
  onChanged,
}: Shown & { readonly isForced?: boolean; readonly onChanged: () => void | Promise<void> }) {
  const [password, setPassword] = useState('')
  const [label, setLabel] = useState('')
  const [totp, setTotp] = useState<NewTotp>()
  const [recovery, setRecovery] = useState<readonly string[]>([])
  const [trouble, setTrouble] = useState('')
  const doing = async (work: () => Promise<void>) => {
    if (password === '') return setTrouble(words.passwordFirst)
    setTrouble('')
    try {
      await work()
    } catch (error) {
      setTrouble(error instanceof Refused ? refusalOf(error.code) : words.failed)
    }
  }
  const added = async (codes: readonly string[]) => {
    setTotp(undefined)
    setLabel('')
    setRecovery(codes)
    if (codes.length === 0 || !isForced) await onChanged()
  }
  const beginTotp = () =>
    doing(async () => setTotp(await ask('POST /api/account/totp', { body: { password } })))
  const confirm = (code: string) =>
    doing(async () => {
      const body = { code, label: label || words.app }
      await added((await ask('POST /api/account/totp/confirm', { body })).recovery)
    })
  const addPasskey = () =>
    doing(async () => {
      const { options } = await ask('POST /api/account/passkeys/options', { body: { password } })
      const answer = await startRegistration({ optionsJSON: options as unknown as Asked })
      const { response, clientExtensionResults: results } = answer
      const plain = { ...answer, response: { ...response }, clientExtensionResults: { ...results } }
      const body = { answer: plain, label: label || words.passkey }
      await added((await ask('POST /api/account/passkeys', { body })).recovery)
    })
  const remove = (id: string) =>
    doing(async () => {
      await ask('POST /api/account/factors/{id}/remove', { path: { id }, body: { password } })
      await onChanged()
    })
  const renew = () =>
    doing(async () => {
      setRecovery((await ask('POST /api/account/recovery', { body: { password } })).recovery)
      await onChanged()
    })

  if (recovery.length > 0)
    return (
      <Recovery codes={recovery} done={() => void Promise.resolve(onChanged()).then(() => setRecovery([]))} />
    )
  return (
    <div className="factors">
      <Trouble text={trouble} />
      <p>{isForced ? words.forced : isFactorNeeded ? words.needed : words.why}</p>
      <FactorList factors={factors} remove={isForced ? undefined : id => void remove(id)} />
      <label>
        {words.password}
        <input
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={event => setPassword(event.target.value)}
        />
      </label>
      <label>
        {words.label}
        <input value={label} maxLength={64} onChange={event => setLabel(event.target.value)} />
      </label>
      {totp ? (
        <Totp totp={totp} confirm={code => void confirm(code)} />
      ) : (
        <div className="choices">
          <Button className="button main" onPress={() => void beginTotp()}>
            {words.addApp}
          </Button>
          {takesPasskeys && (
            <Button className="button" onPress={() => void addPasskey()}>
              {words.addPasskey}
            </Button>
          )}
          {factors.length > 0 && !isForced && (
            <Button className="button" onPress={() => void renew()}>
              {words.renew}
            </Button>
          )}
        </div>
      )}
      {factors.length > 0 && <p className="quiet">{words.left(recoveryLeft)}</p>}
    </div>
  )
}

export function FactorList({
  factors,
  remove,
}: {
  readonly factors: readonly FactorShown[]
  readonly remove?: (id: string) => void
}) {
  if (factors.length === 0) return <p>{words.none}</p>
  return (
    <ul>
      {factors.map(({ id, kind, label, madeAtMs, usedAtMs }) => (
        <li key={id}>
          <strong>{label}</strong>
          <span>{words.kinds[kind]}</span>
          <span className="quiet">{words.added(cityTime(madeAtMs))}</span>
          {usedAtMs !== undefined && <span className="quiet">{words.used(cityTime(usedAtMs))}</span>}
          {remove && (
            <Button className="button" aria-label={words.removeOne(label)} onPress={() => remove(id)}>
              {words.remove}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}

function Totp({
  totp: { secret, uri },
  confirm,
}: {
  readonly totp: NewTotp
  readonly confirm: (code: string) => void
}) {
  const [code, setCode] = useState('')
  const hint = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    confirm(code)
    setCode('')
  }
  return (
    <form className="totp" onSubmit={submit}>
      <p id={hint}>{words.scan}</p>
      <Picture text={uri} />
      <p>
        {words.typed} <code>{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <label>
        {words.code}
        <input
          value={code}
          required
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={10}
          aria-describedby={hint}
          onChange={event => setCode(event.target.value)}
        />
      </label>
      <Button className="button main" type="submit">
        {words.confirm}
      </Button>
    </form>
  )
}

const quietZone = 4

/** Dark on light whatever the colours of the page: cameras look for that (ISO/IEC 18004). */
function Picture({ text }: { readonly text: string }) {
  const { data, size } = encode(text, { border: 0 })
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x + quietZone} ${y + quietZone}h1v1h-1z` : '')))
    .join('')
  const whole = size + 2 * quietZone
  return (
    <svg className="qr" role="img" aria-label={words.picture} viewBox={`0 0 ${whole} ${whole}`}>
      <rect width={whole} height={whole} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  )
}

function Recovery({ codes, done }: { readonly codes: readonly string[]; readonly done: () => void }) {
  return (
    <div className="factors" role="status">
      <h3>{words.recovery}</h3>
      <p>{words.recoveryWhy}</p>
      <ol className="codes">
        {codes.map(code => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <Button className="button main" onPress={done}>
        {words.kept}
      </Button>
    </div>
  )
}
