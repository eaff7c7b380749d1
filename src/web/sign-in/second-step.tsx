import { startAuthentication } from '@simplewebauthn/browser'
import { type FormEvent, useState } from 'react'
import { Button, Input, Label, Text, TextField } from 'react-aria-components'
import type { FactorKind, PasskeyAsked, SessionView } from '../../http/contract.ts'
import { Trouble } from '../design/trouble.tsx'
import { codeOf } from '../house/house.ts'
import { refusalOf } from '../house/refusal.ts'
import { say } from '../language.ts'

type Asked = Parameters<typeof startAuthentication>[0]['optionsJSON']

/** @throws Error whose message is the code of what was refused */
async function post<Answer>(path: string, body?: object): Promise<Answer> {
  const answer = await fetch(path, {
    method: 'POST',
    headers: body && { 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(await codeOf(answer))
  return answer.json()
}

/** After the password: a code of an app, one for who has lost it, or a passkey. */
export function SecondStep({
  ways,
  onDone,
  onOver,
}: {
  readonly ways: readonly FactorKind[]
  readonly onDone: (view: SessionView) => void
  /** The first step is over, or nobody took it. */
  readonly onOver: () => void
}) {
  const [code, setCode] = useState('')
  const [trouble, setTrouble] = useState('')
  const [isBusy, setBusy] = useState(false)
  const doing = async (work: () => Promise<SessionView>) => {
    if (isBusy) return
    setBusy(true)
    try {
      onDone(await work())
    } catch (error) {
      const reason = error instanceof Error ? error.message : ''
      if (reason === 'sign-in-refused') return onOver()
      setTrouble(refusalOf(reason))
      setCode('')
    } finally {
      setBusy(false)
    }
  }
  const byCode = (event: FormEvent) => {
    event.preventDefault()
    void doing(() => post('/session/second', { code }))
  }
  const byPasskey = () =>
    doing(async () => {
      const { options } = await post<PasskeyAsked>('/session/second/passkey/options')
      const answer = await startAuthentication({ optionsJSON: options as unknown as Asked })
      return post('/session/second/passkey', { answer })
    })
  return (
    <form className="card sign-in" onSubmit={byCode}>
      <h2>{words.title}</h2>
      <Trouble text={trouble} />
      {ways.includes('passkey') && (
        <Button className="button main" onPress={() => void byPasskey()}>
          {words.passkey}
        </Button>
      )}
      <TextField
        className="field"
        value={code}
        onChange={setCode}
        isRequired
        maxLength={64}
        autoComplete="one-time-code"
      >
        <Label>{ways.includes('totp') ? words.code : words.recovery}</Label>
        <Input />
        {ways.includes('totp') && (
          <Text slot="description" className="quiet">
            {words.hint}
          </Text>
        )}
      </TextField>
      <Button className={ways.includes('passkey') ? 'button' : 'button main'} type="submit">
        {words.signIn}
      </Button>
    </form>
  )
}

const words = {
  title: say({ 'zh-CN': '第二步验证', en: 'Second step' }),
  code: say({ 'zh-CN': '验证码', en: 'Code' }),
  recovery: say({ 'zh-CN': '恢复码', en: 'Recovery code' }),
  hint: say({
    'zh-CN': '验证器应用显示的 6 位数字；设备不在身边时，输入一个恢复码',
    en: 'The six digits that your app shows; without the device, a recovery code',
  }),
  passkey: say({ 'zh-CN': '用通行密钥验证', en: 'Use a passkey' }),
  signIn: say({ 'zh-CN': '验证', en: 'Go on' }),
} as const
