import './sign-in.css'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import type { Member } from '../../http/contract.ts'
import { roleWords } from '../../http/words/people.ts'
import { Remembered } from '../house/remembered.tsx'
import { RingsHere } from '../house/rings-here.tsx'
import { say } from '../language.ts'
import { Navigation } from '../shell/navigation.tsx'
import { placeHere, placesOf } from '../shell/places.ts'
import { SearchEverywhere } from '../shell/search.tsx'
import { Enrolment } from './enrolment.tsx'
import { IdleWatch } from './idle.tsx'
import { OwnPassword } from './own-password.tsx'
import { OwnUnit } from './own-unit.tsx'
import { SecondStep } from './second-step.tsx'
import { type SignInRefusal, useSession } from './session.ts'

export type Signed = {
  readonly member: Member
  /** To be called when the house no longer takes what this page asks: it shows the form again if that is so. */
  readonly ask: () => Promise<void>
}

/** A page for staff: the form first, then, for who has a role that the page is for, the way to their pages and what this one is about. */
export function SignedIn({ children }: { readonly children: (signed: Signed) => ReactNode }) {
  const { standing, stand, signIn, signOut, ask, use } = useSession()
  if (standing.kind === 'asking') return <p role="status">{words.asking}</p>
  if (standing.kind === 'silent')
    return (
      <p className="trouble" role="alert">
        {words.silent}
      </p>
    )
  if (standing.kind === 'nobody')
    return <Form openId={standing.openId} refusal={standing.refusal} signIn={signIn} />
  const { member, owes, second = [], ends } = standing
  if (owes === 'second-factor') return <SecondStep ways={second} onDone={stand} onOver={() => void ask()} />
  const here = placeHere()
  const isAllowed = placesOf(member.role).some(({ href }) => href === here?.href)
  return (
    <Remembered onSignedOut={ask}>
      <IdleWatch ends={ends} use={use} ask={ask} />
      {member.role === 'seat' && !isSeatPage() && <RingsHere />}
      <div className="signed">
        {owes === undefined && <Navigation role={member.role} />}
        {owes === undefined && <SearchEverywhere role={member.role} />}
        <span>
          {member.display}
          <span className="quiet"> · {say(roleWords[member.role])}</span>
          {member.unit === undefined ? null : <OwnUnit id={member.unit} isAllowed={owes === undefined} />}
        </span>
        <Button className="button" onPress={() => void signOut()}>
          {words.signOut}
        </Button>
      </div>
      {owes === 'password' ? (
        <section className="card sign-in">
          <h2>{words.choose}</h2>
          <p>{words.why}</p>
          <OwnPassword name={member.name} onChanged={ask} />
        </section>
      ) : owes === 'enrolment' ? (
        <Enrolment onDone={ask} />
      ) : isAllowed ? (
        <div id="content" tabIndex={-1}>
          {children({ member, ask })}
        </div>
      ) : (
        <p className="trouble" role="alert">
          {words.notYours}
        </p>
      )}
    </Remembered>
  )
}

/** There it rings by itself. */
const isSeatPage = () => location.pathname.split('/')[1] === 'seat'

function Form({
  openId,
  refusal,
  signIn,
}: {
  readonly openId: boolean
  readonly refusal: SignInRefusal | undefined
  readonly signIn: (name: string, password: string) => Promise<void>
}) {
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    setBusy(true)
    await signIn(name, password)
    setPassword('')
    setBusy(false)
  }
  return (
    <form className="card sign-in" onSubmit={event => void submit(event)}>
      <h2>{words.title}</h2>
      {refusal && (
        <p className="trouble" role="alert">
          {words.refusals[refusal]}
        </p>
      )}
      <TextField
        className="field"
        value={name}
        onChange={setName}
        isRequired
        maxLength={64}
        autoComplete="username"
      >
        <Label>{words.name}</Label>
        <Input />
      </TextField>
      <TextField
        className="field"
        type="password"
        value={password}
        onChange={setPassword}
        isRequired
        maxLength={256}
        autoComplete="current-password"
      >
        <Label>{words.password}</Label>
        <Input />
      </TextField>
      <Button className="button main" type="submit">
        {words.signIn}
      </Button>
      {openId && (
        <a className="button" href={`/session/openid?to=${encodeURIComponent(location.pathname)}`}>
          {words.openId}
        </a>
      )}
    </form>
  )
}

const words = {
  title: say({ 'zh-CN': '工作人员登录', en: 'Staff sign-in' }),
  name: say({ 'zh-CN': '登录名', en: 'Name' }),
  password: say({ 'zh-CN': '密码', en: 'Password' }),
  signIn: say({ 'zh-CN': '登录', en: 'Sign in' }),
  openId: say({ 'zh-CN': '用统一身份认证登录', en: 'Sign in with the city’s account' }),
  choose: say({ 'zh-CN': '请设置自己的密码', en: 'Choose a password of your own' }),
  why: say({
    'zh-CN': '添加人员或重设密码时给的密码只用于这一次登录。请改成只有您自己知道的，才能继续。',
    en: 'A password that was given with the account, or when it was reset, is for this sign-in alone. Choose one that only you know to go on.',
  }),
  signOut: say({ 'zh-CN': '退出', en: 'Sign out' }),
  asking: say({ 'zh-CN': '请稍候…', en: 'One moment…' }),
  silent: say({ 'zh-CN': '连不上热线，请稍后刷新', en: 'The hotline does not answer; reload in a while' }),
  notYours: say({ 'zh-CN': '您没有此页面的访问权限', en: 'This page is not for your role' }),
  refusals: {
    wrong: say({ 'zh-CN': '登录名或密码不对', en: 'The name or the password is wrong' }),
    wait: say({ 'zh-CN': '错误次数太多，请过一会儿再试', en: 'Too many wrong tries; wait a while' }),
    failed: say({ 'zh-CN': '现在无法登录，请稍后再试', en: 'Signing in does not work now; try again later' }),
  },
} as const
